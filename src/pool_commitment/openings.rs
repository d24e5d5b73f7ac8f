//! Everything that was committed: for the auditor and nobody else.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::field::{Field, Leaf, entry};
use super::receipt::{
    PANEL_OPENINGS_VERSION, PanelOpenings, Placed, PoolRoot, RECEIPT_VERSION, Receipt,
};
use super::salts::Salts;
use super::tree;
use super::values::Values;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::lottery::Digest;
use crate::privacy::Screen;

/// The format of openings.
pub const OPENINGS_VERSION: &str = "kleroterion-openings/1";

/// All fields of a pool with their salts: plain data as it stands in `openings.json`. Never publish it; `Debug` shows counts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Openings {
    /// Everybody, in ascending order of the bytes of their ids.
    pub people: Vec<Leaf>,
    /// [`OPENINGS_VERSION`].
    pub version: String,
}

impl fmt::Debug for Openings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Openings")
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

impl Openings {
    /// Commits to the household, the features and these further columns of everybody. Further columns are for what lets an auditor find the
    /// person, such as a keyed [pseudonym](crate::privacy::Pseudonyms) of a register's number. The root depends on the pool, the names of the features and the salts, not
    /// on the order of rows, the limits of quotas or the panel size. O(people · (fields + log people)).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-COLUMN-MISSING` and `E-COLUMN-TWICE` for a further column that the pool does not have, or has twice;
    /// `E-FIELD-TWICE` for one that is a feature or named twice; `E-SALT-TWICE` when the generator gives a salt twice, as one does that counts as random
    /// but is stuck.
    pub fn seal(instance: &Instance, further: &[&str], mut salts: Salts<'_>) -> Result<Self> {
        let values = Values::new(instance, further)?;
        let mut seen = BTreeSet::new();
        let people: Vec<Leaf> = (0..instance.len() as u32)
            .map(|person| {
                let id = instance.person(person).id();
                let fields = values.of(person).map(|(name, value)| {
                    let salt = salts.of(id, name);
                    seen.insert(salt.clone());
                    Field::open(name, salt, value)
                });
                Leaf {
                    fields: fields.collect(),
                    id: id.to_owned(),
                }
            })
            .collect();
        let needed = people.len() * values.names().count();
        if seen.len() < needed {
            let found = format!("{} different salts for {needed} fields", seen.len());
            let expected = "one for each: the generator repeats itself";
            let problem = Problem::new("E-SALT-TWICE", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        Ok(Self {
            people,
            version: OPENINGS_VERSION.to_owned(),
        })
    }

    fn entries(&self) -> Vec<Digest> {
        let entry = |leaf: &Leaf| entry(&leaf.id, &leaf.fields);
        self.people.iter().map(entry).collect()
    }

    /// The commitment to publish. O(people · fields).
    #[must_use]
    pub fn root(&self) -> PoolRoot {
        PoolRoot::over(&self.entries())
    }

    /// The receipts of everybody, in order. O(people · (fields + log people)).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CPR-LIKE` for every text that the screen refuses: a receipt is a file that travels.
    pub fn receipts(&self, screen: &Screen) -> Result<Vec<Receipt>> {
        let receipts = self.placed(|_| true);
        let pool = self.root();
        let receipts: Vec<Receipt> = receipts
            .map(|person| Receipt {
                commitment: None,
                person,
                pool: pool.clone(),
                version: RECEIPT_VERSION.to_owned(),
            })
            .collect();
        screen.fields(receipts.iter().map(|receipt| &receipt.person))?;
        Ok(receipts)
    }

    /// The receipt of one person. As much work as [`receipts`](Self::receipts).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-RECEIPT-ID` for an id that is not in the pool; `E-CPR-LIKE` as in [`receipts`](Self::receipts), for this receipt.
    pub fn receipt(&self, id: &str, screen: &Screen) -> Result<Receipt> {
        let Some(person) = self.placed(|leaf| leaf.id == id).next() else {
            let problem = Problem::new("E-RECEIPT-ID", format!("{id:?}"), "an id of the pool");
            return Err(ErrorKind::Input(vec![problem]).into());
        };
        screen.fields([&person])?;
        Ok(Receipt {
            commitment: None,
            person,
            pool: self.root(),
            version: RECEIPT_VERSION.to_owned(),
        })
    }

    /// Opens the features of a drawn panel; everything else of its members stays closed. Read first what this
    /// [shows](crate::pool_commitment#what-this-does-and-does-not-achieve) about others. O(people · (fields + log people)).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-RECEIPT-ID` for an id that is not in the pool, `E-CPR-LIKE` for a text that the screen refuses.
    pub fn panel<S: AsRef<str>>(
        &self,
        instance: &Instance,
        panel: &[S],
        screen: &Screen,
    ) -> Result<PanelOpenings> {
        let asked: BTreeSet<&str> = panel.iter().map(AsRef::as_ref).collect();
        let known: BTreeSet<&str> = self.people.iter().map(|p| p.id.as_str()).collect();
        let unknown = asked.difference(&known);
        let problems: Vec<Problem> = unknown
            .map(|id| Problem::new("E-RECEIPT-ID", format!("{id:?}"), "an id of the pool"))
            .collect();
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let features = instance.folded_features();
        let is_shown = |field: &Field| features.iter().any(|name| name == field.name());
        let close = |mut person: Placed| {
            let id = person.id.clone();
            let closed = |field: &mut Field| {
                if !is_shown(field) {
                    *field = field.closed(&id);
                }
            };
            person.fields.iter_mut().for_each(closed);
            person
        };
        let members = self.placed(|leaf| asked.contains(leaf.id.as_str()));
        let people: Vec<Placed> = members.map(close).collect();
        screen.fields(&people)?;
        Ok(PanelOpenings {
            people,
            pool: self.root(),
            version: PANEL_OPENINGS_VERSION.to_owned(),
        })
    }

    /// Some people with their places, in order.
    fn placed(&self, chosen: impl Fn(&Leaf) -> bool) -> impl Iterator<Item = Placed> {
        let paths = tree::paths(&self.entries());
        let all = (0..).zip(self.people.iter().zip(paths));
        all.filter(move |(_, (leaf, _))| chosen(leaf))
            .map(|(index, (leaf, path))| Placed {
                fields: leaf.fields.clone(),
                id: leaf.id.clone(),
                index,
                path,
            })
    }

    /// Forgets values and salts of a person; the root and everybody else's receipts stay as they are. What this achieves and what not is said at
    /// [`pool_commitment`](crate::pool_commitment#what-this-does-and-does-not-achieve).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-RECEIPT-ID` for an id that is not in the pool.
    pub fn erase(&mut self, id: &str) -> Result<()> {
        let Some(leaf) = self.people.iter_mut().find(|leaf| leaf.id == id) else {
            let problem = Problem::new("E-RECEIPT-ID", format!("{id:?}"), "an id of the pool");
            return Err(ErrorKind::Input(vec![problem]).into());
        };
        for field in &mut leaf.fields {
            *field = field.closed(id);
        }
        Ok(())
    }

    /// The bytes of `openings.json`. Never publish them.
    ///
    /// # Errors
    /// None that sealed openings can cause.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}
