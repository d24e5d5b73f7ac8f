//! What a rule that optimises one number knows about its optimum.

use super::model::Model;
use crate::certificate::Measure;

/// The proof of an optimum in floating-point numbers. Every panel P has
/// `Y(P) ≤ Σ_rows max(m·low, m·high) + Σ_roles units·max(0, Y − m·a)`.
#[derive(Debug, Clone)]
pub(crate) struct RawObjective {
    pub(crate) measure: Measure,
    /// Y per role and person: 1/p for the product, −p for the squares; 0 for roles on no panel.
    pub(crate) weights: Vec<f64>,
    /// m, one per row of the model.
    pub(crate) multipliers: Vec<f64>,
    /// Nodes of the search, when the optimum rests on a search over panels and not on the multipliers.
    pub(crate) searched: Option<u64>,
}

impl RawObjective {
    /// What no panel's weight exceeds, by the multipliers.
    pub(crate) fn bound(&self, model: &Model) -> f64 {
        let prices = model.weights(&self.multipliers);
        let over: Vec<f64> = prices
            .iter()
            .zip(&self.weights)
            .map(|(price, y)| price - y)
            .collect();
        model.bound(&self.multipliers, &over)
    }

    /// The gap that the multipliers leave, relative to the optimum: of the geometric mean for the product, of the sum
    /// for the squares.
    pub(crate) fn gap(&self, model: &Model) -> f64 {
        let bound = self.bound(model);
        let live = (0..model.len()).filter(|&j| model.units[j] > 0.0);
        match self.measure {
            Measure::Squares => {
                let total: f64 = live
                    .map(|j| model.people[j] * self.weights[j] * self.weights[j])
                    .sum();
                // the optimum is at least 2·min Σ p − Σ p²
                2.0 * (bound + total) / total
            }
            _ => {
                let people: f64 = live.map(|j| model.people[j]).sum();
                bound / people - 1.0
            }
        }
    }
}
