//! Joint quotas from files and from code, in every spelling.

use kleroterion::io::{self, Files};
use kleroterion::{Instance, Pool, Problem, Quotas};

const GIVEN: &str = "feature,value,min,max\ngender,woman,1,2\ngender,man,1,2\nage,16-29,0,2\nage,30+,1,3\n\
                     gender × age,woman × 16-29,1,1\ngender × age,man × 30+,0,1\n";
const POOL: &str =
    "id,gender,age\np1,woman,16-29\np2,man,30+\np3,woman,30+\np4,man,16-29\np5,Woman,16-29\n";

fn read(quotas: &str, pool: &str) -> Instance {
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool))
        .read(3)
        .unwrap_or_else(|error| panic!("{quotas}\n{error}"))
}

/// Everything that the lottery may depend on, and what is committed to of the quotas.
fn essence(instance: &Instance) -> String {
    let people: Vec<_> = (0..instance.len() as u32)
        .map(|p| (instance.person(p).id(), instance.profile(p)))
        .collect();
    let quotas: Vec<_> = instance
        .quotas()
        .iter()
        .map(|q| format!("{} = {} {}..{}", q.feature, q.value, q.min, q.max))
        .collect();
    format!("{people:?}{quotas:?}{:?}", instance.groups())
}

fn quotas(instance: &Instance) -> Vec<String> {
    let text =
        |q: &kleroterion::Quota| format!("{} = {}: {}..{}", q.feature, q.value, q.min, q.max);
    instance.quotas().iter().map(text).collect()
}

#[test]
fn cells_become_values_of_one_more_feature() {
    let instance = read(GIVEN, POOL);
    assert_eq!(
        quotas(&instance),
        [
            "age = 16-29: 0..2",
            "age = 30+: 1..3",
            "age × gender = 16-29 × woman: 1..1",
            "age × gender = 30+ × man: 0..1",
            "age × gender = other: 0..3",
            "gender = man: 1..2",
            "gender = woman: 1..2",
        ]
    );
    assert_eq!(instance.features(), ["age", "age × gender", "gender"]);
    let values: Vec<&str> = (0..5).map(|p| instance.folded_value(p, 1)).collect();
    let cell = "16-29 × woman";
    assert_eq!(values, [cell, "30+ × man", "other", "other", cell]);
    let parts: Vec<_> = (0..3).map(|f| instance.joint_parts(f)).collect();
    assert_eq!(parts, [None, Some(["age", "gender"]), None]);
    let origins: Vec<_> = (0..7).map(|q| instance.given_position(q)).collect();
    assert_eq!(
        origins,
        [Some(2), Some(3), Some(4), Some(5), None, Some(1), Some(0)]
    );
    assert_eq!(instance.groups().len(), 4, "as without the joint quota");
    let given: Vec<&str> = instance.given_quotas().features();
    assert_eq!(given, ["gender", "age", "gender × age"]);
    assert!(instance.warnings().is_empty());
}

#[test]
fn signs_spaces_case_and_the_order_of_the_two_make_no_difference() {
    let plain = essence(&read(GIVEN, POOL)).to_lowercase();
    for (feature, cells) in [
        ("gender × age", ["woman × 16-29", "man × 30+"]),
        ("gender×age", ["woman×16-29", "man×30+"]),
        ("gender x age", ["woman x 16-29", "man X 30+"]),
        ("gender*age", ["woman * 16-29", "man*30+"]),
        ("  GENDER   x  Age ", ["Woman  ×  16-29", " MAN * 30+ "]),
        ("age × gender", ["16-29 × woman", "30+ × man"]),
        ("Age*Gender", ["16-29 x WOMAN", "30+*Man"]),
    ] {
        let quotas = GIVEN
            .replace("gender × age", feature)
            .replace("woman × 16-29", cells[0])
            .replace("man × 30+", cells[1]);
        let instance = read(&quotas, POOL);
        assert_eq!(essence(&instance).to_lowercase(), plain, "{feature}");
    }
}

#[test]
fn one_pair_may_be_written_in_both_orders_and_rows_in_any() {
    let mixed = GIVEN.replace("gender × age,man × 30+", "age x gender,30+ x man");
    let plain = essence(&read(GIVEN, POOL));
    assert_eq!(essence(&read(&mixed, POOL)), plain);
    let mut lines: Vec<&str> = mixed.lines().collect();
    lines[1..].reverse();
    let mut people: Vec<&str> = POOL.lines().collect();
    people[1..].reverse();
    let turned = read(&lines.join("\n"), &people.join("\n"));
    assert_eq!(essence(&turned), plain);
}

#[test]
fn headers_of_every_kind_separators_and_old_encodings_are_read() {
    let plain = essence(&read(GIVEN, POOL));
    let other = GIVEN.replace("feature,value,min,max", "Category,Name,MIN,Max");
    assert_eq!(essence(&read(&other, POOL)), plain);
    let semicolons = |text: &str| text.replace(',', ";");
    let instance = read(&semicolons(GIVEN), &semicolons(POOL));
    assert_eq!(essence(&instance), plain);
    let old: Vec<u8> = GIVEN.chars().map(|c| u32::from(c) as u8).collect();
    let files = Files::bundled(("quotas.csv", old), ("pool.csv", POOL));
    let instance = files.read(3).unwrap();
    assert_eq!(essence(&instance), plain);
    assert_eq!(instance.warnings()[0].code, "W-FILE-ENCODING");
}

#[test]
fn the_separator_of_a_pool_is_told_by_the_parts() {
    let quotas = "feature,value,min,max\ngender × age,woman × 16-29,1,1\n";
    let pool = "id;gender;age;a,b,c,d,e,f\np1;woman;16-29;,,,,,\np2;man;30+;,,,,,\n\
                p3;man;30+;,,,,,\n";
    let instance = read(quotas, pool);
    assert_eq!(instance.pool().separator(), b';');
}

#[test]
fn a_row_must_reach_the_columns_of_both_parts() {
    let quotas = "feature,value,min,max\ngender × age,woman × 16-29,1,1\n";
    let pool = "id,gender,age,note\np1,woman,16-29\np2,man,30+,\np3,man\np4,man,30+,\n";
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
    assert_eq!(
        files.read(1).unwrap_err().to_string(),
        "E-ROW-SHORT pool.csv row 4: found 2 cells, expected 4, as in the header"
    );
    let whole = pool.replace("p3,man\n", "p3,man,30+,\n");
    let instance = read(&quotas.replace("1,1", "0,1"), &whole);
    assert_eq!(
        Problem::list(instance.warnings()),
        "W-ROW-SHORT pool.csv row 2: found 3 cells, expected 4, as in the header"
    );
}

fn coded(quotas: kleroterion::quota::QuotasBuilder) -> Instance {
    let people = [
        ("p1", "woman", "16-29"),
        ("p2", "man", "30+"),
        ("p3", "woman", "30+"),
        ("p4", "man", "16-29"),
        ("p5", "woman", "16-29"),
    ];
    let pool = people
        .into_iter()
        .fold(Pool::builder(), |pool, (id, gender, age)| {
            pool.person(id, [("gender", gender), ("age", age)])
        });
    Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap()
}

#[test]
fn code_and_files_and_three_steps_give_the_same_instance() {
    let single = || {
        Quotas::builder()
            .feature("gender")
            .value("woman", 1..=2)
            .value("man", 1..=2)
            .feature("age")
            .value("16-29", 0..=2)
            .value("30+", 1..=3)
    };
    let plain = essence(&read(GIVEN, POOL));
    let one = single()
        .joint("gender", "age")
        .cell("woman", "16-29", 1..=1)
        .cell("man", "30+", 0..=1);
    assert_eq!(essence(&coded(one)), plain);
    let other = single()
        .joint(" age ", "gender")
        .cell("30+", "man", 0..=1)
        .cell("16-29", " woman", 1..=1);
    assert_eq!(essence(&coded(other)), plain);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("q.csv"), GIVEN).unwrap();
    std::fs::write(path("p.csv"), POOL).unwrap();
    let quotas = io::read_quotas(path("q.csv")).unwrap();
    let pool = io::read_pool(path("p.csv"), &quotas).unwrap();
    assert_eq!(essence(&Instance::new(pool, quotas, 3).unwrap()), plain);
}

#[test]
fn serialised_instances_come_back() {
    let instance = read(GIVEN, POOL);
    let text = serde_json::to_string(&instance).unwrap();
    let again: Instance = serde_json::from_str(&text).unwrap();
    assert_eq!(essence(&again), essence(&instance));
    let wrong = text.replace("woman × 16-29", "woman × 16-30");
    assert!(serde_json::from_str::<Instance>(&wrong).is_err());
}

#[test]
fn parts_without_quotas_split_groups_no_finer_than_the_cells_need() {
    let quotas =
        "feature,value,min,max\ngender,woman,1,2\ngender,man,1,2\ngender × age,woman × 17,1,1\n";
    let pool = "id,gender,age\np1,woman,17\np2,woman,40\np3,woman,41\np4,man,17\np5,man,93\np6,woman, 17 \n";
    let instance = read(quotas, pool);
    assert_eq!(
        quotas_of(&instance),
        ["age × gender = 17 × woman", "age × gender = other"]
    );
    let groups: Vec<usize> = instance.groups().iter().map(|g| g.units().len()).collect();
    assert_eq!(groups, [2, 2, 2], "young women, other women, men");
}

fn quotas_of(instance: &Instance) -> Vec<String> {
    let joint = instance.quotas().iter().filter(|q| q.feature.contains('×'));
    joint
        .map(|q| format!("{} = {}", q.feature, q.value))
        .collect()
}

#[test]
fn without_people_outside_the_cells_there_is_no_other() {
    let quotas = "feature,value,min,max\ngender × age,woman × 16-29,1,3\ngender × age,woman × 30+,0,3\n\
                  gender × age,man × 16-29,0,3\ngender × age,man × 30+,0,3\n";
    let instance = read(quotas, POOL);
    assert_eq!(instance.features(), ["age × gender"]);
    assert_eq!(instance.quotas().len(), 4);
    assert!((0..4).all(|quota| instance.given_position(quota).is_some()));
}

#[test]
fn a_column_of_that_name_is_read_as_before() {
    let quotas = "feature,value,min,max\nsex x age,w x y,1,2\nsex x age,m × 2*2,1,2\n";
    let pool = "id,sex x age,sex,age\np1,w x y,,\np2,M × 2*2,,\np3,w x y,,\n";
    let instance = read(quotas, pool);
    assert_eq!(instance.features(), ["sex x age"]);
    assert_eq!(instance.joint_parts(0), None);
    assert_eq!(
        quotas_and_values(&instance),
        ["m × 2*2", "w x y", "w x y", "m × 2*2", "w x y"]
    );
}

fn quotas_and_values(instance: &Instance) -> Vec<&str> {
    let values = instance.folded_values().iter().map(String::as_str);
    let people = (0..instance.len() as u32).map(|p| instance.folded_value(p, 0));
    values.chain(people).collect()
}

#[test]
fn parts_and_values_may_hold_signs_themselves() {
    let quotas = "feature,value,min,max\nrooms × size*,2 x 3 × a*b,1,1\n";
    let pool =
        "id,rooms,size*\np1,2 x 3,a*b\np2,2,3 × a*b\np3,2 × 3,A*B\np4,,\n".replace("p4,,\n", "");
    let instance = read(quotas, &pool.replace("2,3 × a*b", "2,c"));
    assert_eq!(
        quotas_and_values(&instance),
        ["2 x 3 × a*b", "other", "2 x 3 × a*b", "other", "other"]
    );
}

#[test]
fn one_hundred_thousand_people_are_read_in_a_moment() {
    let mut pool = String::from("id,a,b,c\n");
    for i in 0..100_000 {
        pool += &format!("p{i},a{},b{},c{}\n", i % 4, i % 7, i % 3);
    }
    let mut quotas = String::from("feature,value,min,max\n");
    (0..4).for_each(|v| quotas += &format!("a,a{v},0,3\n"));
    (0..7).for_each(|v| quotas += &format!("a × b,a1 × b{v},0,2\nb × c,b{v} × c2,0,2\n"));
    let instance = read(&quotas, &pool);
    assert_eq!(instance.features(), ["a", "a × b", "b × c"]);
    let first = instance.find("p5").unwrap();
    assert_eq!(instance.folded_value(first, 1), "a1 × b5");
    assert_eq!(instance.folded_value(first, 2), "b5 × c2");
}
