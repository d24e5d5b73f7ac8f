//! Until disputes about the pool are closed.

use super::lottery::LotteryCommitted;
use super::refused;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::{Commitment, Lottery, Predecessor, Registration, Terms};

/// What a ceremony that starts again replaces: files already published.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    pub(super) registration: Option<Predecessor>,
    pub(super) lottery: Option<Predecessor>,
}

/// People have registered; quotas, size and rule are set. Nothing is published yet.
#[derive(Debug)]
#[must_use = "nothing is committed yet"]
pub struct Registered {
    pub(super) instance: Instance,
    pub(super) rule: String,
    pub(super) assembly: Option<String>,
    pub(super) root: Option<(String, String)>,
    pub(super) replaced: Replaced,
}

impl Registered {
    /// The pool, the quotas and the size as an instance, and the rule's name, as in `leximin`.
    pub fn new(instance: Instance, rule: impl Into<String>) -> Self {
        Self {
            instance,
            rule: rule.into(),
            assembly: None,
            root: None,
            replaced: Replaced::default(),
        }
    }

    /// With the assembly's name.
    pub fn assembly(mut self, name: impl Into<String>) -> Self {
        self.assembly = Some(name.into());
        self
    }

    /// With the root of a Merkle tree over the pool, in hexadecimal, and how it was made: so that every member can check a receipt.
    pub fn root(mut self, merkle_root: impl Into<String>, hash: impl Into<String>) -> Self {
        self.root = Some((merkle_root.into(), hash.into()));
        self
    }

    /// Fixes who can be drawn, until when that can be disputed (in seconds since 1970-01-01T00:00Z), and what the panel must meet.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM` for a Merkle root that is not 64 digits 0-9a-f;
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) for a time beyond 2^53 − 1.
    pub fn commit_pool(self, disputes_until: u64) -> Result<PoolCommitted> {
        let mut registration = Registration::new(&self.instance, self.rule, disputes_until)?;
        if let Some((root, hash)) = &self.root {
            registration = registration.with_root(root, hash)?;
        }
        registration.assembly = self.assembly;
        registration.predecessor = self.replaced.registration.clone();
        Ok(PoolCommitted {
            instance: self.instance,
            registration,
            replaced: self.replaced,
        })
    }
}

/// The pool is committed, and members look for themselves. Publish `registration.json` and its commitment.
#[derive(Debug)]
#[must_use = "disputes are open"]
pub struct PoolCommitted {
    instance: Instance,
    registration: Registration,
    replaced: Replaced,
}

impl PoolCommitted {
    /// Takes up a registration that was published in an earlier run.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-POOL` when the instance is not the registered one.
    pub fn resume(registration: Registration, instance: Instance) -> Result<Self> {
        belongs(&registration, &instance, &registration.rule)?;
        let replaced = Replaced {
            registration: registration.predecessor.clone(),
            lottery: None,
        };
        Ok(Self {
            instance,
            registration,
            replaced,
        })
    }

    /// The content of `registration.json`.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        &self.registration
    }

    /// What to publish.
    ///
    /// # Errors
    /// None that a registration made here can cause.
    pub fn commitment(&self) -> Result<Commitment> {
        self.registration.commitment()
    }

    /// A dispute is upheld: starts again with another pool or other quotas. The new registration names this one.
    ///
    /// # Errors
    /// As [`commitment`](Self::commitment).
    pub fn amend(self, instance: Instance, reason: impl Into<String>) -> Result<Registered> {
        let registration = Some(Predecessor::new(self.commitment()?, reason));
        Ok(Registered {
            instance,
            rule: self.registration.rule,
            assembly: self.registration.assembly,
            root: None,
            replaced: Replaced {
                registration,
                ..self.replaced
            },
        })
    }

    /// Nobody disputes the pool any more; `now` is the caller's time, in seconds since 1970-01-01T00:00Z.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-DISPUTES` before the time that was published.
    pub fn close_disputes(self, now: u64) -> Result<DisputesClosed> {
        let until = self.registration.disputes_until;
        if now < until {
            let found = format!("disputes closed at {now}");
            let expected = format!("not before {until}, as published");
            return Err(refused("E-CEREMONY-DISPUTES", found, expected));
        }
        Ok(DisputesClosed {
            instance: self.instance,
            registration: self.registration,
            replaced: self.replaced,
        })
    }
}

/// The pool stands. Now the lottery is worked out.
#[derive(Debug)]
#[must_use = "no lottery is committed yet"]
pub struct DisputesClosed {
    instance: Instance,
    registration: Registration,
    replaced: Replaced,
}

impl DisputesClosed {
    /// What to work out the lottery for.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The content of `registration.json`.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        &self.registration
    }

    /// Commits the lottery on these terms. Assembly, registration, Merkle root and predecessor are filled in; so is the software, if it is not stated.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-POOL` for a lottery of another pool, other quotas or another rule;
    /// `E-CEREMONY-PUBLISHED` for terms without a time of publication, or with one before disputes end; and as [`Lottery::on_terms`].
    pub fn commit_lottery(self, lottery: Lottery, terms: Terms) -> Result<LotteryCommitted> {
        let rule = lottery.commit().rule.as_deref().unwrap_or_default();
        belongs(&self.registration, lottery.instance(), rule)?;
        let until = self.registration.disputes_until;
        if terms.publication().is_none_or(|time| time < until) {
            let found = match terms.publication() {
                None => "no time of publication".to_owned(),
                Some(time) => format!("publication at {time}"),
            };
            let expected = format!("a time not before {until}, when disputes end");
            return Err(refused("E-CEREMONY-PUBLISHED", found, expected));
        }
        let terms = terms.after(&self.registration, self.replaced.lottery)?;
        Ok(LotteryCommitted::new(
            lottery.on_terms(terms)?,
            self.registration,
        ))
    }
}

/// The instance is the registered one.
pub(super) fn belongs(registration: &Registration, instance: &Instance, rule: &str) -> Result<()> {
    let own = Registration::new(instance, rule, registration.disputes_until)?;
    let same = own.pool.digest == registration.pool.digest
        && own.pool.size == registration.pool.size
        && own.quotas == registration.quotas
        && own.panel_size == registration.panel_size
        && own.columns == registration.columns
        && own.rule == registration.rule;
    if same {
        return Ok(());
    }
    let expected = "the pool, quotas, size, rule and columns that were registered";
    Err(refused("E-CEREMONY-POOL", "something else", expected))
}
