//! Proofs in integers that a lottery is as fair as its rule demands, or that no panel exists. Plain data: made by
//! [`selection`](crate::selection), checked by [`audit`](crate::audit), which needs no solver.
//!
//! For any integers Y ≥ 0 (one per role of each group), π (one per quota, any sign) and μ, every feasible panel P has
//! `Y(P) ≤ U = μ·k + Σ_quota max(π·min, π·min(max, k)) + Σ_units max over the unit's people of max(0, Y − μ − Σ π of their quotas)`
//! where a unit is a household, or somebody alone (or, without the household rule, every person). Hence for any
//! lottery whose chances are at least `a` on the people fixed before, the lowest chance among all others is at most
//! `(U − Σ_fixed a·Y) / Σ_others Y`. Wrong numbers weaken the bound; they cannot make it false.

mod infeasibility;
mod objective;
mod rounding;

use serde::{Deserialize, Serialize};

pub use infeasibility::{Has, Infeasibility, Need, Reason, Trait};
pub(crate) use objective::decimal;
pub use objective::{Counted, Counting, Finished, Measure, Objective, Sample, Walk};
pub use rounding::{Least, Rounding, Theory};

/// The multipliers of one bound, to be checked by hand or by [`audit`](crate::audit).
///
/// A woman and a man are drawn from `p1` and `p3`, women, and `p2`, a man. Quota 0 is `man: 1..1`, quota 1 is
/// `woman: 1..1`. With π = 1 for quota 1 and nothing else, each woman has Y = 1, the man Y = 0, and U = 1·1 = 1: no
/// panel has more than one woman. So no lottery gives both women more than U / (1 + 1) = 1/2:
///
/// ```
/// use kleroterion::certificate::{Bound, Proof};
/// use kleroterion::Rule;
/// # use kleroterion::{Instance, Pool, Quotas};
/// # let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// # let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
/// # let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// # let instance = Instance::new(pool, quotas, 2)?;
/// let distribution = Rule::Leximin.distribution(&instance)?;
/// let lowest = &distribution.certificate().levels[0];
/// let bound = Bound { size: 0, quotas: vec![(1, 1)], households: vec![], scale: 1, weights: None };
/// assert_eq!(lowest.proof, Proof::Bound(bound));
/// assert_eq!((lowest.value, lowest.bound), (500_000_000_000, 500_000_000_000)); // 1/2 in 10^-12
/// assert_eq!(lowest.fixed, [(0, 0)]); // the women: group 0, role 0
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// With `scale` s the bound is `s·Y(P) ≤ U(s·Y)`, so `Y(P) ≤ ⌊U/s⌋`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// μ, the multiplier of the panel size.
    pub size: i64,
    /// π as `[index of the quota in canonical order, multiplier]`, ascending, zeros left out.
    pub quotas: Vec<(u32, i64)>,
    /// σ ≥ 0 as `[group, multiplier]`, ascending, zeros left out: only used to derive Y.
    pub households: Vec<(u32, i64)>,
    /// s ≥ 1.
    pub scale: i64,
    /// Y as `[group, role, weight]`, ascending, zeros left out. When absent, s is 1 and
    /// Y = max(0, μ + Σ π of the role's quotas + σ of its group).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<(u32, u32, i64)>>,
}

/// Why a claim holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[non_exhaustive]
pub enum Proof {
    /// An integer bound that anyone can check.
    Bound(Bound),
    /// An exhaustive search that finished after so many nodes; not checkable from the certificate.
    Search {
        /// Nodes of the search.
        nodes: u64,
    },
    /// No chance exceeds one.
    Certain,
    /// The rule lets no chance exceed the lottery's highest one. Only where the certificate has an
    /// [objective](Certificate::objective) that speaks of the highest chance.
    Ceiling,
}

/// One level of leximin: the lowest chance of everyone not fixed before, why no lottery lifts it, and who stays on it.
/// `value` is what they have, `bound` what no lottery exceeds; the two agree within 10^-9.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Lowest chance of everyone not fixed before, in 10^-12, rounded down.
    pub value: u64,
    /// What no lottery exceeds, in 10^-12, rounded up. For [`Proof::Search`] the value found by the search.
    pub bound: u64,
    /// `[group, role]` of everyone fixed at this level, ascending. With [`Proof::Bound`] all have Y > 0,
    /// and enough of it that nobody of them could get 10^-5 more without somebody getting less.
    pub fixed: Vec<(u32, u32)>,
    /// Why.
    pub proof: Proof,
}

/// People who can be in no panel at all: every panel with one of them would break a quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Group.
    pub group: u32,
    /// Role in the group.
    pub role: u32,
    /// With [`Proof::Bound`]: U < Y of this role.
    pub proof: Proof,
}

/// What a rule can prove about its lottery. The shares, and the lottery it was made for, are exact: weights over 10^12.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The rule's [name](crate::Rule).
    pub rule: String,
    /// People in no panel, in the order of their proofs: each proof leaves those before it out of all sums, and the
    /// levels leave out all.
    pub excluded: Vec<Exclusion>,
    /// Levels in ascending order; maximin has the first only.
    pub levels: Vec<Level>,
    /// Only for a panel list: the chances before rounding, as `[group, role, expected seats in 10^-12]`, ascending;
    /// the levels speak of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Vec<(u32, u32, u64)>>,
    /// Rules that optimise one number: how near the optimum the lottery is proven to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Objective>,
    /// Rules over all panels: how many there are, or how they were sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// A panel list that was rounded from a lottery by another method than the default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
}

impl Certificate {
    /// The rule's name in the certificate of a lottery that was made elsewhere.
    pub const IMPORTED: &str = "imported";

    /// The certificate of a lottery that was made elsewhere: it claims nothing about fairness.
    #[must_use]
    pub fn imported() -> Self {
        Self {
            rule: Self::IMPORTED.to_owned(),
            ..Self::default()
        }
    }
}
