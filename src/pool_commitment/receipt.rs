//! What members and the public get.

use serde::{Deserialize, Serialize};

use super::field::{Field, entry};
use super::tree;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::{Commitment, CommittedPool, Digest, DirectLottery, Lottery};

/// How [`PoolRoot::merkle_root`] is made, as `commit.json` names it.
pub const HASH: &str = "sortition-fields/1";
/// The format of receipts.
pub const RECEIPT_VERSION: &str = "kleroterion-receipt/1";
/// The format of panel openings.
pub const PANEL_OPENINGS_VERSION: &str = "kleroterion-panel-openings/1";

/// The commitment to a pool. Public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PoolRoot {
    /// [`HASH`].
    pub hash: String,
    /// The root of the tree.
    pub merkle_root: Digest,
    /// Number of people.
    pub size: u64,
}

impl PoolRoot {
    pub(super) fn over(entries: &[Digest]) -> Self {
        Self {
            hash: HASH.to_owned(),
            merkle_root: tree::root(entries),
            size: entries.len() as u64,
        }
    }

    /// What a commitment says; `None` when it says nothing, or not in this form.
    pub(crate) fn stated(pool: &CommittedPool) -> Option<Self> {
        let (hash, root) = (pool.hash.clone()?, pool.merkle_root.as_deref()?);
        Some(Self {
            hash,
            merkle_root: Digest::read(root)?,
            size: pool.size,
        })
    }

    /// Into what a lottery commits to.
    fn enter(&self, pool: &mut CommittedPool) -> Result<()> {
        if pool.size != self.size {
            let found = format!("the root of a pool of {} people", self.size);
            let expected = format!("that of the pool of the lottery, {} people", pool.size);
            let problem = Problem::new("E-POOL-ROOT", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        pool.hash = Some(self.hash.clone());
        pool.merkle_root = Some(self.merkle_root.to_string());
        Ok(())
    }
}

/// Leaves the unsalted digest away where a root stands.
fn leave_digest(pool: &mut CommittedPool) -> Result<()> {
    if pool.merkle_root.is_none() {
        let found = "a commitment without the root of the pool";
        let expected = "the root first: without digest and root nothing binds the pool";
        let problem = Problem::new("E-POOL-DIGEST", found, expected);
        return Err(ErrorKind::Input(vec![problem]).into());
    }
    pool.digest = None;
    Ok(())
}

impl Lottery {
    /// Commits to the pool by the root of its [openings](super::Openings) too, so that members can check their receipts.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-POOL-ROOT` when the root is that of a pool of another size.
    pub fn commit_pool(self, root: &PoolRoot) -> Result<Self> {
        self.recommit(|commit| root.enter(&mut commit.pool))
    }

    /// Leaves the unsalted digest of the pool out of the commitment. Then only somebody with the [openings](super::Openings) can check that the pool is
    /// the committed one, and nobody can confirm a guess with the digest. [`audit::reopen`](crate::audit::reopen) cannot see then whether the pool was changed
    /// between commitment and draw: check it before with [`audit::examine_openings`](crate::audit::examine_openings).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-POOL-DIGEST` before [`commit_pool`](Self::commit_pool), and when the [terms](Self::on_terms) shuffle labels, which grow from the digest.
    pub fn without_pool_digest(self) -> Result<Self> {
        self.recommit(|commit| {
            if commit.labels.is_some() {
                let found = "a commitment with shuffled labels";
                let expected = "one without: labels grow from the digest of the pool";
                let problem = Problem::new("E-POOL-DIGEST", found, expected);
                return Err(ErrorKind::Input(vec![problem]).into());
            }
            leave_digest(&mut commit.pool)
        })
    }
}

impl DirectLottery {
    /// As [`Lottery::commit_pool`].
    ///
    /// # Errors
    /// As there.
    pub fn commit_pool(self, root: &PoolRoot) -> Result<Self> {
        self.recommit(|commit| root.enter(&mut commit.pool))
    }

    /// As [`Lottery::without_pool_digest`].
    ///
    /// # Errors
    /// As there.
    pub fn without_pool_digest(self) -> Result<Self> {
        self.recommit(|commit| leave_digest(&mut commit.pool))
    }
}

/// A person in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Placed {
    /// Names ascend by bytes; the first is `""`, the household.
    pub fields: Vec<Field>,
    /// The person.
    pub id: String,
    /// How many ids of the pool come before.
    pub index: u64,
    /// Neighbours on the way to the root, the lowest first.
    pub path: Vec<Digest>,
}

impl Placed {
    /// The root that the path leads to from these fields. `None` when no pool of this size has such a path.
    pub(crate) fn leads_to(&self, size: u64) -> Option<Digest> {
        let entry = entry(&self.id, &self.fields);
        tree::follow(&entry, (self.index, size), &self.path)
    }
}

/// What a member gets: the own fields with their salts, the path to the root, and the commitment that it belongs to. Plain data as it
/// stands in `receipt.json`, to be checked by [`audit::examine_receipt`](crate::audit::examine_receipt). For that member alone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// What was published as `commitment.txt`, when there was one already.
    pub commitment: Option<Commitment>,
    /// The member.
    pub person: Placed,
    /// The root it leads to.
    pub pool: PoolRoot,
    /// [`RECEIPT_VERSION`].
    pub version: String,
}

/// A receipt as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<Commitment>,
    fields: Vec<Field>,
    id: String,
    index: u64,
    path: Vec<Digest>,
    pool: PoolRoot,
    version: String,
}

impl Serialize for Receipt {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        let Self {
            commitment,
            person,
            pool,
            version,
        } = self.clone();
        Flat {
            commitment,
            fields: person.fields,
            id: person.id,
            index: person.index,
            path: person.path,
            pool,
            version,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Receipt {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        let flat = Flat::deserialize(deserializer)?;
        Ok(Self {
            commitment: flat.commitment,
            person: Placed {
                fields: flat.fields,
                id: flat.id,
                index: flat.index,
                path: flat.path,
            },
            pool: flat.pool,
            version: flat.version,
        })
    }
}

impl Receipt {
    /// Names what was published as `commitment.txt`, so that its reader knows what to compare with.
    #[must_use]
    pub fn of_commitment(mut self, commitment: Commitment) -> Self {
        self.commitment = Some(commitment);
        self
    }

    /// The bytes of `receipt.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] when an integer is beyond 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}

/// The features of a drawn panel, opened for everybody; households and further columns stay closed. Plain data as it stands in
/// `panel-openings.json`, to be checked by [`audit::examine_panel_openings`](crate::audit::examine_panel_openings). Public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PanelOpenings {
    /// The members, ids ascending.
    pub people: Vec<Placed>,
    /// The root they lead to.
    pub pool: PoolRoot,
    /// [`PANEL_OPENINGS_VERSION`].
    pub version: String,
}

impl PanelOpenings {
    /// The bytes of `panel-openings.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] when an integer is beyond 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}
