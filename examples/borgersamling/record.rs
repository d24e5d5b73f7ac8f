//! The sheet of the process: what it says, what it does not, and how others can use it.

use kleroterion::Error;
use kleroterion::assembly::process::{
    Case, Language, Level, Model, Place, Privacy, Process, findings, stage,
};

use crate::story::{Story, day};

pub(crate) fn run(story: &mut Story, process: Process<stage::FollowUp>) -> Result<(), Error> {
    story.step("The record");
    let case = sheet(process.into_case())?;
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
        case.sheet(Language::Danish),
        "the same in Danish",
    );
    story.keep("case.toml", case.to_toml()?, "the sheet to go on with");
    story.keep("case.json", case.to_json()?, "the same for programs");
    story.keep(
        "meetings.ics",
        case.calendar(day("2026-03-06")?),
        "the meetings, for members' calendars",
    );
    story.keep(
        "participedia.json",
        case.participedia(),
        "an entry for the public catalogue, to be completed there",
    );
    Ok(())
}

/// Adds what the road does not ask for.
fn sheet(case: Case) -> Result<Case, Error> {
    let mut case = Case {
        summary: "A demonstration on bundled data: nobody in it exists.".into(),
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
            kept:
                "counts, the transcript and the list of replacements, which hold no person's values"
                    .into(),
            ..Privacy::default()
        }),
        ..case
    };
    if let Some(outcome) = &mut case.outcome {
        outcome.published = "the city's website".into();
    }
    Ok(case)
}
