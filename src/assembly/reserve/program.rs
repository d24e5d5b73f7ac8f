//! The integer program over all samples, and the small one per sample.

use std::collections::{BTreeMap, BTreeSet};

use super::seating::Team;
use super::{DropoutSamples, Loss, Scenario};
use crate::error::{ErrorKind, Result};
use crate::kernel::branch::{Effort, Found, price};
use crate::kernel::columns::Columns;
use crate::kernel::simplex::Simplex;

/// Most rows of the program over all samples.
const ROWS: usize = 260;
/// Most pivots and nodes of that program, and of one sample's.
const WORK: u64 = 60_000;

/// What the program says about a set that is at hand.
pub(super) enum Answer {
    /// This one (how many of each type) is better, and none is better still.
    Better(Vec<u32>),
    /// None is better.
    Proven,
    /// It was not solved.
    TooLarge,
}

/// Rows and factors of a column.
type Entries = Vec<(u32, f64)>;

/// A program under construction: columns by their entries, cost and upper bound; every lower bound is 0.
#[derive(Default)]
struct Draft {
    columns: Vec<(Entries, f64, f64)>,
    rows: Vec<(f64, f64)>,
}

impl Draft {
    fn row(&mut self, low: f64, high: f64) -> u32 {
        self.rows.push((low, high));
        self.rows.len() as u32 - 1
    }

    fn column(&mut self, entries: Entries, cost: f64, upper: f64) {
        self.columns.push((entries, cost, upper));
    }

    fn build(mut self) -> Simplex {
        let mut columns = Columns::new();
        for (entries, ..) in &mut self.columns {
            entries.sort_unstable_by_key(|&(row, _)| row);
            columns.push(entries.iter().copied());
        }
        let upper: Vec<f64> = self.columns.iter().map(|c| c.2).collect();
        let costs: Vec<f64> = self.columns.iter().map(|c| c.1).collect();
        let mut lp = Simplex::new(columns, vec![0.0; upper.len()], upper, &self.rows);
        lp.set_costs(&costs);
        lp
    }

    /// Rows and columns of one sample; returns the rows that every person touches, then those that people with each quota's value do. Costs are times `weight`.
    fn sample(
        &mut self,
        samples: &DropoutSamples<'_>,
        (scenario, places): (&Scenario, u32),
        loss: Loss,
        weight: f64,
    ) -> Vec<Vec<u32>> {
        let size = f64::from(samples.instance.size() + places);
        let all = self.row(0.0, f64::from(places));
        let broken = match loss {
            Loss::Binary => Some(self.columns.len()),
            _ => None,
        };
        if broken.is_some() {
            self.column(vec![], weight, 1.0);
        }
        let mut touched = vec![vec![all]];
        for (quota, &stay) in samples.instance.quotas().iter().zip(&scenario.stay) {
            let low = f64::from(quota.min) - f64::from(stay);
            let high = f64::from(quota.max) - f64::from(stay);
            let cost = weight / f64::from(quota.max.max(1));
            let far = 2.0 * size;
            touched.push(match (loss, broken) {
                (_, Some(column)) => {
                    let rows = vec![self.row(low, far), self.row(-far, high)];
                    self.columns[column].0.push((rows[0], low.max(0.0)));
                    self.columns[column]
                        .0
                        .push((rows[1], (high - size).min(0.0)));
                    rows
                }
                (Loss::Below, _) => {
                    let row = self.row(low, far);
                    self.column(vec![(row, 1.0)], cost, low.max(0.0));
                    vec![row]
                }
                _ => {
                    let row = self.row(low, high);
                    self.column(vec![(row, 1.0)], cost, low.max(0.0));
                    self.column(vec![(row, -1.0)], cost, (size - high).max(0.0));
                    vec![row]
                }
            });
        }
        touched
    }

    /// Types and what their people touch, beside the `rows` of a sample: a new row each for the households in `tight`, of which no more sit than there is room.
    fn seats(
        &mut self,
        samples: &DropoutSamples<'_>,
        (types, tight): (&[usize], &[(u32, u32)]),
        rows: &[Vec<u32>],
    ) -> Vec<(usize, Entries)> {
        let homes: BTreeMap<u32, u32> = tight
            .iter()
            .map(|&(home, room)| (home, self.row(0.0, f64::from(room))))
            .collect();
        let seat = |&t: &usize| {
            let kind = &samples.candidates.types[t];
            let mut touched = entries(&kind.profile, rows);
            if let Some(&row) = kind.home.and_then(|home| homes.get(&home)) {
                touched.push((row, 1.0));
            }
            (t, touched)
        };
        types.iter().map(seat).collect()
    }
}

/// Who may sit in a sample.
struct Open {
    /// Types without a household that matters, or with room in it.
    types: Vec<usize>,
    /// Households with room for some of their candidates, not for all, and how many these are.
    tight: Vec<(u32, u32)>,
}

impl Open {
    fn new(samples: &DropoutSamples<'_>, scenario: &Scenario) -> Self {
        let all = samples.candidates.types.iter().enumerate();
        let has_room = |home| samples.room(scenario, home) > 0;
        let per_home = samples.candidates.per_home.iter();
        Self {
            types: all
                .filter(|(_, kind)| kind.home.is_none_or(has_room))
                .map(|(t, _)| t)
                .collect(),
            tight: per_home
                .map(|(&home, &people)| (home, samples.room(scenario, home), people))
                .filter(|&(_, room, people)| 0 < room && room < people)
                .map(|(home, room, _)| (home, room))
                .collect(),
        }
    }
}

/// Rows that a person of this profile touches.
fn entries(profile: &[u32], rows: &[Vec<u32>]) -> Entries {
    let quotas = profile.iter().flat_map(|&quota| &rows[quota as usize + 1]);
    rows[0]
        .iter()
        .chain(quotas)
        .map(|&row| (row, 1.0))
        .collect()
}

/// Looks for a set with a smaller mean loss than `value`, or the proof that there is none.
pub(super) fn solve(samples: &DropoutSamples<'_>, most: usize, loss: Loss, value: f64) -> Answer {
    let types = samples.candidates.types.len();
    let per_quota = if loss == Loss::Binary { 2 } else { 1 };
    let each = 1 + per_quota * samples.instance.quotas().len();
    if 1 + samples.scenarios.len() * each > ROWS {
        return Answer::TooLarge;
    }
    let open = samples.scenarios.iter().map(|s| Open::new(samples, s));
    let open: Vec<Open> = open.collect();
    let rows = open.iter().map(|o| each + o.types.len() + o.tight.len());
    if 1 + rows.sum::<usize>() > ROWS {
        return Answer::TooLarge;
    }
    let mut draft = Draft::default();
    let set = draft.row(0.0, most as f64);
    let number = |t: usize| samples.candidates.types[t].people.len() as f64;
    for t in 0..types {
        draft.column(vec![(set, 1.0)], 0.0, number(t));
    }
    for (scenario, open) in samples.scenarios.iter().zip(&open) {
        let weight = f64::from(scenario.times) / f64::from(samples.samples);
        let rows = draft.sample(samples, (scenario, scenario.left), loss, weight);
        for (t, mut touched) in draft.seats(samples, (&open.types, &open.tight), &rows) {
            let link = draft.row(-number(t), 0.0);
            draft.columns[t].0.push((link, -1.0));
            touched.push((link, 1.0));
            draft.column(touched, 0.0, number(t));
        }
    }
    let costs: Vec<f64> = draft.columns.iter().map(|c| c.1).collect();
    let mut lp = draft.build();
    let mut effort = Effort::new(WORK);
    let (mut cutoff, mut best) = (value - 1e-9, None);
    loop {
        match price(&mut lp, cutoff, &mut effort) {
            Found::Point(point) => {
                let cost: f64 = costs.iter().zip(&point).map(|(c, x)| c * x).sum();
                cutoff = cost - 1e-9;
                best = Some(point[..types].iter().map(|&x| x as u32).collect());
            }
            Found::Nothing => return best.map_or(Answer::Proven, Answer::Better),
            Found::Limit => return Answer::TooLarge,
        }
    }
}

/// The mean loss if the dropouts were known beforehand: nothing is smaller.
pub(super) fn foresight(samples: &DropoutSamples<'_>, most: usize, loss: Loss) -> Result<f64> {
    let mut sum = 0.0;
    let mut strict = BTreeSet::new();
    for scenario in &samples.scenarios {
        let places = scenario.left.min(u32::try_from(most).unwrap_or(u32::MAX));
        let least = foreseen(samples, (scenario, places), loss, &mut strict)?;
        sum += f64::from(scenario.times) * least;
    }
    Ok(sum / f64::from(samples.samples))
}

/// The least loss of one sample with any candidates. Few households would send too many: the rows of those that do join `strict`, the others are left out.
fn foreseen(
    samples: &DropoutSamples<'_>,
    (scenario, places): (&Scenario, u32),
    loss: Loss,
    strict: &mut BTreeSet<u32>,
) -> Result<f64> {
    let mut effort = Effort::new(WORK);
    let mut least = samples.least(scenario, &Team::new([]), loss);
    let open = Open::new(samples, scenario);
    'rows: loop {
        let mut draft = Draft::default();
        let rows = draft.sample(samples, (scenario, places), loss, 1.0);
        let first = draft.columns.len();
        let mut tight = open.tight.clone();
        tight.retain(|(home, _)| strict.contains(home));
        for (t, touched) in draft.seats(samples, (&open.types, &tight), &rows) {
            let people = samples.candidates.types[t].people.len();
            draft.column(touched, 0.0, people as f64);
        }
        let costs: Vec<f64> = draft.columns.iter().map(|c| c.1).collect();
        let mut lp = draft.build();
        while least > 1e-9 {
            match price(&mut lp, least - 1e-9, &mut effort) {
                Found::Point(point) => {
                    let crowded = crowded(samples, &open, &point[first..]);
                    if !crowded.is_empty() {
                        strict.extend(crowded);
                        continue 'rows;
                    }
                    least = costs.iter().zip(&point).map(|(c, x)| c * x).sum();
                }
                Found::Nothing => break,
                Found::Limit => {
                    let doing = "bounding the loss with alternates".to_owned();
                    let work = effort.spent();
                    return Err(ErrorKind::LimitReached { doing, work }.into());
                }
            }
        }
        return Ok(least);
    }
}

/// Households of which more sit than there is room for, given how many sit of each open type.
fn crowded(samples: &DropoutSamples<'_>, open: &Open, seated: &[f64]) -> Vec<u32> {
    let mut sitting: BTreeMap<u32, f64> = BTreeMap::new();
    for (&t, &number) in open.types.iter().zip(seated) {
        if let Some(home) = samples.candidates.types[t].home {
            *sitting.entry(home).or_default() += number;
        }
    }
    let number = |home| sitting.get(home).copied().unwrap_or(0.0);
    let tight = open.tight.iter();
    tight
        .filter(|(home, room)| number(home) > f64::from(*room) + 0.5)
        .map(|&(home, _)| home)
        .collect()
}

/// A point of the quotas for a small panel of candidates who may all sit beside the drawn panel, at random costs; `None` when there is none or it takes too long.
pub(super) fn small_panel(
    samples: &DropoutSamples<'_>,
    most: u32,
    quotas: &[(u32, u32)],
    costs: &[f64],
) -> Option<Vec<u32>> {
    let mut draft = Draft::default();
    let seats = f64::from(most);
    let mut rows = vec![vec![draft.row(seats, seats)]];
    for &(low, high) in quotas {
        rows.push(vec![draft.row(f64::from(low), f64::from(high))]);
    }
    let open = Open::new(samples, &samples.drawn);
    for (t, touched) in draft.seats(samples, (&open.types, &open.tight), &rows) {
        let people = samples.candidates.types[t].people.len();
        draft.column(touched, costs[t], people as f64);
    }
    match price(&mut draft.build(), f64::INFINITY, &mut Effort::new(WORK)) {
        Found::Point(point) => {
            let mut chosen = vec![0; samples.candidates.types.len()];
            for (&t, &x) in open.types.iter().zip(&point) {
                chosen[t] = x as u32;
            }
            Some(chosen)
        }
        _ => None,
    }
}
