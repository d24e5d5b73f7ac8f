//! The proof of a rule's number, from floating-point multipliers to integers.

use super::certify::{candidates, to_bound};
use super::model::Model;
use crate::audit::{Ledger, gap};
use crate::certificate::{Bound, Finished, Measure, Objective};

/// Integers of a certificate stay below this, so that any JSON reader keeps them whole.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A rule's number and what holds it.
#[derive(Debug, Clone)]
pub(crate) struct RawObjective {
    pub(crate) measure: Measure,
    /// Per column, per person: 1/p for [`Measure::Product`], −p for [`Measure::Squares`], floor minus ceiling for the others.
    pub(crate) weights: Vec<f64>,
    /// Added to everybody's weight against floor and ceiling alike.
    pub(crate) common: f64,
    /// Per row of the model: with the weights they say what no panel exceeds.
    pub(crate) multipliers: Vec<f64>,
    /// Nodes, when the optimum over panels rests on a finished search and not on the multipliers.
    pub(crate) searched: Option<u64>,
}

/// Integer multipliers that prove most of what the raw ones say about a lottery. `None`: they prove nothing.
pub(crate) fn prove(model: &Model, raw: &RawObjective, ledger: &Ledger<'_>) -> Option<Objective> {
    let judged = bounds(model, raw)
        .into_iter()
        .filter_map(|(bound, common)| {
            let gap = gap((raw.measure, &bound), common, ledger).ok()?;
            Some((gap, bound, common))
        });
    let (gap, proof, common) = judged.min_by_key(|(gap, ..)| *gap)?;
    let search = raw.searched.map(|nodes| Finished { nodes, gap: TIGHT });
    Some(Objective {
        measure: raw.measure,
        gap,
        proof,
        common,
        search: search.filter(|_| gap > TIGHT),
    })
}

/// 10^-9: a gap below this needs no search behind it, and a search leaves no larger one.
const TIGHT: u64 = 1000;

/// Candidates: the weights as integers, the multipliers over a common scale. A panel's sum of weights is an integer, so
/// the limit rounds down, which often closes a gap of the relaxation.
fn bounds(model: &Model, raw: &RawObjective) -> Vec<(Bound, u64)> {
    let mut all = raw.weights.clone();
    all.push(raw.common);
    let largest = all.iter().fold(0.0_f64, |a, w| a.max(w.abs()));
    if largest == 0.0 {
        return vec![];
    }
    all.iter_mut().for_each(|w| *w /= largest);
    let mut bounds = Vec::new();
    for weights in candidates(&all) {
        let most = weights.iter().map(|w| w.abs()).max().unwrap_or(0);
        let unit = most as f64 / largest;
        let stated: Vec<(u32, u32, i64)> = (0..model.len())
            .filter(|&j| weights[j] != 0 && model.units[j] > 0.0)
            .map(|j| (model.roles[j].0, model.roles[j].1, weights[j]))
            .collect();
        let common = weights[model.len()].unsigned_abs();
        for scale in [1_i64, 2, 3, 4, 6, 12, 60, 2520, 1_000_000] {
            let rows: Vec<f64> = raw
                .multipliers
                .iter()
                .map(|p| (p * unit * scale as f64).round())
                .collect();
            if rows.iter().all(|p| p.abs() < LARGEST) {
                let rows: Vec<i64> = rows.iter().map(|&p| p as i64).collect();
                let bound = to_bound(model, &rows, scale, Some(stated.clone()));
                bounds.push((bound, common));
            }
        }
    }
    bounds
}
