//! Who the keys are: the confidential half of the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::entry::PersonKey;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::lottery::Digest;

/// What is known of one person.
#[derive(Clone, PartialEq, Eq)]
struct Member {
    /// Id and salt; `None` once deleted.
    identity: Option<(String, [u8; 32])>,
    /// Values by feature.
    values: BTreeMap<String, String>,
}

/// What stays of somebody who asked to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The values, without a name, so that attendance per stratum still adds up. Somebody whose values nobody else has can be recognised by them.
    Values,
    /// Nothing: the person counts, in no stratum.
    Nothing,
}

/// Ids, salts and values of the people behind the keys of a ledger. Never published, and the only place where anything is deleted: the chain holds
/// [`PersonKey`]s, and without the salt a key says nothing about anybody. So an erasure changes no entry, and the chain can be verified as before.
///
/// Serialised it is a list of people, to be kept where the ledger is not; read back, every id and salt must give its key. Stored again after an erasure, it holds
/// nothing of the person any more. `Debug` shows how many people there are.
///
/// ```
/// use kleroterion::assembly::roster::{Kept, Members};
///
/// let mut members = Members::default();
/// let key = members.add("p1", [7; 32], [("sex", "woman")])?; // the salt: 32 bytes of secret randomness
/// assert_eq!(members.key("p1"), Some(key));
/// members.erase(key, Kept::Values);
/// assert_eq!((members.id(key), members.key("p1")), (None, None)); // nobody can tell any more whose key it is
/// assert_eq!(members.value(key, "sex"), Some("woman"));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Row>", into = "Vec<Row>")]
pub struct Members(BTreeMap<PersonKey, Member>);

/// A person as stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    key: PersonKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<Digest>,
    values: BTreeMap<String, String>,
}

impl From<Members> for Vec<Row> {
    fn from(members: Members) -> Self {
        let row = |(key, member): (PersonKey, Member)| {
            let (id, salt) = member.identity.unzip();
            Row {
                id,
                key,
                salt: salt.map(Digest),
                values: member.values,
            }
        };
        members.0.into_iter().map(row).collect()
    }
}

/// A key that id and salt do not give, or an id without salt, gives `E-ROSTER-KEY`; a key, an id or a salt that stands twice the codes of
/// [`add`](Members::add).
impl TryFrom<Vec<Row>> for Members {
    type Error = Error;

    fn try_from(rows: Vec<Row>) -> Result<Self> {
        let (mut members, mut problems) = (Self::default(), Vec::new());
        let (mut ids, mut salts) = (BTreeSet::new(), BTreeSet::new());
        for (number, row) in (1_u64..).zip(rows) {
            let mut note = |code: &str, found: &str, expected: &str| {
                let found = format!("person {number}: {found}");
                problems.push(Problem::new(code, found, expected));
            };
            let identity = match (row.id, row.salt) {
                (Some(id), Some(Digest(salt))) => Some((id, salt)),
                (None, None) => None,
                _ => {
                    note("E-ROSTER-KEY", "an id or a salt alone", "both or neither");
                    continue;
                }
            };
            if let Some((id, salt)) = &identity {
                if PersonKey::new(id, salt) != row.key {
                    note(
                        "E-ROSTER-KEY",
                        "another key",
                        "the key that id and salt give",
                    );
                }
                if !ids.insert(id.clone()) {
                    note("E-ROSTER-ID", "an id again", "everybody once");
                }
                if !salts.insert(*salt) {
                    note("E-ROSTER-SALT", "a salt again", "a new salt for everybody");
                }
            }
            let values = row.values;
            let member = Member { identity, values };
            if members.0.insert(row.key, member).is_some() {
                note("E-ROSTER-KEY", "a key again", "everybody once");
            }
        }
        if problems.is_empty() {
            Ok(members)
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Members({} people)", self.0.len())
    }
}

impl Members {
    /// Adds somebody: an id, a salt and the values of features. The salt must be 32 bytes of secret randomness, used for nobody else. O(people).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-ROSTER-ID` for an id that is there already, and `E-ROSTER-SALT` for a salt that is.
    pub fn add<F: Into<String>, V: Into<String>>(
        &mut self,
        id: &str,
        salt: [u8; 32],
        values: impl IntoIterator<Item = (F, V)>,
    ) -> Result<PersonKey> {
        let mut problems = Vec::new();
        if self.key(id).is_some() {
            let found = format!("{id:?} again");
            problems.push(Problem::new("E-ROSTER-ID", found, "everybody once"));
        }
        let known = self.identities().any(|(_, used)| *used == salt);
        if known {
            let expected = "a new salt for everybody, of secret randomness";
            problems.push(Problem::new("E-ROSTER-SALT", "a salt again", expected));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let key = PersonKey::new(id, &salt);
        let values = values.into_iter().map(|(f, v)| (f.into(), v.into()));
        let member = Member {
            identity: Some((id.to_owned(), salt)),
            values: values.collect(),
        };
        self.0.insert(key, member);
        Ok(key)
    }

    /// Adds somebody of the pool, with the values that the quotas speak of, those of joint quotas too. The values are spelled as in
    /// [`Instance::quotas`], which is what [`Meeting::drift`](crate::assembly::attendance::Meeting::drift) is to be given.
    ///
    /// ```
    /// use kleroterion::{Instance, Pool, Quotas, assembly::roster::Members};
    ///
    /// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 0..=1).build()?;
    /// let pool = Pool::builder().person("p1", [("sex", "woman")]).person("p2", [("sex", "man")]).build()?;
    /// let instance = Instance::new(pool, quotas, 2)?;
    /// let mut members = Members::default();
    /// let key = members.add_volunteer(&instance, "p1", [7; 32])?;
    /// assert_eq!(members.value(key, "sex"), Some("woman"));
    /// assert_eq!(members.add_volunteer(&instance, "p3", [8; 32]).unwrap_err().problems()[0].code, "E-ROSTER-ID");
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`add`](Self::add), and `E-ROSTER-ID` for an id that is not in the pool.
    pub fn add_volunteer(
        &mut self,
        instance: &Instance,
        id: &str,
        salt: [u8; 32],
    ) -> Result<PersonKey> {
        let Some(person) = instance.find(id) else {
            let problem = Problem::new("E-ROSTER-ID", format!("{id:?}"), "an id of the pool");
            return Err(ErrorKind::Input(vec![problem]).into());
        };
        let quotas = instance.profile(person).iter();
        let quotas = quotas.map(|&quota| &instance.quotas()[quota as usize]);
        self.add(id, salt, quotas.map(|quota| (&quota.feature, &quota.value)))
    }

    fn identities(&self) -> impl Iterator<Item = &(String, [u8; 32])> {
        self.0
            .values()
            .filter_map(|member| member.identity.as_ref())
    }

    /// The key of an id; `None` for somebody who is not here or was erased. O(people).
    #[must_use]
    pub fn key(&self, id: &str) -> Option<PersonKey> {
        let found = self.identities().find(|(known, _)| known == id);
        found.map(|(id, salt)| PersonKey::new(id, salt))
    }

    /// The id of a key; `None` for somebody who is not here or was erased.
    #[must_use]
    pub fn id(&self, key: PersonKey) -> Option<&str> {
        let identity = self.0.get(&key)?.identity.as_ref()?;
        Some(&identity.0)
    }

    /// The salt of a key: what its owner needs to show that it is theirs. `None` for somebody who is not here or was erased.
    #[must_use]
    pub fn salt(&self, key: PersonKey) -> Option<[u8; 32]> {
        let identity = self.0.get(&key)?.identity.as_ref()?;
        Some(identity.1)
    }

    /// The value of a feature; `None` where it is not known, or was deleted.
    #[must_use]
    pub fn value(&self, key: PersonKey, feature: &str) -> Option<&str> {
        self.0.get(&key)?.values.get(feature).map(String::as_str)
    }

    /// Deletes id and salt of a person, for good; copies elsewhere are for their keepers to delete. Record it in the ledger as a step to
    /// [`Erased`](super::State::Erased). False when the key is not here.
    pub fn erase(&mut self, key: PersonKey, kept: Kept) -> bool {
        let Some(member) = self.0.get_mut(&key) else {
            return false;
        };
        member.identity = None;
        if kept == Kept::Nothing {
            member.values.clear();
        }
        true
    }
}
