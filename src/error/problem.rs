//! One located problem of the input, and the table of all codes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::listing;

/// One located problem of the input.
///
/// Its text reads `CODE file row R, column "C": found X, expected Y`; parts that do not apply are left out. Codes are
/// stable: `E-…` stops the work, `W-…` is a warning.
///
/// | code | what it says |
/// |---|---|
/// | `E-FILE-EMPTY` | the file holds nothing but blank rows |
/// | `E-FILE-FORMAT` | the file is a workbook or other binary data, not CSV |
/// | `E-FILE-ENCODING` | the file is UTF-16, or a register is not UTF-8 |
/// | `E-FILE-QUOTE` | a quoted cell never ends, or only where another was meant to begin: rows are lost in it |
/// | `E-FILE-ROWS` | there are no rows below the header |
/// | `W-FILE-ENCODING` | the file is not UTF-8 and was read as Windows-1252 |
/// | `W-FILE-BLANK` | blank rows were skipped; says how many |
/// | `E-COLUMN-MISSING` | a column that is needed is not there |
/// | `E-COLUMN-TWICE` | two columns could be the one that is needed |
/// | `E-ROW-SHORT` | a row ends before a column that is needed |
/// | `W-ROW-SHORT` | a row ends early, but only columns that are not needed are missing |
/// | `E-ROW-LONG` | a row has data beyond the last column of the header |
/// | `E-QUOTA-NONE` | there is no quota |
/// | `E-QUOTA-EMPTY` | a quota has no feature or no value |
/// | `E-QUOTA-NUMBER` | a number of seats is empty, negative or not whole |
/// | `E-QUOTA-ORDER` | a maximum is below its minimum |
/// | `E-QUOTA-FLEX` | `min_flex` is above `min`, or `max_flex` below `max` |
/// | `E-QUOTA-DUPLICATE` | a value of a feature has two quotas |
/// | `E-QUOTA-SUM-MIN` | the minimums of a feature add up to more than the panel size |
/// | `E-QUOTA-SUM-MAX` | the maximums of a feature add up to less than the panel size |
/// | `E-QUOTA-PEOPLE` | fewer people have a value than its minimum asks for |
/// | `W-QUOTA-NOBODY` | nobody in the pool has this value (and its minimum is 0) |
/// | `E-JOINT-FEATURE` | one of the two features of a joint quota is no column of the pool |
/// | `E-JOINT-SAME` | a joint quota pairs a feature with itself |
/// | `E-JOINT-COLUMN` | the pool has a column of the pair's own name, in another spelling |
/// | `E-JOINT-AMBIGUOUS` | a name or value with several signs can be read as two different pairs |
/// | `E-JOINT-VALUE` | a joint value is not a known value of either feature |
/// | `E-JOINT-MIN` | joint minimums with a value add up to more than the value's maximum |
/// | `E-JOINT-MAX` | joint maximums with a value, and the people outside the cells, do not reach its minimum |
/// | `E-POOL-NONE` | the pool holds nobody |
/// | `E-POOL-ID` | a row has data but no id |
/// | `E-POOL-DUPLICATE` | an id stands in two rows with different data |
/// | `W-POOL-DUPLICATE` | a row repeats an earlier one and was dropped |
/// | `W-POOL-HOUSEHOLD` | people share a household though part of its address is blank |
/// | `E-HOUSEHOLD-MOST` | no person of a household may sit |
/// | `E-OUT-INPUT` | an output would replace a file that was read |
/// | `E-POOL-EMPTY` | a person has no value for a feature |
/// | `E-POOL-VALUE` | a person's value has no quota |
/// | `E-POOL-TWICE` | a person was given two values for one feature (only from code) |
/// | `E-SIZE-ZERO` | the panel size is 0 |
/// | `E-SIZE-POOL` | the panel size exceeds the pool |
/// | `E-SIZE-HOUSEHOLDS` | the panel size exceeds the number of households |
/// | `E-SIZE-SEATS` | population figures are apportioned to more than a million seats |
/// | `E-SHARE-NONE` | there are no population figures |
/// | `E-SHARE-EMPTY` | a population figure has no feature or no value |
/// | `E-SETTLED-ID` | somebody seated or excluded beforehand is not in the pool |
/// | `E-SETTLED-BOTH` | somebody is seated and excluded |
/// | `E-SETTLED-QUOTA` | more people with a value sit already than its quota allows |
/// | `E-SETTLED-SIZE` | as many people sit already as there are seats |
/// | `W-SETTLED-TWICE` | an id stands twice among those seated or excluded |
/// | `W-SETTLED-HOUSEHOLD` | two people who sit already share a household |
/// | `E-SHARE-NUMBER` | a population figure is no number; that of a pair is none from 0 to 1, or from 0 % to 100 % |
/// | `E-SHARE-MIXED` | some figures of a feature have `%` and some have not |
/// | `E-SHARE-VALUE` | a population share is for a feature or value without a quota |
/// | `E-SHARE-SAME` | a population share is for two values of one feature |
/// | `E-SHARE-TWICE` | a value, or a pair of values, has two population figures |
/// | `E-SHARE-SUM` | the population figures of a feature, or of two features, do not add up |
/// | `E-MINIMUM-VALUE` | a protected minimum is for a value without population figure |
/// | `E-MINIMUM-TWICE` | a value has two protected minimums |
/// | `E-MINIMUM-SUM` | the protected minimums of a feature add up to more than the panel size |
/// | `E-TOLERANCE` | a tolerance divides by 0, or by more than 10^14 |
/// | `E-RETENTION` | a retention rate or level is not a fraction between 0 and 1 |
/// | `E-ALTERNATE-ID` | a panel or a list of alternates names an id that is not in the pool |
/// | `E-ALTERNATE-TWICE` | an id stands twice on the panel and among the alternates |
/// | `E-ALTERNATE-COUNT` | more than 16 alternates are to be kept ready |
/// | `E-DROPOUT-RATE` | a chance to drop out, or a factor of it, is not from 0 to 1 |
/// | `E-DROPOUT-PAST` | a dropout model is fitted to nobody, or with a ridge that is not above 0 |
/// | `E-DROPOUT-SAMPLES` | 0 sets of dropouts are to be sampled |
/// | `E-DROPOUT-DATE` | the day of a dropout, or a cut-off, is no day of the calendar |
/// | `E-DROPOUT-ORDER` | a dropout stands after one of a later day |
/// | `E-DROPOUT-ID` | somebody drops out who is neither on the panel nor among the alternates |
/// | `E-DROPOUT-TWICE` | somebody drops out twice |
/// | `W-CELL-FORMULA` | a cell that a spreadsheet would run was written with `'` in front |
///
/// The lottery and the draw have their own: `E-TICKETS` (a list of 0 tickets); `E-ANNOUNCE-NONE`, `E-ANNOUNCE-EMPTY` and
/// `E-ANNOUNCE-SPACE` (no source is announced; one is blank, or has white space at its ends); the same three with
/// `E-SOURCE` for the values given; `E-SOURCE-COUNT` (another number of sources was announced); `E-SOURCE-FORM` (a value has
/// not the form declared for it).
///
/// Terms of a commitment: `E-TERMS-NONE` (no source), `E-TERMS-FORM` (a declaration or a value out of its form), `E-TERMS-LAST` (the last
/// source, or a fallback, is in somebody's hands), `E-TERMS-EARLY` (a source before the publication), `E-TERMS-ORDER` (sources out of order),
/// `E-TERMS-PAUSE` (a beacon right after dice or balls), `E-TERMS-DRAND` (a round or chain that does not follow from the network),
/// `E-TERMS-FALLBACK` (a fallback for no source, or with a deadline at the wrong time), `E-TERMS-SAME` (a fallback that could be taken for its
/// source), `E-TERMS-BALLS`, `E-TERMS-LABELS` (balls or labels that do not fit the lottery), `E-TERMS-TEXT` (a blank name or reason).
///
/// A ceremony: `E-CEREMONY-DISPUTES` (closed too early), `E-CEREMONY-POOL` (a lottery of another pool), `E-CEREMONY-PUBLISHED` (no time of
/// publication, or one before disputes end), `E-CEREMONY-SOURCE` (a source too many, or missing), `E-CEREMONY-POLICY` (no policy of
/// replacement was committed), `E-CEREMONY-REASON` (a blank reason to start again), `E-CEREMONY-EARLIER` (an earlier commitment that is not replaced),
/// `E-CEREMONY-PROGRESS` (progress of another commitment or version). Methods for lists: `E-LIST-HOUSEHOLD` (people share households), `E-LIST-SOURCE` (a source without numbers, or
/// too many people, for RFC 3797), `E-LIST-METHOD` (this program was built without it).
///
/// A lottery made elsewhere: `E-IMPORT-NONE` (no panels), `E-IMPORT-WEIGHT` (a weight is no number, or negative),
/// `E-IMPORT-SUM` (the weights do not sum to 1, or to nothing), `E-IMPORT-PANEL` (a panel has two weights), `E-IMPORT-ID`
/// (an id is not in the pool), `E-IMPORT-TWICE` (an id is twice on a panel), `E-IMPORT-SIZE`, `E-IMPORT-QUOTA` and
/// `E-IMPORT-HOUSEHOLD` (a panel has the wrong size, misses a quota, takes two of one household); `W-IMPORT-DIGITS` (weights
/// were rounded to 15 decimal places).
///
/// A rule: `E-GAMMA` (γ is 0 or 1000 or more; only from code).
///
/// Commitments to a pool ([`pool_commitment`](crate::pool_commitment)): `E-FIELD-TWICE` (a further column is a feature, or named twice), `E-SALT-TWICE` (the
/// generator of salts repeats itself), `E-POOL-ROOT` (the root is that of a pool of another size), `E-POOL-DIGEST` (the digest is to be left out where no root
/// is), `E-RECEIPT-ID` (an id is not in the pool), `E-SPOT-COUNT` and `E-SPOT-POOL` (more people are to be met, or made up, than there are, or 0; the pool is too large).
///
/// Privacy ([`privacy`](crate::privacy)): `E-CPR-LIKE` (a public file would hold something that looks like a CPR number), `E-KEY-SHORT` and `E-KEY-PLAIN` (a secret key has
/// too few bytes, or they are all equal), `W-PROFILE-RARE` (few people share a profile).
///
/// Invitations ([`recruitment`](crate::recruitment)): `E-FRAME-ID`, `E-FRAME-VALUE` (a row of the register has no id; a cell of a
/// stratum is empty), `E-FRAME-DUPLICATE` (an id stands in several rows), `E-FRAME-ADDRESS` (an address has people in several
/// strata), `E-FRAME-STRATA` (more than 10000 strata); `E-INVITE-LETTERS`, `E-INVITE-FEW` (0 letters, or more than people or
/// addresses), `E-INVITE-FACTOR` (a factor is out of range, given twice, or for a value that no stratum has); `E-AREA-NONE`,
/// `E-AREA-PEOPLE`, `E-AREA-TWICE`, `E-AREA-CAP`, `E-AREA-COUNT` (no area; nobody in one; one named twice; a cap below its part of
/// the letters; too few areas for the letters); `E-PLAN-NONE`, `E-PLAN-SHARE`, `E-PLAN-RESPONSE`, `E-PLAN-CELL`,
/// `E-PLAN-CONFIDENCE`, `E-PLAN-LETTERS` (nothing to plan for; shares, answers or a confidence out of range; a cell twice; a cell
/// that too few answer); `E-SELF-NONE`, `E-SELF-COUNT`, `E-SELF-WEIGHT`, `E-SELF-INVITED`, `E-SELF-VALUE` (no data; a row of
/// another length; a weight out of range; fewer people invited than volunteers; a value of one side only).
///
/// The process ([`assembly::process`](crate::assembly::process)): `E-DAY`, `E-CLOCK` (no day of the calendar, no time of the day); `E-CASE-FORMAT`,
/// `E-CASE-FIELD`, `E-CASE-VALUE` (a case file is no TOML or JSON, has an unknown field, a value that does not fit); `E-CASE-SOURCE`,
/// `E-CASE-TWICE` (it names a source that it does not list; an id stands twice); `E-PROCESS-EMPTY`, `E-PROCESS-ORDER`, `E-PROCESS-QUOTA`,
/// `E-PROCESS-COUNT`, `E-PROCESS-TWICE`, `E-PROCESS-UNKNOWN`, `E-PROCESS-OPEN`, `E-PROCESS-EARLY` (a step without what it needs; of an earlier day than the one before;
/// quotas that cannot add up to the seats; another number of members; done twice; about something that is not there; with something left undone, or done too early).
///
/// What deliberation changed ([`evidence`](crate::evidence)): `E-DRI-PEOPLE`, `E-DRI-TWICE`, `E-DRI-PAIR` (fewer than two people, or more than 3000; an id twice
/// at one time; answers at one time only); `E-DRI-LENGTH`, `E-DRI-NUMBER`, `E-DRI-CONSTANT` (more or fewer answers than others; an answer that is
/// no number; answers that are all equal, for which the index is not defined); `E-DRI-THRESHOLD`. Its file: `E-FORUM-CASE`, `E-FORUM-PERSON`,
/// `E-FORUM-STAGE`, `E-FORUM-NUMBER`, `E-FORUM-MISSING` (a cell is empty or wrong; an answer that others of the case gave is missing), `E-FORUM-ASKED`
/// (a case without considerations or options). `E-OPINION-PEOPLE`, `E-OPINION-LENGTH`, `E-OPINION-NUMBER`, `E-OPINION-TABLE`, `E-OPINION-SCALE`,
/// `E-OPINION-P` (nobody; lists of different lengths; an answer that is no number; a seat that is given twice or to nobody; an answer off
/// its scale; a p-value out of range); `E-RANK-PEOPLE`, `E-RANK-OPTIONS`, `E-RANK-LENGTH`, `E-RANK-NUMBER`, `E-RANK-TIED` (no rankings; too few options, or too
/// many to try every axis; unlike lengths; a rank that is no number; nothing is preferred to anything); `E-VOICE-NONE`, `E-VOICE-AMOUNT`, `E-VOICE-SILENCE`,
/// `E-VOICE-LENGTH`, `E-VOICE-TABLE` (nobody; an amount out of range; nobody spoke; names for more or fewer people; a seat twice). Simulations: `E-SIM-PEOPLE`,
/// `E-SIM-LENGTH`, `E-SIM-SEAT`, `E-SIM-OPINION`, `E-SIM-WEIGHT`, `E-SIM-SUSCEPTIBILITY`, `E-SIM-LEAVES`, `E-SIM-CONFIDENCE`, `E-SIM-NOISE` (nobody; lists of different
/// lengths; a seat twice or for nobody; a value out of range), `E-SIM-EQUILIBRIUM` (people who hold on to no opinion have no equilibrium).
///
/// Seating ([`Seating`](crate::assembly::Seating)): `E-SEAT-NONE` (no member, round or table), `E-SEAT-MANY` (more than 2000 people or 200 rounds),
/// `E-SEAT-ID`, `E-SEAT-DUPLICATE` (no id; an id twice), `E-SEAT-WHO` (a rule, a meeting or an absence names an unknown id), `E-SEAT-SELF` (two people
/// are one), `E-SEAT-FEATURE`, `E-SEAT-VALUE` (a feature or value that nobody has; a member without a value), `E-SEAT-WEIGHT` (a weight or
/// capacity out of range), `E-SEAT-PLACE`, `E-SEAT-TAG` (no such round or table; no table with a tag), `E-SEAT-SIZE` (members do not fit the
/// tables), `E-SEAT-FACILITATORS` (fewer facilitators than tables), `E-SEAT-CLASH` (rules contradict each other).
///
/// Ballots ([`assembly::ballot`](crate::assembly::ballot)): `E-BALLOT-TURNOUT` (more present than eligible, more votes than present, more
/// expressed than cast), `E-BALLOT-SHARE` (a threshold, quorum or minority is no fraction from 0 to 1), `E-BALLOT-COUNT` (more votes for and
/// against than expressed), `E-BALLOT-OPTION`, `E-BALLOT-OPTION-TWICE` (a ballot names an option that is not there, or one twice),
/// `E-BALLOT-OPTIONS` (too many options for Kemeny's rule, or none), `E-BALLOT-INCOMPLETE` (a ranking leaves options out), `E-BALLOT-SCALE`, `E-BALLOT-SCORE` (a scale has no steps; a vote is off it),
/// `E-BALLOT-QUESTION`, `E-BALLOT-QUESTION-TWICE`, `E-BALLOT-AFTER` (votes on an unknown question; a question twice; one that depends on a later one),
/// `E-BALLOT-MISSING`, `E-BALLOT-NOT-HELD` (no votes on a question to be held; votes on one that was not), `E-BALLOT-STRATUM` (a stratum without
/// name, or twice), `E-BALLOT-VOTE`, `E-BALLOT-TWICE` (a cell that is no vote; somebody votes twice).
///
/// The roster ([`assembly::roster`](crate::assembly::roster)): `E-ROSTER-DATE`, `E-ROSTER-ORDER`, `E-ROSTER-CUT-OFF` (a day that is none, before an
/// earlier entry's, after the last for replacements), `E-ROSTER-STEP` (a step that the states do not allow), `E-ROSTER-SEATS` (more people drawn than
/// seats), `E-ROSTER-REPLACES`, `E-ROSTER-REPLACED` (a seat that nobody left, or that is taken again; a no-show comes whose seat is taken),
/// `E-ROSTER-ATTENDED` (somebody came who is not seated), `E-ROSTER-VERSION`, `E-ROSTER-NUMBER`, `E-ROSTER-CHAIN`, `E-ROSTER-DIGEST` (another
/// format; entries out of number, not following the one before, not what their digest says), `E-ROSTER-ID`, `E-ROSTER-SALT` (an id or a salt twice, or an id that is not in the pool), `E-ROSTER-KEY` (a stored key that its id and salt do not give).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Problem {
    /// Stable code: `E-…` stops the work, `W-…` is a warning.
    pub code: String,
    /// The file, when the input came from one.
    pub file: Option<String>,
    /// The row as a spreadsheet shows it: blank rows count, a cell of several lines is in one row.
    pub row: Option<u64>,
    /// The column's header.
    pub column: Option<String>,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// Codes of what is wrong between parts that are sound in themselves.
const MISFITS: [&str; 7] = [
    "E-QUOTA-SUM-MIN",
    "E-QUOTA-SUM-MAX",
    "E-QUOTA-PEOPLE",
    "E-JOINT-MIN",
    "E-JOINT-MAX",
    "E-SIZE-POOL",
    "E-SIZE-HOUSEHOLDS",
];

impl Problem {
    /// A problem with no location yet.
    pub(crate) fn new(code: &str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            file: None,
            row: None,
            column: None,
            found: shortened(found.into()),
            expected: expected.into(),
        }
    }

    /// The same problem, located.
    pub(crate) fn at(mut self, file: Option<&str>, row: Option<u64>, column: Option<&str>) -> Self {
        self.file = file.map(Into::into);
        self.row = row;
        self.column = column.map(|name| shortened(name.to_owned()));
        self
    }

    /// The text of many problems, one line each. A problem that the very same cell text causes in more than ten rows
    /// is listed ten times; one more line then names its further rows.
    ///
    /// Cost: O(n log n) comparisons for n problems.
    #[must_use]
    pub fn list(problems: &[Problem]) -> String {
        listing::list(problems)
    }

    /// True when it says that quotas, pool and panel size, each well-formed, cannot be met together: no panel can exist.
    /// [`feasibility`](crate::feasibility) explains such problems and suggests what to change.
    #[must_use]
    pub fn is_misfit(&self) -> bool {
        MISFITS.contains(&self.code.as_str())
    }

    /// True when the work can go on.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.code.starts_with("W-")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(file) = &self.file {
            write!(f, " {file}")?;
        }
        if let Some(row) = self.row {
            write!(f, " row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(
                f,
                "{} column \"{column}\"",
                if self.row.is_some() { "," } else { "" }
            )?;
        }
        write!(f, ": found {}, expected {}", self.found, self.expected)
    }
}

/// A text that fits a message: a whole letter pasted into a cell does not.
fn shortened(text: String) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}… ({} bytes in all)", &text[..end], text.len()),
    }
}
