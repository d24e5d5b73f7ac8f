//! Everybody's state after some entries, and what may happen next.

use std::collections::BTreeMap;

use super::entry::{Dated, Event, Head, PersonKey};
use super::state::State;
use crate::assembly::day::is_day;
use crate::error::Problem;

/// What the entries so far say about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) state: State,
    /// The states that the person has ever been in, one bit each in the order of [`State::ALL`].
    been: u16,
    /// True once somebody else was activated in their place.
    replaced: bool,
}

impl Standing {
    pub(super) fn ever(&self, state: State) -> bool {
        self.been >> state as u16 & 1 == 1
    }

    /// True when a seat was given to them, be it by the draw or in place of another.
    fn had_seat(&self) -> bool {
        self.ever(State::Selected) || self.ever(State::Activated)
    }

    fn holds_seat(&self) -> bool {
        self.had_seat() && self.state.keeps_seat() && !self.replaced
    }
}

/// The state of all, built entry by entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Standings {
    pub(super) people: BTreeMap<PersonKey, Standing>,
    latest: Option<String>,
    held: u32,
}

impl Standings {
    /// Takes one event in, or says everything that is wrong with it and stays as it was.
    pub(super) fn take(&mut self, number: u64, dated: &Dated, head: &Head) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut note = |code: &str, found: String, expected: String| {
            problems.push(Problem::new(
                code,
                format!("entry {number}: {found}"),
                expected,
            ));
        };
        self.check_day(&dated.date, &mut note);
        match &dated.event {
            Event::Step { person, to } => self.check_step(*person, *to, head, &mut note),
            Event::AlternateActivated { person, replaces } => {
                let late = head.cut_off.as_ref().filter(|day| **day < dated.date);
                if let Some(day) = late {
                    let found = format!("an alternate activated on {}", dated.date);
                    note(
                        "E-ROSTER-CUT-OFF",
                        found,
                        format!("no later day than {day}"),
                    );
                }
                self.check_replacement(*person, *replaces, &mut note);
            }
            Event::Meeting { attended } => self.check_meeting(attended, &mut note),
        }
        if problems.is_empty() {
            self.apply(dated);
        }
        problems
    }

    fn check_day(&self, day: &str, note: &mut impl FnMut(&str, String, String)) {
        if !is_day(day) {
            let expected = "a day of the calendar as YYYY-MM-DD".to_owned();
            note("E-ROSTER-DATE", format!("{day:?}"), expected);
        } else if let Some(before) = self.latest.as_ref().filter(|before| day < before.as_str()) {
            let expected = "entries in order of days: the ledger only grows at its end".to_owned();
            note("E-ROSTER-ORDER", format!("{day} after {before}"), expected);
        }
    }

    fn check_step(
        &self,
        person: PersonKey,
        to: State,
        head: &Head,
        note: &mut impl FnMut(&str, String, String),
    ) {
        let standing = self.people.get(&person);
        let from = standing.map(|standing| standing.state);
        if to == State::Activated {
            let expected = "an entry that says whose seat it is".to_owned();
            note("E-ROSTER-STEP", "a step to activated".to_owned(), expected);
        } else if !to.follows(from) {
            note("E-ROSTER-STEP", step(from, to), allowed(from));
        } else if to == State::Seated && standing.is_some_and(|standing| standing.replaced) {
            let found = "a no-show comes whose seat another has".to_owned();
            note(
                "E-ROSTER-REPLACED",
                found,
                "one person on a seat".to_owned(),
            );
        } else if to == State::Selected && self.selected() >= head.seats as usize {
            let found = format!("one more person drawn for {} seats", head.seats);
            let expected = "not more people drawn than seats".to_owned();
            note("E-ROSTER-SEATS", found, expected);
        }
    }

    fn check_replacement(
        &self,
        person: PersonKey,
        replaces: PersonKey,
        note: &mut impl FnMut(&str, String, String),
    ) {
        let from = self.people.get(&person).map(|standing| standing.state);
        if !State::Activated.follows(from) {
            note("E-ROSTER-STEP", step(from, State::Activated), allowed(from));
        }
        let found = match self.people.get(&replaces) {
            None => "somebody who is not on the roster is replaced".to_owned(),
            Some(left) if !left.had_seat() => "somebody who had no seat is replaced".to_owned(),
            Some(left) if left.ever(State::Completed) => {
                "somebody who stayed to the end is replaced".to_owned()
            }
            Some(left) if left.replaced => "somebody is replaced twice".to_owned(),
            Some(left) if !left.state.may_be_replaced() => {
                format!("somebody who is {} is replaced", left.state)
            }
            Some(_) => return,
        };
        let expected = "a seat whose holder did not come or has left, and that nobody has taken";
        note("E-ROSTER-REPLACES", found, expected.to_owned());
    }

    fn check_meeting(&self, attended: &[PersonKey], note: &mut impl FnMut(&str, String, String)) {
        if !attended.is_sorted_by(|a, b| a < b) {
            let found = "a list of those who came that is not ascending".to_owned();
            note(
                "E-ROSTER-ATTENDED",
                found,
                "everybody once, ascending".to_owned(),
            );
        }
        let member = |person: &&PersonKey| {
            let standing = self.people.get(person);
            standing.is_some_and(|standing| standing.state == State::Seated)
        };
        let others = attended.iter().filter(|person| !member(person)).count();
        if others > 0 {
            let found = format!("{others} who came and are not seated");
            let expected = "seated members; whoever comes for the first time is seated first";
            note("E-ROSTER-ATTENDED", found, expected.to_owned());
        }
    }

    fn selected(&self) -> usize {
        let all = self.people.values();
        all.filter(|standing| standing.ever(State::Selected))
            .count()
    }

    /// People for whom a seat is kept.
    pub(super) fn seats_held(&self) -> usize {
        self.people.values().filter(|s| s.holds_seat()).count()
    }

    fn apply(&mut self, dated: &Dated) {
        self.latest = Some(dated.date.clone());
        match &dated.event {
            Event::Step { person, to } => self.put(*person, *to),
            Event::AlternateActivated { person, replaces } => {
                self.put(*person, State::Activated);
                if let Some(left) = self.people.get_mut(replaces) {
                    left.replaced = true;
                }
            }
            Event::Meeting { .. } => self.held += 1,
        }
    }

    fn put(&mut self, person: PersonKey, state: State) {
        let standing = self.people.entry(person).or_insert(Standing {
            state,
            been: 0,
            replaced: false,
        });
        standing.state = state;
        standing.been |= 1 << state as u16;
    }

    /// Meetings so far.
    pub(super) fn meetings(&self) -> u32 {
        self.held
    }
}

fn step(from: Option<State>, to: State) -> String {
    match from {
        None => format!("somebody who is not on the roster becomes {to}"),
        Some(from) => format!("somebody who is {from} becomes {to}"),
    }
}

fn allowed(from: Option<State>) -> String {
    let next: Vec<String> = State::ALL
        .into_iter()
        .filter(|to| to.follows(from))
        .map(|to| to.to_string())
        .collect();
    match (next.as_slice(), from) {
        ([], Some(from)) => format!("nothing after {from}"),
        (next, _) => format!("one of {}", next.join(", ")),
    }
}
