//! Which lottery is fair.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Distribution, Progress};
use crate::error::Result;
use crate::instance::Instance;

/// What is fair. A rule that cannot be computed is an error; no rule ever stands in for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rule {
    /// The lowest chance is as high as possible; among such lotteries leximin, certified for the first level only.
    Maximin,
    /// The lowest chance is as high as possible, then the second lowest, and so on (Flanigan et al., Nature 2021).
    Leximin,
}

impl Rule {
    /// The lottery this rule asks for, with the default effort.
    ///
    /// # Errors
    /// As [`Selector::distribution`].
    pub fn distribution(self, instance: &Instance) -> Result<Distribution> {
        Selector::new(self).distribution(instance)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::Maximin => "maximin",
            Rule::Leximin => "leximin",
        })
    }
}

impl FromStr for Rule {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "maximin" => Ok(Rule::Maximin),
            "leximin" => Ok(Rule::Leximin),
            _ => Err(format!(
                "{text:?} is not a rule; known rules: leximin, maximin"
            )),
        }
    }
}

/// A rule with options.
pub struct Selector<'a> {
    pub(crate) rule: Rule,
    pub(crate) work_limit: u64,
    pub(crate) spread: u32,
    pub(crate) progress: Option<&'a mut dyn Progress>,
}

impl fmt::Debug for Selector<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Selector")
            .field("rule", &self.rule)
            .field("work_limit", &self.work_limit)
            .field("spread", &self.spread)
            .finish_non_exhaustive()
    }
}

impl<'a> Selector<'a> {
    /// Default effort of [`spread`](Self::spread).
    pub const DEFAULT_SPREAD: u32 = 2000;

    /// The rule with its defaults: generous work limit, default spread, no progress.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Self {
            rule,
            work_limit: u64::MAX,
            spread: Self::DEFAULT_SPREAD,
            progress: None,
        }
    }

    /// Most work units (simplex pivots and search nodes) to spend.
    #[must_use]
    pub fn work_limit(mut self, units: u64) -> Self {
        self.work_limit = units;
        self
    }

    /// About how many compositions the lottery should be spread over; 0 leaves the fewest.
    #[must_use]
    pub fn spread(mut self, compositions: u32) -> Self {
        self.spread = compositions;
        self
    }

    /// Reports progress and can cancel.
    #[must_use]
    pub fn progress(mut self, progress: &'a mut dyn Progress) -> Self {
        self.progress = Some(progress);
        self
    }
}
