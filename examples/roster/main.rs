//! Reads the ledger of an assembly's members, checks its chain, and tells who came and who was replaced:
//! `roster [LEDGER] [--tip DIGEST]... [--keys CSV --pool CSV --quotas CSV]`.
//!
//! Without arguments it plays published ledgers: Ireland 2016-18, and both phases of the Danish Borgerting. With the confidential keys (`id,key,salt`), the pool and
//! the quotas it also shows how far those who came were from the quotas. Exit codes: 0 the chain holds, 1 it does not, or a published tip is not in it,
//! 2 unreadable or unfit input.

mod keys;
mod published;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::assembly::attendance::{drift_norms, meetings};
use kleroterion::assembly::ballot::percent;
use kleroterion::assembly::roster::{Attended, Roster, State};
use kleroterion::lottery::Digest;
use kleroterion::{Error, ErrorKind, io};

use keys::Known;

/// Checks a ledger of members and tells what follows from it.
#[derive(Parser)]
#[command(name = "roster", version)]
struct Arguments {
    /// The ledger, as JSON [default: published ledgers are played]
    ledger: Option<PathBuf>,
    /// A digest that was published earlier; the ledger must continue from it. May be given several times
    #[arg(long, value_name = "DIGEST", value_parser = digest, requires = "ledger")]
    tip: Vec<Digest>,
    /// Whose key is whose, as CSV: id,key,salt. Shows how far those who came were from the quotas
    #[arg(long, value_name = "CSV", requires_all = ["ledger", "pool", "quotas"])]
    keys: Option<PathBuf>,
    /// The pool that members were drawn from
    #[arg(long, value_name = "CSV", requires = "keys")]
    pool: Option<PathBuf>,
    /// The quotas of the draw
    #[arg(long, value_name = "CSV", requires = "keys")]
    quotas: Option<PathBuf>,
}

fn digest(text: &str) -> Result<Digest, String> {
    let quoted = format!("{text:?}");
    serde_json::from_str(&quoted).map_err(|_| format!("{text:?} is no digest of 64 digits 0 to f"))
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut codes = error.problems().iter();
            let broken = codes.any(|problem| BROKEN.contains(&problem.code.as_str()));
            let rejected = broken || matches!(error.kind(), ErrorKind::Rejected(_));
            ExitCode::from(if rejected { 1 } else { 2 })
        }
    }
}

/// What the chain shows to have been changed.
const BROKEN: [&str; 3] = ["E-ROSTER-DIGEST", "E-ROSTER-CHAIN", "E-ROSTER-NUMBER"];

fn run(arguments: &Arguments) -> Result<(), Error> {
    let Some(path) = &arguments.ledger else {
        println!(
            "Demonstration: published ledgers, played again. People and days within a month are stand-ins, and every member is taken to come."
        );
        for (title, roster) in published::all()? {
            println!("\n== {title}");
            tell(&roster, None);
        }
        return Ok(());
    };
    let roster = io::json::read_roster(path)?;
    for tip in &arguments.tip {
        if !roster.extends(*tip)? {
            let why = format!("{tip} is not in the ledger: it was written anew since then");
            return Err(ErrorKind::Rejected(why).into());
        }
    }
    let known = match (&arguments.keys, &arguments.pool, &arguments.quotas) {
        (Some(keys), Some(pool), Some(quotas)) => Some(Known::read(keys, (pool, quotas), &roster)?),
        _ => None,
    };
    tell(&roster, known.as_ref());
    if !arguments.tip.is_empty() {
        println!("\nEvery tip given stands in it.");
    }
    Ok(())
}

fn tell(roster: &Roster, known: Option<&Known>) {
    let record = roster.record();
    println!(
        "{}: {} seats, {} entries. The chain holds.",
        record.head.assembly,
        record.head.seats,
        record.entries.len()
    );
    println!("Tip: {}", roster.tip());
    println!(
        "{} ever selected, {} ever seated, {} completed; {} seats held now",
        roster.count_ever(State::Selected),
        roster.count_ever(State::Seated),
        roster.count_ever(State::Completed),
        roster.seats_held()
    );
    attendance(roster, known);
    replacements(roster);
}

/// Who came to which meeting.
fn attendance(roster: &Roster, known: Option<&Known>) {
    println!("\nMeeting  Day         Members  Came       %");
    for meeting in meetings(roster) {
        let share = meeting
            .share()
            .map_or("-".to_owned(), |share| percent(share, 1));
        let (members, came) = (meeting.members.len(), meeting.attended.len());
        let drift = known.map_or(String::new(), |known| {
            let (all, most) = drift_norms(&meeting.drift(&known.members, &known.quotas));
            format!("   {all} off the quotas, {most} at most in one")
        });
        println!(
            "{:>7}  {}  {members:>7}  {came:>4}  {share:>6}{drift}",
            meeting.number, meeting.date
        );
    }
    println!("A member is whoever has come at least once and has not left.");
    if known.is_some_and(|known| known.missing > 0) {
        println!("People who were erased count for no quota.");
    }
}

fn replacements(roster: &Roster) {
    let all = roster.replacements();
    let never = all.iter().filter(|one| one.had_attended == Attended::Never);
    println!(
        "\n{} replacements; {} of those replaced had never come",
        all.len(),
        never.count()
    );
    for (after, people) in roster.replacement_counts() {
        let after = match after {
            0 => "before the first".to_owned(),
            1 => "after 1 meeting".to_owned(),
            n => format!("after {n} meetings"),
        };
        println!("  {after:<17} {people:>4}");
    }
}
