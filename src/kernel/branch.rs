//! Integer programs on top of the simplex: a first good point fast, or the proof that there is none.

use super::simplex::{Outcome, Simplex};

/// A value this close to an integer is one.
const INTEGRAL: f64 = 1e-6;
/// Nonbasic columns in the small copy that the first search works on.
const CORE: usize = 80;
/// Nodes of the first search.
const FIRST_NODES: u64 = 60;
/// Pivots of one node before it is given up as numerically lost.
const NODE_PIVOTS: u64 = 20_000;

/// Deterministic counts of work, and their limit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    pub(crate) pivots: u64,
    pub(crate) nodes: u64,
    pub(crate) pricings: u64,
    pub(crate) exact: u64,
    /// Most pivots and nodes together.
    pub(crate) limit: u64,
}

impl Effort {
    /// Counts nothing yet and may spend `limit` units.
    pub(crate) fn new(limit: u64) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Units spent.
    pub(crate) fn spent(&self) -> u64 {
        self.pivots + self.nodes
    }

    /// True when the limit is reached.
    pub(crate) fn exhausted(&self) -> bool {
        self.spent() >= self.limit
    }
}

/// Answer of a search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    /// An integer point below the cutoff.
    Point(Vec<f64>),
    /// Proved: no integer point lies below the cutoff.
    Nothing,
    /// The work limit came first.
    Limit,
}

/// Looks for an integer point of cost below `cutoff`. Tries a small copy first, then everything.
pub(crate) fn price(lp: &mut Simplex, cutoff: f64, effort: &mut Effort) -> Found {
    effort.pricings += 1;
    match root(lp, cutoff, effort) {
        Ok(bound) => match first_good(lp, cutoff, bound, effort) {
            Some(point) => Found::Point(point),
            None => exact(lp, cutoff, effort),
        },
        Err(found) => found,
    }
}

/// A good integer point of low cost if a short search meets one; proves nothing.
pub(crate) fn sketch(lp: &mut Simplex, effort: &mut Effort) -> Option<Vec<f64>> {
    effort.pricings += 1;
    let bound = root(lp, f64::INFINITY, effort).ok()?;
    first_good(lp, f64::INFINITY, bound, effort)
}

/// Solves the relaxation; its value, or the answer when there is nothing to search.
fn root(lp: &mut Simplex, cutoff: f64, effort: &mut Effort) -> Result<f64, Found> {
    let before = lp.pivots;
    let outcome = lp.solve(f64::INFINITY, effort.limit.saturating_sub(effort.spent()));
    effort.pivots += lp.pivots - before;
    match outcome {
        Outcome::Optimal if lp.objective() < cutoff => Ok(lp.objective()),
        Outcome::Limit => Err(Found::Limit),
        _ => Err(Found::Nothing),
    }
}

/// Depth-first on the basic columns and the cheapest nonbasic ones, taking the first point half-way to the bound.
fn first_good(lp: &Simplex, cutoff: f64, bound: f64, effort: &mut Effort) -> Option<Vec<f64>> {
    let gap = cutoff - bound;
    let mut free: Vec<(f64, u32)> = movable(lp, gap)
        .filter(|&j| !lp.is_basic(j as usize))
        .map(|j| (lp.reduced_cost(j as usize).abs(), j))
        .collect();
    if free.len() > CORE {
        free.select_nth_unstable_by(CORE, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        free.truncate(CORE);
    }
    let mut core: Vec<u32> = free.into_iter().map(|(_, j)| j).collect();
    core.extend((0..lp.len() as u32).filter(|&j| lp.is_basic(j as usize)));
    core.sort_unstable();
    let enough = if gap.is_finite() {
        bound + 0.5 * gap
    } else {
        f64::INFINITY
    };
    let mut tree = Tree {
        enough,
        limit: FIRST_NODES,
        ..Tree::new(lp.restrict(&core), cutoff)
    };
    tree.run(effort);
    tree.best.map(|small| expand(lp, &core, &small))
}

/// Every column that reduced-cost fixing leaves; finds a point or proves that there is none.
fn exact(lp: &Simplex, cutoff: f64, effort: &mut Effort) -> Found {
    effort.exact += 1;
    let gap = cutoff - lp.objective();
    let mut core: Vec<u32> = movable(lp, gap).collect();
    core.extend((0..lp.len() as u32).filter(|&j| lp.is_basic(j as usize)));
    core.sort_unstable();
    core.dedup();
    let mut tree = Tree {
        enough: cutoff,
        limit: u64::MAX,
        ..Tree::new(lp.restrict(&core), cutoff)
    };
    tree.run(effort);
    match tree.best {
        Some(small) => Found::Point(expand(lp, &core, &small)),
        None if tree.complete => Found::Nothing,
        None => Found::Limit,
    }
}

/// Columns that may move without the bound passing the cutoff.
fn movable(lp: &Simplex, gap: f64) -> impl Iterator<Item = u32> {
    (0..lp.len() as u32).filter(move |&j| {
        let (low, high) = lp.bounds(j as usize);
        lp.is_basic(j as usize) || (high > low && lp.reduced_cost(j as usize).abs() <= gap + 1e-9)
    })
}

fn expand(lp: &Simplex, core: &[u32], small: &[f64]) -> Vec<f64> {
    let mut point: Vec<f64> = lp.values();
    for (&j, &x) in core.iter().zip(small) {
        point[j as usize] = x;
    }
    point.iter_mut().for_each(|x| *x = x.round());
    point
}

struct Tree {
    lp: Simplex,
    cutoff: f64,
    enough: f64,
    limit: u64,
    nodes: u64,
    best: Option<Vec<f64>>,
    complete: bool,
}

/// True: go on; false: stop the whole search.
type GoOn = bool;

impl Tree {
    fn new(lp: Simplex, cutoff: f64) -> Self {
        Self {
            lp,
            cutoff,
            enough: cutoff,
            limit: 0,
            nodes: 0,
            best: None,
            complete: true,
        }
    }

    fn run(&mut self, effort: &mut Effort) {
        self.lp.pivots = 0;
        self.limit = self.limit.min(effort.limit.saturating_sub(effort.spent()));
        self.node();
        effort.nodes += self.nodes;
        effort.pivots += self.lp.pivots;
    }

    fn node(&mut self) -> GoOn {
        if self.nodes >= self.limit {
            self.complete = false;
            return false;
        }
        self.nodes += 1;
        match self.lp.solve(self.cutoff, NODE_PIVOTS) {
            Outcome::Optimal => {}
            Outcome::Infeasible | Outcome::Cutoff => return true,
            Outcome::Limit => {
                self.complete = false;
                return true;
            }
        }
        let value = self.lp.objective();
        if value >= self.cutoff {
            return true;
        }
        match self.branching_column() {
            None => {
                self.best = Some(self.lp.values());
                self.cutoff = value - 1e-9;
                value > self.enough
            }
            Some((j, x)) => self.branch(j, x),
        }
    }

    fn branch(&mut self, j: usize, x: f64) -> GoOn {
        let (low, high) = self.lp.bounds(j);
        let below = (low, x.floor());
        let above = (x.floor() + 1.0, high);
        let sides = if x - x.floor() < 0.5 {
            [below, above]
        } else {
            [above, below]
        };
        for (from, to) in sides {
            self.lp.set_bounds(j, from, to);
            let go_on = self.node();
            self.lp.set_bounds(j, low, high);
            if !go_on {
                return false;
            }
        }
        true
    }

    /// The fractional column of largest fraction × (1 + |cost|).
    fn branching_column(&self) -> Option<(usize, f64)> {
        let mut best = None;
        let mut best_score = 0.0;
        for (j, x) in self.lp.fractional(INTEGRAL) {
            let score = (x - x.round()).abs() * (1.0 + self.lp.cost(j).abs());
            if score > best_score {
                best_score = score;
                best = Some((j, x));
            }
        }
        best
    }
}
