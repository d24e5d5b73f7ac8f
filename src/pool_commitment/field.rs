//! One field of one person, open or closed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lottery::Digest;

/// 256 secret bits that keep a value from being guessed. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(pub(super) Digest);

impl Salt {
    /// From bytes that a good generator made.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Digest(bytes))
    }
}

/// Hexadecimal: for the file that holds the salts, not for a log.
impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Salt").finish_non_exhaustive()
    }
}

/// A field of a person: *open* with salt and value, or *closed*, with nothing but the commitment to both. `Debug` shows the name only.
///
/// ```
/// use kleroterion::pool_commitment::{Field, Salt};
/// let open = Field::open("age", Salt::from_bytes([7; 32]), "18-29");
/// let closed = open.closed("p1");
/// assert_eq!((open.value(), closed.value()), (Some("18-29"), None));
/// assert_eq!(open.commitment("p1"), closed.commitment("p1"));
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Field {
    name: String,
    content: Content,
}

#[derive(Clone, PartialEq, Eq)]
enum Content {
    Open(Salt, String),
    Closed(Digest),
}

impl Field {
    /// With salt and value.
    #[must_use]
    pub fn open(name: impl Into<String>, salt: Salt, value: impl Into<String>) -> Self {
        let (name, content) = (name.into(), Content::Open(salt, value.into()));
        Self { name, content }
    }

    /// The same field without salt and value: what is left can confirm nothing. The id is that of the person.
    #[must_use]
    pub fn closed(&self, id: &str) -> Self {
        Self {
            name: self.name.clone(),
            content: Content::Closed(self.commitment(id)),
        }
    }

    /// The folded name; `""` for the household.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an open field.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match &self.content {
            Content::Open(_, value) => Some(value),
            Content::Closed(_) => None,
        }
    }

    /// H(`sortition-fields/1/field`, salt, id, name, value), or the stated commitment of a closed field.
    #[must_use]
    pub fn commitment(&self, id: &str) -> Digest {
        match &self.content {
            Content::Open(salt, value) => {
                let texts = [id, &self.name, value].map(str::as_bytes);
                let parts = [&salt.0.0[..], texts[0], texts[1], texts[2]];
                Digest::of("sortition-fields/1/field", &parts)
            }
            Content::Closed(commitment) => *commitment,
        }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.name).finish()
    }
}

/// A field as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<Digest>,
    field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<Salt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

impl TryFrom<Raw> for Field {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let content = match (raw.commitment, raw.salt, raw.value) {
            (None, Some(salt), Some(value)) => Content::Open(salt, value),
            (Some(commitment), None, None) => Content::Closed(commitment),
            _ => return Err("a field has a salt and a value, or a commitment".to_owned()),
        };
        let name = raw.field;
        Ok(Self { name, content })
    }
}

impl From<Field> for Raw {
    fn from(field: Field) -> Self {
        let (commitment, salt, value) = match field.content {
            Content::Open(salt, value) => (None, Some(salt), Some(value)),
            Content::Closed(commitment) => (Some(commitment), None, None),
        };
        let field = field.name;
        Self {
            commitment,
            field,
            salt,
            value,
        }
    }
}

/// A person's fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Leaf {
    /// Names ascend by bytes; the first is `""`, the household.
    pub fields: Vec<Field>,
    /// The person.
    pub id: String,
}

/// What a person's place in the tree is made from: H(`sortition-fields/1/person`, id, name 1, commitment 1, ...).
pub(crate) fn entry(id: &str, fields: &[Field]) -> Digest {
    let commitments: Vec<Digest> = fields.iter().map(|field| field.commitment(id)).collect();
    let mut parts: Vec<&[u8]> = vec![id.as_bytes()];
    for (field, commitment) in fields.iter().zip(&commitments) {
        parts.extend([field.name.as_bytes(), &commitment.0]);
    }
    Digest::of("sortition-fields/1/person", &parts)
}

#[cfg(test)]
mod tests {
    use super::{Field, Salt};

    #[test]
    fn no_debug_output_shows_a_value_or_a_salt() {
        let field = Field::open("age", Salt::from_bytes([7; 32]), "18-29");
        assert_eq!(format!("{field:?}"), "Field(\"age\")");
        assert_eq!(format!("{:?}", Salt::from_bytes([7; 32])), "Salt { .. }");
    }

    #[test]
    fn a_field_is_open_or_closed_and_nothing_between() {
        let field = Field::open("age", Salt::from_bytes([7; 32]), "");
        let (salt, hash) = ("07".repeat(32), field.commitment("p1").to_string());
        let open = format!(r#"{{"field":"age","salt":"{salt}","value":""}}"#);
        let closed = format!(r#"{{"commitment":"{hash}","field":"age"}}"#);
        assert_eq!(serde_json::from_str::<Field>(&open).unwrap(), field);
        assert_eq!(
            serde_json::from_str::<Field>(&closed).unwrap(),
            field.closed("p1")
        );
        for wrong in [
            format!(r#"{{"field":"age","salt":"{salt}"}}"#),
            format!(r#"{{"commitment":"{hash}","field":"age","value":""}}"#),
            format!(r#"{{"commitment":"{hash}"}}"#),
            open.replace("\"07", "\"0"),
        ] {
            assert!(serde_json::from_str::<Field>(&wrong).is_err(), "{wrong}");
        }
    }
}
