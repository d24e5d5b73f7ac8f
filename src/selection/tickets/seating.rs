//! Who sits on which ticket: seats dealt so evenly that people of a role differ by one ticket at most.
//!
//! Units take seats greedily, least served first. Without housemates of several roles that is even already. With them a
//! unit serves one role a ticket, or as many people as may sit, and roles compete: then pairs of units trade tickets until every role is even. The
//! seats that two units trade one for one are the edges of a graph over roles; an orientation along closed walks gives each unit half of every
//! role's (an equitable edge colouring of a bipartite multigraph, which always exists: de Werra 1971).

use std::collections::BTreeMap;

use super::super::model::Model;
use super::super::spread::Stream;
use super::Tickets;
use crate::group::Group;
use crate::instance::Instance;

/// A composition as `(column of the model, seats)`, ascending.
pub(super) type Seats = Vec<(u32, u32)>;

/// One seat of a group: on which ticket, in which role, sent by which unit.
struct Seat {
    ticket: usize,
    role: usize,
    unit: usize,
}

/// Seats people on all tickets. `shuffle` renames the units of every group and the people of every unit and role; a
/// uniform one gives equal people equal expectations, whatever the compositions are.
pub(super) fn seat(
    instance: &Instance,
    model: &Model,
    panels: &[Seats],
    shuffle: &mut dyn FnMut(&mut [usize]),
) -> Tickets {
    let mut stream = Stream::of(model);
    let mut asked: Vec<Vec<(usize, usize, u32)>> = vec![vec![]; instance.groups().len()];
    for (ticket, panel) in panels.iter().enumerate() {
        for &(column, seats) in panel {
            let (group, role) = model.roles[column as usize];
            asked[group as usize].push((ticket, role as usize, seats));
        }
    }
    let mut people: Vec<Vec<u32>> = vec![vec![]; panels.len()];
    for (group, asked) in instance.groups().iter().zip(&asked) {
        let mut dealt = match group.most_per_unit() {
            1 => deal(group, asked, &mut stream),
            _ => deal_in_turn(group, asked, &mut stream),
        };
        even_out(group, &mut dealt);
        send(group, &dealt, &mut people, shuffle);
    }
    let mut list: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    for mut panel in people {
        panel.sort_unstable();
        *list.entry(panel).or_default() += 1;
    }
    list.into_iter().collect()
}

/// Ticket by ticket and role by role, the units that have served the role least; ties in a keyed order.
fn deal(group: &Group, asked: &[(usize, usize, u32)], stream: &mut Stream) -> Vec<Seat> {
    let units = group.units().len();
    let mut served = vec![vec![0_u32; units]; group.profiles().len()];
    let mut seated_on = vec![usize::MAX; units];
    let mut dealt = Vec::new();
    for &(ticket, role, seats) in asked {
        let mut free: Vec<(u32, usize, usize)> = (0..units)
            .filter(|&unit| seated_on[unit] != ticket)
            .map(|unit| (served[role][unit], stream.below(1 << 30), unit))
            .collect();
        free.sort_unstable();
        for &(_, _, unit) in free.iter().take(seats as usize) {
            served[role][unit] += 1;
            seated_on[unit] = ticket;
            dealt.push(Seat { ticket, role, unit });
        }
    }
    dealt
}

/// Ticket by ticket, all units in turn, those first that have served the ticket's first role least: no unit sends more
/// people than may sit, nor more of a role than it has.
fn deal_in_turn(group: &Group, asked: &[(usize, usize, u32)], stream: &mut Stream) -> Vec<Seat> {
    let mut served = vec![vec![0_u32; group.units().len()]; group.profiles().len()];
    let mut dealt = Vec::new();
    for asked in asked.chunk_by(|a, b| a.0 == b.0) {
        let mut turns: Vec<(u32, usize, usize)> = (0..group.units().len())
            .map(|unit| (served[asked[0].1][unit], stream.below(1 << 30), unit))
            .collect();
        turns.sort_unstable();
        let mut turns = turns.iter().map(|&(_, _, unit)| unit).cycle();
        for &(ticket, role, seats) in asked {
            for unit in turns.by_ref().take(seats as usize) {
                served[role][unit] += 1;
                dealt.push(Seat { ticket, role, unit });
            }
        }
    }
    dealt
}

/// Trades between the units that serve a role most and least, until these differ by one at most in every role. Every
/// trade lowers the sum of squares, so it ends.
fn even_out(group: &Group, dealt: &mut [Seat]) {
    let roles = group.profiles().len();
    let mut served = vec![vec![0_u32; group.units().len()]; roles];
    dealt.iter().for_each(|s| served[s.role][s.unit] += 1);
    let uneven = |served: &[Vec<u32>]| {
        served.iter().find_map(|served| {
            let most = (0..served.len()).max_by_key(|&u| served[u])?;
            let least = (0..served.len()).min_by_key(|&u| served[u])?;
            (served[most] > served[least] + 1).then_some((most, least))
        })
    };
    while let Some(pair) = uneven(&served) {
        let own: Vec<usize> = (0..dealt.len())
            .filter(|&at| dealt[at].unit == pair.0 || dealt[at].unit == pair.1)
            .collect();
        own.iter()
            .for_each(|&at| served[dealt[at].role][dealt[at].unit] -= 1);
        halve(roles, dealt, &own, pair);
        own.iter()
            .for_each(|&at| served[dealt[at].role][dealt[at].unit] += 1);
    }
}

/// Deals the pair's tickets anew so that both serve every role equally often, or one of them once more.
fn halve(roles: usize, dealt: &mut [Seat], own: &[usize], (first, second): (usize, usize)) {
    // Node `roles` takes the other end of a ticket that only one of the two has, and of every odd role.
    let seats: Vec<(usize, Option<usize>)> = own
        .chunk_by(|&a, &b| dealt[a].ticket == dealt[b].ticket)
        .flat_map(|ticket| pairs(dealt, ticket))
        .collect();
    let mut edges: Vec<(usize, usize)> = seats
        .iter()
        .map(|&(at, other)| {
            (
                dealt[at].role,
                other.map_or(roles, |other| dealt[other].role),
            )
        })
        .collect();
    let mut degree = vec![0; roles + 1];
    edges.iter().for_each(|&(a, b)| {
        degree[a] += 1;
        degree[b] += 1;
    });
    let odd = (0..roles).filter(|&role| degree[role] % 2 == 1);
    edges.extend(odd.map(|role| (role, roles)));
    for (edge, leaves_first) in orient(roles + 1, &edges).into_iter().enumerate() {
        let Some(&(at, other)) = seats.get(edge) else {
            continue;
        };
        let (here, there) = if leaves_first {
            (first, second)
        } else {
            (second, first)
        };
        dealt[at].unit = here;
        if let Some(other) = other {
            dealt[other].unit = there;
        }
    }
}

/// Two units' seats on a ticket in pairs that they trade one for one: equal roles first, so that neither gets more of a role than
/// one of them had. What is left over belongs to one of them, and either may take it.
fn pairs(dealt: &[Seat], ticket: &[usize]) -> Vec<(usize, Option<usize>)> {
    let mut pairs = Vec::new();
    let mut left = ticket.to_vec();
    for equal in [true, false] {
        let mut alone = Vec::new();
        while !left.is_empty() {
            let at = left.remove(0);
            let meets = |&other: &usize| {
                let roles = dealt[other].role == dealt[at].role;
                dealt[other].unit != dealt[at].unit && (roles || !equal)
            };
            match left.iter().position(meets) {
                Some(other) => pairs.push((at, Some(left.remove(other)))),
                None if equal => alone.push(at),
                None => pairs.push((at, None)),
            }
        }
        left = alone;
    }
    pairs
}

/// Orients the edges of a graph with even degrees along closed walks, so that as many leave every node as enter it. True:
/// the edge leaves its first end.
fn orient(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut at: Vec<Vec<usize>> = vec![vec![]; nodes];
    for (edge, &(a, b)) in edges.iter().enumerate() {
        at[a].push(edge);
        at[b].push(edge);
    }
    let mut oriented: Vec<Option<bool>> = vec![None; edges.len()];
    for start in 0..nodes {
        let mut node = start;
        while let Some(edge) = at[node].pop() {
            if oriented[edge].is_none() {
                let leaves_first = edges[edge].0 == node;
                oriented[edge] = Some(leaves_first);
                node = if leaves_first {
                    edges[edge].1
                } else {
                    edges[edge].0
                };
            }
        }
    }
    oriented.into_iter().map(|way| way == Some(true)).collect()
}

/// From units to people: units are renamed, and a unit's people of a role sit in turn.
fn send(
    group: &Group,
    dealt: &[Seat],
    people: &mut [Vec<u32>],
    shuffle: &mut dyn FnMut(&mut [usize]),
) {
    let mut names: Vec<usize> = (0..group.units().len()).collect();
    shuffle(&mut names);
    let mut turns: BTreeMap<(usize, usize), (Vec<usize>, usize)> = BTreeMap::new();
    for seat in dealt {
        let own = &group.units()[names[seat.unit]][seat.role];
        let (order, next) = turns.entry((seat.unit, seat.role)).or_insert_with(|| {
            let mut order: Vec<usize> = (0..own.len()).collect();
            shuffle(&mut order);
            (order, 0)
        });
        people[seat.ticket].push(own[order[*next % order.len()]]);
        *next += 1;
    }
}
