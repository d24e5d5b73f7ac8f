//! Diversimax: a search for the panel whose intersections are most even, and the draw of every direct rule.

mod swaps;

use super::conflict;
use super::model::Model;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::kernel::branch::{Effort, Found as Priced, price};
use crate::kernel::simplex::Simplex;
use crate::lottery::{
    Composition, DirectDraw, DirectLottery, DirectRule, Found, Intersections, Seed, Sources,
    Stream, found,
};
use swaps::Swaps;

/// Panels that the search starts from.
const STARTS: u64 = 8;
/// Work units (pivots and nodes) that finding these may take.
const START_WORK: u64 = 5_000_000;
/// Cells that may be looked at in comparing swaps, in all.
const LOOKS: u64 = 300_000_000;

impl DirectLottery {
    /// Draws the panel and the order of the alternates. The same terms, announcements and sources give the same draw on
    /// every machine. LEGACY makes at most the committed number of attempts, Diversimax at most a fixed amount of work.
    ///
    /// # Errors
    /// - [`ErrorKind::Input`] with `E-SOURCE-COUNT` when another number of sources was announced, `E-SOURCE-FORM` for every text that has not the form
    ///   declared for it; for RFC 3797 `E-LIST-SOURCE` for a beacon or a text without numbers, and for more than 65 535 people, `E-LIST-METHOD` without the feature.
    /// - [`ErrorKind::AttemptsExhausted`] when no attempt of LEGACY gave a panel: says how far the best got and what
    ///   failed most often. On pools with tight quotas almost no attempt succeeds.
    /// - [`ErrorKind::Infeasible`] and [`ErrorKind::LimitReached`] for Diversimax: no panel meets the quotas, or none was
    ///   found within the work limit.
    pub fn draw(&self, sources: &Sources) -> Result<DirectDraw> {
        let seed = self.seed(sources)?;
        let texts: Vec<&str> = sources.iter().collect();
        let found = match found(self.commit(), self.instance(), &seed, &texts)? {
            Some(found) => found,
            None if matches!(self.rule(), DirectRule::List(_)) => {
                let found = format!("the rule {}", self.rule());
                let expected = "a program built with the feature \"rfc3797\"";
                let problem = Problem::new("E-LIST-METHOD", found, expected);
                return Err(ErrorKind::Input(vec![problem]).into());
            }
            None => diversimax(self.instance(), &seed)?,
        };
        Ok(self.drawn(seed, sources, found))
    }
}

/// Several panels that meet the quotas, each at the corner that random prices lead to, improved by swaps until none
/// helps or the work is done; the most even of them, and who sits by lot. Interchangeable people have equal chances.
fn diversimax(instance: &Instance, seed: &Seed) -> Result<Found> {
    let mut stream = Stream::new(seed, "panel");
    let model = Model::new(instance);
    let intersections = Intersections::of(instance);
    let (lower, upper) = (vec![0.0; model.len()], model.units.clone());
    let mut lp = Simplex::new(model.columns.clone(), lower, upper, &model.rows);
    let mut effort = Effort::new(START_WORK);
    let mut best: Option<(i64, Vec<u32>)> = None;
    for _ in 0..STARTS {
        lp.set_costs(&prices(model.len(), &mut stream));
        let seats = match price(&mut lp, f64::INFINITY, &mut effort) {
            Priced::Point(point) => point.iter().map(|&x| x as u32).collect(),
            Priced::Nothing => return Err(conflict::explain(instance, &mut effort)),
            Priced::Limit if best.is_some() => break,
            Priced::Limit => {
                return Err(ErrorKind::LimitReached {
                    doing: "looking for a panel that meets the quotas".into(),
                    work: effort.spent(),
                }
                .into());
            }
        };
        let mut swaps = Swaps::new(instance, &model, &intersections, seats);
        swaps.improve(LOOKS / STARTS);
        let found = swaps.into_best();
        if best
            .as_ref()
            .is_none_or(|(distance, _)| found.0 < *distance)
        {
            best = Some(found);
        }
    }
    let seats = best.map(|(_, seats)| seats).unwrap_or_default();
    let seated = model.roles.iter().zip(seats).filter(|(_, x)| *x > 0);
    let composition = Composition(seated.map(|(&(g, r), x)| (g, r, x)).collect());
    let mut found = Found::seated(&composition, instance, seed)?;
    found.evenness = Some(intersections.of_panel(instance, &found.panel));
    Ok(found)
}

/// Uniform between −1 and 1.
fn prices(columns: usize, stream: &mut Stream) -> Vec<f64> {
    const HALF: f64 = (1_u64 << 52) as f64;
    (0..columns)
        .map(|_| (stream.word() >> 11) as f64 / HALF - 1.0)
        .collect()
}
