//! From population figures to quotas, fixed together with the register.

use kleroterion::assembly::process::{
    Criterion, Frame, Process, Recruitment, SeatQuota, Selection, stage,
};
use kleroterion::lottery::Digest;
use kleroterion::quota::Method;
use kleroterion::{Error, Quotas, io};

use crate::invitations::REGISTER;
use crate::story::{Story, day};

const SHARES: &str = include_str!("../data/shares.csv");
pub(crate) const SEATS: u32 = 36;
/// The day from which people are invited.
pub(crate) const OPENED: &str = "2026-02-02";

/// The process with quotas and register fixed, and the quotas as the file that goes into the lottery.
pub(crate) fn run(
    story: &mut Story,
    process: Process<stage::Governed>,
) -> Result<(Process<stage::Recruiting>, String), Error> {
    story.step("Quotas from population figures");
    let shares = io::shares("shares.csv (bundled)", SHARES)?;

    let found = shares.apportion(SEATS, Method::Range, &[])?;
    let table = io::quotas_csv(found.quotas())?;
    story.say(format!(
        "{} features and {} values; every share of {SEATS} seats, rounded down and up.",
        found.features.len(),
        found.quotas().iter().count()
    ));
    story.keep("quotas.csv", table.clone(), "the quotas");
    story.keep(
        "quotas-arithmetic.csv",
        io::arithmetic_csv(&found)?,
        "how they were worked out",
    );
    let recruitment = Recruitment {
        frame: Some(Frame::SampleOfAddresses),
        youngest: Some(18),
        channel: "letter".into(),
        seats: Some(SEATS),
        selection: Some(Selection::StratifiedLottery),
        method_published: "the city's website, with a transcript that anybody can verify".into(),
        drawn_by: "the secretariat, with dice in public".into(),
        frame_digest: Digest::plain(REGISTER).to_string(),
        criteria: criteria(found.quotas()),
        support: vec![
            "a fee for every meeting".into(),
            "travel and childcare".into(),
            "interpreters on request".into(),
        ],
        ..Recruitment::default()
    };
    story.say(format!(
        "The register is fixed by its SHA-256: {}",
        recruitment.frame_digest
    ));
    let process = process.fix(recruitment, day(OPENED)?)?;
    Ok((
        process,
        String::from_utf8_lossy(table.as_ref()).into_owned(),
    ))
}

fn criteria(quotas: &Quotas) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for quota in quotas.iter() {
        let seats = SeatQuota {
            value: quota.value.clone(),
            min: quota.min,
            max: quota.max,
            drawn: None,
        };
        match criteria.iter_mut().find(|one| one.feature == quota.feature) {
            Some(one) => one.quotas.push(seats),
            None => criteria.push(Criterion {
                feature: quota.feature.clone(),
                quotas: vec![seats],
            }),
        }
    }
    criteria
}
