//! From the commission to the confirmed members.

use super::{Process, empty, present, same_count, stage};
use crate::assembly::process::case::{Case, Commitment, Governance, Remit};
use crate::assembly::process::check::seats_fit;
use crate::assembly::process::people::{Membership, Recruitment};
use crate::assembly::process::stages::What;
use crate::assembly::{Day, input};
use crate::error::Result;

impl Process<stage::Commissioned> {
    /// Begins with the task and the promise to answer. The promise is dated to this day if it has no day.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no title, no question, nobody who promises.
    pub fn commission(
        title: &str,
        (remit, commitment): (Remit, Commitment),
        day: Day,
    ) -> Result<Self> {
        present(&[
            (title, "a title"),
            (&remit.question, "the question of the remit"),
            (&commitment.by, "who promises to answer"),
        ])?;
        let commitment = Commitment {
            day: commitment.day.or(Some(day)),
            ..commitment
        };
        let case = Case {
            title: title.to_owned(),
            remit: Some(remit),
            commitment: Some(commitment),
            ..Case::default()
        };
        Self::new(case).enter(What::Commissioned, day)
    }

    /// Settles who runs the process.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no commissioner, no secretariat. `E-PROCESS-ORDER`: a day before the commission.
    pub fn govern(mut self, governance: Governance, day: Day) -> Result<Process<stage::Governed>> {
        present(&[
            (&governance.commissioner, "the commissioner"),
            (&governance.secretariat, "the secretariat"),
        ])?;
        self.case.governance = Some(governance);
        self.enter(What::Governed, day)
    }
}

impl Process<stage::Governed> {
    /// Fixes quotas and register. From here on both are public by digest, and the draw can only follow them.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no seats, no digest of the register or pool. `E-PROCESS-QUOTA`: no quotas, or quotas of a feature that cannot add up to the
    /// seats. `E-PROCESS-ORDER`: the promise to answer is of a later day, or this day is before the last step.
    pub fn fix(mut self, recruitment: Recruitment, day: Day) -> Result<Process<stage::Recruiting>> {
        present(&[(&recruitment.frame_digest, "the digest of register or pool")])?;
        let Some(seats) = recruitment.seats.filter(|seats| *seats > 0) else {
            return Err(empty("the number of seats"));
        };
        let criteria = &recruitment.criteria;
        if criteria.is_empty() || !criteria.iter().all(|one| seats_fit(one, seats)) {
            let expected = format!("quotas of every feature that can add up to {seats} seats");
            return Err(input(
                "E-PROCESS-QUOTA",
                format!("{} features", criteria.len()),
                &expected,
            ));
        }
        let promised = self
            .case
            .commitment
            .as_ref()
            .and_then(|promise| promise.day);
        if let Some(late) = promised.filter(|promised| *promised > day) {
            let found = format!("a promise to answer of {late}");
            return Err(input(
                "E-PROCESS-ORDER",
                found,
                &format!("one recorded before recruitment, which begins on {day}"),
            ));
        }
        self.case.recruitment = Some(Recruitment {
            opened: recruitment.opened.or(Some(day)),
            ..recruitment
        });
        self.enter(What::Recruiting, day)
    }
}

impl Process<stage::Recruiting> {
    /// How many people were invited and how many were willing.
    pub fn counted(&mut self, invited: Option<u64>, volunteers: Option<u64>) {
        if let Some(recruitment) = &mut self.case.recruitment {
            recruitment.invited = invited.or(recruitment.invited);
            recruitment.volunteers = volunteers.or(recruitment.volunteers);
        }
    }

    /// Records the draw with the digest of its public record.
    ///
    /// # Errors
    /// `E-PROCESS-EMPTY`: no digest. `E-PROCESS-COUNT`: not as many members as seats. `E-PROCESS-ORDER`.
    pub fn draw(
        mut self,
        record_digest: &str,
        members: u32,
        day: Day,
    ) -> Result<Process<stage::Drawn>> {
        present(&[(record_digest, "the digest of the draw's record")])?;
        let recruitment = self.case.recruitment.get_or_insert_default();
        same_count(
            "members drawn",
            members,
            recruitment.seats.unwrap_or_default(),
        )?;
        recruitment.record_digest = record_digest.to_owned();
        recruitment.drawn = Some(day);
        self.case.membership = Some(Membership {
            selected: Some(members),
            ..Membership::default()
        });
        self.enter(What::Drawn, day)
    }
}

impl Process<stage::Drawn> {
    /// Members have confirmed, alternates included who stepped in for those who did not.
    ///
    /// # Errors
    /// `E-PROCESS-COUNT`: more members than were selected, or none. `E-PROCESS-ORDER`.
    pub fn seat(self, confirmed: u32, day: Day) -> Result<Process<stage::Seated>> {
        let selected = self
            .case
            .membership
            .as_ref()
            .and_then(|counts| counts.selected);
        if !(1..=selected.unwrap_or_default()).contains(&confirmed) {
            let expected = format!("1 to {} members", selected.unwrap_or_default());
            return Err(input(
                "E-PROCESS-COUNT",
                format!("{confirmed} confirmed"),
                &expected,
            ));
        }
        self.enter(What::Seated, day)
    }
}
