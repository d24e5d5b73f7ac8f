//! Who says yes: estimated from those who did, and what it means for a seat.

mod fit;

use std::collections::BTreeMap;

use crate::error::{ErrorKind, Problem, Result};
use crate::pool::key;
use crate::ratio::Ratio;

/// Volunteers and a survey of the population, from which the chance of saying yes is estimated.
///
/// The model is that of Flanigan, Gölz, Gupta and Procaccia (*Neutralizing Self-Selection Bias in Sampling for Sortition*, NeurIPS
/// 2020): somebody with the values v₁, v₂, … participates with the chance `q = β₀·β₁(v₁)·β₂(v₂)…`, each factor at most 1 and the highest
/// of each feature 1. Nobody sees those who said no, so the volunteers are set against a survey of everybody, which may contain
/// volunteers too. Estimated is the maximum of
///
/// `Σ_volunteers ln qᵢ − Σ_volunteers ln(qᵢ + c) − Σ_survey wᵢ·ln(qᵢ + c)`, c = (sum of the survey's weights)/(people invited),
///
/// which is concave in the logarithms.
///
/// With one feature the estimate is the plain response rate: of 1000 people invited, 30 of 600 women and 10 of 400 men answered.
///
/// ```
/// use kleroterion::recruitment::SelfSelection;
/// let mut data = SelfSelection::new(["sex"]).resident(&["woman"], 600.0).resident(&["man"], 400.0);
/// for number in 0..40 {
///     data = data.volunteer(&[if number < 30 { "woman" } else { "man" }]);
/// }
/// let participation = data.fit(1_000)?;
/// assert!((participation.chance(&["woman"]).unwrap() - 0.05).abs() < 1e-9);
/// assert!((participation.chance(&["man"]).unwrap() - 0.025).abs() < 1e-9);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct SelfSelection {
    features: Vec<String>,
    volunteers: Vec<Vec<String>>,
    residents: Vec<(Vec<String>, f64)>,
}

/// Prints counts, never people.
impl std::fmt::Debug for SelfSelection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SelfSelection")
            .field("features", &self.features)
            .field("volunteers", &self.volunteers.len())
            .field("residents", &self.residents.len())
            .finish()
    }
}

impl SelfSelection {
    /// For these features, without data yet.
    #[must_use]
    pub fn new<'a>(features: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            features: features.into_iter().map(key::clean).collect(),
            volunteers: vec![],
            residents: vec![],
        }
    }

    /// Adds somebody of the pool, by their values in the order of the features.
    #[must_use]
    pub fn volunteer(mut self, values: &[&str]) -> Self {
        let cleaned = values.iter().map(|v| key::clean(v)).collect();
        self.volunteers.push(cleaned);
        self
    }

    /// Adds somebody of the survey, who stands for `weight` others.
    #[must_use]
    pub fn resident(mut self, values: &[&str], weight: f64) -> Self {
        let cleaned = values.iter().map(|v| key::clean(v)).collect();
        self.residents.push((cleaned, weight));
        self
    }

    /// Estimates the factors. `invited` is the number of people who could answer: letters, times the people at an address when
    /// all of them may.
    ///
    /// Deterministic; the estimate satisfies the conditions of the maximum to within 10^-9 of the number of volunteers. Each step
    /// costs O(profiles · features² + values³), and there are usually fewer than thirty.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-SELF-NONE` without volunteers or without a survey, `E-SELF-COUNT` for somebody with
    /// another number of values than features, `E-SELF-WEIGHT` for the weight −1, `E-SELF-INVITED` for fewer people invited than
    /// volunteers, `E-SELF-VALUE` for a value that only one side has: its factor would be 0, or could be anything.
    /// [`ErrorKind::LimitReached`] when a thousand steps do not reach the maximum; no input is known.
    pub fn fit(&self, invited: u64) -> Result<Participation> {
        let problems = self.problems(invited);
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let mut values: BTreeMap<(usize, String), (usize, String)> = BTreeMap::new();
        for (feature, value) in self.cells() {
            let next = (values.len(), value.to_owned());
            values.entry((feature, key::fold(value))).or_insert(next);
        }
        // Position 0 is β₀; the others in the order of feature and folded value.
        let mut names = Vec::with_capacity(values.len());
        for (place, ((feature, _), (number, name))) in (1..).zip(values.iter_mut()) {
            *number = place;
            names.push((*feature, name.clone()));
        }
        let places = |row: &[String]| -> Vec<usize> {
            let place = |(feature, value): (usize, &String)| values[&(feature, key::fold(value))].0;
            row.iter().enumerate().map(place).collect()
        };
        let mut profiles: BTreeMap<Vec<usize>, (f64, f64)> = BTreeMap::new();
        for row in &self.volunteers {
            profiles.entry(places(row)).or_default().0 += 1.0;
        }
        for (row, weight) in &self.residents {
            profiles.entry(places(row)).or_default().1 += weight;
        }
        let weights: f64 = self.residents.iter().map(|(_, w)| w).sum();
        let model = fit::Model::new(profiles, names.len() + 1, weights / invited as f64);
        let logs = model.maximum()?;
        Ok(Participation::new(&self.features, &names, &logs))
    }

    fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        let residents = self.residents.iter().map(|(row, _)| row);
        let rows = self.volunteers.iter().chain(residents);
        rows.flat_map(|row| row.iter().map(String::as_str).enumerate())
    }

    fn problems(&self, invited: u64) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (is_empty, found) in [
            (self.features.is_empty(), "no feature"),
            (self.volunteers.is_empty(), "no volunteer"),
            (self.residents.is_empty(), "nobody in the survey"),
        ] {
            if is_empty {
                problems.push(Problem::new("E-SELF-NONE", found, "at least one"));
            }
        }
        if invited < self.volunteers.len() as u64 {
            let found = format!(
                "{invited} people invited and {} volunteers",
                self.volunteers.len()
            );
            let expected = "not more volunteers than people invited";
            problems.push(Problem::new("E-SELF-INVITED", found, expected));
        }
        let width = self.features.len();
        let residents = self.residents.iter().map(|(row, _)| row);
        let wrong = self.volunteers.iter().chain(residents);
        let wrong = wrong.filter(|row| row.len() != width).count();
        if wrong > 0 {
            let found = format!("{wrong} people with another number of values");
            let expected = format!("{width}, one per feature");
            problems.push(Problem::new("E-SELF-COUNT", found, expected));
        }
        let is_weight = |w: f64| w > 0.0 && w < 1e15;
        let wrong = self
            .residents
            .iter()
            .filter(|(_, w)| !is_weight(*w))
            .count();
        if wrong > 0 {
            let found = format!("{wrong} people with a weight that is no number above 0");
            problems.push(Problem::new("E-SELF-WEIGHT", found, "such as 1 or 512.5"));
        }
        problems.extend(self.one_sided());
        problems
    }

    /// Values that only the volunteers have, or only the survey.
    fn one_sided(&self) -> Vec<Problem> {
        let mut sides: BTreeMap<(usize, String), (&str, [bool; 2])> = BTreeMap::new();
        let residents = self.residents.iter().map(|(row, _)| (row, 1));
        let rows = self.volunteers.iter().map(|row| (row, 0)).chain(residents);
        for (row, side) in rows {
            for (feature, value) in row.iter().enumerate().take(self.features.len()) {
                let entry = sides.entry((feature, key::fold(value)));
                entry.or_insert((value, [false; 2])).1[side] = true;
            }
        }
        let mut problems = Vec::new();
        if self.volunteers.is_empty() || self.residents.is_empty() {
            return problems;
        }
        for ((feature, _), (value, [pool, survey])) in sides {
            let who = match (pool, survey) {
                (true, true) => continue,
                (false, _) => "no volunteer",
                (true, false) => "nobody in the survey",
            };
            let found = format!("{} = {value}, which {who} has", self.features[feature]);
            let expected = "a value of both; join it with another value";
            problems.push(Problem::new("E-SELF-VALUE", found, expected));
        }
        problems
    }
}

/// The estimated chance of saying yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Participation {
    base: f64,
    factors: Vec<Factor>,
    features: Vec<String>,
}

/// How much less often people with a value say yes than those who say it most often.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Factor {
    /// The feature.
    pub feature: String,
    /// The value.
    pub value: String,
    /// At most 1; 1 for one value of every feature.
    pub factor: f64,
}

impl Participation {
    fn new(features: &[String], names: &[(usize, String)], logs: &[f64]) -> Self {
        let mut base = logs[0];
        let mut factors = Vec::with_capacity(names.len());
        for (number, feature) in features.iter().enumerate() {
            let own = || (1..).zip(names).filter(|(_, name)| name.0 == number);
            let most = own()
                .map(|(at, _)| logs[at])
                .fold(f64::NEG_INFINITY, f64::max);
            base += most;
            factors.extend(own().map(|(at, name)| Factor {
                feature: feature.clone(),
                value: name.1.clone(),
                factor: libm::exp(logs[at] - most),
            }));
        }
        Self {
            base: libm::exp(base),
            factors,
            features: features.to_vec(),
        }
    }

    /// β₀: the chance of people who have the keenest value of every feature.
    #[must_use]
    pub fn base(&self) -> f64 {
        self.base
    }

    /// All factors, by feature in the order given and by folded value.
    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// The chance of somebody with these values, in the order of the features; `None` for a value that was not in the data.
    #[must_use]
    pub fn chance(&self, values: &[&str]) -> Option<f64> {
        if values.len() != self.features.len() {
            return None;
        }
        let mut chance = self.base;
        for (feature, value) in self.features.iter().zip(values) {
            let folded = key::fold(value);
            let fits = |f: &&Factor| f.feature == *feature && key::fold(&f.value) == folded;
            chance *= self.factors.iter().find(fits)?.factor;
        }
        Some(chance)
    }
}

/// Chances of a seat that undo self-selection: in inverse proportion to the chance of saying yes, `πᵢ = k·aᵢ/Σa`, aᵢ = 1/qᵢ; whoever
/// would have more than 1 has 1, and the others share the seats that are left (Flanigan et al. 2020).
///
/// They add up to the seats. Two people who say yes three times as often as a third have a third of the third's chance:
///
/// ```
/// use kleroterion::recruitment::neutral_chances;
/// let chances = neutral_chances(&[0.03, 0.03, 0.01], 1).unwrap();
/// assert!(chances.iter().zip([0.2, 0.2, 0.6]).all(|(c, e)| (c - e).abs() < 1e-12));
/// let chances = neutral_chances(&[0.03, 0.03, 0.01], 2).unwrap();
/// assert_eq!(chances, [0.5, 0.5, 1.0]); // 1.2 is too much
/// ```
///
/// `None` when there are fewer people than seats, or a chance is not above 0 and at most 1. O(n log n).
#[must_use]
pub fn neutral_chances(participation: &[f64], seats: u32) -> Option<Vec<f64>> {
    let is_chance = |q: &f64| *q > 0.0 && *q <= 1.0;
    if participation.len() < seats as usize || !participation.iter().all(is_chance) {
        return None;
    }
    let mut order: Vec<usize> = (0..participation.len()).collect();
    order.sort_by(|&a, &b| participation[a].total_cmp(&participation[b]));
    // From the keenest on, so that every partial sum is of what is left.
    let mut sums = vec![0.0; order.len() + 1];
    for (at, &person) in order.iter().enumerate().rev() {
        sums[at] = sums[at + 1] + 1.0 / participation[person];
    }
    let mut chances = vec![0.0; order.len()];
    let mut left = f64::from(seats);
    for (at, &person) in order.iter().enumerate() {
        let share = left / participation[person] / sums[at];
        if share < 1.0 {
            for &other in &order[at..] {
                chances[other] = left / participation[other] / sums[at];
            }
            break;
        }
        chances[person] = 1.0;
        left -= 1.0;
    }
    Some(chances)
}

/// The chances of one person at every stage, from the register to the seat.
///
/// ```
/// use kleroterion::{Ratio, recruitment::Stages};
/// let stages = Stages { invited: Ratio::new(1, 10), participates: 0.05, selected: Ratio::new(1, 20) };
/// assert!((stages.end_to_end() - 0.000_25).abs() < 1e-15);
/// // With 40 seats for 160 000 residents everybody's fair share is 40/160000.
/// assert!((stages.against_fair_share(40, 160_000) - 1.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stages {
    /// The chance of a letter; 1/1 where everybody is asked.
    pub invited: Ratio,
    /// The chance of saying yes to it, an estimate.
    pub participates: f64,
    /// The chance of a seat in the lottery over the pool.
    pub selected: Ratio,
}

impl Stages {
    /// The chance of a seat before anything has happened, if the pool were the one at hand: the product of the three.
    #[must_use]
    pub fn end_to_end(&self) -> f64 {
        self.invited.to_f64() * self.participates * self.selected.to_f64()
    }

    /// How many times the fair share `seats/residents` it is.
    #[must_use]
    pub fn against_fair_share(&self, seats: u32, residents: u64) -> f64 {
        self.end_to_end() * residents as f64 / f64::from(seats)
    }
}
