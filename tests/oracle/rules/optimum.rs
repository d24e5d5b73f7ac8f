//! What every rule must give on a case small enough to try every panel.

use std::cell::RefCell;

use kleroterion::Rule;
use kleroterion::selection::Gamma;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::frontier::Frontier;
use super::hull::{Hull, whole};
use super::{linear, nash, squares};
use crate::case::{Case, Panel};
use crate::leximin::{self, interchangeable};

/// Everything that the oracles know about one case. Chances are one per person of the pool.
#[derive(Debug)]
pub(crate) struct Optima {
    pub(crate) hull: Hull,
    pub(crate) leximin: Vec<BigRational>,
    pub(crate) frontier: Frontier,
    pub(crate) panels: Vec<Panel>,
    /// The chances already asked for.
    known: RefCell<Vec<(Rule, Vec<BigRational>)>>,
}

impl Optima {
    /// `None` without a panel.
    pub(crate) fn of(case: &Case) -> Option<Self> {
        let panels = case.panels();
        let answer = leximin::over(case, &panels, interchangeable(case))?;
        assert_eq!(leximin::verify(&answer), Ok(()), "{case}");
        let hull = Hull::of(case, &panels)?;
        let lowest = hull.per_class(&answer.chances).into_iter().min()?;
        Some(Self {
            frontier: Frontier::of(&hull, &lowest),
            leximin: answer.chances,
            hull,
            panels,
            known: RefCell::default(),
        })
    }

    pub(crate) fn maximin(&self) -> BigRational {
        self.hull
            .per_class(&self.leximin)
            .into_iter()
            .min()
            .expect("a class")
    }

    /// The paper's γ in numbers; γ3 by its definition over the pool.
    pub(crate) fn gamma(&self, case: &Case, gamma: Gamma) -> f64 {
        let ratio = self.hull.people() as f64 / self.hull.seats as f64;
        let float = |v: &BigRational| v.to_f64().expect("a number");
        match gamma {
            Gamma::Balanced => {
                ratio * ratio * float(&self.maximin()) * float(self.frontier.minimax())
            }
            Gamma::Representation => balance_of_quotas(case),
            Gamma::Millionths(millionths) => millionths as f64 / 1e6,
            other => panic!("an unknown {other:?}"),
        }
    }

    /// The chances of a rule whose chances are unique, one per person of the pool. Each rule is worked out once.
    pub(crate) fn chances(&self, case: &Case, rule: Rule) -> Vec<BigRational> {
        let mut known = self.known.borrow_mut();
        if let Some((_, chances)) = known.iter().find(|(other, _)| *other == rule) {
            return chances.clone();
        }
        let chances = self.worked_out(case, rule);
        known.push((rule, chances.clone()));
        chances
    }

    fn worked_out(&self, case: &Case, rule: Rule) -> Vec<BigRational> {
        let per_class = match rule {
            Rule::Leximin | Rule::Maximin | Rule::MaxEntropy => return self.leximin.clone(),
            Rule::Minimax => linear::leximin_below(&self.hull, self.frontier.minimax()),
            Rule::Goldilocks(gamma) => self.goldilocks(self.gamma(case, gamma)),
            Rule::Nash => nash::product(&self.hull).chances,
            Rule::LeastSquares => squares::least_squares(&self.hull),
            Rule::Uniform => return self.uniform(case),
            other => panic!("no oracle for {other}"),
        };
        self.hull.spread(&per_class, BigRational::zero())
    }

    /// Chances per class.
    pub(crate) fn goldilocks(&self, gamma: f64) -> Vec<BigRational> {
        linear::leximin_below(&self.hull, &self.frontier.balance(gamma).highest)
    }

    fn uniform(&self, case: &Case) -> Vec<BigRational> {
        let holding = |i: usize| {
            self.panels
                .iter()
                .filter(|&panel| panel >> i & 1 == 1)
                .count()
        };
        let share = |i| whole(holding(i) as i64) / whole(self.panels.len() as i64);
        (0..case.people.len()).map(share).collect()
    }
}

/// min ρ · max ρ over quotas that somebody of the pool counts for, ρ = (min + max)/(2k) over the share of the pool.
fn balance_of_quotas(case: &Case) -> f64 {
    let mut all = Vec::new();
    for (quota, &(min, max)) in case.flat_quotas().iter().enumerate() {
        let members = (0..case.people.len())
            .filter(|&i| case.quotas_of(i).contains(&quota))
            .count();
        if members > 0 {
            let share = members as f64 / case.people.len() as f64;
            all.push(f64::from(min + max) / f64::from(2 * case.size) / share);
        }
    }
    let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
    lowest * all.into_iter().fold(0.0, f64::max)
}
