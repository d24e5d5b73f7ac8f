//! Who is to be seated, from CSV files, and the plan as CSV.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::assembly::{SeatRule, Seating, SeatingBuilder, SeatingPlan};
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::{columns, key};

use super::Table;
use super::csv_writer::CsvWriter;
use super::places::Places;
use super::sheet::Sheet;
use super::source::Source;
use super::tables::{formula, harmless};

/// Files of a seating: the members, and pairs who never share a table.
///
/// Members stand one in a row; the first column holds their ids. The file of pairs has the two ids of a pair in its first two columns, below a row of headers, which may be
/// missing; further columns are passed over.
///
/// ```
/// use kleroterion::assembly::Round;
/// use kleroterion::io::SeatingFiles;
///
/// let files = SeatingFiles::bundled("members.csv", "id,sex\na,woman\nb,man\nc,woman\nd,man\n")
///     .apart_bundled("apart.csv", "one,other\na,b\n")
///     .diversify(["sex"]);
/// let seating = files.read()?.rounds(2, &Round::even(2)).build()?;
/// let plan = seating.plan("a seed")?;
/// assert_ne!(plan.table_of(1, "a"), plan.table_of(1, "b"));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is read before `read`"]
pub struct SeatingFiles {
    members: Source,
    apart: Option<Source>,
    diversify: Vec<String>,
}

impl SeatingFiles {
    /// A file of members; nothing is read yet.
    pub fn new(members: impl Into<PathBuf>) -> Self {
        Self::of(Source::path(members))
    }

    /// The same from memory, with a name for messages.
    pub fn bundled(label: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Self::of(Source::bytes(label, bytes))
    }

    fn of(members: Source) -> Self {
        Self {
            members,
            apart: None,
            diversify: Vec::new(),
        }
    }

    /// A file of pairs who never share a table.
    pub fn apart(mut self, path: impl Into<PathBuf>) -> Self {
        self.apart = Some(Source::path(path));
        self
    }

    /// The same from memory, with a name for messages.
    pub fn apart_bundled(mut self, label: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        self.apart = Some(Source::bytes(label, bytes));
        self
    }

    /// Columns whose values every table should have in their share.
    pub fn diversify<T: Into<String>>(mut self, columns: impl IntoIterator<Item = T>) -> Self {
        self.diversify.extend(columns.into_iter().map(Into::into));
        self
    }

    /// Reads both files: a seating with members and rules, to which rounds are to be added.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io) when a file cannot be read; [`Input`](ErrorKind::Input) with every problem of both files, located: `E-SEAT-ID` for a row without id,
    /// `E-SEAT-DUPLICATE` for an id in two rows, `E-SEAT-VALUE` for a blank cell of a column to spread, `E-SEAT-WHO` for an id that no member has,
    /// `E-SEAT-SELF` for somebody apart from themselves; `E-FILE-…`, `E-COLUMN-…` and `E-ROW-…` as in other files.
    pub fn read(&self) -> Result<SeatingBuilder> {
        let mut problems = Vec::new();
        let bytes = self.members.read()?;
        let apart = self
            .apart
            .as_ref()
            .map(|s| Ok::<_, crate::Error>((s, s.read()?)));
        let apart = apart.transpose()?;
        let members = Members::read(&self.members, &bytes, &self.diversify, &mut problems);
        let rows = members.as_ref().map(|m| &m.rows);
        let mut pairs = Vec::new();
        if let Some((source, bytes)) = &apart {
            pairs = read_pairs((source, bytes), rows, &mut problems);
        }
        let Some(members) = members.filter(|_| problems.is_empty()) else {
            return Err(ErrorKind::Input(problems).into());
        };
        let mut builder = Seating::builder();
        for (id, values) in members.list {
            let names = members.names.iter().map(String::as_str);
            builder = builder.member(id, names.zip(values.iter().map(String::as_str)));
        }
        for name in members.names {
            builder = builder.rule(SeatRule::diversify(name));
        }
        for (a, b) in pairs {
            builder = builder.rule(SeatRule::apart(a, b));
        }
        Ok(builder)
    }
}

struct Members {
    /// Headers of the columns to spread.
    names: Vec<String>,
    list: Vec<(String, Vec<String>)>,
    /// Row of every id.
    rows: BTreeMap<String, u64>,
}

impl Members {
    fn read(
        source: &Source,
        bytes: &[u8],
        diversify: &[String],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let label = source.label();
        let has = |header: &[String], name: &String| columns::find(header, name, "").is_ok();
        let wanted = |header: &[String]| diversify.iter().filter(|n| has(header, n)).count();
        let sheet = Sheet::read(&label, bytes, &wanted)
            .map_err(|p| problems.push(*p))
            .ok()?;
        problems.extend(sheet.torn.iter().cloned());
        problems.extend(sheet.no_rows());
        let mut places = Places::new(&label, sheet.header_row, &sheet.header);
        let columns = places.several(diversify, "a column of the members, to be spread");
        problems.extend(places.problems);
        let name = |&column: &usize| key::clean(&sheet.header[column]);
        let mut members = Self {
            names: columns.iter().map(name).collect(),
            list: Vec::new(),
            rows: BTreeMap::new(),
        };
        let mut needed = columns.clone();
        needed.push(0);
        for (row, cells) in &sheet.rows {
            if let Some(ragged) = sheet.ragged(*row, cells, &needed).filter(|r| !r.readable) {
                problems.push(ragged.problem);
                continue;
            }
            members.row(&sheet, (*row, cells), &columns, problems);
        }
        Some(members)
    }

    fn row(
        &mut self,
        sheet: &Sheet,
        (row, cells): (u64, &[String]),
        columns: &[usize],
        problems: &mut Vec<Problem>,
    ) {
        let header = key::clean(&sheet.header[0]);
        let at = |p: Problem, column: &str| p.at(Some(&sheet.label), Some(row), Some(column));
        let id = cells[0].trim();
        if key::is_blank(id) {
            let problem = Problem::new("E-SEAT-ID", "no id", "an id in every row that holds data");
            problems.push(at(problem, &header));
        } else if let Some(first) = self.rows.get(id) {
            let found = format!("{id:?}, which stands in row {first} already");
            let problem = Problem::new("E-SEAT-DUPLICATE", found, "every id once");
            problems.push(at(problem, &header));
        } else {
            self.rows.insert(id.to_owned(), row);
        }
        for (name, &column) in self.names.iter().zip(columns) {
            if key::is_blank(&cells[column]) {
                let problem =
                    Problem::new("E-SEAT-VALUE", "an empty cell", "a value for everybody");
                problems.push(at(problem, name));
            }
        }
        let values = columns.iter().map(|&c| cells[c].clone());
        self.list.push((id.to_owned(), values.collect()));
    }
}

/// The pairs of a file. A first row that names a member is a pair, any other one is headers.
fn read_pairs(
    (source, bytes): (&Source, &[u8]),
    members: Option<&BTreeMap<String, u64>>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, String)> {
    let label = source.label();
    let known = |id: &str| members.is_none_or(|m| m.contains_key(id));
    let wanted = |header: &[String]| header.len().min(2);
    let sheet = match Sheet::read(&label, bytes, &wanted) {
        Ok(sheet) => sheet,
        Err(problem) => {
            problems.push(*problem);
            return Vec::new();
        }
    };
    problems.extend(sheet.torn.iter().cloned());
    let is_pair = |cells: &[String]| {
        members.is_some() && cells.len() > 1 && cells[..2].iter().any(|c| known(c.trim()))
    };
    let first = is_pair(&sheet.header).then(|| (sheet.header_row, sheet.header.clone()));
    let mut pairs = Vec::new();
    for (row, cells) in first.iter().chain(&sheet.rows) {
        let name = |column: usize| match (&first, sheet.header.get(column)) {
            (None, Some(header)) if !key::is_blank(header) => key::clean(header),
            _ => ["A", "B"][column].to_owned(),
        };
        let at = |p: Problem, column: usize| p.at(Some(&label), Some(*row), Some(&name(column)));
        let ids = [0, 1].map(|c| cells.get(c).map_or("", |cell| cell.trim()));
        let before = problems.len();
        for (column, id) in ids.iter().enumerate() {
            if key::is_blank(id) {
                let problem = Problem::new("E-SEAT-ID", "no id", "two ids in every row");
                problems.push(at(problem, column));
            } else if !known(id) {
                let problem = Problem::new("E-SEAT-WHO", format!("{id:?}"), "the id of a member");
                problems.push(at(problem, column));
            }
        }
        if before == problems.len() && ids[0] == ids[1] {
            let problem = Problem::new("E-SEAT-SELF", format!("{:?} twice", ids[0]), "two people");
            problems.push(at(problem, 1));
        }
        pairs.push((ids[0].to_owned(), ids[1].to_owned()));
    }
    pairs
}

/// The plan as a table `round,table,id`: everybody in every round, facilitators after the members of their table.
///
/// # Errors
/// None that is known.
pub fn seating_csv(plan: &SeatingPlan) -> Result<Table> {
    let mut writer = CsvWriter::new("seating.csv", b',');
    let mut warnings = Vec::new();
    writer.row(["round", "table", "id"])?;
    for (round, table, id) in plan.seats() {
        warnings.extend(formula(id).map(|p| p.at(None, None, Some("id"))));
        writer.row([
            &round.to_string(),
            &table.to_string(),
            harmless(id).as_ref(),
        ])?;
    }
    let bytes = writer.bytes()?;
    Ok(Table { bytes, warnings })
}

/// Everybody's own way through the rounds: `id,round 1,round 2,…` with the table in every round, empty where somebody is absent. For letters and name tags.
///
/// # Errors
/// None that is known.
pub fn table_cards_csv(plan: &SeatingPlan) -> Result<Table> {
    let mut ways: BTreeMap<&str, BTreeMap<u32, u32>> = BTreeMap::new();
    for (round, table, id) in plan.seats() {
        ways.entry(id).or_default().insert(round, table);
    }
    let mut writer = CsvWriter::new("cards.csv", b',');
    let mut warnings = Vec::new();
    let rounds: Vec<u32> = plan.rounds.iter().map(|r| r.round).collect();
    let names = rounds.iter().map(|r| format!("round {r}"));
    writer.row(std::iter::once("id".to_owned()).chain(names))?;
    for (id, way) in ways {
        warnings.extend(formula(id).map(|p| p.at(None, None, Some("id"))));
        let tables = rounds
            .iter()
            .map(|r| way.get(r).map_or(String::new(), u32::to_string));
        writer.row(std::iter::once(harmless(id).into_owned()).chain(tables))?;
    }
    let bytes = writer.bytes()?;
    Ok(Table { bytes, warnings })
}
