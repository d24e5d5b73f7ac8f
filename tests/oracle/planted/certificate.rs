//! Bugs in certificates, and in the oracle's own proofs.

use kleroterion::certificate::{Bound, Proof};
use num_traits::Zero;

use super::{accepts, bound, changed, reports, right};
use crate::case::Case;
use crate::check::certificate::check_certificate;
use crate::golden::{self, ratio};
use crate::leximin::{Answer, leximin, verify};
use crate::outcome::Lottery;

#[test]
fn certificates() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let panels = case.panels();
    let with = |change: &dyn Fn(&mut Lottery)| {
        check_certificate(&case, &changed(&good, change), "leximin", &panels)
    };
    accepts(with(&|_| ()));
    let levels = good.certificate.levels.len();
    assert!(levels >= 3, "{:?}", good.certificate);
    reports(
        check_certificate(&case, &good, "maximin", &panels),
        "asked for maximin",
    );
    reports(with(&|l| l.certificate.target = Some(vec![])), "a target");
    reports(
        with(&|l| l.certificate.levels.reverse()),
        "the lowest chance is",
    );
    reports(
        with(&|l| drop(l.certificate.levels.pop())),
        "nobody says anything",
    );
    reports(with(&|l| drop(l.certificate.levels.remove(0))), "level");
    reports(
        with(&|l| l.certificate.levels.push(l.certificate.levels[0].clone())),
        "fixed before",
    );
}

#[test]
fn levels() {
    let case = golden::crossroads().case;
    let good = right(&case);
    let panels = case.panels();
    let with = |change: &dyn Fn(&mut Lottery)| {
        check_certificate(&case, &changed(&good, change), "leximin", &panels)
    };
    reports(
        with(&|l| l.certificate.levels[0].fixed.clear()),
        "none or not ascending",
    );
    reports(
        with(&|l| l.certificate.levels[0].fixed.push((77, 0))),
        "unknown",
    );
    reports(
        with(&|l| l.certificate.levels[0].value += 1),
        "the lowest chance is",
    );
    reports(
        with(&|l| l.certificate.levels[0].value -= 1),
        "the lowest chance is",
    );
    reports(
        with(&|l| l.certificate.levels[0].bound += 2_000),
        "within 1e-9",
    );
    reports(
        with(&|l| l.certificate.levels[0].bound -= 2_000),
        "below value",
    );
    reports(
        with(&|l| l.certificate.levels[0].proof = Proof::Certain),
        "certain, but",
    );
    // Somebody low is said to be fixed with the highest.
    let late = |l: &mut Lottery| {
        let low = l.certificate.levels[0].fixed.remove(0);
        let last = l.certificate.levels.last_mut().expect("levels");
        last.fixed.insert(0, low);
        last.fixed.sort_unstable();
    };
    assert!(with(&late).is_err());
}

/// A case whose levels are all proved by bounds, and one of its levels.
fn bounded() -> (Case, Lottery) {
    let case = golden::forced().case;
    let good = right(&case);
    assert!(
        good.certificate
            .levels
            .iter()
            .all(|l| matches!(l.proof, Proof::Bound(_))),
        "{:?}",
        good.certificate
    );
    (case, good)
}

#[test]
fn multipliers() {
    let (case, good) = bounded();
    let panels = case.panels();
    let at = |level: usize, change: &dyn Fn(&mut Bound)| {
        check_certificate(
            &case,
            &changed(&good, |l| {
                change(bound(&mut l.certificate.levels[level].proof))
            }),
            "leximin",
            &panels,
        )
    };
    for level in 0..good.certificate.levels.len() {
        accepts(at(level, &|_| ()));
        reports(at(level, &|b| b.scale = 0), "scale below 1");
        reports(at(level, &|b| b.quotas.push((999, 1))), "no such quota");
        reports(
            at(level, &|b| b.quotas = vec![(1, 1), (0, 1)]),
            "not ascending",
        );
        reports(at(level, &|b| b.quotas = vec![(0, 0)]), "or 0");
        reports(at(level, &|b| b.households = vec![(0, -1)]), "not positive");
        reports(at(level, &|b| b.weights = Some(vec![])), "without weight");
        reports(
            at(level, &|b| {
                b.weights.as_mut().expect("listed").push((99, 0, 1))
            }),
            "does not exist",
        );
        reports(
            at(level, &|b| b.weights.as_mut().expect("listed")[0].2 = 0),
            "not positive",
        );
        if listed(&good, level) > 1 {
            reports(
                at(level, &|b| b.weights.as_mut().expect("listed").reverse()),
                "not ascending",
            );
        }
    }
    // All numbers of a bound matter: changed alone they give another bound or none.
    reports(
        at(0, &|b| b.weights.as_mut().expect("listed")[0].2 += 1),
        "recomputed",
    );
    reports(at(0, &|b| b.size += b.scale), "recomputed");
    reports(at(0, &|b| b.quotas.clear()), "recomputed");
    let scaled = |b: &mut Bound| {
        b.scale *= 3;
        b.size *= 3;
        b.quotas.iter_mut().for_each(|q| q.1 *= 3);
    };
    accepts(at(0, &scaled));
    reports(at(0, &|b| b.scale *= 3), "recomputed");
}

fn listed(lottery: &Lottery, level: usize) -> usize {
    match &lottery.certificate.levels[level].proof {
        Proof::Bound(bound) => bound.weights.as_ref().map_or(0, Vec::len),
        _ => 0,
    }
}

#[test]
fn derived_weights_are_those_written_out() {
    // Y = max(0, μ + Σπ + σ): one person of two by chance, written without weights.
    let case = Case::letters(1, &[&[('a', 0, 1), ('b', 0, 1)]], &["a", "b"]);
    let good = right(&case);
    let derive = |size: i64, households: Vec<(u32, i64)>| {
        changed(&good, |l| {
            *bound(&mut l.certificate.levels[0].proof) = Bound {
                size,
                quotas: vec![],
                households,
                scale: 1,
                weights: None,
            };
            l.certificate.levels[0].fixed = vec![(0, 0), (1, 0)];
            l.certificate.levels.truncate(1);
        })
    };
    let check = |lottery: &Lottery| check_certificate(&case, lottery, "leximin", &case.panels());
    accepts(check(&derive(1, vec![])));
    // μ = 0, σ = 1 on both: U = 2 over two people.
    reports(check(&derive(0, vec![(0, 1), (1, 1)])), "recomputed");
    reports(check(&derive(0, vec![])), "without weight");
    let scaled = changed(&derive(1, vec![]), |l| {
        bound(&mut l.certificate.levels[0].proof).scale = 2
    });
    reports(check(&scaled), "a scale without weights");
}

#[test]
fn household_bounds_are_per_unit() {
    // Two couples, two seats: chances 1/2 each, shown by σ = 1 per couple or by μ = 1.
    let case = Case::letters(2, &[&[('a', 0, 2), ('b', 0, 2)]], &["a", "b", "a", "b"]).homes(&[
        Some(0),
        Some(0),
        Some(1),
        Some(1),
    ]);
    let by_couple = changed(&right(&case), |l| {
        let level = &mut l.certificate.levels[0];
        level.proof = Proof::Bound(Bound {
            size: 0,
            quotas: vec![],
            households: vec![(0, 1)],
            scale: 1,
            weights: None,
        });
        level.fixed = vec![(0, 0), (0, 1)];
        level.bound = 500_000_000_000;
        l.certificate.levels.truncate(1);
    });
    accepts(check_certificate(
        &case,
        &by_couple,
        "leximin",
        &case.panels(),
    ));
    let mut apart = case.clone();
    apart.people[0].home = Some(7);
    assert!(check_certificate(&apart, &by_couple, "leximin", &apart.panels()).is_err());
}

#[test]
fn the_oracles_own_proofs() {
    let case = golden::crossroads().case;
    let good = leximin(&case).expect("feasible");
    let with = |change: &dyn Fn(&mut Answer)| {
        let mut wrong = good.clone();
        change(&mut wrong);
        verify(&wrong)
    };
    accepts(with(&|_| ()));
    let weighty = good
        .lottery
        .iter()
        .position(|x| !x.is_zero())
        .expect("a lottery");
    reports(
        with(&|a| a.lottery[weighty] += ratio(1, 100)),
        "not a lottery",
    );
    reports(with(&|a| a.chances.swap(0, 2)), "does not get its chance");
    reports(
        with(&|a| a.steps[0].cap -= ratio(1, 100)),
        "more than the cap",
    );
    reports(with(&|a| a.steps[0].cap += ratio(1, 100)), "do not prove");
    reports(with(&|a| a.steps[0].value += ratio(1, 100)), "do not prove");
    reports(with(&|a| a.steps[0].fixed.clear()), "do not prove");
    reports(with(&|a| drop(a.steps.pop())), "never fixed");
    let other = good.steps[1].fixed[0];
    reports(
        with(&|a| a.steps[0].fixed.push(other)),
        "is not fixed by it",
    );
}
