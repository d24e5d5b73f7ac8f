//! What `lottery.json` holds.

use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::composition::Composition;
use super::digest::Digest;
use crate::audit::canonical;
use crate::error::Result;
use crate::instance::Instance;

/// A group by ids: its units, each with its roles, each with the ids of the unit's people in that role.
pub type UnitsById = Vec<Vec<Vec<String>>>;

/// A published lottery: plain data as it stands in `lottery.json`, checked by [`audit`](crate::audit). Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Record(Arc<Inner>);

#[derive(PartialEq, Eq)]
struct Inner {
    form: Form,
    denominator: u64,
    weights: Vec<u64>,
}

/// The two forms of a lottery.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The draw picks a composition and then the people of each group.
    Compositions {
        /// One weight each; in lexicographic order.
        compositions: Vec<Composition>,
        /// The groups that compositions refer to.
        groups: Vec<UnitsById>,
    },
    /// The draw picks a panel.
    Panels {
        /// Ids ascending inside a panel, panels in lexicographic order.
        panels: Vec<Vec<String>>,
    },
}

/// Prints counts, not thousands of ids.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compositions {
                compositions,
                groups,
            } => f
                .debug_struct("Compositions")
                .field("compositions", &compositions.len())
                .field("groups", &groups.len())
                .finish(),
            Self::Panels { panels } => f
                .debug_struct("Panels")
                .field("panels", &panels.len())
                .finish(),
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("form", self.form())
            .field("denominator", &self.denominator())
            .finish_non_exhaustive()
    }
}

impl Record {
    pub(super) fn new(form: Form, denominator: u64, weights: Vec<u64>) -> Self {
        Self(Arc::new(Inner {
            form,
            denominator,
            weights,
        }))
    }

    /// Compositions or panels.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.0.form
    }

    /// What the weights sum to.
    #[must_use]
    pub fn denominator(&self) -> u64 {
        self.0.denominator
    }

    /// One weight per composition or panel: tickets out of [`denominator`](Self::denominator).
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.0.weights
    }

    /// Number of compositions or panels.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.form() {
            Form::Compositions { compositions, .. } => compositions.len(),
            Form::Panels { panels } => panels.len(),
        }
    }

    /// True without any composition or panel (never in a lottery that can be drawn from).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of `lottery.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when a weight exceeds 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }

    /// H(`sortition-draw/1/lottery`, canonical JSON of weights and panels, or of weights, groups and compositions).
    ///
    /// # Errors
    /// As [`to_json`](Self::to_json).
    pub fn digest(&self) -> Result<Digest> {
        let bytes = canonical::to_bytes(&Digested(self))?;
        Ok(Digest::of("sortition-draw/1/lottery", &[&bytes]))
    }
}

/// The instance's canonical groups by id.
pub(crate) fn groups_by_id(instance: &Instance) -> Vec<UnitsById> {
    let id = |&person: &u32| instance.person(person).id().to_owned();
    let unit = |roles: &Vec<Vec<u32>>| roles.iter().map(|r| r.iter().map(id).collect()).collect();
    instance
        .groups()
        .iter()
        .map(|g| g.units().iter().map(unit).collect())
        .collect()
}

/// The part of a record that the lottery digest covers.
struct Digested<'a>(&'a Record);

impl Serialize for Digested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let Self(record) = self;
        let mut object = serializer.serialize_struct("Lottery", 3)?;
        match record.form() {
            Form::Compositions {
                compositions,
                groups,
            } => {
                object.serialize_field("compositions", compositions)?;
                object.serialize_field("groups", groups)?;
            }
            Form::Panels { panels } => object.serialize_field("panels", panels)?,
        }
        object.serialize_field("weights", record.weights())?;
        object.end()
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Record", 5)?;
        match self.form() {
            Form::Compositions {
                compositions,
                groups,
            } => {
                object.serialize_field("compositions", compositions)?;
                object.serialize_field("denominator", &self.denominator())?;
                object.serialize_field("form", &FormName::Compositions)?;
                object.serialize_field("groups", groups)?;
            }
            Form::Panels { panels } => {
                object.serialize_field("denominator", &self.denominator())?;
                object.serialize_field("form", &FormName::Panels)?;
                object.serialize_field("panels", panels)?;
            }
        }
        object.serialize_field("weights", self.weights())?;
        object.end()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormName {
    Compositions,
    Panels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    compositions: Option<Vec<Composition>>,
    denominator: u64,
    form: FormName,
    groups: Option<Vec<UnitsById>>,
    panels: Option<Vec<Vec<String>>>,
    weights: Vec<u64>,
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let form = match (raw.form, raw.compositions, raw.groups, raw.panels) {
            (FormName::Compositions, Some(compositions), Some(groups), None) => {
                Form::Compositions {
                    compositions,
                    groups,
                }
            }
            (FormName::Panels, None, None, Some(panels)) => Form::Panels { panels },
            (FormName::Compositions, ..) => {
                return Err(D::Error::custom(
                    "a lottery of this form has compositions and groups, no panels",
                ));
            }
            (FormName::Panels, ..) => {
                return Err(D::Error::custom(
                    "a lottery of this form has panels, no compositions or groups",
                ));
            }
        };
        Ok(Self::new(form, raw.denominator, raw.weights))
    }
}
