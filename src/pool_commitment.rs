//! A commitment to the people of a pool that shows each of them their own data and nobody else's.
//!
//! The digest of a pool in a commitment can only be checked by somebody who has the whole pool. Here everybody gets a leaf of a Merkle tree instead,
//! made of one salted commitment per field. The root is published before the draw; then there are three tiers:
//!
//! | who | gets | can check |
//! |---|---|---|
//! | the public | ids, panels, weights, the root ([`PoolRoot`], in `commit.json`) | everything about the lottery; with [`PanelOpenings`] also that the drawn panel meets the quotas |
//! | a member | a [`Receipt`]: the own fields with their salts, and a path | that they are in the committed pool, with these values, in one place |
//! | an auditor | [`Openings`]: all values and salts | that the pool is the committed one; that nobody is made up, by [`SpotCheck`] |
//!
//! ```
//! use kleroterion::pool_commitment::{Openings, Salts};
//! use kleroterion::privacy::{Screen, SecretKey};
//! use kleroterion::{Instance, Pool, Quotas, Rule, audit};
//!
//! let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 1..=1).build()?;
//! let people = [("p1", "woman"), ("p2", "man"), ("p3", "woman")];
//! let pool = people.iter().fold(Pool::builder(), |pool, (id, sex)| pool.person(*id, [("sex", *sex)])).build()?;
//! let instance = Instance::new(pool, quotas, 2)?;
//!
//! # let bytes = *b"from a good source of randomness";
//! let key = SecretKey::new(bytes)?; // 32 random bytes
//! let openings = Openings::seal(&instance, &[], Salts::from_key(&key))?;
//! let lottery = Rule::Leximin.distribution(&instance)?.into_lottery().commit_pool(&openings.root())?;
//!
//! let receipt = openings.receipt("p3", &Screen::strict())?; // for p3 alone
//! let report = audit::verify_receipt(&receipt, lottery.commit())?;
//! assert!(report.holds());
//! # Ok::<(), kleroterion::Error>(())
//! ```
//!
//! # What this does and does not achieve
//! - **It binds.** Once the root is public nobody can be added, left out or given other values for one person and not for another; each receipt
//!   that is checked nails down one person. It does not show that values are true, nor that everybody exists: that takes
//!   an auditor who meets people chosen by lot ([`SpotCheck`]).
//! - **It hides** what a closed field holds from anybody without its salt, as long as the salts stay secret. A receipt is as private as the
//!   values in it. Salts from a key are as secret as the key.
//! - **Erasure** ([`Openings::erase`]) deletes salts and values of a person. The root and all other receipts stay as they are. It works only if every copy of these
//!   salts is gone, those that the key could make again included, and if `commit.json` has no unsalted digest of the pool
//!   ([`Lottery::without_pool_digest`](crate::Lottery::without_pool_digest)): with that digest, whoever knows everybody else's values can still try out the erased person's.
//! - **Opening a panel opens more than a panel.** A lottery of compositions names the groups of people who are alike, so a member's values are also those
//!   of everybody in the same group. With a list of panels equal chances hint at the same. Ask [`Anonymity`](crate::privacy::Anonymity) first.
//! - Ids, and who is drawn, are public whatever happens here.
//!
//! Sources: RFC 9162, section 2.1 (tree and paths). The format is in SPEC.md.

mod field;
mod openings;
mod receipt;
mod salts;
mod spot_check;
pub mod tree;
mod values;

pub use field::{Field, Leaf, Salt};
pub use openings::{OPENINGS_VERSION, Openings};
pub use receipt::{
    HASH, PANEL_OPENINGS_VERSION, PanelOpenings, Placed, PoolRoot, RECEIPT_VERSION, Receipt,
};
pub use salts::Salts;
pub use spot_check::{Detection, SPOT_CHECK_VERSION, SpotCheck};

pub(crate) use spot_check::chosen;
pub(crate) use values::Values;
