//! No CPR number in a public file.

use std::collections::BTreeSet;

use super::civil_number::{CheckDigit, CprLike};
use super::texts;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool_commitment::Placed;

/// Refuses texts that [look like](CprLike) a CPR number. Messages say where, and never repeat the digits.
///
/// One in 27 numbers of ten digits looks like a CPR number by chance, so a pool whose ids are running numbers of ten digits would be refused as
/// well. Whoever knows that they are no CPR numbers says so by [`ids_are_other_numbers`](Self::ids_are_other_numbers), which lets texts pass that are
/// nothing but ten digits, and nothing else: six digits, a hyphen and four are still refused, and so are numbers inside longer texts. It does not help
/// against real CPR numbers: where at least four of a pool's or a file's different texts of ten digits, and more than half of them,
/// look like one, it is no chance (fewer than one pool in 10 000 would by chance), and the screen refuses all the same. Better than any of this
/// are ids that cannot be mistaken, such as [`Pseudonyms`](super::Pseudonyms).
///
/// ```
/// use kleroterion::privacy::Screen;
/// let json = br#"{"panel":["0101701234","b1221"]}"#;
/// let error = Screen::strict().json("transcript.json", json).unwrap_err();
/// assert_eq!(error.problems()[0].code, "E-CPR-LIKE");
/// assert_eq!(error.problems()[0].column.as_deref(), Some("panel[0]"));
/// Screen::ids_are_other_numbers().json("transcript.json", json)?;
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Screen {
    ten_digits: TenDigits,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum TenDigits {
    Refused,
    Declared,
}

/// A text that looks like a CPR number.
struct Hit {
    number: CprLike,
    is_ten_digits: bool,
    problem: Problem,
}

/// What the texts of one pool or file hold.
#[derive(Default)]
struct Seen {
    hits: Vec<Hit>,
    /// Different texts of ten digits.
    numbers: BTreeSet<String>,
    /// Those of them that look like a CPR number.
    alike: BTreeSet<String>,
}

impl Seen {
    fn text(&mut self, text: &str, located: impl FnOnce(Problem) -> Problem) {
        let trimmed = text.trim();
        let is_ten_digits = trimmed.len() == 10 && trimmed.bytes().all(|b| b.is_ascii_digit());
        if is_ten_digits {
            self.numbers.insert(trimmed.to_owned());
        }
        let Some(number) = CprLike::in_text(text) else {
            return;
        };
        if is_ten_digits {
            self.alike.insert(trimmed.to_owned());
        }
        self.hits.push(Hit {
            number,
            is_ten_digits,
            problem: located(problem(number)),
        });
    }
}

fn problem(number: CprLike) -> Problem {
    let found = match number.check_digit() {
        CheckDigit::Fits => "a text like a CPR number, whose check digit fits",
        CheckDigit::Fails => "a text like a CPR number, without a check digit that fits",
    };
    let expected = "nothing like one in a public file: use ids that cannot be mistaken, such as keyed pseudonyms";
    Problem::new("E-CPR-LIKE", found, expected)
}

impl Screen {
    /// Refuses everything that looks like a CPR number.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            ten_digits: TenDigits::Refused,
        }
    }

    /// The caller knows that ids of ten digits in this pool are numbers of another kind.
    #[must_use]
    pub fn ids_are_other_numbers() -> Self {
        Self {
            ten_digits: TenDigits::Declared,
        }
    }

    /// The ids of a pool, which every public file will hold: ask before anything is worked out. O(people).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CPR-LIKE` for every id that looks like a CPR number: `0101701234`, `010170-1234`; with file, row and column.
    pub fn ids(&self, instance: &Instance) -> Result<()> {
        let pool = instance.pool();
        let mut seen = Seen::default();
        for person in pool.people() {
            seen.text(person.id(), |problem| {
                problem.at(pool.file(), person.row(), Some(pool.id_column()))
            });
        }
        self.judge(seen)
    }

    /// The bytes of a canonical JSON file: every text and key, except for public values of sources and counts of panels. The column of a problem is the place, such as
    /// `draw.panel[3]`. O(length · log length).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-CPR-LIKE` for every text that looks like a CPR number.
    pub fn json(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let mut seen = Seen::default();
        texts::each(bytes, |place, text| {
            seen.text(text, |problem| problem.at(Some(file), None, Some(&place())));
        });
        self.judge(seen)
    }

    /// Ids, names and values of people's fields.
    pub(crate) fn fields<'a>(&self, people: impl IntoIterator<Item = &'a Placed>) -> Result<()> {
        let mut seen = Seen::default();
        for (number, person) in (1..).zip(people) {
            let at = |problem: Problem, column: &str| problem.at(None, Some(number), Some(column));
            seen.text(&person.id, |problem| at(problem, "id"));
            for field in &person.fields {
                let value = field.value().unwrap_or_default();
                seen.text(field.name(), |problem| at(problem, "name of a field"));
                let column = match field.name() {
                    "" => "household",
                    name if CprLike::in_text(name).is_some() => "*",
                    name => name,
                };
                seen.text(value, |problem| at(problem, column));
            }
        }
        self.judge(seen)
    }

    fn judge(&self, seen: Seen) -> Result<()> {
        let in_bulk = seen.alike.len() >= 4 && 2 * seen.alike.len() > seen.numbers.len();
        let is_declared = self.ten_digits == TenDigits::Declared;
        let may_pass = |hit: &Hit| is_declared && !in_bulk && hit.is_ten_digits;
        let refused: Vec<Problem> = seen
            .hits
            .into_iter()
            .filter(|hit| !may_pass(hit))
            .map(|hit| match is_declared && hit.is_ten_digits {
                true => in_spite(hit, seen.alike.len(), seen.numbers.len()),
                false => hit.problem,
            })
            .collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(ErrorKind::Input(refused).into())
        }
    }
}

/// Why what was declared to be other numbers is refused.
fn in_spite(hit: Hit, alike: usize, numbers: usize) -> Problem {
    let found = format!(
        "{}; so are {alike} of {numbers} numbers of ten digits",
        problem(hit.number).found
    );
    Problem {
        found,
        ..hit.problem
    }
}
