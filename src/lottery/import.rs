//! A lottery that was made elsewhere: panels of ids with weights.

mod weights;

use std::collections::BTreeMap;

use super::Lottery;
use crate::certificate::Certificate;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::at_most_per_household;

/// Panels and weights as they were given, not yet checked. Read from CSV by `io::read_import`.
///
/// Weights are whole numbers of tickets, of any sum; or decimals (`0.0123`, `1.5e-7`) and fractions (`1/3`), which must
/// sum to 1 within 10^-6 and are then divided by their exact sum. Weights that need more than 15 decimal places are
/// rounded to 15, with a warning. A panel that stands twice has both weights; one of weight 0 is left out.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, Ratio, lottery::Import};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?; // p1 and p3 are women, p2 is a man
/// let import = Import::new().panel("2/3", ["p1", "p2"]).panel("1/3", ["p3", "p2"]);
/// let lottery = import.check(&instance)?.into_lottery();
/// let chances: Vec<Ratio> = lottery.probabilities().into_iter().map(|(_, chance)| chance).collect();
/// assert_eq!(chances, [Ratio::new(2, 3), Ratio::new(1, 1), Ratio::new(1, 3)]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Import {
    file: Option<String>,
    panels: Vec<Foreign>,
    problems: Vec<Problem>,
}

/// A panel as given.
#[derive(Debug, Clone)]
struct Foreign {
    row: Option<u64>,
    weight: String,
    /// Each with its row.
    ids: Vec<(String, Option<u64>)>,
}

/// A lottery that fits its instance, and what was odd about its weights.
#[derive(Debug, Clone)]
pub struct Imported {
    lottery: Lottery,
    warnings: Vec<Problem>,
}

impl Imported {
    /// The lottery, with a certificate that claims nothing.
    #[must_use]
    pub fn lottery(&self) -> &Lottery {
        &self.lottery
    }

    /// Takes the lottery.
    #[must_use]
    pub fn into_lottery(self) -> Lottery {
        self.lottery
    }

    /// What was found odd but harmless.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl Import {
    /// No panels yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a panel.
    #[must_use]
    pub fn panel<S: Into<String>>(
        mut self,
        weight: impl Into<String>,
        ids: impl IntoIterator<Item = S>,
    ) -> Self {
        let ids = ids.into_iter().map(|id| (id.into(), None)).collect();
        self.push(None, weight.into(), ids);
        self
    }

    #[cfg_attr(not(feature = "csv"), allow(dead_code))]
    pub(crate) fn from_file(label: &str) -> Self {
        Self {
            file: Some(label.to_owned()),
            ..Self::default()
        }
    }

    pub(crate) fn push(
        &mut self,
        row: Option<u64>,
        weight: String,
        ids: Vec<(String, Option<u64>)>,
    ) {
        self.panels.push(Foreign { row, weight, ids });
    }

    #[cfg_attr(not(feature = "csv"), allow(dead_code))]
    pub(crate) fn note(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The lottery, when every panel fits the instance.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem, panels in the order given: `E-IMPORT-NONE` without panels;
    /// `E-IMPORT-WEIGHT` for the weight `-1` or `x`; `E-IMPORT-ID` for an id that is not in the pool; `E-IMPORT-TWICE`
    /// for an id that is twice on a panel; `E-IMPORT-SIZE` for too few or too many ids; `E-IMPORT-QUOTA` for a quota that
    /// a panel misses; `E-IMPORT-HOUSEHOLD` for two people of one household; `E-IMPORT-SUM` for the weights `0.5` and
    /// `0.4`, or `0` alone.
    pub fn check(mut self, instance: &Instance) -> Result<Imported> {
        let mut problems = std::mem::take(&mut self.problems);
        if self.panels.is_empty() && problems.iter().all(Problem::is_warning) {
            let none = Problem::new("E-IMPORT-NONE", "no panels", "at least one");
            problems.push(none.at(self.file.as_deref(), None, None));
        }
        let mut numbers = Vec::new();
        let mut panels: Vec<Vec<u32>> = Vec::new();
        for (number, panel) in (1..).zip(&self.panels) {
            let judge = Judge {
                instance,
                file: self.file.as_deref(),
                number,
            };
            numbers.extend(judge.weight(panel, &mut problems));
            panels.push(judge.people(panel, &mut problems));
        }
        let mut tickets = vec![];
        if numbers.len() == panels.len() && !panels.is_empty() {
            let located = |problem: Problem| problem.at(self.file.as_deref(), None, None);
            match weights::integers(&numbers) {
                Ok((integers, warning)) => {
                    tickets = integers;
                    problems.extend(warning.map(located));
                }
                Err(problem) => problems.push(located(*problem)),
            }
        }
        if !problems.iter().all(Problem::is_warning) {
            problems.retain(|problem| !problem.is_warning());
            return Err(ErrorKind::Input(problems).into());
        }
        let mut list: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
        for (panel, tickets) in panels.into_iter().zip(tickets).filter(|(_, t)| *t > 0) {
            *list.entry(panel).or_default() += tickets;
        }
        let id = |&person: &u32| instance.person(person).id().to_owned();
        let panels = list.keys().map(|p| p.iter().map(id).collect()).collect();
        let tickets = list.into_values().collect();
        let certificate = Certificate::imported();
        Ok(Imported {
            lottery: Lottery::from_panels(instance.clone(), panels, tickets, certificate)?,
            warnings: problems,
        })
    }
}

/// Checks one panel.
struct Judge<'a> {
    instance: &'a Instance,
    file: Option<&'a str>,
    /// From 1, in the order given.
    number: u64,
}

impl Judge<'_> {
    fn located(&self, row: Option<u64>, code: &str, found: String, expected: String) -> Problem {
        Problem::new(code, found, expected).at(self.file, row, None)
    }

    fn weight(&self, panel: &Foreign, problems: &mut Vec<Problem>) -> Option<weights::Number> {
        let number = weights::parse(&panel.weight);
        if number.is_none() {
            let found = format!("{:?} as weight of panel {}", panel.weight, self.number);
            let expected = "a number of at least 0: 12, 0.0123, 1.5e-7 or 1/3".to_owned();
            problems.push(self.located(panel.row, "E-IMPORT-WEIGHT", found, expected));
        }
        number
    }

    /// Canonical indices, ascending; complete when there was no problem.
    fn people(&self, panel: &Foreign, problems: &mut Vec<Problem>) -> Vec<u32> {
        let before = problems.len();
        let mut people: Vec<u32> = Vec::new();
        for (id, row) in &panel.ids {
            let found = format!("{id:?} on panel {}", self.number);
            match self.instance.find(id) {
                None => {
                    let expected = "an id of the pool".to_owned();
                    problems.push(self.located(*row, "E-IMPORT-ID", found, expected));
                }
                Some(person) if people.contains(&person) => {
                    let found = format!("{id:?} twice on panel {}", self.number);
                    let expected = "every id once".to_owned();
                    problems.push(self.located(*row, "E-IMPORT-TWICE", found, expected));
                }
                Some(person) => people.push(person),
            }
        }
        people.sort_unstable();
        if panel.ids.len() as u64 != u64::from(self.instance.size()) {
            let found = format!("{} people on panel {}", panel.ids.len(), self.number);
            let expected = self.instance.size().to_string();
            problems.push(self.located(panel.row, "E-IMPORT-SIZE", found, expected));
        }
        if problems.len() == before {
            self.quotas(panel, &people, problems);
            self.households(panel, &people, problems);
        }
        people
    }

    fn quotas(&self, panel: &Foreign, people: &[u32], problems: &mut Vec<Problem>) {
        let mut seats = vec![0_u32; self.instance.quotas().len()];
        let values = people.iter().flat_map(|&p| self.instance.profile(p).iter());
        values.for_each(|&quota| seats[quota as usize] += 1);
        for (quota, seats) in self.instance.quotas().iter().zip(seats) {
            if seats < quota.min || seats > quota.max {
                let (feature, value) = (&quota.feature, &quota.value);
                let found = format!(
                    "{seats} people with {feature} = {value} on panel {}",
                    self.number
                );
                let expected = format!("{}..{}", quota.min, quota.max);
                problems.push(self.located(panel.row, "E-IMPORT-QUOTA", found, expected));
            }
        }
    }

    fn households(&self, panel: &Foreign, people: &[u32], problems: &mut Vec<Problem>) {
        let mut homes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for &person in people {
            let Some(home) = self.instance.household(person) else {
                continue;
            };
            let id = format!("{:?}", self.instance.person(person).id());
            let others = homes.entry(home).or_default();
            let room = self.instance.household_room(person);
            if others.len() >= room as usize {
                let number = self.number;
                let found = format!(
                    "{} and {id} of one household on panel {number}",
                    others.join(", ")
                );
                let expected = at_most_per_household(room);
                problems.push(self.located(panel.row, "E-IMPORT-HOUSEHOLD", found, expected));
            }
            others.push(id);
        }
    }
}
