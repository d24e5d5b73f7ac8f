//! Answers of the members of deliberative forums from a CSV file.

mod cases;

use std::path::Path;

use crate::error::{ErrorKind, Problem, Result};
use crate::evidence::reasoning::Forum;
use crate::pool::{columns, key};

use super::places::Places;
use super::sheet::Sheet;
use super::write::read_bytes;
use cases::{Cases, Row};

/// The columns that every row needs, and what for.
const NAMES: [(&str, &str); 3] = [
    ("case", "the name of the forum"),
    ("stage_id", "1 before deliberation, 2 after"),
    ("pnum", "an opaque number or code of the member"),
];

/// Reads what members of one or more forums answered before and after deliberation.
///
/// One row per person and time. The columns are `case`, `stage_id` (1 before, 2 after), `pnum` (who it is, within the case), `C1`, `C2`, … (how much they agree with each
/// consideration) and `P1`, `P2`, … (their rank of each option), in any case and order; others are passed over. `NA` or nothing at all
/// stands for a question that was not asked in this case; then nobody of the case may have an answer to it. Forums come in
/// the order in which they first appear, people in that of the rows before deliberation.
///
/// # Errors
/// [`Io`](ErrorKind::Io) when the file cannot be read; [`Input`](ErrorKind::Input) with every problem of the file, located: a missing column, a row that is too short,
/// `E-FORUM-CASE` and `E-FORUM-PERSON` for an empty `case` and `pnum`, `E-FORUM-STAGE` for a stage 3, `E-FORUM-NUMBER` for an answer `x`,
/// `E-FORUM-MISSING` for a missing answer that others of the case gave, `E-FORUM-ASKED` for a case without considerations or without options, `E-DRI-TWICE` for somebody
/// with two rows at one time, `E-DRI-PAIR` for somebody with answers at one time only, `E-DRI-PEOPLE` for a case of one person, `E-DRI-CONSTANT` for
/// somebody whose considerations, or ranks, are all equal: the index is not defined for them.
pub fn read_forums(path: impl AsRef<Path>) -> Result<Vec<Forum>> {
    let path = path.as_ref();
    forums(&path.display().to_string(), read_bytes(path)?)
}

/// As [`read_forums`], for contents that are at hand already: a name for messages and the bytes.
///
/// ```
/// let rows = "case,stage_id,pnum,C1,C2,P1,P2\nTown,1,a,1,2,1,2\nTown,1,b,2,1,1,2\nTown,2,a,1,2,1,2\nTown,2,b,1,2,1,2\n";
/// let forums = kleroterion::io::forums("answers.csv", rows)?;
/// assert_eq!((forums[0].case.as_str(), forums[0].before.len(), forums[0].after.len()), ("Town", 2, 2));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// As [`read_forums`], without [`Io`](ErrorKind::Io).
pub fn forums(label: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<Forum>> {
    let has = |header: &[String], name: &str| columns::find(header, name, "").is_ok();
    let wanted = |header: &[String]| NAMES.iter().filter(|n| has(header, n.0)).count();
    let sheet =
        Sheet::read(label, bytes.as_ref(), &wanted).map_err(|p| ErrorKind::Input(vec![*p]))?;
    let mut problems: Vec<Problem> = sheet.no_rows().into_iter().collect();
    problems.extend(sheet.torn.iter().cloned());
    let mut places = Places::new(label, sheet.header_row, &sheet.header);
    let named = NAMES.map(|(name, what)| places.one(name, what));
    let questions = ["c", "p"].map(|letter| {
        let found = numbered(&sheet.header, letter);
        places.problems.extend(unfit(&sheet, letter, &found));
        found
    });
    problems.append(&mut places.problems);
    let ([Some(case), Some(stage), Some(person)], [considerations, options]) = (named, questions)
    else {
        return Err(ErrorKind::Input(problems).into());
    };
    let mut needed = vec![case, stage, person];
    needed.extend(considerations.iter().chain(&options));
    let mut cases = Cases::new(&sheet, [considerations, options]);
    for (row, cells) in &sheet.rows {
        match sheet.ragged(*row, cells, &needed) {
            Some(ragged) if !ragged.readable => problems.push(ragged.problem),
            _ => cases.add(&Row {
                number: *row,
                cells,
                columns: [case, stage, person],
            }),
        }
    }
    let (forums, found) = cases.finish();
    problems.extend(found);
    if problems.is_empty() {
        return Ok(forums);
    }
    problems.sort_by_key(|problem| problem.row);
    Err(ErrorKind::Input(problems).into())
}

/// The columns whose header is the letter and a number.
fn numbered(header: &[String], letter: &str) -> Vec<usize> {
    let is_numbered = |name: &String| {
        let folded = key::fold(name);
        let number = folded.strip_prefix(letter);
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    (0..header.len())
        .filter(|&column| is_numbered(&header[column]))
        .collect()
}

/// What is wrong with numbered columns: there is none, or one occurs twice.
fn unfit(sheet: &Sheet, letter: &str, found: &[usize]) -> Vec<Problem> {
    let capital = letter.to_ascii_uppercase();
    let at = |problem: Problem, name: &str| {
        problem.at(Some(&sheet.label), Some(sheet.header_row), Some(name))
    };
    if found.is_empty() {
        let only = format!("only the columns {}", columns::quoted(&sheet.header));
        let expected = format!("{capital}1, {capital}2, …");
        let problem = Problem::new("E-COLUMN-MISSING", only, expected);
        return vec![at(problem, &format!("{capital}1"))];
    }
    let mut problems = Vec::new();
    for (place, &column) in found.iter().enumerate() {
        let folded = |c: &&usize| key::fold(&sheet.header[**c]) == key::fold(&sheet.header[column]);
        let same: Vec<usize> = found.iter().filter(folded).copied().collect();
        if same.len() > 1 && same[0] == found[place] {
            problems.push(at(
                columns::twice(&same),
                &key::clean(&sheet.header[column]),
            ));
        }
    }
    problems
}
