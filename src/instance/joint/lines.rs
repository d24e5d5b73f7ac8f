//! Joint quotas against the quotas of their two features and the panel size.

use super::{Joint, Sources};
use crate::error::Problem;
use crate::instance::canonical::Canonical;
use crate::quota::Quota;

/// The cells that share a value of one part.
struct Line<'a> {
    cells: Vec<&'a Quota>,
    /// People with the value who are in no listed cell, and all who may be in any.
    others: usize,
}

impl Joint {
    /// What no panel can meet: cells that together ask for more than a value's maximum, that leave less than its
    /// minimum, or that leave less than the panel size.
    pub(in crate::instance) fn sums(
        &self,
        sources: Sources<'_>,
        canonical: &Canonical,
        problems: &mut Vec<Problem>,
    ) {
        let unknown = |place: &&super::Place| **place == super::Place::Unknown;
        let unknown = self.places.iter().filter(unknown).count();
        let unknown = unknown.saturating_add(sources.doubtful);
        for side in 0..2 {
            let Some(feature) = canonical.feature(&self.parts[side].folded) else {
                continue;
            };
            for index in canonical.of_feature(feature) {
                let value = &canonical.folded_values[index];
                let cells = self.cells.iter().filter(|(cell, _)| cell[side] == *value);
                let others = self.others[side].get(value).copied().unwrap_or(0);
                let line = Line {
                    cells: cells.map(|(_, &at)| &sources.given.quotas[at]).collect(),
                    others: others.saturating_add(unknown),
                };
                let quota = &canonical.quotas[index];
                problems.extend(line.too_many(sources, (&self.spelled(), quota)));
                if self.complete {
                    problems.extend(line.too_few(sources, (&self.spelled(), quota)));
                }
            }
        }
        let all = Line {
            cells: self
                .cells
                .values()
                .map(|&at| &sources.given.quotas[at])
                .collect(),
            others: self.others[0]
                .values()
                .sum::<usize>()
                .saturating_add(unknown),
        };
        if self.complete && sources.size > 0 {
            problems.extend(all.below_size(sources, &self.spelled()));
        }
    }
}

impl Line<'_> {
    fn sum(&self, seats: fn(&Quota) -> u32) -> u64 {
        self.cells.iter().map(|q| u64::from(seats(q))).sum()
    }

    /// Most seats that the cells and the people outside them can fill.
    fn most(&self) -> u64 {
        self.sum(|q| q.max).saturating_add(self.others as u64)
    }

    fn located(&self, sources: Sources<'_>, problem: Problem, header: &str) -> Problem {
        let row = self.cells.iter().filter_map(|q| q.row).min();
        problem.at(sources.given.file.as_deref(), row, Some(header))
    }

    fn maximums(&self, of: &str) -> String {
        let outside = match self.others {
            0 => String::new(),
            1 => " and the only person outside these cells, who".to_owned(),
            others => format!(" and the {others} people outside these cells, who"),
        };
        let that = if outside.is_empty() { " that" } else { "" };
        format!("maximums of {of}{outside}{that} add up to {}", self.most())
    }

    fn too_many(&self, sources: Sources<'_>, (name, quota): (&str, &Quota)) -> Option<Problem> {
        let least = self.sum(|q| q.min);
        (least > u64::from(quota.max)).then(|| {
            let value = &quota.value;
            let headers = &sources.given.headers;
            let found = format!("minimums of {name:?} with {value:?} that add up to {least}");
            let expected = format!("at most {}, the {} of {value:?}", quota.max, headers.max);
            let problem = Problem::new("E-JOINT-MIN", found, expected);
            self.located(sources, problem, &headers.min)
        })
    }

    fn too_few(&self, sources: Sources<'_>, (name, quota): (&str, &Quota)) -> Option<Problem> {
        let short = self.most() < u64::from(quota.min) && !self.cells.is_empty();
        short.then(|| {
            let value = &quota.value;
            let headers = &sources.given.headers;
            let found = self.maximums(&format!("{name:?} with {value:?}"));
            let expected = format!("at least {}, the {} of {value:?}", quota.min, headers.min);
            let problem = Problem::new("E-JOINT-MAX", found, expected);
            self.located(sources, problem, &headers.max)
        })
    }

    fn below_size(&self, sources: Sources<'_>, name: &str) -> Option<Problem> {
        let short = self.most() < u64::from(sources.size) && !self.cells.is_empty();
        short.then(|| {
            let expected = format!("at least the panel size of {}", sources.size);
            let problem = Problem::new(
                "E-QUOTA-SUM-MAX",
                self.maximums(&format!("{name:?}")),
                expected,
            );
            self.located(sources, problem, &sources.given.headers.max)
        })
    }
}
