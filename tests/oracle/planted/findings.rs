//! Bugs in the finding that no panel exists.

use kleroterion::certificate::Proof;

use super::{accepts, bound, reports};
use crate::case::Case;
use crate::check::clash;
use crate::golden;
use crate::outcome::Clash;
use crate::reference::clash as reference_clash;

#[test]
fn findings_of_infeasibility() {
    // Three a and no more than one seat for each of the other values: x and y cannot both be exact.
    let case = Case::letters(
        2,
        &[&[('a', 2, 2), ('b', 0, 1)], &[('x', 1, 1), ('y', 1, 1)]],
        &["ax", "ax", "by", "by"],
    );
    let good = reference_clash(&case);
    let with = |change: &dyn Fn(&mut Clash)| {
        let mut wrong = good.clone();
        change(&mut wrong);
        clash::check_clash(&case, &wrong)
    };
    accepts(with(&|_| ()));
    assert!(
        clash::is_minimal(&case, &good) && matches!(good.proof, Proof::Bound(_)),
        "{good:?}"
    );
    for quota in 0..good.quotas.len() {
        reports(
            with(&|c| _ = c.quotas.remove(quota)),
            "meets all that is named",
        );
        reports(with(&|c| c.quotas[quota].1.1 += 1), "named as");
    }
    reports(with(&|c| c.quotas.push(c.quotas[0])), "named twice");
    reports(with(&|c| c.size += 1), "speaks of a panel");
    reports(with(&|c| c.household_rule = true), "does not apply");
    reports(with(&|c| c.proof = Proof::Certain), "shows nothing");
    reports(
        with(&|c| bound(&mut c.proof).quotas.clear()),
        "is not negative",
    );
    reports(
        with(&|c| bound(&mut c.proof).weights = Some(vec![(0, 0, 1)])),
        "Y is not 0",
    );
    // A feasible instance is never infeasible.
    let feasible = golden::crossroads().case;
    let all = feasible.flat_quotas().into_iter().enumerate().collect();
    let lie = Clash {
        needs: vec![],
        seats: kleroterion::certificate::Need::Both,
        quotas: all,
        size: 3,
        household_rule: false,
        proof: Proof::Search { nodes: 1 },
    };
    reports(
        clash::check_clash(&feasible, &lie),
        "meets all that is named",
    );
}

#[test]
fn findings_that_need_the_household_rule() {
    // Both a live together, and both are asked for.
    let case = Case::letters(2, &[&[('a', 2, 2), ('b', 0, 2)]], &["a", "a", "b"]).homes(&[
        Some(0),
        Some(0),
        None,
    ]);
    let good = reference_clash(&case);
    accepts(clash::check_clash(&case, &good));
    assert!(good.household_rule && good.quotas.len() == 1, "{good:?}");
    reports(
        clash::check_clash(
            &case,
            &Clash {
                household_rule: false,
                ..good
            },
        ),
        "meets all that is named",
    );
    // Three are asked for and there are two: the household rule takes no part.
    let case = Case::letters(3, &[&[('a', 3, 3), ('b', 0, 2)]], &["a", "a", "b", "b"]).homes(&[
        Some(0),
        Some(0),
        None,
        None,
    ]);
    let good = reference_clash(&case);
    accepts(clash::check_clash(&case, &good));
    reports(
        clash::check_clash(
            &case,
            &Clash {
                needs: vec![],
                seats: kleroterion::certificate::Need::Both,
                household_rule: true,
                proof: Proof::Search { nodes: 1 },
                ..good
            },
        ),
        "clash without it",
    );
}
