//! Every text about a joint quota that cannot be, literally.

use kleroterion::io::Files;
use kleroterion::{Error, Instance, Pool, Problem, Quotas};

use crate::random::Dice;

const SINGLE: &str =
    "feature,value,min,max\ngender,woman,1,2\ngender,man,1,2\nage,16-29,0,2\nage,30+,1,3\n";
const POOL: &str = "id,gender,age,town\np1,woman,16-29,a\np2,man,30+,b\np3,woman,30+,a\np4,man,16-29,b\np5,man,30+,c\n";

fn files(rows: &str, pool: &str) -> Files {
    let quotas = format!("{SINGLE}{rows}");
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool))
}

/// The whole text for these rows below [`SINGLE`].
#[track_caller]
fn rejects(rows: &str, text: &str) {
    let error = files(rows, POOL).read(3).expect_err("bad input was taken");
    assert_eq!(error.to_string(), text);
}

#[track_caller]
fn code<T: std::fmt::Debug>(result: Result<T, Error>, text: &str) {
    assert_eq!(result.expect_err("bad input was taken").to_string(), text);
}

fn pool() -> Pool {
    let people = [("p1", "woman", "16-29"), ("p2", "man", "30+")];
    let person = |pool: kleroterion::pool::PoolBuilder, (id, gender, age): (&str, &str, &str)| {
        pool.person(id, [("gender", gender), ("age", age)])
    };
    let pool = people.into_iter().fold(Pool::builder(), person);
    pool.build().unwrap()
}

#[test]
fn the_good_rows_are_good() {
    let instance = files("gender × age,man × 30+,0,1\n", POOL).read(3).unwrap();
    assert!(instance.warnings().is_empty());
}

#[test]
fn e_joint_feature() {
    rejects(
        "gender × aeg,woman × 16-29,0,1\ngender × aeg,man × 16-29,0,1\nincome x age,low x 30+,0,1\n",
        "E-JOINT-FEATURE quotas.csv row 6, column \"feature\": found \"gender × aeg\", expected two columns of the pool around the sign; it has none for \"aeg\"\n\
         E-JOINT-FEATURE quotas.csv row 8, column \"feature\": found \"income x age\", expected two columns of the pool around the sign; it has none for \"income\"",
    );
    let quotas = Quotas::builder()
        .joint("gender", "town")
        .cell("woman", "a", 0..=1);
    code(
        Instance::new(pool(), quotas.build().unwrap(), 1),
        "E-JOINT-FEATURE column \"feature\": found \"gender × town\", expected two columns of the pool around the sign; it has none for \"town\"",
    );
}

#[test]
fn a_name_of_which_no_half_is_known_is_a_missing_column_as_before() {
    rejects(
        "income * wealth,low,0,9\n",
        "E-COLUMN-MISSING pool.csv row 1, column \"income * wealth\": found only the columns \"id\", \"gender\", \"age\", \"town\", expected a column for this feature of the quotas",
    );
}

#[test]
fn e_joint_same() {
    rejects(
        "age × Age,16-29 × 30+,0,1\n",
        "E-JOINT-SAME quotas.csv row 6, column \"feature\": found \"age × Age\", expected two different features",
    );
}

#[test]
fn e_joint_column() {
    let pool = POOL.replace("town", "Gender × age");
    for name in ["gender x age", "age × gender"] {
        let error = files(&format!("{name},a,0,9\n"), &pool)
            .read(3)
            .unwrap_err();
        let text = format!(
            "E-JOINT-COLUMN quotas.csv row 6, column \"feature\": found \"{name}\", expected \"gender × age\", which is a column of the pool, or a pool without that column"
        );
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn e_joint_ambiguous() {
    let pool = "id,gender,age,a,b × c,a × b,c\np1,woman,30+,1,1,1,1\np2,man,30+,1,1,1,1\n\
                p3,man,16-29,1,1,1,1\n";
    let error = files("a × b × c,1 × 1,0,9\n", pool).read(3).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-JOINT-AMBIGUOUS quotas.csv row 6, column \"feature\": found \"a × b × c\", expected one way to read it, not both \"a\" × \"b × c\" and \"a × b\" × \"c\""
    );
    let pool = "id,gender,age,a,b\np1,woman,30+,1,2 x 3\np2,man,30+,1 x 2,3\n\
                p3,man,16-29,1,3\n";
    let error = files("b × a,2 x 3 × 1,0,9\na × b,1 x 2 x 3,0,9\n", pool)
        .read(3)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-JOINT-AMBIGUOUS quotas.csv row 7, column \"value\": found \"1 x 2 x 3\", expected one way to read it, not both \"1\" × \"2 x 3\" and \"1 x 2\" × \"3\""
    );
}

#[test]
fn cells_that_would_have_one_name_are_ambiguous_however_they_are_written() {
    let pool = "id,gender,age,a,b\np1,woman,30+,1,2 × 3\np2,man,30+,1 × 2,3\np3,man,16-29,1,3\n";
    let error = files("b × a,2 × 3 × 1,0,9\nb × a,3 × 1 × 2,0,9\n", pool)
        .read(3)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-JOINT-AMBIGUOUS quotas.csv row 6, column \"value\": found \"2 × 3 × 1\", expected one way to read it, not both \"1\" × \"2 × 3\" and \"1 × 2\" × \"3\"\n\
         E-JOINT-AMBIGUOUS quotas.csv row 7, column \"value\": found \"3 × 1 × 2\", expected one way to read it, not both \"1\" × \"2 × 3\" and \"1 × 2\" × \"3\""
    );
}

#[test]
fn e_joint_value() {
    rejects(
        "gender × age,woman × 16–29,0,1\ngender × age,16-29 × woman,0,1\ngender × age,woman,0,1\n\
         town x gender,d x man,0,1\ntown x gender,e x men,0,1\n",
        "E-JOINT-VALUE quotas.csv row 6, column \"value\": found \"woman × 16–29\", expected a value of \"gender\" and a value of \"age\" with × between them; \"16–29\" has no quota of \"age\"\n\
         E-JOINT-VALUE quotas.csv row 7, column \"value\": found \"16-29 × woman\", expected a value of \"gender\" and a value of \"age\" with × between them; \"16-29\" has no quota of \"gender\"; \"woman\" has no quota of \"age\"\n\
         E-JOINT-VALUE quotas.csv row 8, column \"value\": found \"woman\", expected a value of \"gender\" and a value of \"age\" with × between them\n\
         E-JOINT-VALUE quotas.csv row 9, column \"value\": found \"d x man\", expected a value of \"town\" and a value of \"gender\" with × between them; nobody in the pool has \"d\" for \"town\"\n\
         E-JOINT-VALUE quotas.csv row 10, column \"value\": found \"e x men\", expected a value of \"town\" and a value of \"gender\" with × between them; nobody in the pool has \"e\" for \"town\"; \"men\" has no quota of \"gender\"",
    );
}

#[test]
fn a_pair_listed_in_both_orders_is_one_pair() {
    rejects(
        "gender × age,woman × 16-29,0,1\nage x gender,16-29 x Woman,0,1\ngender*age,woman*16-29,0,1\n",
        "E-QUOTA-DUPLICATE quotas.csv row 7, column \"value\": found \"age × gender\" = \"16-29 × Woman\" again (first in row 6), expected one quota per value\n\
         E-QUOTA-DUPLICATE quotas.csv row 8, column \"value\": found \"age × gender\" = \"16-29 × woman\" again (first in row 6), expected one quota per value",
    );
    let quotas = Quotas::builder()
        .joint("gender", "age")
        .cell("woman", "16-29", 0..=1)
        .joint("age", "gender")
        .cell("16-29", "woman", 0..=1);
    code(
        Instance::new(pool(), quotas.build().unwrap(), 1),
        "E-QUOTA-DUPLICATE column \"value\": found \"age × gender\" = \"16-29 × woman\" again, expected one quota per value",
    );
}

#[test]
fn the_kinds_of_every_quota() {
    rejects(
        "gender × age,woman × 16-29,2,1\ngender × age, ,0,1\ngender × age,man × 30+,x,1\n × ,a,0,1\n",
        "E-QUOTA-ORDER quotas.csv row 6, column \"max\": found 1, expected a number of at least min (2)\n\
         E-QUOTA-PEOPLE quotas.csv row 6, column \"min\": found 2 for \"age × gender\" = \"16-29 × woman\", expected at most 1, the only person of the pool with this value\n\
         E-QUOTA-EMPTY quotas.csv row 7, column \"value\": found an empty cell, expected a value of the feature\n\
         E-QUOTA-NUMBER quotas.csv row 8, column \"min\": found \"x\", expected a whole number of 0 or more\n\
         E-QUOTA-SUM-MAX quotas.csv row 9, column \"max\": found maximums of \"×\" that add up to 1, expected at least the panel size of 3\n\
         E-COLUMN-MISSING pool.csv row 1, column \"×\": found only the columns \"id\", \"gender\", \"age\", \"town\", expected a column for this feature of the quotas",
    );
    let blank = Quotas::builder()
        .joint("gender", " ")
        .cell("woman", "16-29", 0..=1)
        .joint("gender", "age")
        .cell("", "30+", 0..=1);
    code(
        blank.build(),
        "E-QUOTA-EMPTY column \"feature\": found the value \"woman × 16-29\" without a feature, expected the feature's name in every row\n\
         E-QUOTA-EMPTY column \"value\": found an empty value of \"gender × age\", expected a value of the feature",
    );
}

#[test]
fn minimums_above_the_people_of_a_cell_and_above_the_panel() {
    rejects(
        "gender × town,man × b,3,3\ngender × town,woman × a,1,9\n",
        "E-QUOTA-SUM-MIN quotas.csv row 6, column \"min\": found minimums of \"gender × town\" that add up to 4, expected at most the panel size of 3\n\
         E-QUOTA-PEOPLE quotas.csv row 6, column \"min\": found 3 for \"gender × town\" = \"man × b\", expected at most 2, the people of the pool with this value\n\
         E-JOINT-MIN quotas.csv row 6, column \"min\": found minimums of \"gender × town\" with \"man\" that add up to 3, expected at most 2, the max of \"man\"",
    );
}

#[test]
fn w_quota_nobody() {
    let rows = "gender × town,woman × c,0,1\n";
    let instance = files(rows, POOL).read(3).unwrap();
    assert_eq!(
        Problem::list(instance.warnings()),
        "W-QUOTA-NOBODY quotas.csv row 6, column \"value\": found nobody in the pool for \"gender × town\" = \"woman × c\", expected somebody, unless the value is meant to stay empty"
    );
}

#[test]
fn e_joint_min_and_max() {
    rejects(
        "gender × town,man × b,2,2\ngender × town,man × c,1,1\n",
        "E-JOINT-MIN quotas.csv row 6, column \"min\": found minimums of \"gender × town\" with \"man\" that add up to 3, expected at most 2, the max of \"man\"",
    );
    rejects(
        "age × town,30+ × b,0,0\nage × town,30+ × a,0,0\nage × town,30+ × c,0,0\n",
        "E-JOINT-MAX quotas.csv row 6, column \"max\": found maximums of \"age × town\" with \"30+\" that add up to 0, expected at least 1, the min of \"30+\"\n\
         E-QUOTA-SUM-MAX quotas.csv row 6, column \"max\": found maximums of \"age × town\" and the 2 people outside these cells, who add up to 2, expected at least the panel size of 3",
    );
    let rows = "gender × age,woman × 16-29,0,0\ngender × age,man × 16-29,0,0\ngender × age,man × 30+,0,0\n";
    let quotas = format!("{SINGLE}{rows}").replace("30+,1,3", "30+,2,3");
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", POOL));
    assert_eq!(
        files.read(3).unwrap_err().to_string(),
        "E-QUOTA-SUM-MAX quotas.csv row 6, column \"max\": found maximums of \"age × gender\" and the only person outside these cells, who add up to 1, expected at least the panel size of 3\n\
         E-JOINT-MAX quotas.csv row 7, column \"max\": found maximums of \"age × gender\" with \"man\" that add up to 0, expected at least 1, the min of \"man\"\n\
         E-JOINT-MAX quotas.csv row 8, column \"max\": found maximums of \"age × gender\" with \"30+\" and the only person outside these cells, who add up to 1, expected at least 2, the min of \"30+\""
    );
}

#[test]
fn e_pool_empty_where_only_a_joint_quota_needs_the_value() {
    let rows = "gender × town,man × b,0,1\nage × town,30+ × a,0,1\n";
    let empty = POOL.replace("p3,woman,30+,a", "p3,womn,30+, ");
    assert_eq!(
        files(rows, &empty).read(3).unwrap_err().to_string(),
        "E-POOL-EMPTY pool.csv row 4, column \"town\": found an empty cell, expected a value, which the quotas of \"gender × town\" need\n\
         E-POOL-VALUE pool.csv row 4, column \"gender\": found \"womn\", expected one of \"man\", \"woman\""
    );
    let pool = Pool::builder()
        .person("p1", [("gender", "man"), ("age", "30+")])
        .person("p2", [("gender", "man")]);
    let quotas = Quotas::builder()
        .joint("gender", "age")
        .cell("man", "30+", 0..=1);
    code(
        Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 1),
        "E-POOL-EMPTY column \"age\": found no value for the person \"p2\", expected a value, which the quotas of \"age × gender\" need",
    );
}

#[test]
fn e_column_twice_for_a_part_is_told_once() {
    let pool = POOL.replace("id,gender,age,town", "id,gender,Town,town");
    let rows = "gender × town,man × b,0,1\nTOWN x gender,a x man,0,1\n";
    let quotas = "feature,value,min,max\ngender,woman,1,2\ngender,man,1,2\n".to_owned() + rows;
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
    assert_eq!(
        files.read(3).unwrap_err().to_string(),
        "E-COLUMN-TWICE pool.csv row 1, column \"town\": found 2 such columns (C, D), expected exactly one"
    );
}

#[test]
fn what_cannot_be_read_makes_no_further_problem() {
    // A row of the pool, of the part's quotas and of the cells is lost: each might have held what is missing.
    let lost = POOL.replace("p5,man,30+,c", ",man,30+,c");
    assert_eq!(
        files("gender × town,man × c,1,1\n", &lost)
            .read(3)
            .unwrap_err()
            .to_string(),
        "E-POOL-ID pool.csv row 6, column \"id\": found an empty cell, expected an id in every row that holds data"
    );
    rejects(
        "age,,0,1\ngender × age,woman × 60+,0,1\n",
        "E-QUOTA-EMPTY quotas.csv row 6, column \"value\": found an empty cell, expected a value of the feature",
    );
    rejects(
        "age x gender,,0,3\ngender × age,woman × 16-29,0,0\ngender × age,woman × 30+,0,0\ngender × age,man × 30+,0,0\n",
        "E-QUOTA-EMPTY quotas.csv row 6, column \"value\": found an empty cell, expected a value of the feature",
    );
    let rows = "gender × age,man × 30+,0,1\n";
    let all = files(rows, "").read(3).unwrap_err().to_string();
    let text =
        "E-FILE-EMPTY pool.csv: found an empty file, expected a row of headers and rows below it";
    assert_eq!(all, text);
}

#[test]
fn damaged_files_are_read_or_rejected_with_located_problems() {
    const WITH: [&str; 9] = ["\"", ",", "\n", "", "×", " x ", "*", "gender", "30+"];
    let good = format!("{SINGLE}gender × age,woman × 16-29,0,1\ntown x age,a x 30+,1,2\n");
    let (mut taken, mut rejected) = (0, 0);
    let mut dice = Dice::new(7);
    for _ in 0..4000 {
        let (mut quotas, mut pool) = (good.clone(), POOL.to_owned());
        for _ in 0..1 + dice.below(3) {
            let text = match dice.below(3) {
                0 => &mut pool,
                _ => &mut quotas,
            };
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let from = dice.below(places.len() as u64 - 1) as usize;
            let with = WITH[dice.below(WITH.len() as u64) as usize];
            text.replace_range(places[from]..places[from + 1], with);
        }
        match Files::bundled(("quotas.csv", &quotas), ("pool.csv", &pool)).read(3) {
            Ok(instance) => {
                taken += 1;
                assert!(instance.warnings().iter().all(Problem::is_warning));
            }
            Err(error) => {
                rejected += 1;
                assert!(!error.problems().is_empty(), "{quotas}\n{pool}");
                for problem in error.problems() {
                    assert!(!problem.is_warning(), "{problem}");
                    let located = problem.file.is_some() || problem.code.starts_with("E-SIZE");
                    assert!(located, "{problem}");
                }
            }
        }
    }
    assert!(taken > 50 && rejected > 2000, "{taken} {rejected}");
}
