//! The command line, and what it asks for.

mod problems;

use std::path::PathBuf;
use std::str::FromStr;

use clap::Parser;
use kleroterion::Rule;
use kleroterion::lottery::DirectRule;
use kleroterion::privacy::Screen;

use crate::rounding::Rounding;
use crate::stop::Stop;
use crate::texts::Lang;

/// Seats of the bundled pool.
const BUNDLED_SIZE: u32 = 36;
/// What the bundled run draws with.
const BUNDLED_SOURCE: &str = "bundled demonstration source: 3 5 4 6 1 2 6 6 4 3";

/// Draws a citizens' panel from a pool of volunteers so that the quotas hold and the chances are as equal as they
/// can be. Without arguments it runs on a bundled synthetic pool with a bundled source.
#[derive(Parser)]
#[command(name = "draw", version)]
pub(crate) struct Arguments {
    /// Quotas as CSV: feature,value,min,max
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,
    /// Volunteers as CSV, one row per person, one column per feature
    #[arg(long, value_name = "FILE")]
    pool: Option<PathBuf>,
    /// Seats on the panel
    #[arg(long, value_name = "N")]
    size: Option<u32>,
    /// A lottery with a proof: leximin, maximin, minimax, nash, goldilocks, goldilocks:GAMMA, least-squares, uniform or max-entropy;
    /// or a direct draw, without a certificate: random, stratified:FEATURE[+FEATURE], legacy, diversimax,
    /// rfc3797, rivest or consistent [default: leximin]
    #[arg(long)]
    rule: Option<Choice>,
    /// Column with the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Columns that together name a household; at most one person of each is drawn, or --household-most
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    household: Vec<String>,
    /// Most people of one household on the panel [default: 1]
    #[arg(long, value_name = "N", requires = "household", value_parser = clap::value_parser!(u32).range(1..))]
    household_most: Option<u32>,
    /// People who sit already: CSV with the id column. Their seats and those of their quotas are taken off, and with
    /// --household their housemates cannot be drawn when as many sit as may; --size counts their seats
    #[arg(long, value_name = "FILE")]
    seated: Option<PathBuf>,
    /// People who cannot be drawn: CSV with the id column
    #[arg(long, value_name = "FILE")]
    excluded: Option<PathBuf>,
    /// Make a list of N equally likely panels, for a draw with balls
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    tickets: Option<u32>,
    #[command(flatten)]
    rounding: Rounding,
    /// About how many different compositions to spread the lottery over; 0 leaves the fewest
    #[arg(long, value_name = "N")]
    spread: Option<u32>,
    /// Most attempts of the rule legacy [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(DirectRule::MOST_ATTEMPTS)))]
    attempts: Option<u32>,
    /// What a source will be, committed with the lottery; once per source, in order
    #[arg(long, value_name = "TEXT")]
    announce: Vec<String>,
    /// What the draw is committed on, as TOML: sources with a form, fallbacks, times, the policy of replacement
    #[arg(long, value_name = "FILE", conflicts_with = "announce")]
    terms: Option<PathBuf>,
    /// The public value of a source; once per source, in order
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    source: Vec<String>,
    /// Stop after writing the lottery: publish it, then draw with --lottery
    #[arg(long)]
    commit_only: bool,
    /// Draw from this committed lottery.json (commit.json and certificate.json lie beside it)
    #[arg(long, value_name = "FILE")]
    lottery: Option<PathBuf>,
    /// Draw from this committed commit.json of a direct draw
    #[arg(long, value_name = "FILE", conflicts_with = "lottery")]
    commit: Option<PathBuf>,
    /// Commit to the pool by a root as well, salted with this secret file of at least 32 random bytes; writes openings.json, from
    /// which the program `receipt` makes a receipt for every member
    #[arg(long, value_name = "FILE")]
    salt_key: Option<PathBuf>,
    /// The ids have ten digits for another reason than being CPR numbers
    #[arg(long)]
    ids_are_other_numbers: bool,
    /// Language of the summary and of report.html
    #[arg(long, value_enum, default_value_t = Lang::En)]
    lang: Lang,
    /// Folder for the results
    #[arg(long, value_name = "DIR", default_value = "draw-out")]
    out: PathBuf,
}

/// Where quotas and pool come from.
pub(crate) enum Files {
    Bundled,
    Own { quotas: PathBuf, pool: PathBuf },
}

/// What `--rule` names.
#[derive(Clone)]
pub(crate) enum Choice {
    Lottery(Rule),
    Direct(DirectRule),
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lottery = text.parse::<Rule>().map(Choice::Lottery);
        let direct = text.parse::<DirectRule>().map(Choice::Direct);
        match (lottery, direct) {
            (Ok(choice), _) | (_, Ok(choice)) => Ok(choice),
            (Err(error), _) if text.starts_with("goldilocks:") => Err(error),
            (_, Err(error)) if text.starts_with("stratified:") => Err(error),
            _ => Err(format!(
                "{text:?} is not a rule; known rules: maximin, leximin, minimax, nash, goldilocks, goldilocks:GAMMA, \
                 least-squares, uniform, max-entropy, random, stratified:FEATURE[+FEATURE], legacy, diversimax, \
                 rfc3797, rivest, consistent"
            )),
        }
    }
}

/// Where the lottery comes from.
pub(crate) enum Origin {
    Computed(Plan),
    Committed(PathBuf),
    Direct(DirectPlan),
    CommittedDirect(PathBuf),
}

/// How to draw directly.
pub(crate) struct DirectPlan {
    pub(crate) size: u32,
    pub(crate) rule: DirectRule,
    pub(crate) attempts: Option<u32>,
    pub(crate) promise: Promise,
}

/// How to make a lottery.
pub(crate) struct Plan {
    pub(crate) size: u32,
    pub(crate) rule: Rule,
    pub(crate) tickets: Option<u32>,
    pub(crate) rounding: Rounding,
    pub(crate) spread: u32,
    pub(crate) promise: Promise,
}

/// What is committed about the sources.
pub(crate) enum Promise {
    Announced(Vec<String>),
    Terms(PathBuf),
}

/// Lists of people whose part is settled before the draw.
pub(crate) struct SettledFiles {
    pub(crate) seated: Option<PathBuf>,
    pub(crate) excluded: Option<PathBuf>,
}

/// What a valid command line asks for.
pub(crate) struct Task {
    pub(crate) files: Files,
    pub(crate) id: Option<String>,
    pub(crate) household: Vec<String>,
    pub(crate) household_most: Option<u32>,
    pub(crate) settled: SettledFiles,
    pub(crate) origin: Origin,
    /// Secret bytes for salts.
    pub(crate) salt_key: Option<PathBuf>,
    /// What public files are held against.
    pub(crate) screen: Screen,
    /// `None` stops after the lottery.
    pub(crate) sources: Option<Vec<String>>,
    pub(crate) has_bundled_source: bool,
    pub(crate) lang: Lang,
    pub(crate) out: PathBuf,
}

impl Task {
    /// The files that are read, except those of a record.
    pub(crate) fn inputs(&self) -> Vec<&PathBuf> {
        let own = match &self.files {
            Files::Own { quotas, pool } => vec![quotas, pool],
            Files::Bundled => vec![],
        };
        let lists = [&self.settled.seated, &self.settled.excluded];
        let own = own.into_iter().chain(lists.into_iter().flatten());
        own.chain(&self.salt_key).chain(self.terms()).collect()
    }

    /// The file with what the draw is committed on.
    pub(crate) fn terms(&self) -> Option<&PathBuf> {
        let promise = match &self.origin {
            Origin::Computed(plan) => &plan.promise,
            Origin::Direct(plan) => &plan.promise,
            Origin::Committed(_) | Origin::CommittedDirect(_) => return None,
        };
        match promise {
            Promise::Terms(path) => Some(path),
            Promise::Announced(_) => None,
        }
    }
}

impl Arguments {
    /// The task, or every contradiction and gap at once.
    pub(crate) fn into_task(self) -> Result<Task, Stop> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(Stop::Input(problems));
        }
        let lottery_rule = self.lottery_rule();
        let files = match (self.quotas, self.pool) {
            (Some(quotas), Some(pool)) => Files::Own { quotas, pool },
            _ => Files::Bundled,
        };
        let has_bundled_source = !self.commit_only && self.source.is_empty();
        let sources = match self.commit_only {
            true => None,
            false if has_bundled_source => Some(vec![BUNDLED_SOURCE.to_owned()]),
            false => Some(self.source),
        };
        let size = self.size.unwrap_or(BUNDLED_SIZE);
        let promise = match self.terms {
            Some(path) => Promise::Terms(path),
            None => Promise::Announced(self.announce),
        };
        let origin = match (self.lottery, self.commit, self.rule) {
            (Some(path), _, _) => Origin::Committed(path),
            (None, Some(path), _) => Origin::CommittedDirect(path),
            (None, None, Some(Choice::Direct(rule))) => Origin::Direct(DirectPlan {
                size,
                rule,
                attempts: self.attempts,
                promise,
            }),
            (None, None, _) => Origin::Computed(Plan {
                size,
                rule: lottery_rule,
                tickets: self.tickets,
                spread: self.spread.unwrap_or(self.rounding.default_spread()),
                rounding: self.rounding,
                promise,
            }),
        };
        Ok(Task {
            files,
            id: self.id,
            household: self.household,
            household_most: self.household_most,
            settled: SettledFiles {
                seated: self.seated,
                excluded: self.excluded,
            },
            origin,
            salt_key: self.salt_key,
            screen: match self.ids_are_other_numbers {
                true => Screen::ids_are_other_numbers(),
                false => Screen::strict(),
            },
            sources,
            has_bundled_source,
            lang: self.lang,
            out: self.out,
        })
    }

    /// The rule of the lottery to compute, when it is not a direct draw.
    fn lottery_rule(&self) -> Rule {
        match self.rule {
            Some(Choice::Lottery(rule)) => rule,
            _ => Rule::Leximin,
        }
    }
}
