//! What contradicts itself or is missing on the command line.

use kleroterion::lottery::DirectRule;

use super::{Arguments, Choice};
use crate::rounding::is_over_all_panels;

impl Arguments {
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let own = self.quotas.is_some()
            || self.pool.is_some()
            || self.size.is_some()
            || self.is_committed()
            || self.id.is_some()
            || self.seated.is_some()
            || self.excluded.is_some()
            || self.ids_are_other_numbers
            || !self.household.is_empty();
        if own {
            problems.extend(self.missing());
        }
        problems.extend(self.fixed_by_the_commitment());
        problems.extend(self.of_another_kind_of_draw());
        if self.commit_only && !self.source.is_empty() {
            problems.push("--commit-only publishes the lottery before any source is known: leave --source out".into());
        }
        let (announced, given) = (self.announce.len(), self.source.len());
        let promised = announced > 0 || self.terms.is_some();
        if announced > 0 && given > 0 && announced != given {
            problems.push(format!("{announced} sources are announced and {given} given: use --announce once per --source, in order"));
        }
        for text in &self.announce {
            if text.trim().is_empty() || text.trim() != text {
                problems.push(format!(
                    "--announce {text:?}: give a text without white space at its ends"
                ));
            }
        }
        if (own || promised) && !self.commit_only && self.source.is_empty() {
            problems.push(SOURCE_MISSING.to_owned());
            if !self.is_committed() {
                problems.push(TWO_STEPS.to_owned());
            }
        }
        problems
    }

    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (present, text) in [
            (
                self.quotas.is_some(),
                "--quotas FILE is missing: a CSV file with the columns feature,value,min,max",
            ),
            (
                self.pool.is_some(),
                "--pool FILE is missing: a CSV file with one row per volunteer",
            ),
            (
                self.size.is_some() || self.is_committed(),
                "--size N is missing: the number of seats",
            ),
        ] {
            if !present {
                missing.push(text.to_owned());
            }
        }
        missing
    }

    fn is_committed(&self) -> bool {
        self.lottery.is_some() || self.commit.is_some()
    }

    fn fixed_by_the_commitment(&self) -> Vec<String> {
        let (what, given) = match (&self.lottery, &self.commit) {
            (Some(_), _) => ("lottery", "--lottery"),
            (None, Some(_)) => ("draw", "--commit"),
            (None, None) => return Vec::new(),
        };
        [
            (self.size.is_some(), "--size"),
            (self.rule.is_some(), "--rule"),
            (self.tickets.is_some(), "--tickets"),
            (self.rounding.is_given(), "--rounding"),
            (self.spread.is_some(), "--spread"),
            (self.attempts.is_some(), "--attempts"),
            (self.salt_key.is_some(), "--salt-key"),
            (!self.announce.is_empty(), "--announce"),
            (self.terms.is_some(), "--terms"),
            (self.commit_only, "--commit-only"),
        ]
        .iter()
        .filter(|(used, _)| *used)
        .map(|(_, flag)| {
            format!("{flag} cannot change a committed {what}: leave it out together with {given}")
        })
        .collect()
    }

    /// Options that the rule has no use for.
    fn of_another_kind_of_draw(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let is_legacy = matches!(self.rule, Some(Choice::Direct(DirectRule::Legacy)));
        if self.attempts.is_some() && !is_legacy && !self.is_committed() {
            problems.push("--attempts belongs to --rule legacy: leave it out".to_owned());
        }
        if let Some(Choice::Direct(rule)) = &self.rule {
            for (used, flag) in [
                (self.tickets.is_some(), "--tickets"),
                (self.rounding.is_given(), "--rounding or --stage-one"),
                (self.spread.is_some(), "--spread"),
            ] {
                if used {
                    problems.push(format!(
                        "{flag} belongs to a lottery, and --rule {rule} draws without one: leave it out"
                    ));
                }
            }
        } else if !self.is_committed() {
            let rule = self.lottery_rule();
            problems.extend(self.rounding.problems(rule, self.tickets));
            if self.spread.is_some() && is_over_all_panels(rule) {
                problems.push(format!(
                    "--spread has no use for --rule {rule}, which spreads over every panel: leave it out"
                ));
            }
        }
        problems
    }
}

const SOURCE_MISSING: &str = "\
--source TEXT is missing: a draw needs a public value that nobody could know or choose before the lottery was published,
such as dice thrown before witnesses (\"dice 3-5-4-6-1-2-6-6\"), the numbers of a named national lottery on a named day,
or a named round of a public randomness beacon such as drand. Give --source once per value, in the order announced.";

const TWO_STEPS: &str = "\
Recommended, in two steps:
  1. add --commit-only and --announce \"what the source will be\" (or --terms FILE), and publish the files it names;
  2. when the source is known, draw with --lottery DIR/lottery.json --source \"its value\"
     (after a direct draw's --commit-only: with --commit DIR/commit.json).";
