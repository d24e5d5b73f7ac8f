//! What the sources give under a commitment: the seed, and for a draw with balls the number on them.

use super::commit::{Commit, Entry};
use super::digest::Digest;
use super::seed::{Seed, Sources};
use super::source::{Promises, Taken, taken};
use super::stage_one;
use super::stream::Stream;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};

/// Everything that decides a draw from a lottery.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) seed: Seed,
    /// 0 without a physical draw.
    balls: u64,
    /// The ticket of each label; without it a label is its ticket.
    labels: Option<Vec<u64>>,
}

impl Given {
    /// Sources that are taken as balls stay out of the seed. O(length of the texts + labels).
    ///
    /// # Errors
    /// As [`Commit::to_json`].
    pub(crate) fn of(commit: &Commit, texts: &[&str]) -> Result<Self> {
        let sources = commit.sources.as_deref();
        let taken = taken(sources, commit.fallback.as_deref(), texts.iter().copied());
        let in_seed = texts
            .iter()
            .zip(&taken)
            .filter(|(_, t)| t.balls().is_none());
        let in_seed: Vec<&[u8]> = in_seed.map(|(text, _)| text.as_bytes()).collect();
        Ok(Self {
            seed: Seed::derive(commit, &in_seed)?,
            balls: taken.iter().find_map(Taken::balls).unwrap_or(0),
            labels: labels(commit)?,
        })
    }

    /// A seed and nothing else.
    #[cfg(test)]
    pub(crate) fn plain(seed: Seed) -> Self {
        Self {
            seed,
            balls: 0,
            labels: None,
        }
    }

    /// The drawn ticket: the balls' number plus the seed's, modulo the tickets, read through the labels. Uniform when either number is.
    pub(crate) fn ticket(&self, tickets: u64) -> u64 {
        let shift = Stream::new(&self.seed, "panel").below(tickets);
        let sum = u128::from(self.balls) + u128::from(shift);
        let label = (sum % u128::from(tickets.max(1))) as u64;
        let ticket = self
            .labels
            .as_ref()
            .map(|labels| labels.get(label as usize));
        ticket.flatten().copied().unwrap_or(label)
    }
}

/// The ticket of each label, when the commitment has labels. What breaks the rules about them is not looked at here.
pub(crate) fn labels(commit: &Commit) -> Result<Option<Vec<u64>>> {
    let Promises {
        labels, tickets, ..
    } = commit.promises();
    let pool = commit.pool.digest.as_deref().and_then(Digest::read);
    let (Some(texts), Some(tickets @ 1..=1_000_000), Some(pool), Some(rule)) =
        (labels, tickets, pool, &commit.rule)
    else {
        return Ok(None);
    };
    let quotas = commit.quotas.iter();
    let quotas: Vec<(&str, &str, u32, u32)> = quotas
        .map(|q| (q.feature.as_str(), q.value.as_str(), q.min, q.max))
        .collect();
    let terms = canonical::to_bytes(&(commit.panel_size, quotas))?;
    let key = stage_one::key(
        &pool,
        &terms,
        (rule, "labels"),
        texts.iter().map(String::as_str),
    );
    let mut tickets: Vec<u64> = (0..tickets).collect();
    Stream::from_key(key).shuffle(&mut tickets);
    Ok(Some(tickets))
}

/// As many sources as were announced, each in the form that was declared for it or for a fallback.
pub(crate) fn matching(
    announced: Option<&[Entry]>,
    fallback: Option<&[Entry]>,
    sources: &Sources,
) -> Result<()> {
    let mut problems = Vec::new();
    if let Some(announced) = announced
        && announced.len() != sources.len()
    {
        let found = format!("{} sources", sources.len());
        let expected = format!("the {} that were announced", announced.len());
        problems.push(Problem::new("E-SOURCE-COUNT", found, expected));
    } else {
        let taken = taken(announced, fallback, sources.iter());
        let misfits = sources.iter().zip(taken).filter_map(|(text, taken)| {
            let Taken::Misfit(expected) = taken else {
                return None;
            };
            Some(Problem::new("E-SOURCE-FORM", format!("{text:?}"), expected))
        });
        problems.extend(misfits);
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(ErrorKind::Input(problems).into())
}
