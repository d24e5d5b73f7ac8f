//! The draw, its publication, and the rounds of replacement after it.

use super::lottery::{LotteryCommitted, restart};
use super::pool::Registered;
use super::progress::Progress;
use super::refused;
use crate::assembly::{Alternates, Dropout, Policy, ReplacementRecord};
use crate::audit::{self, Report};
use crate::error::{ErrorKind, Result};
use crate::instance::Instance;
use crate::lottery::{Draw, Lottery, Registration, Transcript};

/// The panel is drawn. There is nothing to do but to publish it.
#[derive(Debug)]
#[must_use = "a draw that is not published invites doubt"]
pub struct Drawn {
    draw: Draw,
    registration: Registration,
    withdrawn: Vec<Dropout>,
}

impl Drawn {
    pub(super) fn new(draw: Draw, registration: Registration, withdrawn: Vec<Dropout>) -> Self {
        Self {
            draw,
            registration,
            withdrawn,
        }
    }

    /// What was drawn.
    #[must_use]
    pub fn draw(&self) -> &Draw {
        &self.draw
    }

    /// Verifies the transcript as a stranger would, and gives it out.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) when it does not hold: a beacon's signature is false.
    pub fn publish(self) -> Result<Published> {
        let transcript = self.draw.transcript();
        let report = audit::verify(&transcript, self.draw.lottery().instance())?;
        Ok(Published {
            draw: self.draw,
            registration: self.registration,
            transcript,
            report,
            dropouts: self.withdrawn,
        })
    }
}

/// The transcript is public. Publish `transcript.json`; members may still drop out.
#[derive(Debug)]
pub struct Published {
    draw: Draw,
    registration: Registration,
    transcript: Transcript,
    report: Report,
    dropouts: Vec<Dropout>,
}

impl Published {
    /// Takes up a draw that was published in an earlier run: draws again from its parts, which must give the same transcript. Rounds of replacement that were
    /// published since are taken up by [`after`](Self::after).
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the transcript does not follow from its parts, and as [`LotteryCommitted::resume`].
    pub fn resume(
        transcript: &Transcript,
        registration: Registration,
        instance: Instance,
        progress: &Progress,
    ) -> Result<Self> {
        let (record, certificate) = (transcript.lottery.clone(), transcript.certificate.clone());
        let committed = (transcript.commit.clone(), transcript.order);
        let lottery = Lottery::rebuild(instance, record, certificate, committed)?;
        let committed = LotteryCommitted::resume(lottery, registration, progress)?;
        let published = committed.sources_in()?.draw()?.publish()?;
        if published.transcript != *transcript {
            let step = "pool, commitment and sources give another transcript";
            return Err(ErrorKind::Rejected(step.to_owned()).into());
        }
        Ok(published)
    }

    /// With the rounds of replacement of earlier runs, as the latest record has them.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`] when the record does not follow from this draw and the committed policy; [`ErrorKind::Input`] with `E-CEREMONY-PROGRESS` when it
    /// leaves out somebody who has left already.
    pub fn after(mut self, record: &ReplacementRecord) -> Result<Self> {
        let instance = self.draw.lottery().instance();
        audit::verify_replacements(record, &self.transcript, instance)?;
        if !record.dropouts.starts_with(&self.dropouts) {
            let found = "a record that leaves out who withdrew before";
            let expected = "one that starts with them";
            return Err(refused("E-CEREMONY-PROGRESS", found, expected));
        }
        self.dropouts.clone_from(&record.dropouts);
        Ok(self)
    }

    /// The content of `transcript.json`.
    #[must_use]
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// What a stranger finds, what could not be checked included.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What was drawn.
    #[must_use]
    pub fn draw(&self) -> &Draw {
        &self.draw
    }

    /// One round of replacement by the committed policy: those who withdrew before the draw, then those of earlier rounds, then these. The record holds them
    /// all; it only ever grows at its end.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-CEREMONY-POLICY` when no policy was committed, and as [`Alternates::replay`]: `E-DROPOUT-ORDER`
    /// for a day before the last one. Nothing is added then.
    pub fn replace(
        &mut self,
        dropouts: impl IntoIterator<Item = Dropout>,
    ) -> Result<ReplacementRecord> {
        let policy = self.policy()?;
        let all: Vec<Dropout> = self.dropouts.iter().cloned().chain(dropouts).collect();
        let instance = self.draw.lottery().instance();
        let alternates = Alternates::new(instance, self.draw.panel(), self.draw.alternates())?;
        let digest = self.transcript.digest.clone();
        let record = ReplacementRecord::new(&alternates, digest, policy, all.clone())?;
        self.dropouts = all;
        Ok(record)
    }

    fn policy(&self) -> Result<Policy> {
        let committed = self.transcript.commit.replacement.as_ref();
        let read = committed.and_then(|policy| {
            let mut read = Policy::new(policy.reserves.parse().ok()?);
            read.cut_off = policy.cut_off.clone();
            Some(read)
        });
        let expected = "a policy of replacement in the commitment";
        read.ok_or_else(|| refused("E-CEREMONY-POLICY", "none", expected))
    }

    /// The draw has to be repeated: starts again from the registration. The new commitment names this one, so that everybody sees that there were two draws.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CEREMONY-REASON` for a blank reason.
    pub fn repeat(self, instance: Instance, reason: &str) -> Result<Registered> {
        restart(self.draw.lottery(), self.registration, (instance, reason))
    }
}
