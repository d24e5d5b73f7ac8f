//! Rules over all panels: every panel equally likely, or as random as given chances allow (de Azevedo and Gölz,
//! "Maximally Random Sortition", 2026).
//!
//! `plan` decides what must be remembered while roles are given seats one after another, `graph` finds all states of
//! that memory, `count` counts the panels behind each. `list` writes out the compositions where there are few, `fit`
//! finds the weights of maximum entropy, `walk` turns a path into a panel. Where the states are too many,
//! `chain` walks from panel to panel without counting, and `approximate` says so.

mod approximate;
mod chain;
mod count;
mod fit;
mod graph;
mod list;
mod plan;
mod sampled;
mod walk;

use super::distribution::{Composition, DENOMINATOR, Distribution, Work};
use super::solve::{Optimum, Solve, integer_weights};
use super::{Rule, conflict};
use crate::certificate::{Certificate, Counted, Counting};
use crate::error::{Error, ErrorKind, Result};
use crate::natural::Natural;
use count::Exact;
use fit::Fit;
use graph::{Graph, Unbuilt};
use list::Listed;
use plan::Plan;

/// Most compositions that a lottery lists.
const LISTED: u64 = 100_000;
/// Most states that are kept in memory.
const STATES: usize = 2_000_000;

impl Solve<'_> {
    /// The lottery with all compositions.
    pub(super) fn over_all_panels(&mut self, rule: Rule) -> Result<Distribution> {
        let optimum = match rule {
            Rule::MaxEntropy => Some(self.optimum(Rule::Leximin)?),
            _ => None,
        };
        let graph = self
            .all_panels(STATES)?
            .map_err(|why| ErrorKind::TooManyCompositions {
                rule: rule.to_string(),
                compositions: match why {
                    Unbuilt::Households => {
                        "not counted where several people of a household may sit".to_owned()
                    }
                    _ => format!("not counted: more than {STATES} states"),
                },
            })?;
        let compositions = Exact::compositions(&graph);
        if compositions > Natural::from(LISTED) {
            let (rule, compositions) = (rule.to_string(), compositions.to_string());
            return Err(ErrorKind::TooManyCompositions { rule, compositions }.into());
        }
        let exact = Exact::panels(&graph);
        let list = list::list(&graph, &exact);
        let mut counted = Counted::of(Counting::Listed);
        counted.panels = Some(exact.total().to_string());
        counted.compositions = Some(compositions.to_string());
        let (weights, certificate) = match optimum {
            None => {
                self.exclude_uncovered(&mut graph.covering(self.model.len()))?;
                let panels: Vec<Natural> = list.iter().map(|c| c.panels.clone()).collect();
                counted.entropy = Some(nats(exact.total().ln()));
                (
                    list::shares(&panels),
                    self.certificate(rule, (&[], None), &[])?,
                )
            }
            Some(Optimum {
                mixture, levels, ..
            }) => {
                let target = self.seats(integer_weights(mixture).iter().map(|(p, w)| (&p[..], *w)));
                let (fit, weights) = self.fit_listed(&list, &target)?;
                let weights = list::rounded(&weights, DENOMINATOR);
                let seats = listed_seats(&list, &weights, self.model.len());
                let certificate = self.certificate(rule, (&levels, None), &seats)?;
                self.describe(&mut counted, &fit, (&target, &seats));
                counted.entropy = Some(nats(entropy(&list, &weights)));
                (weights, certificate)
            }
        };
        let certificate = Certificate {
            counted: Some(counted),
            ..certificate
        };
        Ok(self.listed(rule, (list, weights), certificate))
    }

    /// The graph of all panels. The inner error: more than so many states.
    fn all_panels(&mut self, most: usize) -> Result<std::result::Result<Graph, Unbuilt>> {
        if self.instance.seats_housemates() {
            return Ok(Err(Unbuilt::Households));
        }
        let features = plan::features(self.instance);
        let plan = Plan::new(self.instance, &features.iter().collect::<Vec<_>>());
        match Graph::build(plan, most, &mut self.effort) {
            Ok(graph) if graph.is_empty() => {
                Err(conflict::explain(self.instance, &mut self.effort))
            }
            Err(Unbuilt::Limit) => Err(self.counting_limit()),
            other => Ok(other),
        }
    }

    fn counting_limit(&self) -> Error {
        self.limit("counting all panels")
    }

    fn fit_listed(&mut self, list: &[Listed], target: &[u64]) -> Result<(Fit, Vec<f64>)> {
        let goal = chances(target);
        fit::listed(list, &goal, &self.model.people, &mut self.effort)
            .ok_or_else(|| self.limit("fitting the weights of maximum entropy"))
    }

    /// Seats of every column in 10^-12.
    fn seats<'a>(&self, parts: impl Iterator<Item = (&'a [u32], u64)>) -> Vec<u64> {
        let mut seats = vec![0; self.model.len()];
        for (panel, weight) in parts {
            for (total, &x) in seats.iter_mut().zip(panel) {
                *total += weight * u64::from(x);
            }
        }
        seats
    }

    /// λ, and how far the chances are from those they should be.
    fn describe(&self, counted: &mut Counted, fit: &Fit, (target, seats): (&[u64], &[u64])) {
        let apart = target.iter().zip(seats).zip(&self.model.people);
        let apart = apart.map(|((t, s), n)| t.abs_diff(*s).div_ceil(*n as u64));
        counted.deviation = apart.max();
        self.multipliers(counted, fit);
    }

    fn multipliers(&self, counted: &mut Counted, fit: &Fit) {
        let whole = fit.lambda.iter().map(|l| (l * 1e9).round() as i64);
        let named = self.model.roles.iter().zip(whole);
        counted.multipliers = named
            .filter(|(_, l)| *l != 0)
            .map(|(&(group, role), l)| (group, role, l))
            .collect();
    }

    fn listed(
        &self,
        rule: Rule,
        (list, weights): (Vec<Listed>, Vec<u64>),
        certificate: Certificate,
    ) -> Distribution {
        let name = |&(column, seats): &(u32, u32)| {
            let (group, role) = self.model.roles[column as usize];
            (group, role, seats)
        };
        let mut all: Vec<(Composition, u64)> = list
            .iter()
            .zip(weights)
            .filter(|(_, weight)| *weight > 0)
            .map(|(c, weight)| (Composition(c.seats.iter().map(name).collect()), weight))
            .collect();
        all.sort_unstable();
        let (compositions, weights) = all.into_iter().unzip();
        Distribution {
            instance: self.instance.clone(),
            rule,
            compositions,
            weights,
            certificate,
            work: Work {
                pivots: self.effort.pivots,
                nodes: self.effort.nodes,
                pricings: self.effort.pricings,
                exact: self.effort.exact,
            },
            base: vec![],
        }
    }
}

impl Counted {
    fn of(method: Counting) -> Self {
        Self {
            method,
            panels: None,
            compositions: None,
            entropy: None,
            deviation: None,
            multipliers: vec![],
            sample: None,
        }
    }
}

fn chances(seats: &[u64]) -> Vec<f64> {
    seats
        .iter()
        .map(|&s| s as f64 / DENOMINATOR as f64)
        .collect()
}

fn nats(entropy: f64) -> u64 {
    (entropy.max(0.0) * 1e6) as u64
}

fn listed_seats(list: &[Listed], weights: &[u64], columns: usize) -> Vec<u64> {
    let mut seats = vec![0; columns];
    for (c, weight) in list.iter().zip(weights) {
        for &(column, x) in &c.seats {
            seats[column as usize] += weight * u64::from(x);
        }
    }
    seats
}

/// −Σ w ln(w/panels), in nats.
fn entropy(list: &[Listed], weights: &[u64]) -> f64 {
    let part = |(c, &weight): (&Listed, &u64)| {
        let w = weight as f64 / DENOMINATOR as f64;
        if weight == 0 {
            0.0
        } else {
            w * (c.panels.ln() - libm::log(w))
        }
    };
    list.iter().zip(weights).map(part).sum()
}
