//! Who gets a letter: draws addresses or people from a register by public sources.
//!
//! `cargo run --release --example invitations` runs on a bundled synthetic register; `--help` lists everything else.
//! Exit codes: 0 done, 2 bad input (every problem on stderr), 1 anything else. Nothing is written unless the code is 0.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use clap::Parser;
use kleroterion::io::{Batch, FrameFile, Mailing};
use kleroterion::lottery::Sources;
use kleroterion::privacy::Screen;
use kleroterion::recruitment::{Design, Frame};
use kleroterion::{Error, ErrorKind, Problem};

const REGISTER: &[u8] = include_bytes!("data/register.csv");
const BUNDLED_LETTERS: u64 = 200;
const BUNDLED_SOURCE: &str = "bundled demonstration source: 2 6 1 5 5 3 4 1";

/// Draws who is invited, so that everybody can check it. Without arguments it runs on a bundled synthetic register.
#[derive(Parser)]
#[command(name = "invitations", version)]
struct Arguments {
    /// The register as CSV in UTF-8, one row per person; may have millions of rows
    #[arg(long, value_name = "FILE")]
    frame: Option<PathBuf>,
    /// Number of letters
    #[arg(long, value_name = "N")]
    letters: Option<u64>,
    /// Column with the ids [default: the first]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Columns that make the strata; each gets letters in proportion to its size
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    strata: Vec<String>,
    /// Columns that make the address; at most one letter goes to each
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    household: Vec<String>,
    /// Strata with this value get FACTOR times the letters per head; may be repeated
    #[arg(long, value_name = "VALUE=FACTOR")]
    oversample: Vec<Factor>,
    /// The public value that decides, once per source; not the one that the panel is drawn with later
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    source: Vec<String>,
    /// Everybody in the register is invited: draws nothing, and says so
    #[arg(long, conflicts_with_all = ["letters", "strata", "household", "oversample", "source", "out"])]
    open_to_all: bool,
    /// The list of letters; the record is written beside it
    #[arg(long, value_name = "FILE", default_value = "invited.csv")]
    out: PathBuf,
}

#[derive(Clone)]
struct Factor(String, u32);

impl FromStr for Factor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is not VALUE=FACTOR with a whole number, such as \"Nørrebro=2\"");
        let (value, factor) = text.rsplit_once('=').ok_or_else(wrong)?;
        let factor = factor.trim().parse().map_err(|_| wrong())?;
        Ok(Self(value.to_owned(), factor))
    }
}

/// Why the program ends without having written anything.
enum Stop {
    Input(String),
    Library(Error),
    Taken(String),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Library(error)
    }
}

fn main() -> ExitCode {
    let (text, code) = match run(&Arguments::parse()) {
        Ok(summary) => {
            print!("{summary}");
            return ExitCode::SUCCESS;
        }
        Err(Stop::Input(text)) => (text, 2),
        Err(Stop::Taken(text)) => (text, 1),
        Err(Stop::Library(error)) => match error.kind() {
            ErrorKind::Input(_) | ErrorKind::Io { .. } => (error.to_string(), 2),
            _ => (error.to_string(), 1),
        },
    };
    eprintln!("{text}");
    ExitCode::from(code)
}

fn run(arguments: &Arguments) -> Result<String, Stop> {
    let problems = arguments.problems();
    if !problems.is_empty() {
        return Err(Stop::Input(problems.join("\n")));
    }
    if arguments.open_to_all {
        return open_to_all(arguments);
    }
    let sources = Sources::new(arguments.sources())?;
    let letters = arguments.letters.unwrap_or(BUNDLED_LETTERS);
    let design = arguments
        .oversample
        .iter()
        .fold(Design::new(letters), |design, Factor(value, factor)| {
            design.oversample(value, *factor)
        });
    let mailing = arguments.file().draw(design, &sources)?;
    let record = record_beside(&arguments.out);
    write(arguments, &mailing, (&record, &sources))?;
    Ok(summary(arguments, &mailing, &record))
}

impl Arguments {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.frame.is_none() {
            let columns = self.id.is_some()
                || !self.strata.is_empty()
                || !self.household.is_empty()
                || self.letters.is_some()
                || !self.source.is_empty()
                || !self.oversample.is_empty();
            if columns {
                problems.push(
                    "--frame FILE is missing: a CSV file with one row per resident".to_owned(),
                );
            }
        } else if !self.open_to_all {
            if self.letters.is_none() {
                problems.push("--letters N is missing: how many letters to send".to_owned());
            }
            if self.source.is_empty() {
                problems.push(SOURCE_MISSING.to_owned());
            }
        }
        if !self.oversample.is_empty() && self.strata.is_empty() {
            problems.push(
                "--oversample needs --strata: the columns in which its values stand".to_owned(),
            );
        }
        problems
    }

    fn sources(&self) -> Vec<String> {
        match self.frame {
            None => vec![BUNDLED_SOURCE.to_owned()],
            Some(_) => self.source.clone(),
        }
    }

    fn file(&self) -> FrameFile {
        let Some(path) = &self.frame else {
            return FrameFile::bundled("register.csv", REGISTER)
                .strata_columns(["residence"])
                .address_columns(["street", "number"]);
        };
        let file = FrameFile::new(path)
            .strata_columns(&self.strata)
            .address_columns(&self.household);
        match &self.id {
            Some(id) => file.id_column(id),
            None => file,
        }
    }
}

const SOURCE_MISSING: &str = "\
--source TEXT is missing: a public value that nobody could know or choose before the register was fixed, such as dice thrown
before witnesses (\"dice 3-5-4-6-1-2-6-6\") or a named round of a public randomness beacon. Give --source once per value, in the
order announced. The panel is drawn later with another source.";

/// `invited.csv` has `invited.record.json` beside it.
fn record_beside(out: &Path) -> PathBuf {
    out.with_extension("record.json")
}

/// Writes list and record together; an earlier invitation by other terms is left alone.
fn write(
    arguments: &Arguments,
    mailing: &Mailing,
    (record, sources): (&Path, &Sources),
) -> Result<(), Stop> {
    let json = mailing.record(sources).to_json()?;
    Screen::strict().json("the record", &json)?;
    if fs::read(record).is_ok_and(|old| old != json) {
        return Err(Stop::Taken(format!(
            "{} is the record of another invitation: name another file with --out",
            record.display()
        )));
    }
    let table = mailing.table()?;
    let out = &arguments.out;
    Batch::beside(out)
        .keeping(&arguments.frame)
        .named(out, table.bytes)
        .named(record, json)
        .write()?;
    let warnings = [mailing.warnings(), &table.warnings].concat();
    if !warnings.is_empty() {
        eprintln!("{}", Problem::list(&warnings));
    }
    Ok(())
}

/// Most strata listed on the screen; all are in the record.
const LISTED: usize = 40;

fn summary(arguments: &Arguments, mailing: &Mailing, record: &Path) -> String {
    let invitation = mailing.invitation();
    let mut text = String::new();
    if arguments.frame.is_none() {
        text += "Demonstration on a bundled synthetic register: nobody in it exists.\n";
    }
    let per_address = arguments.frame.is_none() || !arguments.household.is_empty();
    let unit = if per_address { "addresses" } else { "people" };
    let units: u64 = invitation.strata().iter().map(|s| s.units).sum();
    text += &format!("Register   {} people", invitation.people());
    text += &if per_address {
        format!(" at {units} addresses\n")
    } else {
        "\n".to_owned()
    };
    text += &format!("Letters    {}\n", invitation.invited().len());
    let no_letter = invitation
        .strata()
        .iter()
        .filter(|s| s.letters == 0)
        .count();
    if invitation.strata().len() > 1 {
        text += &format!(
            "\n{:<40} {unit:>10} {:>8} {:>8}\n",
            "Stratum", "letters", "chance"
        );
        for stratum in invitation.strata().iter().take(LISTED) {
            let chance = 100.0 * stratum.chance.to_f64();
            let name = stratum.values.join(", ");
            text += &format!(
                "{name:<40} {:>10} {:>8} {chance:>7.3}%\n",
                stratum.units, stratum.letters
            );
        }
        let more = invitation.strata().len().saturating_sub(LISTED);
        if more > 0 {
            text += &format!("... and {more} more, in the record\n");
        }
    }
    if no_letter > 0 {
        text += &format!(
            "\n{no_letter} strata are too small for a letter: their people had no chance. Take fewer columns for --strata.\n"
        );
    }
    if per_address {
        text += "\nThe chance is that of an address; somebody who shares theirs with others had the chance divided by their number.\n";
    }
    let out = arguments.out.display();
    text += &format!(
        "\nList of letters     {out}  (for those who send them; not for publication)\nRecord to publish   {}  (no person is in it)\n",
        record.display()
    );
    text
}

/// Counts the register and says that there is no lottery.
fn open_to_all(arguments: &Arguments) -> Result<String, Stop> {
    let sources = Sources::new(["no lottery"])?;
    let file = arguments
        .file()
        .strata_columns::<String>([])
        .address_columns::<String>([]);
    let mailing = file.draw(Design::new(1), &sources)?;
    let residents = mailing.invitation().people();
    Ok(format!("{}\n", Frame::OpenToAll { residents }.statement()))
}
