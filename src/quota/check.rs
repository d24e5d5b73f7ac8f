//! What quotas must be in themselves, before any pool or panel size is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Quota, Quotas};
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::key;

/// The headers of a quota file as they stand there, so that messages name what the reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Headers {
    pub(crate) feature: String,
    pub(crate) value: String,
    pub(crate) min: String,
    pub(crate) max: String,
    pub(crate) min_flex: String,
    pub(crate) max_flex: String,
}

impl Default for Headers {
    fn default() -> Self {
        let [feature, value, min, max, min_flex, max_flex] =
            ["feature", "value", "min", "max", "min_flex", "max_flex"].map(str::to_owned);
        Self {
            feature,
            value,
            min,
            max,
            min_flex,
            max_flex,
        }
    }
}

/// What could be made of a source of quotas, and everything that is wrong with it.
pub(crate) struct QuotasDraft {
    /// `None` when the columns could not be told. Without the rows that have no name and without repeated rows; a
    /// number that could not be read stands as 0 (minimum) or `u32::MAX` (maximum), which contradicts nothing.
    pub(crate) quotas: Option<Quotas>,
    pub(crate) problems: Vec<Problem>,
    /// Folded features of which a value may be missing here.
    pub(crate) doubtful: Vec<String>,
    /// True when a row of an unknown feature was left out.
    pub(crate) gaps: bool,
}

impl QuotasDraft {
    /// Checks quotas in themselves; `problems` are those of reading.
    pub(crate) fn new(mut quotas: Quotas, problems: Vec<Problem>) -> Self {
        let mut draft = Self {
            quotas: None,
            problems,
            doubtful: vec![],
            gaps: false,
        };
        let mut first: BTreeMap<(String, String), Option<u64>> = BTreeMap::new();
        let all = std::mem::take(&mut quotas.quotas);
        for quota in all {
            if !draft.named(&quotas, &quota) {
                continue;
            }
            draft.ordered(&quotas, &quota);
            let name = (key::fold(&quota.feature), key::fold(&quota.value));
            if let Some(earlier) = first.get(&name) {
                draft.problems.push(duplicate(&quotas, &quota, *earlier));
            } else {
                first.insert(name, quota.row);
                quotas.quotas.push(quota);
            }
        }
        draft.problems.sort_by_key(|p| p.row);
        draft.quotas = Some(quotas);
        draft
    }

    fn named(&mut self, quotas: &Quotas, quota: &Quota) -> bool {
        let headers = &quotas.headers;
        let mut missing = |header: &str, expected: &str| {
            let found = if quota.row.is_some() {
                "an empty cell".to_owned()
            } else {
                unnamed(quota)
            };
            let problem = Problem::new("E-QUOTA-EMPTY", found, expected);
            self.problems
                .push(problem.at(quotas.file.as_deref(), quota.row, Some(header)));
        };
        if quota.feature.is_empty() {
            missing(&headers.feature, "the feature's name in every row");
            self.gaps = true;
        }
        if quota.value.is_empty() {
            missing(&headers.value, "a value of the feature");
            self.doubtful.push(key::fold(&quota.feature));
        }
        !quota.feature.is_empty() && !quota.value.is_empty()
    }

    fn ordered(&mut self, quotas: &Quotas, quota: &Quota) {
        let headers = &quotas.headers;
        let mut wrong = |code: &str, number: u32, header: &str, expected: String| {
            let problem = Problem::new(code, format!("{number}{}", of(quota)), expected);
            self.problems
                .push(problem.at(quotas.file.as_deref(), quota.row, Some(header)));
        };
        if quota.max < quota.min {
            let expected = format!("a number of at least {} ({})", headers.min, quota.min);
            wrong("E-QUOTA-ORDER", quota.max, &headers.max, expected);
        }
        if let Some(flex) = quota.min_flex.filter(|&flex| flex > quota.min) {
            wrong(
                "E-QUOTA-FLEX",
                flex,
                &headers.min_flex,
                format!("a number of at most {} ({})", headers.min, quota.min),
            );
        }
        if let Some(flex) = quota.max_flex.filter(|&flex| flex < quota.max) {
            wrong(
                "E-QUOTA-FLEX",
                flex,
                &headers.max_flex,
                format!("a number of at least {} ({})", headers.max, quota.max),
            );
        }
    }

    /// The quotas, or all their problems.
    pub(crate) fn sound(self) -> Result<Quotas> {
        match self.quotas {
            Some(quotas) if self.problems.is_empty() => Ok(quotas),
            _ => Err(ErrorKind::Input(self.problems).into()),
        }
    }
}

impl From<Quotas> for QuotasDraft {
    fn from(quotas: Quotas) -> Self {
        Self {
            quotas: Some(quotas),
            problems: vec![],
            doubtful: vec![],
            gaps: false,
        }
    }
}

/// Names the quota where no row does.
fn of(quota: &Quota) -> String {
    if quota.row.is_some() {
        String::new()
    } else {
        format!(" for {:?} = {:?}", quota.feature, quota.value)
    }
}

fn unnamed(quota: &Quota) -> String {
    if quota.feature.is_empty() {
        format!("the value {:?} without a feature", quota.value)
    } else {
        format!("an empty value of {:?}", quota.feature)
    }
}

/// A second quota for the same people.
///
/// DIFFERENCE: the standard tool takes the last row in silence.
pub(crate) fn duplicate(quotas: &Quotas, quota: &Quota, first: Option<u64>) -> Problem {
    let earlier = first.map_or(String::new(), |row| format!(" (first in row {row})"));
    let found = format!("{:?} = {:?} again{earlier}", quota.feature, quota.value);
    Problem::new("E-QUOTA-DUPLICATE", found, "one quota per value").at(
        quotas.file.as_deref(),
        quota.row,
        Some(&quotas.headers.value),
    )
}

/// Quotas as serialised, not yet checked.
#[derive(Deserialize)]
pub(super) struct QuotasData {
    quotas: Vec<Quota>,
    file: Option<String>,
    headers: Headers,
    warnings: Vec<Problem>,
}

impl QuotasData {
    pub(super) fn check(self) -> Result<Quotas> {
        let Self {
            mut quotas,
            file,
            headers,
            mut warnings,
        } = self;
        for quota in &mut quotas {
            quota.feature = key::clean(&quota.feature);
            quota.value = key::clean(&quota.value);
        }
        warnings.retain(Problem::is_warning);
        QuotasDraft::new(
            Quotas {
                quotas,
                file,
                headers,
                warnings,
            },
            vec![],
        )
        .sound()
    }
}
