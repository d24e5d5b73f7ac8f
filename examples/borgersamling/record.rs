//! The sheet of the process: what it says, what it does not, and how others can use it.

use std::collections::BTreeMap;

use kleroterion::Error;
use kleroterion::assembly::process::{
    Case, Language, Level, Membership, Model, Place, Privacy, Process, Turnover, findings, stage,
};
use kleroterion::assembly::roster::{Attended, State};

use crate::ledger::Ledger;
use crate::story::{Story, day};
use crate::words;

/// The core question stands in the sheet word for word, in Danish.
const SUMMARY: &str = "How shall we use the city's streets when there are fewer cars? A demonstration on bundled data: nobody in it exists.";

pub(crate) fn run(
    story: &mut Story,
    process: Process<stage::FollowUp>,
    ledger: &Ledger,
) -> Result<(), Error> {
    story.step("The record");
    ledger.publish(story)?;
    let case = sheet(process.into_case(), ledger)?;
    let found = findings(&case);
    let lines: String = found.iter().map(|one| format!("{one}\n")).collect();
    story.say("What the record shows to be missing, to fall short or not to add up; no score:");
    for finding in &found {
        story.say(format!("- {finding}"));
    }
    let lines = if lines.is_empty() {
        "none\n".to_owned()
    } else {
        lines
    };
    let danish = words::in_danish(&case)?;
    story.keep(
        "findings.txt",
        lines,
        "what is missing, falls short or does not add up",
    );
    story.keep(
        "case-sheet.md",
        case.sheet(Language::English),
        "the whole process on a page, in English",
    );
    story.keep(
        "sagsark.md",
        danish.sheet(Language::Danish),
        "the same in Danish",
    );
    story.keep(
        "case.toml",
        danish.to_toml()?,
        "the sheet to go on with, in Danish",
    );
    story.keep("case.json", danish.to_json()?, "the same for programs");
    story.keep(
        "meetings.ics",
        danish.calendar(day("2026-03-06")?),
        "the meetings, for members' calendars, in Danish",
    );
    story.keep(
        "participedia.json",
        case.participedia(),
        "an entry for the public catalogue, to be completed there",
    );
    Ok(())
}

/// Adds what the road does not ask for.
fn sheet(case: Case, ledger: &Ledger) -> Result<Case, Error> {
    let mut case = Case {
        summary: SUMMARY.into(),
        topic: "streets and traffic".into(),
        model: Some(Model::CitizensAssembly),
        as_of: Some(day("2027-03-01")?),
        place: Some(Place {
            name: "a made-up city".into(),
            country: "Denmark".into(),
            level: Some(Level::Local),
        }),
        privacy: Some(Privacy {
            erase_by: Some(day("2027-06-11")?),
            kept: "counts, the transcript, the list of replacements and the ledger, which hold no person's values"
                .into(),
            ..Privacy::default()
        }),
        membership: Some(membership(case.membership, ledger)),
        ..case
    };
    if let Some(outcome) = &mut case.outcome {
        outcome.published = "the city's website".into();
    }
    Ok(case)
}

/// The counts of the ledger.
fn membership(counts: Option<Membership>, ledger: &Ledger) -> Membership {
    let roster = &ledger.roster;
    let small = |n: usize| u32::try_from(n).ok();
    let replaced = roster.replacements();
    let never = replaced
        .iter()
        .filter(|one| one.had_attended == Attended::Never);
    let mut periods: BTreeMap<u32, u32> = BTreeMap::new();
    for one in &replaced {
        *periods.entry(one.after_meetings).or_default() += 1;
    }
    let period = |(after, people): (u32, u32)| Turnover {
        period: match after {
            0 => "before the first meeting".to_owned(),
            1 => "after 1 meeting".to_owned(),
            n => format!("after {n} meetings"),
        },
        people,
    };
    // Whoever was replaced is in none of these numbers, whoever came for them is.
    let gone = replaced.len() - never.clone().count();
    Membership {
        started: small(roster.count_ever(State::Seated) - gone),
        completed: small(roster.count(State::Completed)),
        replaced: small(replaced.len()),
        never_attended: small(never.count()),
        replacements: periods.into_iter().map(period).collect(),
        ..counts.unwrap_or_default()
    }
}
