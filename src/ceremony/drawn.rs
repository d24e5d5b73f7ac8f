//! The draw, its publication, and the rounds of replacement after it.

use super::lottery::restart;
use super::pool::Registered;
use super::refused;
use crate::assembly::{Alternates, Dropout, Policy, ReplacementRecord};
use crate::audit::{self, Report};
use crate::error::Result;
use crate::instance::Instance;
use crate::lottery::{Draw, Registration, Transcript};

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
    /// None that a registration made here can cause.
    pub fn repeat(self, instance: Instance, reason: &str) -> Result<Registered> {
        restart(self.draw.lottery(), self.registration, (instance, reason))
    }
}
