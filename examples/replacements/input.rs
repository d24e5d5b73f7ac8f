//! The draw and the dropouts, from files or bundled.

use kleroterion::assembly::{Dropout, Policy};
use kleroterion::audit::{DirectTranscript, DrawnBy, Transcript};
use kleroterion::lottery::{Columns, Sources};
use kleroterion::{Error, Instance, Rule, io};

use crate::Arguments;

const BUNDLED_QUOTAS: &str = include_str!("../data/quotas.csv");
const BUNDLED_POOL: &str = include_str!("../data/pool.csv");
const BUNDLED_SIZE: u32 = 36;
const BUNDLED_SOURCE: &str = "bundled demonstration source: 3 5 4 6 1 2 6 6 4 3";
/// Members of the bundled panel, counted from 0 in the order of ids, who leave on these days.
const BUNDLED_DROPOUTS: [(usize, &str); 4] = [
    (3, "2026-02-02"),
    (11, "2026-02-09"),
    (20, "2026-03-01"),
    (32, "2026-03-15"),
];

/// A draw that can be continued.
pub(crate) struct Input {
    pub(crate) instance: Instance,
    drawn: Drawn,
}

enum Drawn {
    Lottery(Box<Transcript>),
    Direct(Box<DirectTranscript>),
}

impl Input {
    pub(crate) fn read(arguments: &Arguments) -> Result<Self, Error> {
        let (Some(path), Some(pool), Some(quotas)) =
            (&arguments.transcript, &arguments.pool, &arguments.quotas)
        else {
            return bundled();
        };
        let drawn = match io::json::read_direct_transcript(path) {
            Ok(transcript) => Drawn::Direct(transcript.into()),
            Err(_) => Drawn::Lottery(io::json::read_transcript(path)?.into()),
        };
        let (columns, size) = match &drawn {
            Drawn::Lottery(transcript) => (
                transcript.commit.columns.as_ref(),
                transcript.commit.panel_size,
            ),
            Drawn::Direct(transcript) => (
                Some(&transcript.commit.columns),
                transcript.commit.panel_size,
            ),
        };
        let files = files(arguments, io::Files::new(quotas, pool), columns);
        Ok(Self {
            instance: files.read_left(size)?,
            drawn,
        })
    }

    pub(crate) fn drawn_by(&self) -> DrawnBy<'_> {
        match &self.drawn {
            Drawn::Lottery(transcript) => transcript.as_ref().into(),
            Drawn::Direct(transcript) => transcript.as_ref().into(),
        }
    }

    /// The digest of the transcript.
    pub(crate) fn digest(&self) -> Result<String, Error> {
        Ok(match &self.drawn {
            Drawn::Lottery(transcript) => transcript.own_digest()?,
            Drawn::Direct(transcript) => transcript.own_digest()?,
        }
        .to_string())
    }

    /// Ids of the drawn panel, ascending.
    pub(crate) fn panel(&self) -> &[String] {
        match &self.drawn {
            Drawn::Lottery(transcript) => &transcript.draw.panel,
            Drawn::Direct(transcript) => &transcript.draw.panel,
        }
    }

    /// Ids of the first alternates in drawn order.
    pub(crate) fn first_alternates(&self, most: usize) -> &[String] {
        let all = match &self.drawn {
            Drawn::Lottery(transcript) => &transcript.draw.alternates,
            Drawn::Direct(transcript) => &transcript.draw.alternates,
        };
        &all[..most.min(all.len())]
    }

    pub(crate) fn dropouts(&self, arguments: &Arguments) -> Result<Vec<Dropout>, Error> {
        if let Some(path) = &arguments.dropouts {
            return io::read_dropouts(path);
        }
        if arguments.transcript.is_some() {
            return Ok(Vec::new());
        }
        let dropout = |(member, date): (usize, &str)| Dropout {
            date: date.to_owned(),
            id: self.panel()[member].clone(),
        };
        Ok(BUNDLED_DROPOUTS.map(dropout).into())
    }
}

fn files(arguments: &Arguments, files: io::Files, columns: Option<&Columns>) -> io::Files {
    let Some(columns) = columns else {
        return files.household_columns(&arguments.household);
    };
    let mut files = files.committed_columns(columns);
    if let Some(seated) = &arguments.seated {
        files = files.seated(seated);
    }
    if let Some(excluded) = &arguments.excluded {
        files = files.excluded(excluded);
    }
    if arguments.household.is_empty() {
        files
    } else {
        files.household_columns(&arguments.household)
    }
}

fn bundled() -> Result<Input, Error> {
    println!(
        "Demonstration: a bundled pool is drawn, and four of its members leave. Nobody in it exists.\n"
    );
    let files = io::Files::bundled(
        ("bundled quotas.csv", BUNDLED_QUOTAS),
        ("bundled pool.csv", BUNDLED_POOL),
    );
    let instance = files.read(BUNDLED_SIZE)?;
    let lottery = Rule::Leximin.distribution(&instance)?.into_lottery();
    let draw = lottery.draw(&Sources::new([BUNDLED_SOURCE])?)?;
    Ok(Input {
        instance,
        drawn: Drawn::Lottery(draw.transcript().into()),
    })
}

impl Arguments {
    pub(crate) fn policy(&self) -> Policy {
        match &self.cut_off {
            Some(day) => Policy::new(self.policy).until(day),
            None => Policy::new(self.policy),
        }
    }
}
