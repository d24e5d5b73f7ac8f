//! The integer program over all samples, and the small one per sample.

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
    let types = samples.types.len();
    let per_quota = if loss == Loss::Binary { 2 } else { 1 };
    let each = 1 + types + per_quota * samples.instance.quotas().len();
    if 1 + samples.scenarios.len() * each > ROWS {
        return Answer::TooLarge;
    }
    let mut draft = Draft::default();
    let set = draft.row(0.0, most as f64);
    for (_, people) in &samples.types {
        draft.column(vec![(set, 1.0)], 0.0, people.len() as f64);
    }
    for scenario in &samples.scenarios {
        let weight = f64::from(scenario.times) / f64::from(samples.samples);
        let rows = draft.sample(samples, (scenario, scenario.left), loss, weight);
        for (t, (profile, people)) in samples.types.iter().enumerate() {
            let number = people.len() as f64;
            let link = draft.row(-number, 0.0);
            draft.columns[t].0.push((link, -1.0));
            let mut touched = entries(profile, &rows);
            touched.push((link, 1.0));
            draft.column(touched, 0.0, number);
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
    for scenario in &samples.scenarios {
        let mut draft = Draft::default();
        let places = scenario.left.min(u32::try_from(most).unwrap_or(u32::MAX));
        let rows = draft.sample(samples, (scenario, places), loss, 1.0);
        for (profile, people) in &samples.types {
            draft.column(entries(profile, &rows), 0.0, people.len() as f64);
        }
        let costs: Vec<f64> = draft.columns.iter().map(|c| c.1).collect();
        let mut lp = draft.build();
        let mut effort = Effort::new(WORK);
        let mut least = samples.least(scenario, &[], loss);
        while least > 1e-9 {
            match price(&mut lp, least - 1e-9, &mut effort) {
                Found::Point(point) => {
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
        sum += f64::from(scenario.times) * least;
    }
    Ok(sum / f64::from(samples.samples))
}

/// A point of the quotas for a small panel of candidates, at random costs; `None` when there is none or it takes too long.
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
    for ((profile, people), &cost) in samples.types.iter().zip(costs) {
        draft.column(entries(profile, &rows), cost, people.len() as f64);
    }
    match price(&mut draft.build(), f64::INFINITY, &mut Effort::new(WORK)) {
        Found::Point(point) => Some(point.iter().map(|&x| x as u32).collect()),
        _ => None,
    }
}
