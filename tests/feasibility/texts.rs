//! What is said, word for word.

use kleroterion::feasibility::{Case, Goal, Options};
use kleroterion::io::Files;

/// People as `id,sex,age,home`, quotas as `feature,value,min,max`.
fn case(people: &[&str], quotas: &[&str], size: u32) -> Case {
    let pool = format!("id,sex,age,home\n{}\n", people.join("\n"));
    let quotas = format!("feature,value,min,max\n{}\n", quotas.join("\n"));
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
    files.household_columns(["home"]).read_case(size).unwrap()
}

fn said(case: &Case) -> String {
    let finding = case.explain(&Options::default()).unwrap();
    finding.expect("no panel").to_string()
}

const PROOF: &str = "\n(shown by an integer proof that needs no solver to check)";

#[test]
fn a_value_that_too_few_people_have() {
    let people = ["p1,f,young,", "p2,m,old,", "p3,m,old,", "p4,f,old,"];
    let quotas = ["sex,f,1,2", "sex,m,1,2", "age,young,2,3", "age,old,0,2"];
    let case = case(&people, &quotas, 3);
    assert_eq!(
        said(&case),
        format!(
            "no panel of 3 can meet these quotas together:\n  age = young: at least 2\n\
             so it needs 2 people with age young; the pool has 1{PROOF}"
        )
    );
    let located = "E-QUOTA-PEOPLE quotas.csv row 4, column \"min\": found 2 for \"age\" = \"young\", expected at most 1, the only \
                   person of the pool with this value";
    assert_eq!(case.misfits()[0].to_string(), located);
}

#[test]
fn a_feature_against_the_size() {
    let people = ["p1,f,young,", "p2,m,old,", "p3,m,old,", "p4,f,old,"];
    let most = ["sex,f,0,1", "sex,m,0,1", "age,young,0,3", "age,old,0,3"];
    assert_eq!(
        said(&case(&people, &most, 3)),
        format!(
            "no panel of 3 can meet these quotas together:\n  sex = f: at most 1\n  sex = m: at most 1\n  \
             all of 3 seats are to be filled\nthese maximums of sex add up to 2, less than the panel size of 3{PROOF}"
        )
    );
    let least = ["sex,f,1,2", "sex,m,2,2", "age,young,0,3", "age,old,0,3"];
    assert_eq!(
        said(&case(&people, &least, 2)),
        format!(
            "no panel of 2 can meet these quotas together:\n  sex = f: at least 1\n  sex = m: at least 2\n  \
             there are no more than 2 seats\nthese minimums of sex add up to 3, more than the panel size of 2{PROOF}"
        )
    );
}

#[test]
fn two_demands_that_must_fall_on_the_same_people() {
    let people = [
        "p1,f,young,",
        "p2,m,young,",
        "p3,m,old,",
        "p4,f,old,",
        "p5,f,old,",
    ];
    let quotas = ["sex,f,3,3", "sex,m,0,1", "age,young,2,3", "age,old,0,1"];
    assert_eq!(
        said(&case(&people, &quotas, 3)),
        format!(
            "no panel of 3 can meet these quotas together:\n  age = old: at most 1\n  sex = f: at least 3\n\
             so it needs 2 people with age young and sex f; the pool has 1{PROOF}"
        )
    );
}

#[test]
fn households_and_the_pool() {
    let homes = ["p1,f,old,a", "p2,m,old,a", "p3,f,old,b", "p4,f,old,b"];
    let quotas = ["sex,f,0,4", "sex,m,0,4", "age,young,0,4", "age,old,0,4"];
    assert_eq!(
        said(&case(&homes, &quotas, 3)),
        format!(
            "no panel of 3 is possible:\n  all of 3 seats are to be filled\n  at most one person per household\n\
             so it needs 3 people from different households; the pool has them in 2 households{PROOF}"
        )
    );
    assert_eq!(
        said(&case(&homes, &quotas, 5)),
        format!(
            "no panel of 5 is possible:\n  all of 5 seats are to be filled\nso it needs 5 people; the pool has 4{PROOF}"
        )
    );
}

#[test]
fn suggestions_in_words() {
    let homes = ["p1,f,old,a", "p2,m,old,a", "p3,f,old,b", "p4,f,old,b"];
    let quotas = ["sex,f,0,4", "sex,m,0,4", "age,young,0,4", "age,old,0,4"];
    let case = case(&homes, &quotas, 3);
    let found = case.suggest(&Options::default()).unwrap();
    let texts: Vec<String> = found.relaxations.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        ["panel size 3 -> 2", "all people of a household may sit"]
    );
    let quotas = [Goal::Weighted, Goal::FewestQuotas, Goal::SmallestLargest];
    assert_eq!(found.without, quotas);
    assert!(found.relaxations[1].apply(&case).is_ok());
}

#[test]
fn more_people_of_a_household() {
    let homes = [
        "p1,f,old,a",
        "p2,m,old,a",
        "p3,f,old,a",
        "p4,f,old,b",
        "p5,f,old,b",
        "p6,f,old,b",
    ];
    let quotas = ["sex,f,0,6", "sex,m,0,6", "age,young,0,6", "age,old,0,6"];
    let found = case(&homes, &quotas, 4)
        .suggest(&Options::default())
        .unwrap();
    let last = found.relaxations.last().unwrap();
    assert_eq!(last.to_string(), "up to 2 people of a household may sit");
    let two = last.apply(&case(&homes, &quotas, 4)).unwrap();
    assert_eq!((two.pool().household_most(), two.groups().len()), (2, 2));
    // with two of each home there are four seats, not five, and two women of the home of a man
    let said = |size, quotas: &[&str]| {
        let relaxed = kleroterion::feasibility::Case::new(
            two.pool().clone(),
            case(&homes, quotas, size).instance().given_quotas().clone(),
            size,
        );
        said(&relaxed.unwrap())
    };
    assert_eq!(
        said(5, &quotas),
        format!(
            "no panel of 5 is possible:\n  all of 5 seats are to be filled\n  at most 2 people per household\n\
             so it needs 5 people, at most 2 of a household; of those in the pool 4 may sit together{PROOF}"
        )
    );
}
