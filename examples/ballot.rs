//! Counts votes on one proposal, with the denominators said aloud:
//! `ballot [--votes CSV --eligible N --present N] [--of eligible|present|cast|expressed] [--more-than SHARE | --at-least SHARE] [--quorum SHARE]
//! [--quorum-of NAME] [--minority SHARE] [--tie threshold|rejected|adopted|open] [--stratum COLUMN]`.
//!
//! Without arguments it counts the bundled votes of a made-up assembly: more than half of the votes expressed. A share is written `2/3` or `80%`. Exit codes:
//! 0 adopted or rejected, 1 nothing was decided (no quorum, a tie left open, no votes), 2 unreadable or unfit input.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kleroterion::assembly::ballot::{
    BallotRule, Bound, Counted, Decision, Denominator, Minority, Quorum, Strata, Threshold,
    TieRule, YesNo, percent, tally,
};
use kleroterion::io::{self, VoteRow};
use kleroterion::{Error, Ratio};

const BUNDLED_VOTES: &str = include_str!("data/votes.csv");
const BUNDLED_PEOPLE: (u64, u64) = (99, 91);

/// Counts a vote for or against one proposal.
#[derive(Parser)]
#[command(name = "ballot", version)]
struct Arguments {
    /// One row per vote as CSV; the column `vote` holds yes, no or abstain; nobody stands twice in a column `id` [default: bundled votes]
    #[arg(long, value_name = "CSV", requires_all = ["eligible", "present"])]
    votes: Option<PathBuf>,
    /// How many may vote
    #[arg(long, value_name = "N", requires = "votes")]
    eligible: Option<u64>,
    /// How many take part in the meeting, those who vote by post included
    #[arg(long, value_name = "N", requires = "votes")]
    present: Option<u64>,
    /// What the threshold is a share of: eligible, present, cast (abstentions count) or expressed (they do not)
    #[arg(long, default_value = "expressed")]
    of: Denominator,
    /// Adopted with more than this share [default: 1/2]
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "at_least")]
    more_than: Option<Ratio>,
    /// Adopted with at least this share
    #[arg(long, value_name = "SHARE", value_parser = share)]
    at_least: Option<Ratio>,
    /// At least this share of those eligible must take part
    #[arg(long, value_name = "SHARE", value_parser = share)]
    quorum: Option<Ratio>,
    /// Who counts for the quorum
    #[arg(long, value_name = "NAME", default_value = "cast", requires = "quorum")]
    quorum_of: Denominator,
    /// The losing side may write a minority report with at least this share of the votes expressed
    #[arg(long, value_name = "SHARE", value_parser = share)]
    minority: Option<Ratio>,
    /// As many for as against, exactly at the threshold: the threshold decides, rejected, adopted or open
    #[arg(long, default_value = "threshold", value_parser = tie)]
    tie: TieRule,
    /// Show support by this column
    #[arg(long, value_name = "COLUMN")]
    stratum: Option<String>,
}

/// `2/3` or `80%`.
fn share(text: &str) -> Result<Ratio, String> {
    let number = |digits: &str| digits.trim().parse::<u64>().ok();
    let ratio = match (text.split_once('/'), text.strip_suffix('%')) {
        (Some((above, below)), _) => number(above).zip(number(below)),
        (None, Some(whole)) => number(whole).map(|above| (above, 100)),
        _ => None,
    };
    let ratio = ratio.map(|(above, below)| Ratio::new(above, below));
    ratio.ok_or_else(|| format!("{text:?} is no share; write 2/3 or 80%"))
}

fn tie(text: &str) -> Result<TieRule, String> {
    match text {
        "threshold" => Ok(TieRule::Threshold),
        "rejected" => Ok(TieRule::Rejected),
        "adopted" => Ok(TieRule::Adopted),
        "open" => Ok(TieRule::Open),
        _ => Err("known are threshold, rejected, adopted, open".to_owned()),
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let stratum = arguments.stratum.as_deref();
    let (people, rows) = match (&arguments.votes, arguments.eligible, arguments.present) {
        (Some(path), Some(eligible), Some(present)) => {
            ((eligible, present), io::read_votes(path, stratum)?)
        }
        _ => {
            println!("Demonstration: bundled votes of a made-up assembly of 99.\n");
            let rows = io::votes("bundled votes.csv", BUNDLED_VOTES, stratum)?;
            (BUNDLED_PEOPLE, rows)
        }
    };
    let rule = arguments.rule()?;
    let counted = YesNo::count(people, rows.iter().map(|row| row.vote))?.decide(&rule);
    print(&counted, arguments);
    if let Some(column) = stratum {
        by_stratum(column, &rows)?;
    }
    let decided = matches!(counted.decision, Decision::Adopted | Decision::Rejected);
    Ok(ExitCode::from(u8::from(!decided)))
}

impl Arguments {
    fn mark(&self) -> (Bound, Ratio) {
        let half = Ratio::new(1, 2);
        match self.at_least {
            Some(share) => (Bound::AtLeast, share),
            None => (Bound::MoreThan, self.more_than.unwrap_or(half)),
        }
    }

    fn rule(&self) -> Result<BallotRule, Error> {
        let (bound, share) = self.mark();
        let mut rule = BallotRule::new(Threshold::new(bound, share, self.of)?).tie(self.tie);
        if let Some(share) = self.quorum {
            rule = rule.quorum(Quorum::new(Bound::AtLeast, share, self.quorum_of)?);
        }
        match self.minority {
            Some(share) => rule.minority_from(share),
            None => Ok(rule),
        }
    }
}

fn print(counted: &Counted, arguments: &Arguments) {
    let cast = counted.turnout.of(Denominator::Cast);
    let neither = cast - counted.support - counted.opposition;
    println!(
        "Yes {}, no {}, neither {neither}",
        counted.support, counted.opposition
    );
    for of in Denominator::ALL {
        let share = counted
            .share(of)
            .map_or("-".to_owned(), |share| percent(share, 2));
        let mark = if of == arguments.of {
            "   <- decides"
        } else {
            ""
        };
        println!("  {share:>6} % of {:>4} {of}{mark}", counted.turnout.of(of));
    }
    let (bound, share) = arguments.mark();
    let bound = match bound {
        Bound::MoreThan => "more than",
        Bound::AtLeast => "at least",
    };
    println!("Needed: {bound} {share} of {}", arguments.of);
    if let Some(quorum) = arguments.quorum {
        println!(
            "Quorum: {} at least {quorum} of eligible",
            arguments.quorum_of
        );
    }
    let decision = match counted.decision {
        Decision::Adopted => "ADOPTED",
        Decision::Rejected => "REJECTED",
        Decision::Tied => "UNDECIDED: a tie, which the rule leaves open",
        Decision::NoQuorum => "UNDECIDED: too few took part",
        Decision::NoVotes => "UNDECIDED: there are no votes to decide",
    };
    println!("{decision}");
    if counted.turnout.is_small() {
        println!("Fewer than five voted: these counts may tell who voted how.");
    }
    match counted.minority {
        Minority::None => {}
        Minority::Supporters(n) => println!("The {n} in favour may write a minority report."),
        Minority::Opponents(n) => println!("The {n} against may write a minority report."),
    }
}

/// Numbers below five are held back.
fn by_stratum(column: &str, rows: &[VoteRow]) -> Result<(), Error> {
    let mut names: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.stratum.as_deref())
        .collect();
    names.sort_unstable();
    names.dedup();
    let votes = |name: &str| {
        let of = rows
            .iter()
            .filter(|row| row.stratum.as_deref() == Some(name));
        tally(of.map(|row| row.vote))
    };
    let strata = Strata::new(names.into_iter().map(|name| (name, votes(name))))?;
    println!(
        "\nBy {column} (* held back: below five people, or such a number would follow from it)"
    );
    println!(
        "{:<24} {:>6} {:>6} {:>8} {:>6}",
        "", "yes", "no", "neither", "all"
    );
    for row in strata.published() {
        let cell = |n: Option<u64>| n.map_or("*".to_owned(), |n| n.to_string());
        let [yes, no, neither] = row.votes.map(cell);
        println!(
            "{:<24} {yes:>6} {no:>6} {neither:>8} {:>6}",
            row.name,
            cell(row.total)
        );
    }
    Ok(())
}
