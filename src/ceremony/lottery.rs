//! From the commitment of the lottery to the last source.

use super::drawn::Drawn;
use super::pool::{Registered, Replaced};
use super::progress::Progress;
use super::{reasoned, refused};
use crate::assembly::{Dropout, is_day};
use crate::audit;
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::lottery::{Commit, Commitment, Lottery, Predecessor, Registration, Sources, matching};
use crate::privacy::Screen;

/// The lottery is committed. Publish `commit.json`, `lottery.json`, `certificate.json` and the commitment, then let the sources come.
#[derive(Debug)]
#[must_use = "nothing is drawn yet"]
pub struct LotteryCommitted {
    lottery: Lottery,
    registration: Registration,
    withdrawn: Vec<Dropout>,
    sources: Vec<String>,
}

impl LotteryCommitted {
    pub(super) fn new(lottery: Lottery, registration: Registration) -> Self {
        Self {
            lottery,
            registration,
            withdrawn: vec![],
            sources: vec![],
        }
    }

    /// Takes up a lottery that was committed in an earlier run, as [`audit::reopen`] gives it, with what has happened since: who withdrew, and which sources
    /// are in. All of it counts; none of it can be changed.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the commitment does not belong to the registration; [`ErrorKind::Input`] with `E-CEREMONY-PROGRESS` when the progress is of
    /// another commitment or version, and as [`withdraw`](Self::withdraw) and [`source`](Self::source).
    pub fn resume(
        lottery: Lottery,
        registration: Registration,
        progress: &Progress,
    ) -> Result<Self> {
        let report = audit::examine_registration(&registration, lottery.commit());
        if !report.holds() {
            return Err(ErrorKind::Rejected(report.to_string()).into());
        }
        progress.belongs_to(lottery.commitment())?;
        let mut resumed = Self::new(lottery, registration);
        for dropout in &progress.dropouts {
            resumed.withdraw(dropout.clone())?;
        }
        for text in &progress.sources {
            resumed.source(text)?;
        }
        Ok(resumed)
    }

    /// What has happened so far: write it to `progress.json` after every [withdrawal](Self::withdraw) and every [source](Self::source), and
    /// [take up](Self::resume) the ceremony from it.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress::new(
            self.lottery.commitment(),
            self.withdrawn.clone(),
            self.sources.clone(),
        )
    }

    /// The lottery.
    #[must_use]
    pub fn lottery(&self) -> &Lottery {
        &self.lottery
    }

    /// The content of `commit.json`.
    #[must_use]
    pub fn commit(&self) -> &Commit {
        self.lottery.commit()
    }

    /// What to publish before the first source is known.
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        self.lottery.commitment()
    }

    /// Somebody withdraws before the draw. They stay in the lottery, for it is committed; if they are drawn, the committed policy replaces them.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CEREMONY-POLICY` when no policy was committed, `E-DROPOUT-ID` for an id that is not in the pool, `E-DROPOUT-TWICE` for one
    /// that has withdrawn already, `E-DROPOUT-DATE` for a day that is none (`1 March`), `E-DROPOUT-ORDER` for one before the last withdrawal.
    pub fn withdraw(&mut self, dropout: Dropout) -> Result<()> {
        if self.commit().replacement.is_none() {
            let expected = "a policy of replacement in the commitment";
            return Err(refused("E-CEREMONY-POLICY", "none", expected));
        }
        let Dropout { date, id } = &dropout;
        if !is_day(date) {
            let expected = "a day of the calendar as YYYY-MM-DD";
            return Err(refused("E-DROPOUT-DATE", format!("{date:?}"), expected));
        }
        if let Some(last) = self.withdrawn.last().filter(|last| last.date > *date) {
            let found = format!("{date} after {}", last.date);
            return Err(refused("E-DROPOUT-ORDER", found, "the order of days"));
        }
        if self.lottery.instance().find(id).is_none() {
            let found = format!("{id:?} withdraws");
            return Err(refused("E-DROPOUT-ID", found, "somebody in the pool"));
        }
        if self.withdrawn.iter().any(|earlier| earlier.id == *id) {
            let found = format!("{id:?} withdraws again");
            return Err(refused("E-DROPOUT-TWICE", found, "everybody once"));
        }
        self.withdrawn.push(dropout);
        Ok(())
    }

    /// The pool has to change after all: starts again. The new commitment names this one. Merkle root and [screen](Registered::screen) are to be given again.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CEREMONY-REASON` for a blank reason.
    pub fn replace_pool(self, instance: Instance, reason: &str) -> Result<Registered> {
        restart(&self.lottery, self.registration, (instance, reason))
    }

    /// The value of the next source, in its one canonical text. What was taken cannot be changed.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-SOURCE-FORM` when it has neither the form declared for it nor that of a fallback, `E-CEREMONY-SOURCE` when all sources are
    /// in. Nothing is taken then; a slip of the pen can be corrected.
    pub fn source(&mut self, text: impl Into<String>) -> Result<()> {
        let number = self.sources.len();
        if self.missing() == 0 {
            let found = format!("source {number}");
            let expected = format!("the {number} sources that were declared");
            return Err(refused("E-CEREMONY-SOURCE", found, expected));
        }
        let mut sources = self.sources.clone();
        sources.push(text.into());
        let commit = self.lottery.commit();
        let declared = commit.sources.as_deref().unwrap_or_default();
        let so_far = declared.get(..sources.len());
        let values = Sources::new(sources.clone())?;
        matching(so_far, commit.fallback.as_deref(), &values)?;
        self.sources = sources;
        Ok(())
    }

    /// How many sources are still to come.
    #[must_use]
    pub fn missing(&self) -> usize {
        let declared = self.commit().sources.as_ref().map_or(0, Vec::len);
        declared.saturating_sub(self.sources.len())
    }

    /// Every source has come.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CEREMONY-SOURCE` when one is [missing](Self::missing): ask first.
    pub fn sources_in(self) -> Result<SourcesIn> {
        let missing = self.missing();
        if missing > 0 {
            let found = format!("{} sources", self.sources.len());
            let expected = format!("{missing} more");
            return Err(refused("E-CEREMONY-SOURCE", found, expected));
        }
        Ok(SourcesIn {
            sources: Sources::new(self.sources)?,
            lottery: self.lottery,
            registration: self.registration,
            withdrawn: self.withdrawn,
        })
    }
}

/// Everything that decides the draw is public.
#[derive(Debug)]
#[must_use = "nothing is drawn yet"]
pub struct SourcesIn {
    lottery: Lottery,
    registration: Registration,
    sources: Sources,
    withdrawn: Vec<Dropout>,
}

impl SourcesIn {
    /// The values, in order.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Draws, once.
    ///
    /// # Errors
    /// As [`Lottery::draw`]; none when the sources came in here.
    pub fn draw(self) -> Result<Drawn> {
        let draw = self.lottery.draw(&self.sources)?;
        Ok(Drawn::new(draw, self.registration, self.withdrawn))
    }
}

/// A new ceremony that names what it replaces.
pub(super) fn restart(
    lottery: &Lottery,
    registration: Registration,
    (instance, reason): (Instance, &str),
) -> Result<Registered> {
    let reason = reasoned(reason.to_owned())?;
    let replaced = Replaced {
        registration: Some(Predecessor::new(registration.commitment()?, &reason)),
        lottery: Some(Predecessor::new(lottery.commitment(), &reason)),
    };
    Ok(Registered {
        instance,
        rule: registration.rule,
        assembly: registration.assembly,
        root: None,
        screen: Screen::strict(),
        replaced,
    })
}
