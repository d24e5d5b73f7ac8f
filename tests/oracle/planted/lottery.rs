//! Bugs in groups, compositions, weights and the chances stated.

use super::{accepts, changed, refit, reports, right};
use crate::case::{Case, Panel};
use crate::check::lottery as plain;
use crate::golden::{self, ratio};
use crate::outcome::Lottery;

#[test]
fn weights() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let with = |change: &dyn Fn(&mut Lottery)| plain::check_weights(&changed(&good, change));
    accepts(with(&|_| ()));
    reports(with(&|l| _ = l.weights.pop()), "not one weight");
    reports(
        with(&|l| drop((l.weights.pop(), l.compositions.pop()))),
        "sum to",
    );
    reports(with(&|l| l.weights[0] += 1), "sum to");
    reports(
        with(&|l| (l.weights[1], l.weights[0]) = (l.weights[0] + l.weights[1], 0)),
        "a weight of 0",
    );
    reports(with(&|l| l.compositions.swap(0, 1)), "not ascending");
    let twice = |l: &mut Lottery| {
        let half = l.weights[0] / 2;
        l.weights[0] -= half;
        l.weights.insert(0, half);
        l.compositions.insert(0, l.compositions[0].clone());
    };
    reports(with(&twice), "not ascending or twice");
}

#[test]
fn feasibility() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let with =
        |change: &dyn Fn(&mut Lottery)| plain::check_feasible(&case, &changed(&good, change));
    accepts(with(&|_| ()));
    reports(
        with(&|l| _ = l.compositions[0].pop()),
        "people on a panel of 3",
    );
    reports(with(&|l| l.compositions[0][0][2] = 0), "no seats");
    reports(
        with(&|l| l.compositions[0][0][2] += 3),
        "without people left",
    );
    reports(
        with(&|l| l.compositions[0].reverse()),
        "entries not ascending",
    );
    reports(with(&|l| l.compositions[0][0][1] = 9), "no such role");
    reports(
        with(&|l| l.compositions[0].last_mut().expect("entries")[0] = 99),
        "no such group",
    );
    for quota in 0..case.flat_quotas().len() {
        // A quota one seat tighter than what some composition uses.
        for up in [false, true] {
            let mut tighter = case.clone();
            let bound = tighter
                .quotas
                .iter_mut()
                .flatten()
                .nth(quota)
                .expect("a quota");
            let seats: Vec<u32> = case
                .panels()
                .iter()
                .map(|p| seats(&case, *p, quota))
                .collect();
            let (least, most) = (
                *seats.iter().min().expect("panels"),
                *seats.iter().max().expect("panels"),
            );
            *bound = if up {
                (least + 1, bound.1)
            } else {
                (bound.0, most.wrapping_sub(1))
            };
            let uses = if up { least } else { most };
            let used = tickets_use(&case, &good, quota, uses);
            if used && (up || most > 0) {
                reports(plain::check_feasible(&tighter, &good), "quota");
            }
        }
    }
}

fn seats(case: &Case, panel: Panel, quota: usize) -> u32 {
    (0..case.people.len())
        .filter(|&i| panel >> i & 1 == 1 && case.quotas_of(i).contains(&quota))
        .count() as u32
}

/// Whether some composition gives a quota just so many seats.
fn tickets_use(case: &Case, lottery: &Lottery, quota: usize, seats: u32) -> bool {
    let holds = |e: &[u32; 3]| {
        case.quotas_of(lottery.groups[e[0] as usize][0][e[1] as usize][0])
            .contains(&quota)
    };
    lottery
        .compositions
        .iter()
        .any(|c| c.iter().filter(|e| holds(e)).map(|e| e[2]).sum::<u32>() == seats)
}

#[test]
fn households() {
    let case = golden::housemates().case;
    let good = right(&case);
    accepts(plain::check_feasible(&case, &good));
    // Both housemates at once: their group has one unit.
    let both = changed(&good, |l| {
        l.compositions[0] = vec![[0, 0, 1], [0, 1, 1], [1, 0, 1]]
    });
    reports(plain::check_feasible(&case, &both), "people of home");
    // The same panel by a lottery whose groups forget the household.
    let mut apart = case.clone();
    apart.people.iter_mut().for_each(|p| p.home = None);
    reports(
        plain::check_feasible(&case, &right(&apart)),
        "2 people of home",
    );
    reports(plain::check_groups(&case, &right(&apart)), "groups");
}

#[test]
fn groups() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let with = |change: &dyn Fn(&mut Lottery)| plain::check_groups(&case, &changed(&good, change));
    accepts(with(&|_| ()));
    reports(with(&|l| l.groups.swap(0, 1)), "groups");
    reports(with(&|l| drop(l.groups.pop())), "groups");
    reports(
        with(&|l| {
            let other = l.groups.pop().expect("groups");
            l.groups[0].extend(other)
        }),
        "groups",
    );
    reports(
        with(&|l| {
            let group = l.groups.iter_mut().find(|g| g.len() > 1).expect("twins");
            group.swap(0, 1)
        }),
        "groups",
    );
}

#[test]
fn stated_chances() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let with = |change: &dyn Fn(&mut Lottery)| plain::check_chances(&case, &changed(&good, change));
    accepts(with(&|_| ()));
    reports(with(&|l| l.chances.swap(0, 2)), "by weights");
    reports(with(&|l| drop(l.chances.pop())), "not one chance");
    reports(with(&|l| l.weights[0] += 1), "by weights");
    reports(
        with(&|l| l.chances[0] += ratio(1, 1_000_000_000_000)),
        "by weights",
    );
    let short = refit(&case, &good, |l| l.weights[0] -= 7);
    reports(plain::check_chances(&case, &short), "chances sum to");
}
