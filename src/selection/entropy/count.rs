//! Weights of all panels together, from the end to the start, and chances from the start to the end.

use super::graph::Graph;
use super::plan::Step;
use crate::natural::Natural;

/// Exact weights.
#[derive(Debug)]
pub(crate) struct Exact {
    /// By step, `used * width + seats`.
    tables: Vec<(usize, Vec<Natural>)>,
    /// By state: the panels that its paths stand for.
    pub(crate) values: Vec<Natural>,
}

impl Exact {
    /// Panels that every state's paths stand for.
    pub(crate) fn panels(graph: &Graph) -> Self {
        Self::with(graph, |step, used, seats| {
            let ways = Natural::choose(u64::from(step.units - used), u64::from(seats));
            (0..seats).fold(ways, |w, _| w.times(u64::from(step.people)))
        })
    }

    /// Paths of every state: compositions.
    pub(crate) fn compositions(graph: &Graph) -> Natural {
        let counted = Self::with(graph, |_, _, _| Natural::from(1));
        counted.total()
    }

    fn with(graph: &Graph, weight: impl Fn(&Step, u32, u32) -> Natural) -> Self {
        let mut exact = Self {
            tables: tables(graph, Natural::default(), weight),
            values: vec![Natural::default(); graph.len()],
        };
        for state in graph.layer(graph.plan.steps.len()) {
            exact.values[state] = Natural::from(1);
        }
        for s in (0..graph.plan.steps.len()).rev() {
            for state in graph.layer(s) {
                let mut sum = Natural::default();
                for edge in graph.out(state) {
                    let weight = exact.weight(s, edge.used, edge.seats);
                    sum.add_product(weight, &exact.values[edge.to as usize]);
                }
                exact.values[state] = sum;
            }
        }
        exact
    }

    /// Ways to seat so many of a step's role.
    pub(crate) fn weight(&self, s: usize, used: u16, seats: u16) -> &Natural {
        let (width, table) = &self.tables[s];
        &table[usize::from(used) * width + usize::from(seats)]
    }

    /// All panels.
    pub(crate) fn total(&self) -> Natural {
        self.values.first().cloned().unwrap_or_default()
    }
}

/// A table of every weight that the edges of a step ask for.
fn tables<T: Clone>(
    graph: &Graph,
    unasked: T,
    weight: impl Fn(&Step, u32, u32) -> T,
) -> Vec<(usize, Vec<T>)> {
    let steps = graph.plan.steps.iter().enumerate();
    let table = |(s, step): (usize, &Step)| {
        let edges = || graph.layer(s).flat_map(|state| graph.out(state));
        let width = edges().map(|e| usize::from(e.seats) + 1).max().unwrap_or(1);
        let height = edges().map(|e| usize::from(e.used) + 1).max().unwrap_or(1);
        let mut table = vec![unasked.clone(); width * height];
        let mut seen = vec![false; width * height];
        for edge in edges() {
            let at = usize::from(edge.used) * width + usize::from(edge.seats);
            if !std::mem::replace(&mut seen[at], true) {
                table[at] = weight(step, edge.used.into(), edge.seats.into());
            }
        }
        (width, table)
    };
    steps.map(table).collect()
}

/// Weights in floating point: panels count for the product of their members' weights. Scaled layer by layer.
#[derive(Debug)]
pub(crate) struct Weighted {
    /// Logarithm of the ways to seat, by step.
    ways: Vec<(usize, Vec<f64>)>,
    /// Weight of an edge, by step.
    tables: Vec<Vec<f64>>,
    pub(crate) values: Vec<f64>,
    /// Logarithm of the sum over all panels of the product of their members' weights.
    pub(crate) ln_total: f64,
}

impl Weighted {
    pub(crate) fn new(graph: &Graph) -> Self {
        let ways = |step: &Step, used: u32, seats: u32| {
            ln_choose(step.units - used, seats)
                + f64::from(seats) * libm::log(f64::from(step.people))
        };
        Self {
            ways: tables(graph, f64::NEG_INFINITY, ways),
            tables: vec![],
            values: vec![0.0; graph.len()],
            ln_total: 0.0,
        }
    }

    /// Weighs every state anew with the logarithms of the roles' weights, by column.
    pub(crate) fn weigh(&mut self, graph: &Graph, lambda: &[f64]) {
        self.ln_total = 0.0;
        self.tables.clear();
        for (step, (width, ways)) in graph.plan.steps.iter().zip(&self.ways) {
            let own = lambda[step.column];
            let logs: Vec<f64> = ways
                .iter()
                .enumerate()
                .map(|(at, w)| w + own * (at % width) as f64)
                .collect();
            let largest = logs.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
            self.tables
                .push(logs.iter().map(|l| libm::exp(l - largest)).collect());
            self.ln_total += largest;
        }
        for state in graph.layer(graph.plan.steps.len()) {
            self.values[state] = 1.0;
        }
        for s in (0..graph.plan.steps.len()).rev() {
            let mut largest = 0.0_f64;
            for state in graph.layer(s) {
                let mut sum = 0.0;
                for edge in graph.out(state) {
                    sum += self.weight(s, edge.used, edge.seats) * self.values[edge.to as usize];
                }
                self.values[state] = sum;
                largest = largest.max(sum);
            }
            if largest > 0.0 {
                graph
                    .layer(s)
                    .for_each(|state| self.values[state] /= largest);
                self.ln_total += libm::log(largest);
            }
        }
    }

    /// Relative weight of an edge's seats.
    pub(crate) fn weight(&self, s: usize, used: u16, seats: u16) -> f64 {
        self.tables[s][usize::from(used) * self.ways[s].0 + usize::from(seats)]
    }

    /// Expected seats of every column.
    pub(crate) fn seats(&self, graph: &Graph, columns: usize) -> Vec<f64> {
        let mut seats = vec![0.0; columns];
        let mut mass = vec![0.0; graph.len()];
        if let Some(start) = mass.first_mut() {
            *start = 1.0;
        }
        for (s, step) in graph.plan.steps.iter().enumerate() {
            for state in graph.layer(s) {
                if mass[state] == 0.0 {
                    continue;
                }
                let part = |e: &super::graph::Edge| {
                    self.weight(s, e.used, e.seats) * self.values[e.to as usize]
                };
                let sum: f64 = graph.out(state).iter().map(part).sum();
                let unit = if sum > 0.0 { mass[state] / sum } else { 0.0 };
                for edge in graph.out(state) {
                    let flow = unit * part(edge);
                    mass[edge.to as usize] += flow;
                    seats[step.column] += flow * f64::from(edge.seats);
                }
            }
        }
        seats
    }
}

/// ln C(n, r), by products.
pub(crate) fn ln_choose(n: u32, r: u32) -> f64 {
    let (mut sum, mut product) = (0.0, 1.0);
    for i in 0..r.min(n - r) {
        product *= f64::from(n - i) / f64::from(i + 1);
        if product > 1e200 {
            sum += libm::log(product);
            product = 1.0;
        }
    }
    sum + libm::log(product)
}
