//! The council asks a question and promises to answer; somebody at arm's length runs the process.

use kleroterion::Error;
use kleroterion::assembly::process::{Body, Commitment, Governance, Process, Remit, stage};

use crate::story::{Story, day};

pub(crate) const TITLE: &str = "Citizens' assembly on the city's streets";
/// Days after the handover within which the council answers.
const ANSWER_WITHIN: u32 = 90;

pub(crate) fn run(story: &mut Story) -> Result<Process<stage::Governed>, Error> {
    story.step("The council asks");
    let remit = Remit {
        question: "Hvordan skal vi bruge byens gader, når der bliver færre biler?".into(),
        language: "da".into(),
        set_by: "the city council".into(),
        out_of_scope: "the metro and the ring road".into(),
        ..Remit::default()
    };
    let promise = Commitment {
        by: "the city council".into(),
        text: "To answer every recommendation in public, with reasons".into(),
        answer_within_days: Some(ANSWER_WITHIN),
        ..Commitment::default()
    };
    story.say(format!("Core question: {}", remit.question));
    story.say("(How shall we use the city's streets when there are fewer cars?)");
    story.say(format!(
        "Promise: every recommendation is answered within {ANSWER_WITHIN} days of the handover."
    ));
    let process = Process::commission(TITLE, (remit, promise), day("2026-01-12")?)?;
    let body = |name: &str, role: &str| Body {
        name: name.into(),
        role: role.into(),
    };
    let governance = Governance {
        commissioner: "the city council".into(),
        funder: "the city".into(),
        secretariat: "a secretariat outside the city's administration".into(),
        bodies: vec![body(
            "Advisory group",
            "researchers and organisations; watches over the balance of what members hear",
        )],
        announced: Some(day("2026-01-26")?),
        published: "the city's website".into(),
        ..Governance::default()
    };
    story.say(
        "The secretariat is outside the administration, so that nobody judges in their own cause.",
    );
    process.govern(governance, day("2026-01-26")?)
}
