//! Members agree on the wording and vote.

use std::fmt::Write as _;

use kleroterion::Error;
use kleroterion::assembly::process::{Decision, Process, Recommendation, Vote, stage};

use crate::story::{Story, day, made_up};

/// Titles, and the made-up chance in a hundred that a member is in favour.
const IDEAS: [(&str, u64); 6] = [
    ("Skolegader uden biler om morgenen", 92),
    ("Hver tiende parkeringsplads bliver til træer", 90),
    ("Varelevering før kl. 11", 85),
    ("Flere handicappladser tæt på indgange", 95),
    ("Et stoppested højst 400 meter fra alle", 78),
    ("Betaling for at køre ind i byen", 45),
];
/// One member in so many votes for neither.
const NEITHER: u64 = 12;

pub(crate) fn run(
    story: &mut Story,
    process: Process<stage::Seated>,
) -> Result<Process<stage::Voted>, Error> {
    story.step("Wording and votes");
    let present = process
        .case()
        .meetings
        .last()
        .and_then(|one| one.present)
        .unwrap_or_default();
    let recommendation = |(at, (title, _)): (usize, &(&str, u64))| Recommendation {
        id: (at + 1).to_string(),
        title: (*title).to_owned(),
        ..Recommendation::default()
    };
    let ideas: Vec<Recommendation> = IDEAS.iter().enumerate().map(recommendation).collect();
    let process = process.agree_on(ideas, day("2026-05-30")?)?;
    story.say(format!(
        "Members agreed on the wording of {} recommendations, then voted in secret.",
        IDEAS.len()
    ));
    story.say(
        "A recommendation is adopted if at least two thirds of the members present are in favour.",
    );
    let mut table = String::from("id,title,present,in favour,against,neither,decision\n");
    let mut votes = Vec::new();
    for (at, (title, percent)) in IDEAS.iter().enumerate() {
        let vote = ballots(present, *percent, at);
        let word = match vote.decision {
            Some(Decision::Adopted) => "adopted",
            _ => "not adopted",
        };
        let (number, counts) = (at + 1, (vote.in_favour, vote.against, vote.neither));
        writeln!(
            table,
            "{number},{title},{present},{},{},{},{word}",
            counts.0, counts.1, counts.2
        )
        .expect("text grows");
        story.say(format!(
            "{number}  {} for, {} against, {} neither: {word}: {title}",
            counts.0, counts.1, counts.2
        ));
        votes.push((number.to_string(), vote));
    }
    story.keep(
        "votes.csv",
        table,
        "the counts; no ballot can be traced to a member",
    );
    process.close_ballots(votes, day("2026-05-30")?)
}

/// Made-up ballots; the decision follows the members' own rule.
fn ballots(present: u32, percent: u64, at: usize) -> Vote {
    let mut chance = made_up(&format!("ballot {at}"));
    let mut vote = Vote::default();
    for _ in 0..present {
        if chance.below(NEITHER) == 0 {
            vote.neither += 1;
        } else if chance.below(100) < percent {
            vote.in_favour += 1;
        } else {
            vote.against += 1;
        }
    }
    let is_adopted = 3 * vote.in_favour >= 2 * present;
    vote.decision = Some(if is_adopted {
        Decision::Adopted
    } else {
        Decision::NotAdopted
    });
    vote
}
