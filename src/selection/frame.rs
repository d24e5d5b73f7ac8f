//! The lowest and the highest chance that a lottery can have together, and the best such pair for a rule.
//!
//! The pairs (floor t, ceiling X) for which some lottery gives everybody at least t and at most X form a convex set in the
//! plane. An oracle says of a pair that it is possible, or gives a proof that it is not: weights with
//! `A·t − B·X ≤ U` for every possible pair. The rule's number is minimised over the proofs known so far, the oracle is
//! asked about the minimiser, and its proof is added (Kelley, J. SIAM 8, 1960); in the plane each minimisation is a
//! comparison of a few candidates. The proofs that hold the last minimiser are the certificate.

use super::model::Model;

/// What is to be as low as possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Goal {
    /// The ceiling.
    Highest,
    /// (n/k)·ceiling + γ·(k/n)/floor.
    Goldilocks(f64),
}

/// Everybody's chance is at least `floor` and at most `ceiling`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) floor: f64,
    pub(crate) ceiling: f64,
}

/// Weights per column (positive ones count against the floor, negative ones against the ceiling) and the multipliers of
/// the model's rows that show what no panel's sum of weights exceeds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Multipliers {
    pub(crate) weights: Vec<f64>,
    pub(crate) rows: Vec<f64>,
    /// Everybody's weight that the sum of [`first_cuts`] cancelled.
    pub(crate) common: f64,
}

/// Every possible pair has `a·floor − b·ceiling ≤ limit`.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) limit: f64,
    pub(crate) proof: Multipliers,
}

/// Violations below this, relative to the cut's own numbers, count as none.
const ROUNDING: f64 = 1e-13;
/// A cut with less weight against the ceiling than this part of its weight against the floor has none.
const VERTICAL: f64 = 1e-11;

impl Cut {
    /// The cut that a proof gives: no panel's sum of weights exceeds `limit`. Excluded columns have no chance to keep in
    /// the frame, and no weight.
    pub(crate) fn new(model: &Model, mut proof: Multipliers, limit: f64) -> Self {
        let (mut a, mut b) = (0.0, 0.0);
        for (j, w) in proof.weights.iter_mut().enumerate() {
            if model.units[j] == 0.0 {
                *w = 0.0;
            }
            a += w.max(0.0) * model.people[j];
            b += (-*w).max(0.0) * model.people[j];
        }
        Self { a, b, limit, proof }
    }

    fn is_vertical(&self) -> bool {
        self.b <= VERTICAL * self.a
    }

    /// Least ceiling for a floor.
    fn ceiling(&self, floor: f64) -> f64 {
        (self.a * floor - self.limit) / self.b
    }

    fn slope(&self) -> f64 {
        self.a / self.b
    }

    /// True when the frame satisfies the cut, up to rounding.
    pub(crate) fn admits(&self, frame: Frame) -> bool {
        let (low, high) = (self.a * frame.floor, self.b * frame.ceiling);
        low - high - self.limit <= ROUNDING * (low + high + self.limit.abs())
    }
}

/// What holds for every lottery: the average chance lies within the frame, and nobody has more seats than units.
pub(crate) fn first_cuts(model: &Model) -> Vec<Cut> {
    let n = model.len();
    let size = model.rows[model.quotas].0;
    let average = |sign: f64| {
        let mut rows = vec![0.0; model.rows.len()];
        rows[model.quotas] = sign;
        let weight = |u: &f64| if *u > 0.0 { sign } else { 0.0 };
        let weights = model.units.iter().map(weight).collect();
        Cut::new(
            model,
            Multipliers {
                weights,
                rows,
                common: 0.0,
            },
            sign * size,
        )
    };
    let mut cuts = vec![average(-1.0), average(1.0)];
    let share = |j: &usize| model.units[*j] / model.people[*j];
    let emptiest = (0..n)
        .filter(|&j| model.units[j] > 0.0)
        .min_by(|a, b| share(a).total_cmp(&share(b)));
    if let Some(j) = emptiest {
        let mut weights = vec![0.0; n];
        weights[j] = 1.0;
        let rows = vec![0.0; model.rows.len()];
        cuts.push(Cut::new(
            model,
            Multipliers {
                weights,
                rows,
                common: 0.0,
            },
            model.units[j],
        ));
    }
    cuts
}

impl Goal {
    /// The best frame that all cuts admit, and the shares of the cuts that prove it.
    pub(crate) fn best(self, cuts: &[Cut], people_per_seat: f64) -> (Frame, Vec<(usize, f64)>) {
        match self {
            Self::Highest => {
                let (at, ceiling) = highest_at(cuts, 0.0);
                (
                    Frame {
                        floor: 0.0,
                        ceiling,
                    },
                    vec![(at, 1.0)],
                )
            }
            Self::Goldilocks(gamma) => goldilocks(cuts, gamma, people_per_seat),
        }
    }
}

/// The largest of the least ceilings at a floor, and the cut it belongs to.
fn highest_at(cuts: &[Cut], floor: f64) -> (usize, f64) {
    let lines = (0..cuts.len()).filter(|&i| !cuts[i].is_vertical());
    lines
        .map(|i| (i, cuts[i].ceiling(floor)))
        .fold((0, f64::NEG_INFINITY), |best, next| {
            if next.1 > best.1 { next } else { best }
        })
}

/// Minimises r·max ceiling(t) + γ/(r·t) over the floors t that no vertical cut forbids: the minimum stands where a line
/// has the right slope, where two lines meet, or at the highest floor.
fn goldilocks(cuts: &[Cut], gamma: f64, r: f64) -> (Frame, Vec<(usize, f64)>) {
    let lines: Vec<usize> = (0..cuts.len())
        .filter(|&i| !cuts[i].is_vertical())
        .collect();
    let (wall, highest) = (0..cuts.len())
        .filter(|&i| cuts[i].is_vertical() && cuts[i].a > 0.0)
        .map(|i| (i, cuts[i].limit / cuts[i].a))
        .fold((0, f64::INFINITY), |best, next| {
            if next.1 < best.1 { next } else { best }
        });
    let mut floors = vec![highest];
    for (at, &i) in lines.iter().enumerate() {
        if cuts[i].a > 0.0 {
            floors.push((gamma / cuts[i].slope()).sqrt() / r);
        }
        for &j in &lines[at + 1..] {
            let (a, b) = (&cuts[i], &cuts[j]);
            let slopes = a.slope() - b.slope();
            if slopes != 0.0 {
                floors.push((a.limit / a.b - b.limit / b.b) / slopes);
            }
        }
    }
    let value = |t: f64| r * highest_at(cuts, t).1 + gamma / (r * t);
    let floor = floors
        .into_iter()
        .filter(|&t| t > 0.0 && t <= highest)
        .map(|t| (t, value(t)))
        .fold((highest, f64::INFINITY), |best, next| {
            if next.1 < best.1 { next } else { best }
        })
        .0;
    let ceiling = highest_at(cuts, floor).1;
    let frame = Frame { floor, ceiling };
    let wanted = gamma / (r * r * floor * floor);
    (frame, shares(cuts, (&lines, wall), frame, wanted))
}

/// Shares of the cuts through the frame whose sum has the wanted slope, with weight one against the ceiling.
fn shares(
    cuts: &[Cut],
    (lines, wall): (&[usize], usize),
    frame: Frame,
    wanted: f64,
) -> Vec<(usize, f64)> {
    let through = |i: &usize| {
        let least = cuts[*i].ceiling(frame.floor);
        frame.ceiling - least <= 1e-11 * frame.ceiling
    };
    let active: Vec<usize> = lines.iter().copied().filter(through).collect();
    let slope = |i: &usize| cuts[*i].slope();
    let below = active
        .iter()
        .filter(|i| slope(i) <= wanted)
        .max_by(|a, b| slope(a).total_cmp(&slope(b)));
    let above = active
        .iter()
        .filter(|i| slope(i) > wanted)
        .min_by(|a, b| slope(a).total_cmp(&slope(b)));
    match (below, above) {
        (Some(&l), Some(&h)) => {
            let part = (wanted - slope(&l)) / (slope(&h) - slope(&l));
            vec![(l, (1.0 - part) / cuts[l].b), (h, part / cuts[h].b)]
        }
        (Some(&l), None) => {
            let rest = wanted - slope(&l);
            let at_wall = cuts[wall].is_vertical()
                && (cuts[wall].limit / cuts[wall].a - frame.floor).abs() <= 1e-11 * frame.floor;
            let mut parts = vec![(l, 1.0 / cuts[l].b)];
            if at_wall && rest > 0.0 {
                parts.push((wall, rest / cuts[wall].a));
            }
            parts
        }
        (None, Some(&h)) => vec![(h, 1.0 / cuts[h].b)],
        (None, None) => vec![],
    }
}

/// The sum of the cuts' proofs, each with its share.
pub(crate) fn combine(cuts: &[Cut], shares: &[(usize, f64)]) -> Multipliers {
    let share = |cut: usize| shares.iter().filter(|s| s.0 == cut).map(|s| s.1).sum();
    let mut sum = Multipliers {
        common: f64::min(share(0), share(1)),
        ..Multipliers::default()
    };
    for &(i, share) in shares {
        let proof = &cuts[i].proof;
        sum.weights.resize(proof.weights.len(), 0.0);
        sum.rows.resize(proof.rows.len(), 0.0);
        for (total, w) in sum.weights.iter_mut().zip(&proof.weights) {
            *total += share * w;
        }
        for (total, p) in sum.rows.iter_mut().zip(&proof.rows) {
            *total += share * p;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(a: f64, b: f64, limit: f64) -> Cut {
        Cut {
            a,
            b,
            limit,
            proof: Multipliers::default(),
        }
    }

    /// X ≥ 2t and nothing else: r = 1, γ = 1 gives 2t + 1/t, lowest at t = 1/√2 with 2√2.
    #[test]
    fn a_line_is_touched_where_its_slope_is_right() {
        let (frame, shares) =
            Goal::Goldilocks(1.0).best(&[cut(2.0, 1.0, 0.0), cut(1.0, 0.0, 1.0)], 1.0);
        assert!((frame.floor - 0.5_f64.sqrt()).abs() < 1e-15, "{frame:?}");
        assert!((frame.ceiling - 2.0_f64.sqrt()).abs() < 1e-15);
        assert_eq!(shares.len(), 1);
    }

    /// X ≥ 1/2 and X ≥ 16t − 5.5 meet at t = 3/8, where 1/t² = 64/9 lies between the slopes 0 and 16.
    #[test]
    fn where_lines_meet_both_have_a_share() {
        let cuts = [cut(0.0, 1.0, -0.5), cut(16.0, 1.0, 5.5)];
        let (frame, shares) = Goal::Goldilocks(1.0).best(&cuts, 1.0);
        assert_eq!((frame.floor, frame.ceiling), (0.375, 0.5));
        let slope: f64 = shares.iter().map(|&(i, share)| share * cuts[i].a).sum();
        assert!((slope - 1.0 / (0.375 * 0.375)).abs() < 1e-12, "{shares:?}");
    }

    #[test]
    fn the_highest_floor_is_held_by_its_wall() {
        let cuts = [cut(0.0, 1.0, -0.5), cut(2.0, 0.0, 0.5)];
        let (frame, shares) = Goal::Goldilocks(1.0).best(&cuts, 1.0);
        assert_eq!((frame.floor, frame.ceiling), (0.25, 0.5));
        assert_eq!(shares, [(0, 1.0), (1, 8.0)]);
    }
}
