//! The finding that no panel exists, and why, in words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Proof;
use crate::pool::at_most_per_household;
use crate::quota::{Quota, joint};

/// A finding: no panel can exist. Names what clashes.
///
/// Two seats, one for each sex, and at least two of the three people must be over forty, but both are men:
///
/// ```
/// use kleroterion::{ErrorKind, Instance, Pool, Quotas, Rule};
/// let quotas = Quotas::builder()
///     .feature("sex").value("woman", 1..=1).value("man", 1..=1)
///     .feature("age").value("40+", 2..=2).value("16-39", 0..=0);
/// let pool = Pool::builder()
///     .person("p1", [("sex", "woman"), ("age", "16-39")])
///     .person("p2", [("sex", "man"), ("age", "40+")])
///     .person("p3", [("sex", "man"), ("age", "40+")]);
/// let instance = Instance::new(pool.build()?, quotas.build()?, 2)?;
/// let error = Rule::Leximin.distribution(&instance).unwrap_err();
/// let ErrorKind::Infeasible(finding) = error.kind() else { panic!() };
/// assert_eq!(finding.to_string(), "\
/// no panel of 2 can meet these quotas together:
///   age = 16-39: at most 0
///   sex = woman: at least 1
/// so it needs 1 person with age 40+ and sex woman; the pool has 0
/// (shown by an integer proof that needs no solver to check)");
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Infeasibility {
    /// Quotas that together cannot be met.
    pub quotas: Vec<Quota>,
    /// Which side of each of these quotas the clash needs, in the same order; both of all when empty.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Seats on the panel.
    pub size: u32,
    /// Whether the clash needs the number of seats: all to be filled ([`Need::Minimum`]), or no more to be had.
    #[serde(default)]
    pub seats: Need,
    /// True when the clash needs the household rule.
    pub household_rule: bool,
    /// Most people of one household, where the rule is needed and says more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household_most: Option<u32>,
    /// True when each part is needed: without any one of the quotas, the panel size or the household rule named here, or
    /// any one of the sides, the others can be met. False when the work limit came before that was known of all.
    #[serde(default)]
    pub minimal: bool,
    /// The clash as a count of people, where the proof is one.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// With [`Proof::Bound`]: Y = 0 and U < 0.
    pub proof: Proof,
}

/// Sides of a quota, or of the panel size, that a clash needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Neither.
    Nothing,
    /// The minimum.
    Minimum,
    /// The maximum.
    Maximum,
    /// Both.
    #[default]
    Both,
}

impl Need {
    /// The one that stands for these two sides.
    #[must_use]
    pub(crate) fn of((minimum, maximum): (bool, bool)) -> Self {
        match (minimum, maximum) {
            (false, false) => Self::Nothing,
            (true, false) => Self::Minimum,
            (false, true) => Self::Maximum,
            (true, true) => Self::Both,
        }
    }

    /// True when the minimum is needed.
    #[must_use]
    pub fn minimum(self) -> bool {
        matches!(self, Self::Minimum | Self::Both)
    }

    /// True when the maximum is needed.
    #[must_use]
    pub fn maximum(self) -> bool {
        matches!(self, Self::Maximum | Self::Both)
    }
}

/// The clash as a count of people. Follows from the proof's integers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The quotas leave no choice but to seat more people of a kind than there are.
    TooFew {
        /// People of the kind that the panel must have.
        needed: u64,
        /// People of the kind in the pool; when the clash needs the household rule, how many of them may sit together: with one person per
        /// household the households that have one of the kind.
        available: u64,
        /// What makes the kind: all of these.
        who: Vec<Trait>,
    },
    /// The minimums of a feature add up to more than the seats.
    MinimumsAbove {
        /// The feature.
        feature: String,
        /// Their sum.
        sum: u64,
    },
    /// The maximums of a feature add up to less than the seats.
    MaximumsBelow {
        /// The feature.
        feature: String,
        /// Their sum.
        sum: u64,
    },
    /// Every seated person counts for the minimums they serve and against the maximums they use up.
    Sum {
        /// The total that the quotas ask for.
        asked: u64,
        /// The most that people of the pool can give.
        possible: u64,
    },
}

/// One mark of a kind of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// The feature.
    pub feature: String,
    /// Some of its values.
    pub values: Vec<String>,
    /// Whether the people have one of these values.
    pub has: Has,
}

/// Whether people have one of some values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Has {
    /// One of them.
    OneOf,
    /// None of them.
    NoneOf,
}

/// `age 16-29`, `area other than urban or rural`; a cell of a pair as `age 16-29 and gender woman`.
impl fmt::Display for Trait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Has::OneOf, [cell]) = (self.has, &self.values[..])
            && let [[first, second]] = joint::splits(&self.feature)[..]
            && let [[left, right]] = joint::splits(cell)[..]
        {
            return write!(f, "{first} {left} and {second} {right}");
        }
        let other = match self.has {
            Has::OneOf => "",
            Has::NoneOf => "other than ",
        };
        write!(f, "{} {other}{}", self.feature, self.values.join(" or "))
    }
}

impl Infeasibility {
    /// The lines that say what clashes, one per quota and rule.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        for (at, q) in self.quotas.iter().enumerate() {
            let seats = match self.needs.get(at) {
                Some(Need::Minimum) => format!("at least {}", q.min),
                Some(Need::Maximum) => format!("at most {}", q.max),
                _ => format!("{}..{}", q.min, q.max),
            };
            parts.push(format!("{} = {}: {seats}", q.feature, q.value));
        }
        let seats = match self.size {
            1 => "1 seat".to_owned(),
            n => format!("{n} seats"),
        };
        match self.seats {
            Need::Minimum => parts.push(format!("all of {seats} are to be filled")),
            Need::Maximum => parts.push(format!("there are no more than {seats}")),
            Need::Both if self.minimal => parts.push(format!("there are exactly {seats}")),
            _ => {}
        }
        if self.household_rule {
            let most = self.household_most.unwrap_or(1);
            parts.push(at_most_per_household(most));
        }
        parts
    }

    /// The conclusion from the parts, where there is one that can be said in a sentence: "so it needs 6 people with age 16-29 and
    /// area rural; the pool has 4".
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        Some(match self.reason.as_ref()? {
            Reason::TooFew {
                needed,
                available,
                who,
            } => self.too_few((*needed, *available), who),
            Reason::MinimumsAbove { feature, sum } => {
                format!(
                    "these minimums of {feature} add up to {sum}, more than the panel size of {}",
                    self.size
                )
            }
            Reason::MaximumsBelow { feature, sum } => {
                format!(
                    "these maximums of {feature} add up to {sum}, less than the panel size of {}",
                    self.size
                )
            }
            Reason::Sum { asked, possible } => format!(
                "count for everybody seated the minimums they serve, less the maximums they use up, weighted as in the proof: \
                 the quotas ask for {asked} in all, and people of this pool give {possible} at most"
            ),
        })
    }

    fn too_few(&self, (needed, available): (u64, u64), who: &[Trait]) -> String {
        let people = if needed == 1 { "person" } else { "people" };
        let marks: Vec<String> = who.iter().map(Trait::to_string).collect();
        let with = if marks.is_empty() {
            String::new()
        } else {
            format!(" with {}", marks.join(" and "))
        };
        if let Some(most) = self.household_most.filter(|_| self.household_rule) {
            format!(
                "so it needs {needed} {people}{with}, at most {most} of a household; of those in the pool {available} may sit together"
            )
        } else if self.household_rule {
            let homes = if available == 1 {
                "household"
            } else {
                "households"
            };
            format!(
                "so it needs {needed} {people}{with} from different households; the pool has them in {available} {homes}"
            )
        } else {
            format!("so it needs {needed} {people}{with}; the pool has {available}")
        }
    }
}

impl fmt::Display for Infeasibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quotas.is_empty() {
            write!(f, "no panel of {} is possible:", self.size)?;
        } else {
            write!(
                f,
                "no panel of {} can meet these quotas together:",
                self.size
            )?;
        }
        for part in self.parts() {
            write!(f, "\n  {part}")?;
        }
        if let Some(sentence) = self.sentence() {
            write!(f, "\n{sentence}")?;
        }
        match &self.proof {
            Proof::Search { nodes } => write!(f, "\n(shown by a finished search of {nodes} nodes)"),
            _ => write!(
                f,
                "\n(shown by an integer proof that needs no solver to check)"
            ),
        }
    }
}
