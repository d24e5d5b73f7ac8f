//! What happens when somebody drops out: who steps in, in which order, and which quotas are missed when nobody fits.
//!
//! The draw gives a panel and everybody else in drawn order. A [`Policy`] says how those are asked. From these three and the list of
//! [`Dropout`]s everything else follows: nobody decides anything, and anyone can replay it.

mod choice;
mod record;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::assembly::day::is_day;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::lottery::CommittedPolicy;
use crate::quota::Quota;

use choice::Table;
pub(super) use choice::differences;
pub use record::{ReplacementRecord, VERSION as REPLACEMENTS_VERSION};

/// Who is asked to step in. A quota counts as missed by as many seats as it is below its minimum or above its maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reserves {
    /// Nobody: the seat stays empty.
    None,
    /// The first alternate in drawn order with whom the quotas are missed by the fewest seats together: the first who keeps all quotas, if anybody does.
    Ranked,
    /// The first alternate in drawn order with the same value for every feature as the person who left. If there is none: of those with whom the
    /// quotas are missed by the fewest seats, the one who agrees with that person in most features, and of several the first in drawn order.
    Matched,
    /// Every member has one shadow, fixed at the draw, who alone may take the seat. Members in ascending order of ids first get the first free
    /// alternate with the same value for every feature; those left then get, in the same order, the free alternate who agrees with them in most features,
    /// of several the first in drawn order.
    Shadows,
}

impl fmt::Display for Reserves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Ranked => "ranked",
            Self::Matched => "matched",
            Self::Shadows => "shadows",
        })
    }
}

/// The opposite of `Display`. The error lists the known names.
impl std::str::FromStr for Reserves {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let all = [Self::None, Self::Ranked, Self::Matched, Self::Shadows];
        all.into_iter()
            .find(|known| known.to_string() == text)
            .ok_or_else(|| {
                format!("{text:?} is no policy; known policies: ranked, matched, shadows, none")
            })
    }
}

/// How seats are filled again. Publish it before anybody drops out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Policy {
    /// The last day, `YYYY-MM-DD`, on which a seat is filled again; `None` without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<String>,
    /// Who is asked.
    pub reserves: Reserves,
}

impl Policy {
    /// Without a last day.
    #[must_use]
    pub fn new(reserves: Reserves) -> Self {
        Self {
            cut_off: None,
            reserves,
        }
    }

    /// With a last day, `YYYY-MM-DD`: whoever drops out later is not replaced.
    #[must_use]
    pub fn until(mut self, day: impl Into<String>) -> Self {
        self.cut_off = Some(day.into());
        self
    }
}

/// As it is committed before the draw.
impl From<&Policy> for CommittedPolicy {
    fn from(policy: &Policy) -> Self {
        Self::new(policy.cut_off.clone(), policy.reserves.to_string())
    }
}

/// Somebody leaves: a member, or an alternate who will not step in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropout {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Who.
    pub id: String,
}

/// Why a seat stays empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Vacancy {
    /// The policy replaces nobody.
    NoReserves,
    /// The last day of the policy is over.
    AfterCutOff,
    /// No alternate is left, or every one left lives with a member.
    NobodyLeft,
    /// The member has no shadow: the shadow dropped out, was never there, or has the seat already.
    NoShadow,
}

impl fmt::Display for Vacancy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoReserves => "the policy replaces nobody",
            Self::AfterCutOff => "after the cut-off date",
            Self::NobodyLeft => "no alternate is left who may join",
            Self::NoShadow => "no shadow is left for this seat",
        })
    }
}

/// What follows from a dropout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The person with this id takes the seat.
    ReplacedBy(String),
    /// The seat stays empty.
    Vacant(Vacancy),
    /// An alternate left the list; no seat is concerned.
    OffTheList,
}

/// A quota that the panel misses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missed {
    /// The quota.
    pub quota: Quota,
    /// Members with its value.
    pub seats: u32,
}

impl Missed {
    /// Seats too few, or too many.
    #[must_use]
    pub fn by(&self) -> u32 {
        missed_by(&self.quota, self.seats)
    }
}

/// `age = 18-29: 8, asked 9 to 10`.
impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Quota {
            feature,
            value,
            min,
            max,
            ..
        } = &self.quota;
        write!(f, "{feature} = {value}: {}, asked ", self.seats)?;
        if min == max {
            write!(f, "{min}")
        } else {
            write!(f, "{min} to {max}")
        }
    }
}

fn missed_by(quota: &Quota, seats: u32) -> u32 {
    quota.min.saturating_sub(seats) + seats.saturating_sub(quota.max)
}

/// One dropout and what followed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Who left, and when.
    pub dropout: Dropout,
    /// What followed.
    pub outcome: Outcome,
    /// The quotas that the panel misses afterwards, in canonical order. Not for publication: two of these lists tell what a person's values are.
    pub missed: Vec<Missed>,
}

/// Everything that followed from the dropouts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacements {
    /// The quotas that the panel missed before anybody left, in canonical order: none after a draw that had to meet them.
    pub missed_before: Vec<Missed>,
    /// One per dropout, in order.
    pub steps: Vec<Step>,
    /// Ids of the panel at the end, ascending.
    pub panel: Vec<String>,
}

/// A panel and those who may step in, in drawn order.
///
/// ```
/// use kleroterion::assembly::{Alternates, Dropout, Outcome, Policy, Reserves};
/// use kleroterion::{Instance, Pool, Quotas};
///
/// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
/// let people = [("p1", "woman"), ("p2", "man"), ("p3", "man"), ("p4", "woman")];
/// let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
/// let instance = Instance::new(pool, quotas, 2)?;
///
/// let alternates = Alternates::new(&instance, &["p1", "p2"], &["p3", "p4"])?;
/// let left = [Dropout { date: "2026-03-01".into(), id: "p1".into() }];
/// let story = alternates.replay(&Policy::new(Reserves::Ranked), &left)?;
/// assert_eq!(story.steps[0].outcome, Outcome::ReplacedBy("p4".into())); // p3 comes first, but would be a second man
/// assert_eq!(story.panel, ["p2", "p4"]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Alternates<'a> {
    pub(super) instance: &'a Instance,
    /// Ascending.
    pub(super) panel: Vec<u32>,
    /// In drawn order.
    pub(super) alternates: Vec<u32>,
}

impl<'a> Alternates<'a> {
    /// From ids: the panel in any order, the alternates in drawn order.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-ALTERNATE-ID` for every id that is not in the pool, and `E-ALTERNATE-TWICE` for every id that stands
    /// twice, be it on the panel, among the alternates, or on both.
    pub fn new<S: AsRef<str>>(
        instance: &'a Instance,
        panel: &[S],
        alternates: &[S],
    ) -> Result<Self> {
        let mut problems = Vec::new();
        let mut seen = vec![false; instance.len()];
        let mut find = |ids: &[S]| {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids.iter().map(AsRef::as_ref) {
                match instance.find(id) {
                    None => problems.push(Problem::new(
                        "E-ALTERNATE-ID",
                        format!("{id:?}"),
                        "an id of the pool",
                    )),
                    Some(at) if std::mem::replace(&mut seen[at as usize], true) => {
                        problems.push(Problem::new(
                            "E-ALTERNATE-TWICE",
                            format!("{id:?} again"),
                            "everybody once, on the panel or among the alternates",
                        ));
                    }
                    Some(at) => found.push(at),
                }
            }
            found
        };
        let (mut panel, alternates) = (find(panel), find(alternates));
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        panel.sort_unstable();
        Ok(Self {
            instance,
            panel,
            alternates,
        })
    }

    /// Plays the dropouts one after the other. The same input gives the same answer everywhere; a longer list of dropouts begins with the same steps.
    /// Nobody joins who dropped out before or lives with a member (where there is a household rule). An empty seat stays empty.
    /// O(dropouts · alternates · features), shadows O(panel · alternates · features) more.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-DROPOUT-DATE` for a day that is none, such as `2026-02-30` or `1 March`, be it of a dropout or
    /// the cut-off; `E-DROPOUT-ORDER` for a day before that of an earlier entry; `E-DROPOUT-ID` for somebody who is neither on the panel nor among the
    /// alternates; `E-DROPOUT-TWICE` for somebody who dropped out already.
    pub fn replay(&self, policy: &Policy, dropouts: &[Dropout]) -> Result<Replacements> {
        let problems = self.problems(policy, dropouts);
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let mut table = Table::new(self, policy.reserves);
        let missed_before = table.missed();
        let mut steps = Vec::with_capacity(dropouts.len());
        for dropout in dropouts {
            let outcome = match self.instance.find(&dropout.id) {
                Some(person) => table.drop_out(person, policy, &dropout.date),
                None => Outcome::OffTheList,
            };
            steps.push(Step {
                dropout: dropout.clone(),
                outcome,
                missed: table.missed(),
            });
        }
        Ok(Replacements {
            missed_before,
            steps,
            panel: table.panel(),
        })
    }

    /// The shadow of each member who has one, members in ascending order of ids.
    #[must_use]
    pub fn shadows(&self) -> Vec<(&'a str, &'a str)> {
        let id = |person: u32| self.instance.person(person).id();
        choice::shadows(self)
            .into_iter()
            .map(|(member, shadow)| (id(member), id(shadow)))
            .collect()
    }

    fn problems(&self, policy: &Policy, dropouts: &[Dropout]) -> Vec<Problem> {
        const DAY: &str = "a day of the calendar as YYYY-MM-DD";
        let mut problems = Vec::new();
        if let Some(day) = policy.cut_off.as_ref().filter(|day| !is_day(day)) {
            let found = format!("the cut-off {day:?}");
            problems.push(Problem::new("E-DROPOUT-DATE", found, DAY));
        }
        let mut known = vec![false; self.instance.len()];
        for &person in self.panel.iter().chain(&self.alternates) {
            known[person as usize] = true;
        }
        let mut gone = vec![false; self.instance.len()];
        let mut latest: Option<&str> = None;
        for (number, Dropout { date, id }) in (1u64..).zip(dropouts) {
            let mut note = |code: &str, found: String, expected: &str| {
                let found = format!("dropout {number}: {found}");
                problems.push(Problem::new(code, found, expected));
            };
            if !is_day(date) {
                note("E-DROPOUT-DATE", format!("{date:?}"), DAY);
            } else if let Some(before) = latest.filter(|before| date.as_str() < *before) {
                let found = format!("{date} after {before}");
                note(
                    "E-DROPOUT-ORDER",
                    found,
                    "the list in order of days: it only grows at its end",
                );
            } else {
                latest = Some(date);
            }
            match self.instance.find(id).map(|person| person as usize) {
                Some(person) if known[person] => {
                    if std::mem::replace(&mut gone[person], true) {
                        let found = format!("{id:?} again");
                        note("E-DROPOUT-TWICE", found, "everybody drops out once");
                    }
                }
                _ => note(
                    "E-DROPOUT-ID",
                    format!("{id:?}"),
                    "an id of the panel or of the alternates",
                ),
            }
        }
        problems
    }
}
