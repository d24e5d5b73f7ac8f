//! People who sit already and people who are left out: what is left to draw.

use crate::homes;
use kleroterion::io::Files;
use kleroterion::{Instance, Pool, Quotas, Ratio, Rule, Settled};

/// Six people in four homes: two couples of a woman and a man, one woman and one man alone.
fn homes(seats: u32) -> Instance {
    let people = [
        ("p1", "north", "woman"),
        ("p2", "north", "man"),
        ("p3", "south", "woman"),
        ("p4", "south", "man"),
        ("p5", "", "woman"),
        ("p6", " ", "man"),
    ];
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 1..=2)
        .value("man", 2..=2);
    Instance::new(homes::pool(&people), quotas.build().unwrap(), seats).unwrap()
}

fn ids(instance: &Instance) -> Vec<&str> {
    (0..instance.len() as u32)
        .map(|person| instance.person(person).id())
        .collect()
}

fn problems(instance: &Instance, settled: &Settled) -> Vec<String> {
    let error = instance.settle(settled).unwrap_err();
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn seats_quotas_and_housemates_leave_with_those_who_sit() {
    let settled = Settled::new().seated([" p1 ", "p6"]).excluded(["p5"]);
    let left = homes(3).settle(&settled).unwrap();
    assert_eq!((left.size(), ids(&left)), (1, vec!["p3", "p4"]));
    // one man of two is left to find; the minimum of women is met
    let quotas: Vec<_> = left.quotas().iter().map(|q| (q.min, q.max)).collect();
    assert_eq!(quotas, [(1, 1), (0, 1)]);
    assert!(left.warnings().is_empty(), "{:?}", left.warnings());
}

/// DIFFERENCE: in the standard tool the two with blank addresses would be of one household.
#[test]
fn blank_addresses_are_nobodys_home() {
    let instance = homes(4);
    assert_eq!((instance.household(4), instance.household(5)), (None, None));
    let chances = Rule::Leximin
        .distribution(&instance)
        .unwrap()
        .probabilities();
    assert_eq!(chances[4], Ratio::new(1, 1)); // four seats, four homes: both who live alone sit
    assert_eq!(chances[5], Ratio::new(1, 1));
}

#[test]
fn somebody_excluded_leaves_housemates_behind() {
    let left = homes(3).settle(&Settled::new().excluded(["p2"])).unwrap();
    assert_eq!((left.size(), left.len()), (3, 5));
    let chances = Rule::Leximin.distribution(&left).unwrap().probabilities();
    // both men sit; of the women, p1 or p5, since p3's home has a man on every panel
    let (half, one, none) = (Ratio::new(1, 2), Ratio::new(1, 1), Ratio::new(0, 1));
    assert_eq!(chances, [half, none, one, half, one]);
}

#[test]
fn nobody_settled_changes_nothing() {
    let instance = homes(3);
    let same = instance.settle(&Settled::new()).unwrap();
    assert_eq!(ids(&same), ids(&instance));
    assert_eq!(same.quotas(), instance.quotas());
    assert_eq!(same.size(), 3);
}

#[test]
fn the_order_of_the_lists_does_not_matter() {
    let record = |settled: Settled| {
        let left = homes(3).settle(&settled).unwrap();
        let lottery = Rule::Leximin.distribution(&left).unwrap().into_lottery();
        lottery.commitment().to_string()
    };
    assert_eq!(
        record(Settled::new().seated(["p1", "p6"]).excluded(["p5"])),
        record(Settled::new().excluded(["p5"]).seated(["p6", "p1"]))
    );
}

#[test]
fn every_problem_is_named_at_once() {
    let settled = Settled::new()
        .seated(["p2", "p4", "p6", "p9"])
        .excluded(["p2", "P1"]);
    assert_eq!(
        problems(&homes(3), &settled),
        [
            "E-SETTLED-ID: found \"p9\", expected the id of somebody in the pool",
            "E-SETTLED-ID: found \"P1\", expected the id of somebody in the pool",
            "E-SETTLED-BOTH: found \"p2\", who is also seated, expected one part per person",
            "E-SETTLED-QUOTA: found 3 people who sit already with sex = man, expected at most 2",
            "E-SETTLED-SIZE: found 3 people who sit already, expected fewer than the 3 seats",
        ]
    );
}

#[test]
fn odd_lists_are_warned_of() {
    let settled = Settled::new().seated(["p1", "p2", "p2"]);
    let left = homes(3).settle(&settled).unwrap();
    let warnings: Vec<String> = left.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "W-SETTLED-TWICE: found \"p2\", expected every id once",
            "W-SETTLED-HOUSEHOLD: found \"p2\" and \"p1\" of one household, expected at most one person per household",
        ]
    );
    assert_eq!((left.size(), left.len()), (1, 4));
}

/// Five people of one home, of whom two may sit, and one woman alone.
fn one_home(seats: u32) -> Result<Instance, kleroterion::Error> {
    let home = ["p1", "p2", "p3", "p4", "p5"].into_iter();
    let pool = home.fold(Pool::builder().household_most(2), |pool, id| {
        pool.housemate(id, "north", [("sex", "woman")])
    });
    let pool = pool.housemate("p6", "", [("sex", "woman")]).build()?;
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 0..=9)
        .build()?;
    Instance::new(pool, quotas, seats)
}

#[test]
fn housemates_of_the_seated_take_what_room_is_left() {
    let instance = one_home(3).unwrap();
    assert_eq!(
        (instance.household(0), instance.household_room(0)),
        (Some(0), 2)
    );
    let chances = Rule::Leximin
        .distribution(&instance)
        .unwrap()
        .probabilities();
    let (two_fifths, one) = (Ratio::new(2, 5), Ratio::new(1, 1));
    assert_eq!(
        chances,
        [
            two_fifths, two_fifths, two_fifths, two_fifths, two_fifths, one
        ]
    );
    // one sits: of the other four one more may
    let left = instance.settle(&Settled::new().seated(["p2"])).unwrap();
    assert_eq!(
        (left.size(), ids(&left)),
        (2, vec!["p1", "p3", "p4", "p5", "p6"])
    );
    assert_eq!((left.household(4), left.household_room(0)), (None, 1));
    let again = left.settle(&Settled::new().seated(["p4"])).unwrap();
    assert_eq!((again.size(), ids(&again)), (1, vec!["p6"]));
    // two sit: the home has no room
    let both = instance
        .settle(&Settled::new().seated(["p2", "p5"]))
        .unwrap();
    assert_eq!(ids(&both), ["p6"]);
    let settled = Settled::new().seated(["p1", "p2", "p3"]);
    let five = Instance::new(instance.pool().clone(), instance.given_quotas().clone(), 3);
    assert_eq!(five.unwrap().groups()[0].most(), 2);
    assert_eq!(
        problems(&instance, &settled),
        ["E-SETTLED-SIZE: found 3 people who sit already, expected fewer than the 3 seats"]
    );
}

#[test]
fn the_household_rule_is_checked() {
    let problem = |seats, most: u32| {
        let instance = one_home(1).unwrap();
        let people = instance.pool().people().iter();
        let pool = people.fold(Pool::builder().household_most(most), |pool, person| {
            pool.housemate(person.id(), &person.cells()[2], [("sex", "woman")])
        });
        let built = pool
            .build()
            .and_then(|pool| Instance::new(pool, instance.given_quotas().clone(), seats));
        built.unwrap_err().problems()[0].to_string()
    };
    assert_eq!(
        problem(4, 2),
        "E-SIZE-HOUSEHOLDS: found a panel size of 4, expected at most 3: of no household of the pool may more than 2 people sit"
    );
    assert_eq!(
        problem(1, 0),
        "E-HOUSEHOLD-MOST: found 0, expected at least 1 person per household"
    );
}

#[test]
fn joint_quotas_lose_seats_too() {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 1..=2)
        .value("man", 1..=2)
        .joint("sex", "age")
        .cell("woman", "old", 1..=1);
    let people = [
        ("p1", "woman", "old"),
        ("p2", "woman", "old"),
        ("p3", "man", "old"),
        ("p4", "woman", "young"),
    ];
    let pool = people.iter().fold(Pool::builder(), |pool, (id, sex, age)| {
        pool.person(*id, [("sex", *sex), ("age", *age)])
    });
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 3).unwrap();
    let left = instance.settle(&Settled::new().seated(["p1"])).unwrap();
    let cell = left.given_quotas().iter().find(|q| q.feature != "sex");
    assert_eq!(cell.map(|q| (q.min, q.max)), Some((0, 0)));
    // p2 is an old woman too and fits no panel any more
    let chances = Rule::Leximin.distribution(&left).unwrap().probabilities();
    assert_eq!(
        chances,
        [Ratio::new(0, 1), Ratio::new(1, 1), Ratio::new(1, 1)]
    );
}

#[test]
fn lists_are_read_by_the_header_of_the_pools_ids() {
    let folder = std::env::temp_dir().join(format!("kleroterion-settled-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let quotas = "feature,value,min,max\nsex,woman,1,1\nsex,man,1,1\n";
    let pool = "sex;number\nwoman;7\nman;8\nwoman;9\nman;10\n";
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool)).id_column("number");
    let seated = file("seated.csv", "name,Number\nJo, 7\n");
    let excluded = file("excluded.csv", "number\n10\n");
    let both = files.clone().seated(&seated).excluded(&excluded);
    let left = both.read(2).unwrap();
    assert_eq!((left.size(), ids(&left)), (1, vec!["8", "9"]));
    assert_eq!(both.read_left(1).unwrap().size(), 1);

    let plain = file("plain.csv", "7\n8\n");
    let error = files.clone().seated(&plain).read(2).unwrap_err();
    let name = plain.display();
    assert_eq!(
        error.to_string(),
        format!(
            "E-COLUMN-MISSING {name} row 1, column \"number\": found only the columns \"7\", expected the pool's id column"
        )
    );
    let unknown = file("unknown.csv", "number\n7\n11\n");
    let error = files.seated(&unknown).read(2).unwrap_err();
    let name = unknown.display();
    assert_eq!(
        error.to_string(),
        format!("E-SETTLED-ID {name} row 3: found \"11\", expected the id of somebody in the pool")
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn ids_that_a_table_was_written_with_are_found() {
    let quotas = Quotas::builder().feature("sex").value("woman", 0..=2);
    let pool = ["+p", "-q", "r"].iter().fold(Pool::builder(), |pool, id| {
        pool.person(*id, [("sex", "woman")])
    });
    let instance = Instance::new(pool.build().unwrap(), quotas.build().unwrap(), 2).unwrap();
    let left = instance.settle(&Settled::new().seated(["'+p"])).unwrap();
    assert_eq!(ids(&left), ["-q", "r"]);
    assert_eq!(
        problems(&instance, &Settled::new().seated(["'r"])),
        ["E-SETTLED-ID: found \"'r\", expected the id of somebody in the pool"]
    );
}
