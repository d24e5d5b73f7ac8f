//! Who gets a letter, drawn by a public source.

use kleroterion::Error;
use kleroterion::io::FrameFile;
use kleroterion::lottery::Sources;
use kleroterion::recruitment::Design;

use crate::story::Story;

pub(crate) const REGISTER: &[u8] = include_bytes!("../data/register.csv");
const LETTERS: u64 = 200;
const SOURCE: &str = "demonstration, dice of the invitations: 2 6 1 5 5 3 4 1";

pub(crate) fn run(story: &mut Story) -> Result<(), Error> {
    story.step("Letters");
    let sources = Sources::new([SOURCE])?;
    let file = FrameFile::bundled("register.csv", REGISTER)
        .strata_columns(["residence"])
        .address_columns(["street", "number"]);
    let mailing = file.draw(Design::new(LETTERS), &sources)?;
    story.say(format!(
        "{LETTERS} letters among {} residents, at most one to an address, spread over the city's parts.",
        mailing.invitation().people()
    ));
    story.say(format!("What decided: {SOURCE}"));
    story.say("The bundled register is a small part of the city; the volunteers of the next step come from all of it.");
    story.keep(
        "invited.csv",
        mailing.table()?.bytes,
        "the list for those who send the letters; never publish",
    );
    story.keep(
        "invitation-record.json",
        mailing.record(&sources).to_json()?,
        "how it was drawn, without a person in it",
    );
    Ok(())
}
