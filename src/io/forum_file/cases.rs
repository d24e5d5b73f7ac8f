//! Rows sorted into forums, with everything that is wrong with them.

use std::collections::BTreeMap;

use crate::error::Problem;
use crate::evidence::reasoning::{Answers, Forum, Part, undefined};
use crate::pool::key;

use super::super::sheet::Sheet;

/// One row of the file and where its case, stage and person stand.
pub(super) struct Row<'a> {
    pub(super) number: u64,
    pub(super) cells: &'a [String],
    pub(super) columns: [usize; 3],
}

/// A person's answers at one time: an answer per column of considerations and of options, if there is one.
struct Entry {
    row: u64,
    person: String,
    numbers: [Vec<Option<f64>>; 2],
}

/// Answers before and after.
#[derive(Default)]
struct Case {
    first_row: u64,
    entries: [Vec<Entry>; 2],
    /// The row of each person.
    rows: [BTreeMap<String, u64>; 2],
}

/// The forums of a file so far.
pub(super) struct Cases<'a> {
    sheet: &'a Sheet,
    questions: [Vec<usize>; 2],
    order: Vec<String>,
    cases: BTreeMap<String, Case>,
    problems: Vec<Problem>,
}

const TIMES: [&str; 2] = ["before", "after"];
const PARTS: [(&str, Part); 2] = [
    ("considerations", Part::Considerations),
    ("options", Part::Preferences),
];

impl<'a> Cases<'a> {
    pub(super) fn new(sheet: &'a Sheet, questions: [Vec<usize>; 2]) -> Self {
        Self {
            sheet,
            questions,
            order: vec![],
            cases: BTreeMap::new(),
            problems: vec![],
        }
    }

    fn problem(&mut self, problem: Problem, row: u64, column: Option<usize>) {
        let name = column.map(|c| key::clean(&self.sheet.header[c]));
        let label = Some(&self.sheet.label[..]);
        self.problems
            .push(problem.at(label, Some(row), name.as_deref()));
    }

    /// Reads a row that reaches all columns needed.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        let [case, stage, person] = row.columns.map(|column| key::clean(&row.cells[column]));
        let names = [("E-FORUM-CASE", &case, 0), ("E-FORUM-PERSON", &person, 2)];
        for (code, _, place) in names.into_iter().filter(|name| name.1.is_empty()) {
            let problem = Problem::new(code, "nothing", "a name or a code");
            self.problem(problem, row.number, Some(row.columns[place]));
        }
        let time = match &stage[..] {
            "1" => Some(0),
            "2" => Some(1),
            _ => None,
        };
        if time.is_none() {
            let expected = "1 for before, 2 for after";
            let problem = Problem::new("E-FORUM-STAGE", format!("{stage:?}"), expected);
            self.problem(problem, row.number, Some(row.columns[1]));
        }
        let numbers = self.questions.clone().map(|columns| {
            let cell = |column: usize| (column, &row.cells[column]);
            let cells = columns.into_iter().map(cell);
            cells
                .map(|(c, cell)| self.number(row.number, c, cell))
                .collect()
        });
        let (false, false, Some(time)) = (case.is_empty(), person.is_empty(), time) else {
            return;
        };
        let entry = Entry {
            row: row.number,
            person,
            numbers,
        };
        self.file(case, time, entry);
    }

    /// An answer; `None` when there is none.
    fn number(&mut self, row: u64, column: usize, cell: &str) -> Option<f64> {
        let text = key::clean(cell);
        if text.is_empty() || text.eq_ignore_ascii_case("na") {
            return None;
        }
        let number: Option<f64> = text.replace(',', ".").parse().ok();
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            let expected = "a number, or NA where nobody was asked";
            let problem = Problem::new("E-FORUM-NUMBER", format!("{text:?}"), expected);
            self.problem(problem, row, Some(column));
            // It counts as an answer, so that nothing else is said about this cell.
            return Some(f64::NAN);
        }
        number
    }

    fn file(&mut self, case: String, time: usize, entry: Entry) {
        let known = self.cases.entry(case.clone()).or_insert_with(|| {
            self.order.push(case);
            Case {
                first_row: entry.row,
                ..Case::default()
            }
        });
        if let Some(first) = known.rows[time].get(&entry.person) {
            let found = format!("person {:?} again, as in row {first}", entry.person);
            let expected = format!("one row {} deliberation", TIMES[time]);
            let problem = Problem::new("E-DRI-TWICE", found, expected);
            self.problem(problem, entry.row, None);
        } else {
            known.rows[time].insert(entry.person.clone(), entry.row);
            known.entries[time].push(entry);
        }
    }

    /// The forums, and every problem.
    pub(super) fn finish(mut self) -> (Vec<Forum>, Vec<Problem>) {
        let mut forums = Vec::new();
        for name in std::mem::take(&mut self.order) {
            let case = self.cases.remove(&name).unwrap_or_default();
            self.check_people(&name, &case);
            let asked = self.asked(&name, &case);
            let answers = case.entries.each_ref().map(|entries| {
                let answers = entries.iter().map(|entry| {
                    let numbers = [0, 1].map(|part| -> Vec<f64> {
                        let kept = asked[part].iter().map(|&at| entry.numbers[part][at]);
                        kept.map(|number| number.unwrap_or(f64::NAN)).collect()
                    });
                    let [considerations, preferences] = numbers;
                    Answers::new(&entry.person, considerations, preferences)
                });
                answers.collect::<Vec<Answers>>()
            });
            self.check_orders(&case, &asked, &answers);
            let [before, after] = answers;
            forums.push(Forum::new(name, before, after));
        }
        (forums, self.problems)
    }

    /// Are there at least two people, all of them at both times?
    fn check_people(&mut self, name: &str, case: &Case) {
        for (time, entries) in case.entries.iter().enumerate() {
            let others = &case.rows[1 - time];
            for entry in entries {
                if !others.contains_key(&entry.person) {
                    let found = format!("person {:?} only {}", entry.person, TIMES[time]);
                    let expected = "answers before and after deliberation";
                    self.problem(Problem::new("E-DRI-PAIR", found, expected), entry.row, None);
                }
            }
        }
        if case.entries.iter().all(|entries| entries.len() < 2) {
            let found = format!("one person in case {name:?}");
            let problem = Problem::new("E-DRI-PEOPLE", found, "at least two people");
            self.problem(problem, case.first_row, None);
        }
    }

    /// Which questions somebody of the case answered; everybody must have.
    fn asked(&mut self, name: &str, case: &Case) -> [Vec<usize>; 2] {
        let everybody = || case.entries.iter().flatten();
        [0, 1].map(|part| {
            let columns = self.questions[part].clone();
            let answered = |at: &usize| everybody().any(|e| e.numbers[part][*at].is_some());
            let asked: Vec<usize> = (0..columns.len()).filter(answered).collect();
            if asked.is_empty() {
                let found = format!("no {} that case {name:?} was asked about", PARTS[part].0);
                let problem = Problem::new("E-FORUM-ASKED", found, "at least two");
                self.problem(problem, case.first_row, None);
            }
            for entry in everybody() {
                for &at in asked
                    .iter()
                    .filter(|at| entry.numbers[part][**at].is_none())
                {
                    let expected = "an answer, as others of this case gave one";
                    let problem = Problem::new("E-FORUM-MISSING", "no answer", expected);
                    self.problem(problem, entry.row, Some(columns[at]));
                }
            }
            asked
        })
    }

    /// Whose answers have no order, so that the index is not defined?
    fn check_orders(&mut self, case: &Case, asked: &[Vec<usize>; 2], answers: &[Vec<Answers>; 2]) {
        for (entries, answers) in case.entries.iter().zip(answers) {
            for none in undefined(answers) {
                let part = usize::from(none.part == PARTS[1].1);
                let (Some(&first), Some(&last)) = (asked[part].first(), asked[part].last()) else {
                    continue;
                };
                let [first, last] =
                    [first, last].map(|at| &self.sheet.header[self.questions[part][at]]);
                let columns = format!("{}…{}", key::clean(first), key::clean(last));
                let found = format!("{} of person {:?} all equal", none.part, none.person);
                let expected =
                    "at least two different answers; without them the index is not defined";
                let problem = Problem::new("E-DRI-CONSTANT", found, expected);
                let (label, row) = (Some(&self.sheet.label[..]), entries[none.position].row);
                self.problems
                    .push(problem.at(label, Some(row), Some(&columns)));
            }
        }
    }
}
