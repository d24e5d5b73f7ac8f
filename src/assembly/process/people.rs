//! How members were found, and how many stayed.

use super::section::{choice, section};
use crate::assembly::Day;

choice! {
    /// Who could be invited.
    Frame {
        /// A sample of people from a population register.
        SampleOfPeople,
        /// A sample of addresses; the chance of a person depends on the household.
        SampleOfAddresses,
        /// Everybody was invited: there was no first lottery.
        OpenToAll,
    }
}

choice! {
    /// How the members were chosen among those who could have been.
    Selection {
        /// By lot, so that the panel meets quotas.
        StratifiedLottery,
        /// By lot without quotas.
        SimpleLottery,
        /// Recruited by an agency until quotas were met.
        QuotaRecruitment,
        /// Whoever came.
        SelfSelection,
        /// Named by somebody.
        Appointment,
    }
}

section! {
    /// How the members were found.
    Recruitment {
        /// Who could be invited.
        frame: Option<Frame>,
        /// How many were invited.
        invited: Option<u64>,
        /// The least age.
        youngest: Option<u32>,
        /// How the invitation came.
        channel: String,
        /// The day on which invitations went out.
        opened: Option<Day>,
        /// How many were willing.
        volunteers: Option<u64>,
        /// Seats.
        seats: Option<u32>,
        /// Alternates chosen at the same time.
        alternates: Option<u32>,
        /// How members were chosen.
        selection: Option<Selection>,
        /// Where the method of selection can be read.
        method_published: String,
        /// Who drew.
        drawn_by: String,
        /// The day of the draw.
        drawn: Option<Day>,
        /// The digest of the register or pool that was fixed before the draw.
        frame_digest: String,
        /// The digest of the draw's public record.
        record_digest: String,
        /// What the panel had to look like.
        criteria: Vec<Criterion>,
        /// What made taking part possible: pay, travel, childcare, interpreters, equipment.
        support: Vec<String>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// One feature by which the panel mirrors the population; without quotas when only the feature is known.
    Criterion {
        /// The feature.
        feature: String,
        /// Its quotas.
        quotas: Vec<SeatQuota>,
    }
}

section! {
    /// Seats of one value.
    SeatQuota {
        /// The value.
        value: String,
        /// Fewest seats.
        min: u32,
        /// Most seats.
        max: u32,
        /// Seats at the draw.
        drawn: Option<u32>,
    }
}

section! {
    /// How many members there were, and how many left. Counts only, never a person.
    Membership {
        /// Members selected.
        selected: Option<u32>,
        /// Members who came to the first meeting.
        started: Option<u32>,
        /// Members who stayed to the end.
        completed: Option<u32>,
        /// Members who were replaced, in all.
        replaced: Option<u32>,
        /// Those of them who never attended.
        never_attended: Option<u32>,
        /// The same period by period.
        replacements: Vec<Turnover>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// Members replaced in one period.
    Turnover {
        /// The period.
        period: String,
        /// How many.
        people: u32,
    }
}

/// The quotas of an instance as the criteria of a sheet, with the seats that a panel has in each.
///
/// ```
/// use kleroterion::{Instance, Pool, Quotas, assembly::process::criteria_of};
/// let quotas = Quotas::builder().feature("sex").value("woman", 1..=1).value("man", 0..=1).build()?;
/// let pool = Pool::builder().person("a", [("sex", "woman")]).person("b", [("sex", "man")]).build()?;
/// let criteria = criteria_of(&Instance::new(pool, quotas, 1)?, &["a"]);
/// let woman = &criteria[0].quotas[1]; // values in canonical order
/// assert_eq!((woman.value.as_str(), woman.min, woman.drawn), ("woman", 1, Some(1)));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// Small counts can tell who somebody is: leave `drawn` out of a sheet that is published where a value has few seats. Ids that are not in the pool count nowhere. O(panel × features).
#[must_use]
pub fn criteria_of<S: AsRef<str>>(instance: &crate::Instance, panel: &[S]) -> Vec<Criterion> {
    let seats = instance.people_per_quota(panel.iter().filter_map(|id| instance.find(id.as_ref())));
    let mut criteria: Vec<Criterion> = Vec::new();
    for (quota, drawn) in instance.quotas().iter().zip(seats) {
        let seats = SeatQuota {
            value: quota.value.clone(),
            min: quota.min,
            max: quota.max,
            drawn: Some(drawn),
        };
        match criteria
            .iter_mut()
            .find(|known| known.feature == quota.feature)
        {
            Some(known) => known.quotas.push(seats),
            None => criteria.push(Criterion {
                feature: quota.feature.clone(),
                quotas: vec![seats],
            }),
        }
    }
    criteria
}
