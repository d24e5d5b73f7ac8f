//! The steps, each with the files that are published at that moment.

use std::fmt::Write as _;
use std::path::Path;

use kleroterion::assembly::{Outcome, ReplacementRecord};
use kleroterion::audit::{self, canonical};
use kleroterion::ceremony::{
    DisputesClosed, LotteryCommitted, PoolCommitted, Published, Registered, SourcesIn,
};
use kleroterion::lottery::Lottery;
use kleroterion::pool_commitment::{Openings, Salts, SpotCheck};
use kleroterion::privacy::{Anonymity, Screen};
use kleroterion::{Error, ErrorKind, Rule, io};

use crate::{Arguments, script};

fn folder(arguments: &Arguments, name: &str) -> io::Batch {
    io::Batch::new(arguments.out.join(name))
}

fn written(out: &Path, folder: &str, files: &str) {
    println!("   Publish: {} ({files})\n", out.join(folder).display());
}

/// The pool is sealed, so that every member can check their own entry and sees no other.
pub(crate) fn openings() -> Result<Openings, Error> {
    let key = script::salt_key()?;
    Openings::seal(&script::instance()?, &[], Salts::from_key(&key))
}

/// People have registered; the pool is fixed, and members look for themselves.
pub(crate) fn pool(arguments: &Arguments, openings: &Openings) -> Result<DisputesClosed, Error> {
    let root = openings.root();
    let registered = Registered::new(script::instance()?, "leximin")
        .assembly("Demonstration")
        .root(root.merkle_root.to_string(), root.hash);
    let pool: PoolCommitted = registered.commit_pool(script::DISPUTES_UNTIL)?;
    let registration = pool.registration();
    let commitment = pool.commitment()?;
    folder(arguments, "1-pool")
        .file("registration.json", registration.to_json()?)
        .file("commitment.txt", format!("{commitment}\n"))
        .write()?;
    let (people, seats) = (registration.pool.size, registration.panel_size);
    println!(
        "1. The pool: {people} people for {seats} seats. Who finds a mistake says so before disputes are closed."
    );
    println!("   Commitment {commitment}");
    let files = "registration.json, commitment.txt";
    written(&arguments.out, "1-pool", files);
    receipts(arguments, openings)?;
    looked_at(arguments, openings)?;
    let closed = pool.close_disputes(script::DISPUTES_UNTIL)?;
    println!("2. Disputes are closed. From now on nobody joins or leaves the lottery.");
    let dice = script::stage_one()?;
    let thrown: Vec<&str> = dice.sources().iter().collect();
    println!(
        "   Eight dice are thrown in public: {}. They will shuffle the labels of the tickets.\n",
        thrown.join(", ")
    );
    Ok(closed)
}

/// What is for one person or for the auditor, and for nobody else.
fn receipts(arguments: &Arguments, openings: &Openings) -> Result<(), Error> {
    let id = &openings.people[0].id;
    let receipt = openings.receipt(id, &Screen::strict())?;
    folder(arguments, "1-private")
        .file("openings.json", openings.to_json()?)
        .file("receipt.json", receipt.to_json()?)
        .write()?;
    println!(
        "   Every member gets a receipt: their own values, and the way to the published root."
    );
    println!(
        "   Never publish: {} (receipt.json for {id} alone, openings.json for the auditor alone)\n",
        arguments.out.join("1-private").display()
    );
    Ok(())
}

/// Whom the auditor meets, chosen by dice thrown after the root was published.
fn looked_at(arguments: &Arguments, openings: &Openings) -> Result<(), Error> {
    let (count, sources) = script::spot_check()?;
    let check = SpotCheck::choose(&openings.root(), count, &sources)?;
    folder(arguments, "1-spot-check")
        .file("spot-check.json", check.to_json()?)
        .write()?;
    let thrown: Vec<&str> = sources.iter().collect();
    println!(
        "   Ten dice are thrown in public: {}. They choose {count} people whom the auditor meets, to see that they exist.",
        thrown.join(", ")
    );
    written(&arguments.out, "1-spot-check", "spot-check.json");
    Ok(())
}

/// The lottery is worked out, committed and published with its proof.
pub(crate) fn lottery(
    arguments: &Arguments,
    closed: DisputesClosed,
) -> Result<LotteryCommitted, Error> {
    let tickets = arguments.tickets;
    let list = Rule::Leximin
        .distribution(closed.instance())?
        .panel_list(tickets)?;
    let committed = closed.commit_lottery(list, script::terms(tickets)?)?;
    let lottery = committed.lottery();
    folder(arguments, "2-lottery")
        .file("lottery.json", lottery.record().to_json()?)
        .file(
            "certificate.json",
            canonical::to_bytes(lottery.certificate())?,
        )
        .file("commit.json", committed.commit().to_json()?)
        .file("commitment.txt", format!("{}\n", committed.commitment()))
        .file("labels.csv", labels(lottery))
        .write()?;
    println!(
        "3. The lottery: {tickets} equally likely tickets, the chances as equal as the quotas allow, with a proof."
    );
    println!(
        "   The sources are promised: first numbered balls, ten minutes later a round of a beacon, with a fallback if it is missing."
    );
    println!("   Commitment {}", committed.commitment());
    written(
        &arguments.out,
        "2-lottery",
        "lottery.json, certificate.json, commit.json, commitment.txt, labels.csv",
    );
    Ok(committed)
}

/// Which panel of `lottery.json`, from 0, each label stands for.
fn labels(lottery: &Lottery) -> String {
    let mut panel_of = Vec::new();
    for (panel, &weight) in lottery.record().weights().iter().enumerate() {
        panel_of.extend((0..weight).map(|_| panel));
    }
    let mut table = "label,panel\n".to_owned();
    for (label, ticket) in lottery.labels().unwrap_or_default().iter().enumerate() {
        let _ = writeln!(table, "{label},{}", panel_of[*ticket as usize]);
    }
    table
}

/// Somebody withdraws; the sources come, each in its turn.
pub(crate) fn sources(
    arguments: &Arguments,
    mut committed: LotteryCommitted,
) -> Result<SourcesIn, Error> {
    let dropout = script::withdrawal(committed.lottery().instance());
    println!(
        "4. {} withdraws. The lottery is committed, so they stay in it; if drawn, the committed policy replaces them.\n",
        dropout.id
    );
    committed.withdraw(dropout)?;
    let text = script::ball(arguments.tickets, arguments.balls)?;
    println!("5. The balls are drawn: {text}");
    committed.source(text)?;
    let (round, text) = script::beacon(arguments.missing_beacon)?;
    if arguments.missing_beacon {
        println!(
            "   The beacon's round does not appear before the deadline: the committed fallback counts, and nothing else."
        );
    }
    println!(
        "   The beacon's round {} is there: {}...",
        round.number(),
        &text[..40]
    );
    committed.source(text)?;
    // A real ceremony writes this after every withdrawal and every source, and goes on from it the next day.
    let progress = committed.progress();
    folder(arguments, "3-sources")
        .file("progress.json", progress.to_json()?)
        .write()?;
    written(&arguments.out, "3-sources", "progress.json");
    committed.sources_in()
}

/// The draw follows from what is public.
pub(crate) fn draw(
    arguments: &Arguments,
    (sources, openings): (SourcesIn, &Openings),
) -> Result<Published, Error> {
    let drawn = sources.draw()?;
    println!(
        "6. The draw: ticket {} of {}, {} people.",
        drawn.draw().ticket(),
        arguments.tickets,
        drawn.draw().panel().len()
    );
    let published = drawn.publish()?;
    let instance = published.draw().lottery().instance();
    let panel = published.draw().panel();
    let opened = openings.panel(instance, panel, &Screen::strict())?;
    folder(arguments, "4-draw")
        .file("transcript.json", published.transcript().to_json()?)
        .file("panel-openings.json", opened.to_json()?)
        .write()?;
    println!(
        "   The values of the panel are opened, so that everybody can count the quotas. {} people of the pool have values that fewer than 5 have:",
        Anonymity::of(instance).below(5)
    );
    println!(
        "   whoever knows such a member recognises them. Leave panel-openings.json away if that is too much."
    );
    let files = "transcript.json, panel-openings.json";
    written(&arguments.out, "4-draw", files);
    println!("7. What anyone finds who may see the pool:");
    for line in published.report().to_string().lines() {
        let short: String = line.chars().take(150).collect();
        println!("   {short}{}", if short == line { "" } else { "..." });
    }
    println!(
        "   Registration and draw were played in one run, so the order of events is not proven. A real ceremony takes days.\n"
    );
    Ok(published)
}

/// Members leave, and others step in.
pub(crate) fn replacements(arguments: &Arguments, mut published: Published) -> Result<(), Error> {
    let first = published.replace([])?;
    let leaving = script::dropouts(&first.panel);
    let record = published.replace(leaving)?;
    let instance = published.draw().lottery().instance();
    let report = audit::examine_replacements(&record, published.transcript(), instance);
    if !report.holds() {
        return Err(ErrorKind::Rejected(report.to_string()).into());
    }
    folder(arguments, "5-replacements")
        .file("replacements.json", record.to_json()?)
        .write()?;
    println!(
        "8. Replacements by the committed policy ({}):",
        record.policy.reserves
    );
    told(&record);
    written(&arguments.out, "5-replacements", "replacements.json");
    commands(&arguments.out);
    Ok(())
}

/// How a stranger, and how a member, checks all of this.
fn commands(out: &Path) {
    let at = |name: &str| out.join(name).display().to_string();
    println!("Check it yourself:");
    println!(
        "  verify {} --pool examples/data/pool.csv --quotas examples/data/quotas.csv \\\n    --registration {} --spot-check {} \\\n    --panel-openings {} --replacements {}",
        at("4-draw/transcript.json"),
        at("1-pool/registration.json"),
        at("1-spot-check/spot-check.json"),
        at("4-draw/panel-openings.json"),
        at("5-replacements/replacements.json")
    );
    println!(
        "  receipt --receipt {} --commit {} --transcript {}",
        at("1-private/receipt.json"),
        at("2-lottery/commit.json"),
        at("4-draw/transcript.json")
    );
}

fn told(record: &ReplacementRecord) {
    for (dropout, outcome) in record.dropouts.iter().zip(&record.outcomes) {
        let what = match outcome {
            Outcome::ReplacedBy(id) => format!("{id} takes the seat"),
            Outcome::Vacant(why) => format!("the seat stays empty: {why}"),
            _ => "was not drawn, and is off the list of alternates".to_owned(),
        };
        println!("   {}  {} leaves; {what}", dropout.date, dropout.id);
    }
}
