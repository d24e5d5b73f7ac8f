//! A seat for everybody at a table that their rules allow, close to a wish.

use super::model::{AWAY, Model};

/// A table for everybody who is there, within the tables' sizes and where everybody may sit; as many as possible where `wish` says. `None` when
/// there is none. Augmenting paths over tables: O(people · tables²).
pub(super) fn place(model: &Model, round: usize, wish: Option<&[u16]>) -> Option<Vec<u16>> {
    let here = &model.rounds[round];
    let mut seats = vec![AWAY; model.people];
    let members: Vec<usize> = here.present_in(0..model.members).collect();
    let sizes: Vec<(usize, usize)> = here
        .sizes
        .iter()
        .map(|s| (usize::from(s.0), usize::from(s.1)))
        .collect();
    fill(model, round, (&members, &sizes), (wish, &mut seats))?;
    if model.has_facilitators() {
        let people: Vec<usize> = here.present_in(model.members..model.people).collect();
        let mut one_each = vec![(1, 1); here.tables()];
        one_each.push((0, people.len()));
        fill(model, round, (&people, &one_each), (wish, &mut seats))?;
    }
    Some(seats)
}

type Kind<'a> = (&'a [usize], &'a [(usize, usize)]);

fn fill(
    model: &Model,
    round: usize,
    (people, sizes): Kind<'_>,
    (wish, seats): (Option<&[u16]>, &mut [u16]),
) -> Option<()> {
    let here = &model.rounds[round];
    let tables = sizes.len();
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); tables];
    let mut left = Vec::new();
    for &person in people {
        let table = wish.map_or(usize::MAX, |w| usize::from(w[person]));
        if table < tables && here.may_sit(person, table) && at[table].len() < sizes[table].1 {
            at[table].push(person);
        } else {
            left.push(person);
        }
    }
    // Everybody gets a seat: somebody without one takes one, whose holder takes another's, …, until a table has room. First where members are missing.
    while let Some(person) = left.pop() {
        let starts: Vec<usize> = (0..tables).filter(|&t| here.may_sit(person, t)).collect();
        let is_short = |t: usize, at: &[Vec<usize>]| at[t].len() < sizes[t].0;
        let has_room = |t: usize, at: &[Vec<usize>]| at[t].len() < sizes[t].1;
        let path = path(here, &at, &starts, &|t| is_short(t, &at))
            .or_else(|| path(here, &at, &starts, &|t| has_room(t, &at)))?;
        push(here, &mut at, &path, person);
    }
    // Tables with too few take from those with more than enough.
    while let Some(short) = (0..tables).find(|&t| at[t].len() < sizes[t].0) {
        let rich: Vec<usize> = (0..tables).filter(|&t| at[t].len() > sizes[t].0).collect();
        let chain = path(here, &at, &rich, &|t| t == short)?;
        let (from, to) = (*chain.first()?, *chain.get(1)?);
        let place = at[from].iter().position(|&p| here.may_sit(p, to))?;
        let person = at[from].swap_remove(place);
        push(here, &mut at, &chain[1..], person);
    }
    for (table, people) in at.iter().enumerate() {
        people.iter().for_each(|&p| seats[p] = table as u16);
    }
    Some(())
}

/// Tables from one of `starts` to a goal, where at each but the last somebody sits who may move on.
fn path(
    here: &super::model::RoundModel,
    at: &[Vec<usize>],
    starts: &[usize],
    is_goal: &dyn Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; at.len()];
    let mut queue = starts.to_vec();
    let mut is_seen = vec![false; at.len()];
    starts.iter().for_each(|&t| is_seen[t] = true);
    let mut next = 0;
    while next < queue.len() {
        let table = queue[next];
        next += 1;
        if is_goal(table) {
            let mut path = vec![table];
            while let Some(earlier) = before[*path.last()?] {
                path.push(earlier);
            }
            path.reverse();
            return Some(path);
        }
        for to in 0..at.len() {
            if !is_seen[to] && at[table].iter().any(|&p| here.may_sit(p, to)) {
                is_seen[to] = true;
                before[to] = Some(table);
                queue.push(to);
            }
        }
    }
    None
}

/// `person` takes a seat at the first table of the path, where somebody moves on to the next, and so on.
fn push(here: &super::model::RoundModel, at: &mut [Vec<usize>], path: &[usize], person: usize) {
    let mut moving = person;
    for (step, &table) in path.iter().enumerate() {
        let next = path.get(step + 1);
        let leaves = next.and_then(|&to| at[table].iter().position(|&p| here.may_sit(p, to)));
        at[table].push(moving);
        if let Some(place) = leaves {
            moving = at[table].swap_remove(place);
        }
    }
}
