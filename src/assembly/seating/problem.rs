//! A seating problem: who sits, in which rounds, under which rules.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::bound::{PairBound, pair_bound};
use super::check;
use super::model::Model;
use super::plan::SeatingPlan;
use super::rule::{Round, SeatRule};
use crate::error::{ErrorKind, Result};

/// Who sits in which rounds under which rules, checked: every id that a rule names is there, and no rule plainly contradicts another.
///
/// ```
/// use kleroterion::assembly::{Round, SeatRule, Seating};
///
/// let members = ["a", "b", "c", "d"];
/// let seating = members
///     .iter()
///     .fold(Seating::builder(), |s, id| s.member(*id, [("sex", if *id < "c" { "woman" } else { "man" })]))
///     .rounds(2, &Round::even(2))
///     .rule(SeatRule::diversify("sex"))
///     .build()?;
/// let plan = seating.plan("a seed")?;
/// let report = plan.report(&seating)?;
/// assert_eq!((report.distinct_pairs, report.imbalance), (4, 0)); // a woman and a man at every table, and never the same two
/// assert!(plan.verify(&seating).is_ok());
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
pub struct Seating {
    pub(super) parts: Parts,
    pub(super) index: BTreeMap<String, usize>,
    pub(super) model: Model,
}

/// What was given.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Parts {
    pub(super) members: Vec<Member>,
    pub(super) facilitators: Vec<String>,
    pub(super) rounds: Vec<Round>,
    pub(super) first: u32,
    pub(super) rules: Vec<SeatRule>,
    pub(super) history: Vec<(String, String, u32)>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) values: Vec<(String, String)>,
}

/// Prints counts, never a value.
impl fmt::Debug for Seating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.fmt(f)
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seating")
            .field("members", &self.members.len())
            .field("facilitators", &self.facilitators.len())
            .field("rounds", &self.rounds.len())
            .field("rules", &self.rules.len())
            .finish()
    }
}

/// Collects a [`Seating`].
#[derive(Debug, Clone)]
#[must_use = "nothing is checked before `build`"]
pub struct SeatingBuilder {
    parts: Parts,
}

impl SeatingBuilder {
    /// A member with `(feature, value)` pairs; features that no rule speaks of do no harm. Columns and values are compared without regard to case and white space.
    pub fn member<'a>(
        mut self,
        id: impl Into<String>,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let owned = |(feature, value): (&str, &str)| (feature.to_owned(), value.to_owned());
        self.parts.members.push(Member {
            id: id.into(),
            values: values.into_iter().map(owned).collect(),
        });
        self
    }

    /// A facilitator. When there is one, every table has exactly one in every round, and those left over pause. They meet members, which is counted
    /// apart, take no member's seat and count in no feature. A facilitator who stays at one table has the rule [`SeatRule::Tables`].
    pub fn facilitator(mut self, id: impl Into<String>) -> Self {
        self.parts.facilitators.push(id.into());
        self
    }

    /// One more round.
    pub fn round(mut self, round: Round) -> Self {
        self.parts.rounds.push(round);
        self
    }

    /// So many more rounds of one kind.
    pub fn rounds(mut self, count: u32, round: &Round) -> Self {
        let same = std::iter::repeat_n(round.clone(), count as usize);
        self.parts.rounds.extend(same);
        self
    }

    /// The number of the first round; without this 1.
    pub fn first_round(mut self, number: u32) -> Self {
        self.parts.first = number;
        self
    }

    /// One more rule.
    pub fn rule(mut self, rule: SeatRule) -> Self {
        self.parts.rules.push(rule);
        self
    }

    /// Two people have met so often before the first round.
    pub fn met(mut self, a: impl Into<String>, b: impl Into<String>, times: u32) -> Self {
        self.parts.history.push((a.into(), b.into(), times));
        self
    }

    /// Everybody has met whom they sat with in an earlier plan; people who are not here are passed over. Call it when all members are in.
    pub fn after(mut self, earlier: &SeatingPlan) -> Self {
        let known: std::collections::BTreeSet<&str> = self.parts.ids().collect();
        let met = earlier.meetings().into_iter();
        let met =
            met.filter(|((a, b), _)| known.contains(a.as_str()) && known.contains(b.as_str()));
        let met: Vec<_> = met.map(|((a, b), times)| (a, b, times)).collect();
        self.parts.history.extend(met);
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-SEAT-NONE` for no members, no rounds or no tables; `E-SEAT-MANY` for more than 2000 people or 200 rounds;
    /// `E-SEAT-ID` for a blank id; `E-SEAT-DUPLICATE` for an id that stands twice; `E-SEAT-WHO` for an unknown id in a rule, an absence or a meeting;
    /// `E-SEAT-SELF` for somebody apart from themselves; `E-SEAT-FEATURE` and `E-SEAT-VALUE` for a feature or value that nobody has, and for a member without a value;
    /// `E-SEAT-WEIGHT` for a weight or a capacity out of range; `E-SEAT-PLACE` for a round or table that does not exist; `E-SEAT-TAG` for a tag that no table of a round has;
    /// `E-SEAT-SIZE` when those present do not fit the tables; `E-SEAT-FACILITATORS` for fewer facilitators than tables;
    /// `E-SEAT-CLASH` for rules that contradict each other.
    pub fn build(self) -> Result<Seating> {
        Seating::of(self.parts)
    }
}

impl Parts {
    /// Ids of members, then of facilitators.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter().map(|m| m.id.as_str());
        members.chain(self.facilitators.iter().map(String::as_str))
    }
}

impl Seating {
    /// Nobody, no round and no rule yet.
    pub fn builder() -> SeatingBuilder {
        SeatingBuilder {
            parts: Parts {
                first: 1,
                ..Parts::default()
            },
        }
    }

    pub(super) fn of(parts: Parts) -> Result<Self> {
        let (index, model) = check::compile(&parts).map_err(ErrorKind::Input)?;
        Ok(Self {
            parts,
            index,
            model,
        })
    }

    /// Ids of the members, in the order they were given.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.parts.members.iter().map(|m| m.id.as_str())
    }

    /// The rounds.
    #[must_use]
    pub fn rounds(&self) -> &[Round] {
        &self.parts.rounds
    }

    /// The number of the first round.
    #[must_use]
    pub fn first_round(&self) -> u32 {
        self.parts.first
    }

    /// No plan lets more pairs of members meet for the first time. O(members² · rounds).
    #[must_use]
    pub fn upper_bound(&self) -> PairBound {
        pair_bound(&self.model)
    }

    pub(super) fn id(&self, person: usize) -> &str {
        match self.parts.members.get(person) {
            Some(member) => &member.id,
            None => &self.parts.facilitators[person - self.parts.members.len()],
        }
    }
}
