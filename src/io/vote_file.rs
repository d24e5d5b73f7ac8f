//! Votes for or against one proposal, from a CSV file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::assembly::ballot::Vote;
use crate::error::{ErrorKind, Problem, Result};
use crate::pool::{columns, key};

use super::places::Places;
use super::sheet::Sheet;
use super::write::read_bytes;

/// One row: a vote and, where asked for, the voter's stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VoteRow {
    /// The value of the stratum's column, cleaned of extra white space.
    pub stratum: Option<String>,
    /// The vote.
    pub vote: Vote,
}

/// Reads votes: the column `vote` (see [`Vote`] for what may stand in it) and, when a name is given, that of the strata; any case and order of columns. Where there
/// is a column `id`, nobody may stand in it twice; a ballot without name has an empty cell. Ids and other columns are not kept.
///
/// # Errors
/// [`Io`](ErrorKind::Io) when the file cannot be read; [`Input`](ErrorKind::Input) with every problem: a missing column, a row that is too short,
/// `E-BALLOT-VOTE` for a cell that is no vote, such as `maybe`, `E-BALLOT-STRATUM` for an empty cell of the strata, and `E-BALLOT-TWICE` for an id in two rows.
pub fn read_votes(path: impl AsRef<Path>, stratum: Option<&str>) -> Result<Vec<VoteRow>> {
    let path = path.as_ref();
    votes(&path.display().to_string(), read_bytes(path)?, stratum)
}

/// As [`read_votes`], for contents that are at hand already: a name for messages and the bytes.
///
/// ```
/// use kleroterion::assembly::ballot::Vote;
/// let rows = kleroterion::io::votes("votes.csv", "id,vote,sex\np1,yes,woman\np2,abstain,man\n", Some("sex"))?;
/// assert_eq!((rows[1].vote, rows[1].stratum.as_deref()), (Vote::Neither, Some("man")));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # Errors
/// As [`read_votes`], without [`Io`](ErrorKind::Io).
pub fn votes(label: &str, bytes: impl AsRef<[u8]>, stratum: Option<&str>) -> Result<Vec<VoteRow>> {
    let wanted = |header: &[String]| usize::from(columns::find(header, "vote", "").is_ok());
    let sheet =
        Sheet::read(label, bytes.as_ref(), &wanted).map_err(|p| ErrorKind::Input(vec![*p]))?;
    let mut places = Places::new(label, sheet.header_row, &sheet.header);
    let vote = places.one("vote", "the votes: yes, no or abstain");
    let group = stratum.map(|name| places.one(name, "the strata"));
    let (Some(vote), false) = (vote, group == Some(None)) else {
        return Err(ErrorKind::Input(places.problems).into());
    };
    let group = group.flatten();
    let needed: Vec<usize> = [Some(vote), group].into_iter().flatten().collect();
    let mut problems = sheet.torn.clone();
    problems.extend(sheet.no_rows());
    let id = columns::find(&sheet.header, "id", "").ok();
    let mut voters: BTreeMap<String, u64> = BTreeMap::new();
    let mut found = Vec::new();
    for (row, cells) in &sheet.rows {
        if let Some(ragged) = sheet.ragged(*row, cells, &needed)
            && !ragged.readable
        {
            problems.push(ragged.problem);
            continue;
        }
        let mut note = |code: &str, at: usize, expected: &str| {
            let problem = Problem::new(code, format!("{:?}", cells[at]), expected);
            problems.push(problem.at(Some(label), Some(*row), Some(&sheet.header[at])));
        };
        let said = Vote::parse(&cells[vote]);
        if said.is_none() {
            note("E-BALLOT-VOTE", vote, "yes, no or abstain");
        }
        let voter = id.and_then(|at| cells.get(at)).map(|cell| key::clean(cell));
        if let (Some(at), Some(voter)) = (id, voter.filter(|voter| !voter.is_empty())) {
            match voters.get(&voter) {
                Some(first) => note(
                    "E-BALLOT-TWICE",
                    at,
                    &format!("one vote each; see row {first}"),
                ),
                None => drop(voters.insert(voter, *row)),
            }
        }
        let stratum = group.map(|at| key::clean(&cells[at]));
        if let (Some(at), Some("")) = (group, stratum.as_deref()) {
            note("E-BALLOT-STRATUM", at, "the voter's stratum");
        }
        found.extend(said.map(|vote| VoteRow { stratum, vote }));
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(ErrorKind::Input(problems).into())
    }
}
