//! Rules that contradict each other.

use super::super::model::{APART, Model, TOGETHER};
use super::super::place::place;
use super::super::problem::Parts;
use crate::error::Problem;

/// Those who sit together, also through others.
pub(in super::super) fn units(model: &Model) -> Vec<Vec<usize>> {
    let mut units = Vec::new();
    let mut is_seen = vec![false; model.people];
    for first in 0..model.people {
        let mut unit = vec![first];
        let mut at = 0;
        while at < unit.len() && !is_seen[first] {
            let person = unit[at];
            let row = &model.kinds[person * model.people..][..model.people];
            let mates = (0..model.people).filter(|&p| row[p] == TOGETHER);
            let new: Vec<usize> = mates.filter(|p| !unit.contains(p)).collect();
            unit.extend(new);
            at += 1;
        }
        if unit.len() > 1 {
            unit.iter().for_each(|&p| is_seen[p] = true);
            units.push(unit);
        }
    }
    units
}

/// What can be seen to be impossible without a search.
pub(super) fn problems(parts: &Parts, model: &Model) -> Vec<Problem> {
    let names: Vec<&str> = parts.ids().collect();
    let listed = |people: &[usize]| {
        let ids: Vec<&str> = people.iter().map(|&p| names[p]).collect();
        ids.join(", ")
    };
    let clash = |found: String, expected: &str| Problem::new("E-SEAT-CLASH", found, expected);
    let mut found = Vec::new();
    for unit in &model.units {
        let apart = |a: usize, b: usize| model.kinds[a * model.people + b] == APART;
        if unit.iter().any(|&a| unit.iter().any(|&b| apart(a, b))) {
            let text = format!("{} together, two of them apart", listed(unit));
            found.push(clash(text, "rules that can both be kept"));
        }
        if unit.iter().filter(|&&p| p >= model.members).count() > 1 {
            let text = format!("{} together, two of them facilitators", listed(unit));
            found.push(clash(text, "one facilitator at a table"));
        }
    }
    for (at, round) in model.rounds.iter().enumerate() {
        let number = parts.first + at as u32;
        let largest = round
            .sizes
            .iter()
            .map(|s| usize::from(s.1))
            .max()
            .unwrap_or(0);
        for unit in &model.units {
            let members = unit
                .iter()
                .filter(|&&p| p < model.members && round.present[p]);
            if members.count() > largest {
                let text = format!("{} at one table in round {number}", listed(unit));
                found.push(clash(text, &format!("at most {largest}")));
            }
        }
        let tables = round.tables();
        let mut is_stuck = false;
        for person in round.present_in(0..model.people) {
            if (0..tables).all(|t| !round.may_sit(person, t)) {
                is_stuck = true;
                let text = format!("no table is left for {} in round {number}", names[person]);
                found.push(clash(text, "rules that can all be kept"));
            }
        }
        if !is_stuck && place(model, at, None).is_none() {
            let text =
                format!("more people need the same tables in round {number} than these seat");
            found.push(clash(
                text,
                "tables for everybody, each with its fewest members",
            ));
        }
    }
    found
}

/// Rounds with more people, any two of them apart, than tables. Each list is grown person by person, so that some are not found.
pub(super) fn crowds(parts: &Parts, model: &Model) -> Vec<Problem> {
    let names: Vec<&str> = parts.ids().collect();
    let is_apart = |a: usize, b: usize| model.kinds[a * model.people + b] == APART;
    let mut found = Vec::new();
    for (at, round) in model.rounds.iter().enumerate() {
        let here: Vec<usize> = round.present_in(0..model.members).collect();
        let crowd = |first: usize| {
            let mut crowd = vec![first];
            for &person in &here {
                if crowd.iter().all(|&p| is_apart(p, person)) {
                    crowd.push(person);
                }
            }
            crowd
        };
        let mut crowds = here.iter().map(|&first| crowd(first));
        if let Some(crowd) = crowds.find(|c| c.len() > round.tables()) {
            let ids: Vec<&str> = crowd.iter().map(|&p| names[p]).collect();
            let (number, tables) = (parts.first + at as u32, round.tables());
            let text = format!("{} apart from each other in round {number}", ids.join(", "));
            let expected = format!("at most {tables}, a table for each");
            found.push(Problem::new("E-SEAT-CLASH", text, &expected));
        }
    }
    found
}
