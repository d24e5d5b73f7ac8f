//! What is published before the sources are known.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::record::{Form, Record};
use super::seed;
use super::source::Promises;
use super::terms::{CommittedPolicy, Predecessor, Software};
use crate::audit::canonical;
use crate::certificate::Certificate;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::quota::Quota;

/// The format of commitments, seeds and streams.
pub const SPEC: &str = "sortition-draw/1";

/// The content of `commit.json`: plain data. Optional parts are left out of the bytes when absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Commit {
    /// The assembly's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assembly: Option<String>,
    /// Digest of the certificate, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The columns of the pool file that matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Columns>,
    /// What happens when a source does not appear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Vec<Entry>>,
    /// The public values of stage one that shuffle the labels of a list's tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    /// The lottery.
    pub lottery: CommittedLottery,
    /// Seats on the panel.
    pub panel_size: u32,
    /// The pool.
    pub pool: CommittedPool,
    /// The commitment that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
    /// When it is public at the latest, in seconds since 1970-01-01T00:00Z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<u64>,
    /// The quotas in canonical order.
    pub quotas: Vec<CommittedQuota>,
    /// Commitment to the registration that came before, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// How seats are filled again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<CommittedPolicy>,
    /// What is fair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What made the lottery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<Software>,
    /// What each public source will be, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<Entry>>,
    /// [`SPEC`].
    pub spec: String,
}

/// A small map of texts and integers.
pub type Entry = BTreeMap<String, Scalar>;

/// A text or an integer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Scalar {
    /// An integer.
    Integer(i64),
    /// A text.
    Text(String),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Which columns of the pool file hold ids and households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Columns {
    /// The columns that together name the household; absent without the household rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Vec<String>>,
    /// The column of ids.
    pub id: String,
    /// Most people of one household on a panel; absent for 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

/// The lottery as committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CommittedLottery {
    /// What the weights sum to.
    pub denominator: u64,
    /// Digest of the lottery, in hexadecimal.
    pub digest: String,
    /// `compositions`; absent for a panel list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Number of compositions or panels.
    pub panel_count: u64,
}

/// The pool as committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CommittedPool {
    /// Digest of ids, values and households, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// How a Merkle root was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// A Merkle root in place of the digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merkle_root: Option<String>,
    /// Number of people.
    pub size: u64,
}

/// A quota as committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CommittedQuota {
    /// The feature.
    pub feature: String,
    /// Most seats.
    pub max: u32,
    /// Fewest seats.
    pub min: u32,
    /// The value.
    pub value: String,
}

impl Columns {
    pub(super) fn of(instance: &Instance) -> Self {
        let household: Vec<String> = instance
            .pool()
            .household_columns()
            .map(str::to_owned)
            .collect();
        Self {
            most: Some(instance.pool().household_most())
                .filter(|&most| most > 1 && !household.is_empty()),
            household: (!household.is_empty()).then_some(household),
            id: instance.pool().id_column().to_owned(),
        }
    }
}

impl CommittedPool {
    pub(super) fn of(instance: &Instance) -> Result<Self> {
        Ok(Self {
            digest: Some(pool_digest(instance)?.to_string()),
            hash: None,
            merkle_root: None,
            size: instance.len() as u64,
        })
    }
}

impl CommittedQuota {
    pub(super) fn of(quota: &Quota) -> Self {
        Self {
            feature: quota.feature.clone(),
            max: quota.max,
            min: quota.min,
            value: quota.value.clone(),
        }
    }
}

/// What each public source will be, as it is committed.
pub(super) fn announced<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Result<Vec<Entry>> {
    let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
    let problems = seed::problems("ANNOUNCE", &texts);
    if !problems.is_empty() {
        return Err(ErrorKind::Input(problems).into());
    }
    let entry = |text: String| {
        let pairs = [("text", text), ("type", "text".to_owned())];
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), Scalar::Text(value)))
            .collect()
    };
    Ok(texts.into_iter().map(entry).collect())
}

impl Commit {
    pub(super) fn of(
        instance: &Instance,
        record: &Record,
        certificate: &Certificate,
    ) -> Result<Self> {
        let compositions = matches!(record.form(), Form::Compositions { .. });
        Ok(Self {
            assembly: None,
            certificate: Some(certificate_digest(certificate)?.to_string()),
            columns: Some(Columns::of(instance)),
            fallback: None,
            labels: None,
            lottery: CommittedLottery {
                denominator: record.denominator(),
                digest: record.digest()?.to_string(),
                form: compositions.then(|| "compositions".to_owned()),
                panel_count: record.len() as u64,
            },
            panel_size: instance.size(),
            pool: CommittedPool::of(instance)?,
            predecessor: None,
            published: None,
            quotas: instance.quotas().iter().map(CommittedQuota::of).collect(),
            registration: None,
            replacement: None,
            rule: Some(certificate.rule.clone()),
            software: None,
            sources: None,
            spec: SPEC.to_owned(),
        })
    }

    /// What it says about chance.
    pub(crate) fn promises(&self) -> Promises<'_> {
        let is_list = self.lottery.form.is_none();
        Promises {
            sources: self.sources.as_deref().unwrap_or_default(),
            fallback: self.fallback.as_deref().unwrap_or_default(),
            published: self.published,
            labels: self.labels.as_deref(),
            tickets: is_list.then_some(self.lottery.denominator),
            is_rooted: self.pool.digest.is_some() && self.rule.is_some(),
        }
    }

    /// The bytes of `commit.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when an integer is beyond ±(2^53 − 1).
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// The digest that seeds grow from: H(`sortition-draw/1/commit`, [`to_json`](Self::to_json)).
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn digest(&self) -> Result<Digest> {
        Ok(Digest::of("sortition-draw/1/commit", &[&self.to_json()?]))
    }

    /// What is published: the plain SHA-256 of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn commitment(&self) -> Result<Commitment> {
        Ok(Commitment::to(&self.to_json()?))
    }
}

/// The digest of `commit.json` as `sha256sum commit.json` gives it; publish it before the sources are known. Shown as
/// 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Commitment(Digest);

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Commitment {
    /// To the bytes of a `commit.json`.
    pub(super) fn to(bytes: &[u8]) -> Self {
        Self(Digest::plain(bytes))
    }
}

/// H(`sortition-draw/1/certificate`, canonical certificate).
pub(crate) fn certificate_digest(certificate: &Certificate) -> Result<Digest> {
    Ok(Digest::of(
        "sortition-draw/1/certificate",
        &[&canonical::to_bytes(certificate)?],
    ))
}

#[derive(Serialize)]
struct PoolText<'a> {
    features: &'a [String],
    people: Vec<Vec<&'a str>>,
    /// Households of which more than one person may sit, by the id of their first, and how many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rooms: Vec<(&'a str, u32)>,
}

/// H(`sortition-draw/1/pool`, ids, values and households in canonical order and spelling). Whatever cannot matter to a
/// draw (order of rows, spelling of values, addresses, other columns) does not change it.
pub(crate) fn pool_digest(instance: &Instance) -> Result<Digest> {
    let people = (0..instance.len() as u32).map(|person| {
        let home = instance
            .household(person)
            .map_or("", |first| instance.person(first).id());
        let values = (0..instance.features().len()).map(|f| instance.folded_value(person, f));
        [instance.person(person).id(), home]
            .into_iter()
            .chain(values)
            .collect()
    });
    let features = instance.folded_features();
    let rooms = (0..instance.len() as u32)
        .filter(|&person| instance.household(person) == Some(person))
        .map(|first| (instance.person(first).id(), instance.household_room(first)));
    let bytes = canonical::to_bytes(&PoolText {
        features,
        people: people.collect(),
        rooms: rooms.filter(|(_, room)| *room > 1).collect(),
    })?;
    Ok(Digest::of("sortition-draw/1/pool", &[&bytes]))
}
