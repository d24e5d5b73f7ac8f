//! All parts played on bundled data.

use kleroterion::lottery::{Lottery, Sources};
use kleroterion::pool_commitment::{Detection, Openings, Receipt, Salts, SpotCheck};
use kleroterion::privacy::{Anonymity, SecretKey};
use kleroterion::{Error, Instance, Ratio, Rule, audit, io};

use crate::{Arguments, story};

const BUNDLED_QUOTAS: &str = include_str!("../data/quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");
const BUNDLED_SIZE: u32 = 36;
const BUNDLED_SOURCE: &str = "bundled demonstration source: 3 5 4 6 1 2 6 6 4 3";
/// Of the pool, so many in a hundred are made up in the worst case that the spot check is for.
const GHOSTS_PERCENT: u64 = 10;
/// Everybody can read this key, so it hides nothing: a real one is 32 random bytes that nobody else has.
const BUNDLED_KEY: &[u8] = b"a demonstration key that everybody knows";

/// Commits, draws, gives out one receipt, checks it, and changes it.
pub(crate) fn play(arguments: &Arguments) -> Result<(), Error> {
    println!(
        "Demonstration on a bundled pool. Nobody in it exists, and its secret key is public.\n"
    );
    let instance = io::Files::bundled(
        ("bundled quotas.csv", BUNDLED_QUOTAS),
        ("bundled pool.csv", BUNDLED_POOL),
    )
    .read(BUNDLED_SIZE)?;
    let key = SecretKey::new(BUNDLED_KEY)?;
    let openings = Openings::seal(&instance, &[], Salts::from_key(&key))?;
    println!("1. The organiser commits to the pool and publishes its root:");
    println!("   {}\n", openings.root().merkle_root);
    let lottery = Rule::Leximin.distribution(&instance)?.into_lottery();
    let lottery = lottery.commit_pool(&openings.root())?;
    let draw = lottery.draw(&Sources::new([BUNDLED_SOURCE])?)?;
    let id = arguments.id.as_deref().unwrap_or(&draw.panel()[0]);
    let receipt = openings.receipt(id, &arguments.screen())?;
    let receipt = receipt.of_commitment(lottery.commitment());
    let transcript = draw.transcript();

    println!("2. Everybody gets a receipt. This one is checked after the draw:\n");
    let report = audit::verify_receipt(&receipt, &transcript)?;
    story::print(&receipt, &report);
    println!("\n3. The same receipt, after somebody changed one value in it:\n");
    let changed = changed(&receipt)?;
    story::print(&changed, &audit::examine_receipt(&changed, &transcript));
    println!("\n4. An auditor meets people whom nobody chose:");
    spot_check(&openings, &instance)?;
    println!("\n5. If the panel's values were opened to everybody:");
    opened(arguments, (&openings, &instance), draw.panel())?;
    write(
        arguments,
        (&lottery, &openings),
        &receipt,
        &transcript.to_json()?,
    )
}

/// A receipt with a value that is not the member's.
fn changed(receipt: &Receipt) -> Result<Receipt, Error> {
    let json = String::from_utf8_lossy(&receipt.to_json()?).into_owned();
    let value = |receipt: &Receipt| {
        receipt
            .person
            .fields
            .last()
            .and_then(|f| f.value().map(str::to_owned))
    };
    let own = format!("\"value\":\"{}\"", value(receipt).unwrap_or_default());
    let json = match json.rfind(&own) {
        Some(at) => format!("{}\"value\":\"x\"{}", &json[..at], &json[at + own.len()..]),
        None => json,
    };
    io::json::receipt(json.as_bytes(), "the changed receipt")
}

fn spot_check(openings: &Openings, instance: &Instance) -> Result<(), Error> {
    let people = openings.root().size;
    let ghosts = people * GHOSTS_PERCENT / 100;
    let count = Detection::needed(people, ghosts, Ratio::new(95, 100))?;
    let chance = Detection::new(people, ghosts, count)?.decimal(3);
    let check = SpotCheck::choose(&openings.root(), count, &Sources::new([BUNDLED_SOURCE])?)?;
    let ids: Vec<&str> = check
        .indices
        .iter()
        .map(|at| instance.person(*at as u32).id())
        .collect();
    println!(
        "   if {ghosts} of the {people} people were made up, meeting {count} of them would find at least one with the chance {chance}.\n   \
         Root and source choose: {}",
        ids.join(" ")
    );
    Ok(())
}

/// Shows how many members would be recognised.
fn opened(
    arguments: &Arguments,
    (openings, instance): (&Openings, &Instance),
    panel: &[String],
) -> Result<(), Error> {
    const ALIKE: usize = 5;
    let opened = openings.panel(instance, panel, &arguments.screen())?;
    let rare = Anonymity::of(instance).below(ALIKE);
    println!(
        "   {} members and their values for {} features would be public, and everybody could count the quotas. But of the {} people in the pool {rare} have values\n   \
         that fewer than {ALIKE} people have: whoever knows them could recognise them.",
        opened.people.len(),
        instance.features().len(),
        instance.len()
    );
    Ok(())
}

fn write(
    arguments: &Arguments,
    (lottery, openings): (&Lottery, &Openings),
    receipt: &Receipt,
    transcript: &[u8],
) -> Result<(), Error> {
    let out = &arguments.out;
    io::Batch::new(out)
        .file("commit.json", lottery.commit().to_json()?)
        .file("commitment.txt", format!("{}\n", lottery.commitment()))
        .file("transcript.json", transcript)
        .file("openings.json", openings.to_json()?)
        .file("receipt.json", receipt.to_json()?)
        .write()?;
    let folder = out.display();
    println!(
        "\nWritten to {folder}: commit.json, commitment.txt, transcript.json (public), receipt.json (for {} alone), openings.json (for the auditor alone)\n\
         Check it again: receipt --receipt {folder}/receipt.json --commit {folder}/commit.json --transcript {folder}/transcript.json",
        receipt.person.id
    );
    Ok(())
}
