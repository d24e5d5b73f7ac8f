//! `assess` judges a lottery made elsewhere, and says what is wrong with one that does not fit.

use super::desk::Desk;

/// Four women and two men for two seats, a woman and a man; `w1` and `m1` share a home.
fn desk() -> Desk {
    let desk = Desk::empty();
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,woman,1,1\nsex,man,1,1\n",
    );
    desk.put(
        "pool.csv",
        "id,sex,home\nm1,man,1 Oak\nm2,man,2 Oak\nw1,woman,1 Oak\nw2,woman,3 Oak\nw3,woman,4 Oak\nw4,woman,5 Oak\n",
    );
    desk
}

const OWN: [&str; 6] = [
    "--quotas",
    "quotas.csv",
    "--pool",
    "pool.csv",
    "--size",
    "2",
];

/// The words of the row of a rule.
fn row<'a>(table: &'a str, rule: &str) -> Vec<&'a str> {
    let row = table.lines().find(|line| line.starts_with(rule));
    row.unwrap_or_else(|| panic!("no {rule:?} in:\n{table}"))
        .split_whitespace()
        .collect()
}

/// By hand: `w4` is on no panel, and leximin would give every woman a quarter; no lottery can give both men less than a
/// half; the squares are 2/4 + 1/4 + 2/16 = 7/8, where 2/4 + 4/16 = 3/4 is possible.
#[test]
fn a_list_of_panels_is_judged_rule_by_rule() {
    let desk = desk();
    desk.put(
        "panels.csv",
        "weight,a,b\n0.5,m1,w2\n0.25,w3,m2\n0.25,m2,w1\n",
    );
    let run = desk.run("assess", &[&["panels.csv"], &OWN[..]].concat());
    let out = run.exits(0).out();
    for part in [
        "panels or compositions   3",
        "people without a chance  1 of 6",
        "equal people             differ by 50.0000 points: w4 has 0/4, w2 has 2/4",
    ] {
        assert!(out.contains(part), "no {part:?} in:\n{out}");
    }
    let leximin = row(&out, "leximin");
    assert!(
        leximin.ends_with(&["0.000000000", "0.250000000", "100.0000%"]),
        "{out}"
    );
    let minimax = row(&out, "minimax");
    assert!(
        minimax.ends_with(&["0.500000000", "0.500000000", "0.0000%"]),
        "{out}"
    );
    assert!(row(&out, "least-squares").contains(&"0.875000000"), "{out}");
    let some = ["panels.csv", "--rules", "uniform", "--household", "home"];
    let out = desk.run("assess", &[&some, &OWN[..]].concat()).exits(0);
    let out = out.out();
    // seven panels keep the housemates apart; ln 7 = 1.945910149 and 3/2 ln 2 = 1.039720771
    let uniform = row(&out, "uniform");
    assert!(uniform.contains(&"1.039720771"), "{out}");
    assert!(uniform.contains(&"1.945910149"), "{out}");
    assert!(!out.contains("\nleximin"), "{out}");
}

#[test]
fn a_lottery_drawn_here_has_no_gap_by_its_own_rule() {
    let desk = desk();
    desk.draw_own(&["--size", "2", "--commit-only"]).exits(0);
    let arguments = ["draw-out/lottery.json", "--rules", "leximin,nash"];
    let out = desk
        .run("assess", &[&arguments, &OWN[..]].concat())
        .exits(0);
    let out = out.out();
    for rule in ["leximin", "nash"] {
        assert!(row(&out, rule).contains(&"0.0000%"), "{out}");
    }
}

#[test]
fn every_wrong_row_is_named_and_the_exit_code_is_2() {
    let desk = desk();
    desk.put(
        "panels.csv",
        "weight,a,b\n0.5,m1,w9\nx,m2,w2\n0.5,w2,w3\n1,m1,w1\n",
    );
    let arguments = ["panels.csv", "--household", "home"];
    let run = desk
        .run("assess", &[&arguments, &OWN[..]].concat())
        .exits(2);
    let run = run.complains(&[
        "E-IMPORT-ID panels.csv row 2: found \"w9\"",
        "E-IMPORT-WEIGHT panels.csv row 3: found \"x\"",
        "E-IMPORT-QUOTA panels.csv row 4: found 2 people with sex = woman",
        "E-IMPORT-HOUSEHOLD panels.csv row 5: found \"m1\" and \"w1\"",
    ]);
    assert_eq!(run.out(), "");
}

#[test]
fn files_that_do_not_fit_are_refused() {
    let desk = desk();
    let with = |lottery: &str| desk.run("assess", &[&[lottery], &OWN[..]].concat());
    with("none.csv").exits(2).complains(&["none.csv"]);
    with("none.json").exits(2).complains(&["none.json"]);
    desk.put("other.csv", "share,id\n1,m2\n");
    with("other.csv")
        .exits(2)
        .complains(&["E-COLUMN-MISSING other.csv row 1, column \"weight\""]);
    desk.put("torn.json", "{\"panels\": [");
    with("torn.json").exits(2).complains(&["torn.json"]);
    desk.draw_own(&["--size", "2", "--commit-only"]).exits(0);
    desk.put("pool.csv", "id,sex\nv1,man\nv2,woman\nv3,woman\n");
    with("draw-out/lottery.json").exits(2);
    let unknown = ["panels.csv", "--rules", "leximin,nashh"];
    desk.run("assess", &[&unknown, &OWN[..]].concat())
        .exits(2)
        .complains(&["known rules: maximin, leximin"]);
}
