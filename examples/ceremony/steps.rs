//! The steps, each with the files that are published at that moment.

use std::fmt::Write as _;
use std::path::Path;

use kleroterion::assembly::{Outcome, ReplacementRecord};
use kleroterion::audit::{self, canonical};
use kleroterion::ceremony::{
    DisputesClosed, LotteryCommitted, PoolCommitted, Published, Registered, SourcesIn,
};
use kleroterion::lottery::Lottery;
use kleroterion::{Error, ErrorKind, Rule, io};

use crate::{Arguments, script};

fn folder(arguments: &Arguments, name: &str) -> io::Batch {
    io::Batch::new(arguments.out.join(name))
}

fn written(out: &Path, folder: &str, files: &str) {
    println!("   Publish: {} ({files})\n", out.join(folder).display());
}

/// People have registered; the pool is fixed, and members look for themselves.
pub(crate) fn pool(arguments: &Arguments) -> Result<DisputesClosed, Error> {
    let registered = Registered::new(script::instance()?, "leximin").assembly("Demonstration");
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
    written(
        &arguments.out,
        "1-pool",
        "registration.json, commitment.txt",
    );
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
    let balls = script::balls(arguments.tickets)?;
    let most = u64::from(arguments.tickets) - 1;
    let text = balls.text(arguments.balls.unwrap_or(most.min(417)))?;
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
    let sources = committed.sources_in()?;
    folder(arguments, "3-sources")
        .file("sources.json", canonical::to_bytes(sources.sources())?)
        .write()?;
    written(&arguments.out, "3-sources", "sources.json");
    Ok(sources)
}

/// The draw follows from what is public.
pub(crate) fn draw(arguments: &Arguments, sources: SourcesIn) -> Result<Published, Error> {
    let drawn = sources.draw()?;
    println!(
        "6. The draw: ticket {} of {}, {} people.",
        drawn.draw().ticket(),
        arguments.tickets,
        drawn.draw().panel().len()
    );
    let published = drawn.publish()?;
    folder(arguments, "4-draw")
        .file("transcript.json", published.transcript().to_json()?)
        .write()?;
    written(&arguments.out, "4-draw", "transcript.json");
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
    let (quotas, pool) = ("examples/data/quotas.csv", "examples/data/pool.csv");
    let transcript = arguments.out.join("4-draw").join("transcript.json");
    println!(
        "Check it yourself:\n  verify {} --pool {pool} --quotas {quotas}",
        transcript.display()
    );
    Ok(())
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
