//! `infeasible`: what it says, what it writes, and that what it writes works.

use crate::desk::Desk;

/// Two women are asked for, and young people only; one woman is young.
fn clashing() -> Desk {
    let desk = Desk::empty();
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,f,2,2\nsex,m,1,1\nage,young,3,3\nage,old,0,0\n",
    );
    desk.put(
        "pool.csv",
        "id,sex,age\np1,f,young\np2,f,old\np3,m,young\np4,m,young\np5,f,old\n",
    );
    desk
}

const OWN: [&str; 6] = [
    "--quotas",
    "quotas.csv",
    "--pool",
    "pool.csv",
    "--size",
    "3",
];

#[test]
fn it_explains_and_every_file_it_writes_can_be_drawn_with() {
    let desk = clashing();
    let said = desk.run("infeasible", &OWN).exits(3).out();
    for part in [
        "  age = old: at most 0\n  sex = f: at least 2\nso it needs 2 people with age young and sex f; the pool has 1\n",
        "Each line is needed: without any one of them, the others can be met.",
        "draw --quotas infeasible-out/suggestion-1.csv --pool pool.csv --size 3",
    ] {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
    let commands = said
        .lines()
        .filter_map(|line| line.trim().strip_prefix("draw "));
    let mut drawn = 0;
    for command in commands {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.extend(["--source", "dice 3-1-4", "--out", "drawn"]);
        desk.draw(&arguments).exits(0);
        std::fs::remove_dir_all(desk.path("drawn")).unwrap();
        drawn += 1;
    }
    assert!(drawn >= 2, "{said}");
    assert_eq!(desk.names("infeasible-out").len(), drawn);
}

#[test]
fn draw_points_to_it() {
    let desk = clashing();
    let pointer = "run the program `infeasible`";
    let draw = [&OWN[..], &["--source", "dice"]].concat();
    desk.draw(&draw).exits(3).complains(&[pointer]);
    // A sum that can be read off the file is bad input to `draw`, and explained all the same.
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n",
    );
    desk.draw(&draw)
        .exits(2)
        .complains(&["E-QUOTA-SUM-MAX", pointer]);
    let said = desk.run("infeasible", &OWN).exits(3).out();
    assert!(said.contains("these maximums of sex add up to 2, less than the panel size of 3"));
    // A file that cannot be read is another matter.
    desk.put("quotas.csv", "feature,value,min,max\nsex,f,1,x\n");
    let wrong = desk.draw(&draw).exits(2);
    assert!(!wrong.err().contains(pointer));
    desk.run("infeasible", &OWN)
        .exits(2)
        .complains(&["E-QUOTA-NUMBER"]);
}

#[test]
fn without_arguments_it_explains_the_bundled_quotas() {
    let desk = Desk::empty();
    let said = desk.run("infeasible", &[]).exits(3).out();
    let reason = "so it needs 5 people with age 75+ and dwelling Private rental or Social rental; the pool has 4";
    assert!(said.contains(reason), "{said}");
    assert!(
        desk.names("infeasible-out")
            .contains(&"suggestion-1.csv".to_owned())
    );
}

#[test]
fn where_a_panel_exists_it_says_who_is_left_out_and_what_lets_them_in() {
    let desk = Desk::empty();
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\nage,young,0,1\nage,old,1,2\n",
    );
    desk.put(
        "pool.csv",
        "id,sex,age\np1,f,young\np2,m,old\np3,m,young\np4,m,old\n",
    );
    let arguments = [&OWN[..5], &["2"]].concat();
    let said = desk.run("infeasible", &arguments).exits(0).out();
    for part in [
        "A panel of 2 exists: nothing has to change.",
        "No panel can include these 1 of 4 people:\n   p3\n",
        "These 1 of 4 people are on every panel:\n   p1\n",
        "infeasible-out/include-everyone.csv",
    ] {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
    assert_eq!(desk.names("infeasible-out"), ["include-everyone.csv"]);
}
