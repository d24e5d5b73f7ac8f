//! Randomness that is public before the lottery is fixed: for lotteries that are themselves sampled or rounded by chance.

use std::fmt;

use super::commit::pool_digest;
use super::digest::Digest;
use super::seed::Sources;
use super::stream::Stream;
use crate::audit::canonical;
use crate::error::Result;
use crate::instance::Instance;

/// The public values of stage one: whoever samples panels, or rounds a lottery by chance, must not choose how it falls.
/// They are known *before* the lottery is committed, and recorded in its certificate; the draw's own [`Sources`] come
/// after. Announce pool, quotas, size and rule before stage one's sources are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOne(Sources);

impl StageOne {
    /// From the public values, in the order in which they were announced.
    #[must_use]
    pub fn new(sources: Sources) -> Self {
        Self(sources)
    }

    /// The public values.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.0
    }

    /// The stream for one purpose.
    /// key = H(`sortition-draw/1/stage-one`, pool digest, canonical JSON of `[size, [[feature, value, min, max], ...]]`,
    /// rule, purpose, source 1, source 2, ...).
    ///
    /// # Errors
    /// None that an instance can cause: [`ErrorKind::Format`](crate::ErrorKind::Format) for integers beyond 2^53 − 1.
    pub fn stream(
        &self,
        instance: &Instance,
        rule: impl fmt::Display,
        purpose: &str,
    ) -> Result<Stream> {
        let quotas: Vec<(&str, &str, u32, u32)> = instance
            .quotas()
            .iter()
            .map(|q| (q.feature.as_str(), q.value.as_str(), q.min, q.max))
            .collect();
        let terms = canonical::to_bytes(&(instance.size(), quotas))?;
        let (pool, rule) = (pool_digest(instance)?, rule.to_string());
        let key = key(&pool, &terms, (&rule, purpose), self.0.iter());
        Ok(Stream::from_key(key))
    }
}

/// The key of the stream for a rule and a purpose; `terms` is the canonical JSON of size and quotas.
pub(super) fn key<'a>(
    pool: &'a Digest,
    terms: &'a [u8],
    (rule, purpose): (&'a str, &'a str),
    texts: impl IntoIterator<Item = &'a str>,
) -> [u8; 32] {
    let mut parts: Vec<&[u8]> = vec![&pool.0, terms, rule.as_bytes(), purpose.as_bytes()];
    parts.extend(texts.into_iter().map(str::as_bytes));
    Digest::of("sortition-draw/1/stage-one", &parts).0
}
