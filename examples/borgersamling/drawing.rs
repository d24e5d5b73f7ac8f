//! From the pool of volunteers to the panel: lottery, commitment, draw, and a check by somebody else.

use kleroterion::assembly::process::{Process, stage};
use kleroterion::audit::{self, Transcript};
use kleroterion::lottery::{Lottery, Sources};
use kleroterion::{Error, Instance, Rule, io};

use crate::quotas::SEATS;
use crate::story::{Story, day};

const POOL: &str = include_str!("../data/pool.csv");
const ANNOUNCED: &str = "ten dice, thrown at the city hall on 28 February 2026";
pub(crate) const SOURCE: &str = "3 5 4 6 1 2 6 6 4 3";
pub(crate) const DRAWN: &str = "2026-02-28";
/// The day on which everybody had said yes.
pub(crate) const SEATED: &str = "2026-03-06";

/// What was drawn, and from what.
pub(crate) struct Drawn {
    pub(crate) instance: Instance,
    pub(crate) transcript: Transcript,
}

pub(crate) fn run(
    story: &mut Story,
    mut process: Process<stage::Recruiting>,
    quotas: &str,
) -> Result<(Process<stage::Seated>, Drawn), Error> {
    story.step("The draw");
    let instance = io::Files::bundled(
        ("quotas.csv of step 2", quotas),
        ("pool.csv (bundled)", POOL),
    )
    .read(SEATS)?;
    let volunteers = instance.pool().len();
    process.counted(None, u64::try_from(volunteers).ok());
    story.say(format!(
        "{volunteers} people volunteered for {SEATS} seats."
    ));
    let lottery = fairest(story, &instance)?;
    let transcript = draw(story, &lottery)?;
    let process = process.draw(&transcript.own_digest()?.to_string(), SEATS, day(DRAWN)?)?;
    let process = process.seat(SEATS, day(SEATED)?)?;
    story.say(format!("All {SEATS} confirmed."));
    Ok((
        process,
        Drawn {
            instance,
            transcript,
        },
    ))
}

/// The fairest lottery, with what is published before the dice are thrown.
fn fairest(story: &mut Story, instance: &Instance) -> Result<Lottery, Error> {
    let lottery = Rule::Leximin
        .distribution(instance)?
        .into_lottery()
        .announce([ANNOUNCED])?;
    let chances = lottery.probabilities().into_iter();
    let lowest = chances
        .map(|(_, chance)| chance.to_f64())
        .fold(1.0, f64::min);
    story.say(format!(
        "The fairest lottery: nobody's chance can be raised without lowering a smaller one. The lowest is {:.2} %.",
        100.0 * lowest
    ));
    let commitment = format!("{}\n", lottery.commitment());
    story.keep(
        "commitment.txt",
        commitment,
        "published before the dice are thrown",
    );
    story.keep(
        "commit.json",
        lottery.commit().to_json()?,
        "what it stands for",
    );
    story.keep(
        "lottery.json",
        lottery.record().to_json()?,
        "every panel that can come out",
    );
    Ok(lottery)
}

/// The draw by the dice, checked.
fn draw(story: &mut Story, lottery: &Lottery) -> Result<Transcript, Error> {
    story.say(format!("Then, in public: {ANNOUNCED}: {SOURCE}"));
    let draw = lottery.draw(&Sources::new([SOURCE])?)?;
    let (instance, transcript) = (lottery.instance(), draw.transcript());
    let report = audit::verify(&transcript, instance)?;
    story.keep(
        "transcript.json",
        transcript.to_json()?,
        "the whole record, for anybody to check",
    );
    let verdict = format!("{report}\n");
    story.keep(
        "verified.txt",
        verdict,
        "what the checker says, which has no solver in it",
    );
    let members = io::selected_csv(instance, draw.panel())?.bytes;
    story.keep(
        "members.csv",
        members,
        "the panel with all columns; never publish",
    );
    let alternates = io::alternates_csv(instance, draw.alternates())?.bytes;
    story.keep(
        "alternates.csv",
        alternates,
        "who is asked to step in, in order; never publish",
    );
    Ok(transcript)
}
