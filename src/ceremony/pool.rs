//! Until disputes about the pool are closed.

use super::lottery::LotteryCommitted;
use super::{reasoned, refused};
use crate::assembly::is_day;
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::{Commit, Commitment, Lottery, Predecessor, Registration, Terms};
use crate::privacy::Screen;

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
    pub(super) screen: Screen,
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
            screen: Screen::strict(),
            replaced: Replaced::default(),
        }
    }

    /// What may stand in the published files; nothing that looks like a CPR number, unless something else is said here.
    pub fn screen(mut self, screen: Screen) -> Self {
        self.screen = screen;
        self
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
    /// `E-CPR-LIKE` for every id, and for every other text of `registration.json`, that the [screen](Self::screen) refuses;
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) for a time beyond 2^53 − 1.
    pub fn commit_pool(self, disputes_until: u64) -> Result<PoolCommitted> {
        let mut registration = Registration::new(&self.instance, self.rule, disputes_until)?;
        if let Some((root, hash)) = &self.root {
            registration = registration.with_root(root, hash)?;
        }
        registration.assembly = self.assembly;
        registration.predecessor = self.replaced.registration.clone();
        self.screen.ids(&self.instance)?;
        self.screen
            .json("registration.json", &registration.to_json()?)?;
        Ok(PoolCommitted {
            instance: self.instance,
            registration,
            screen: self.screen,
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
    screen: Screen,
    replaced: Replaced,
}

impl PoolCommitted {
    /// Takes up a registration that was published in an earlier run. `earlier` is the last `commit.json` that this ceremony published, if a lottery was
    /// committed before the pool had to change or the draw to be repeated: the new one will name it. The registration cannot tell, so it has to be said here.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-POOL` when the instance is not the registered one; `E-CEREMONY-EARLIER` for an earlier
    /// commitment when the registration replaces none, or for one without a registration.
    pub fn resume(
        registration: Registration,
        instance: Instance,
        earlier: Option<&Commit>,
    ) -> Result<Self> {
        belongs(&registration, &instance, &registration.rule)?;
        let named = registration.predecessor.clone();
        let lottery = match (earlier, &named) {
            (None, _) => None,
            (Some(earlier), Some(named)) if earlier.registration.is_some() => {
                Some(Predecessor::new(earlier.commitment()?, &named.reason))
            }
            (Some(_), _) => {
                let found = "an earlier commitment that this ceremony does not replace";
                let expected = "a registration that replaces the one it belongs to";
                return Err(refused("E-CEREMONY-EARLIER", found, expected));
            }
        };
        let replaced = Replaced {
            registration: named,
            lottery,
        };
        Ok(Self {
            instance,
            registration,
            screen: Screen::strict(),
            replaced,
        })
    }

    /// As [`Registered::screen`], for a registration that was taken up.
    pub fn screen(mut self, screen: Screen) -> Self {
        self.screen = screen;
        self
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

    /// A dispute is upheld: starts again with another pool or other quotas. The new registration names this one. A Merkle root is of one pool:
    /// give the new one's by [`Registered::root`].
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-REASON` for a blank reason.
    pub fn amend(self, instance: Instance, reason: impl Into<String>) -> Result<Registered> {
        let reason = reasoned(reason.into())?;
        let registration = Some(Predecessor::new(self.commitment()?, reason));
        Ok(Registered {
            instance,
            rule: self.registration.rule,
            assembly: self.registration.assembly,
            root: None,
            screen: self.screen,
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
            screen: self.screen,
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
    screen: Screen,
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
    /// `E-CEREMONY-PUBLISHED` for terms without a time of publication, or with one before disputes end; `E-DROPOUT-DATE` for a policy until a day that is
    /// none; `E-CPR-LIKE` for a text of `commit.json` that the [screen](Registered::screen) refuses; and as [`Lottery::on_terms`].
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
        let lottery = lottery.on_terms(terms)?;
        let policy = lottery.commit().replacement.as_ref();
        let cut_off = policy.and_then(|policy| policy.cut_off.as_deref());
        if let Some(day) = cut_off.filter(|day| !is_day(day)) {
            let found = format!("seats are filled again until {day:?}");
            let expected = "a day of the calendar as YYYY-MM-DD";
            return Err(refused("E-DROPOUT-DATE", found, expected));
        }
        self.screen
            .json("commit.json", &lottery.commit().to_json()?)?;
        Ok(LotteryCommitted::new(lottery, self.registration))
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
