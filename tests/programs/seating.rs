//! The program that seats members at tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Desk;

/// Round, table and id of every row.
fn seats(text: &str) -> Vec<(u32, u32, String)> {
    let mut rows = text.lines();
    assert_eq!(rows.next(), Some("round,table,id"));
    let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
    let seat = |c: Vec<String>| (c[0].parse().unwrap(), c[1].parse().unwrap(), c[2].clone());
    rows.map(|row| seat(cells(row))).collect()
}

#[test]
fn without_arguments_the_bundled_panel_is_seated() {
    let desk = Desk::empty();
    let text = desk.run("seating", &[]).exits(0).out();
    for part in [
        "Demonstration",
        "36 members, 6 tables, 3 rounds",
        "New pairs that meet",
        "No plan has more than",
        "Written to seating-out",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    let seats = seats(&desk.text("seating-out/seating.csv"));
    assert_eq!(seats.len(), 3 * 36);
    let mut sizes = BTreeMap::new();
    seats
        .iter()
        .for_each(|s| *sizes.entry((s.0, s.1)).or_insert(0) += 1);
    assert!(sizes.len() == 18 && sizes.values().all(|&size| size == 6));
    let cards = desk.text("seating-out/cards.csv");
    assert_eq!(cards.lines().next(), Some("id,round 1,round 2,round 3"));
    assert_eq!(cards.lines().count(), 37);
    let page = desk.text("seating-out/cards.html");
    assert_eq!(page.matches("<article>").count(), 18);
}

#[test]
fn own_members_and_pairs_apart() {
    let desk = Desk::empty();
    let mut members = String::from("code;Age;note\n");
    for i in 0..14 {
        members += &format!("<b{i}>&;{};x\n", if i % 3 == 0 { "old" } else { "young" });
    }
    desk.put("members.csv", &members);
    desk.put("apart.csv", "one;other;why\n<b1>&;<b2>&;cousins\n");
    let own = [
        "--members",
        "members.csv",
        "--tables",
        "4",
        "--rounds",
        "2",
        "--diversify",
        "age",
        "--apart",
        "apart.csv",
        "--out",
        "out",
    ];
    desk.run("seating", &own).exits(0);
    let first = desk.text("out/seating.csv");
    let seats = seats(&first);
    for round in 1..=2 {
        let here: Vec<_> = seats.iter().filter(|s| s.0 == round).collect();
        let ids: BTreeSet<&str> = here.iter().map(|s| s.2.as_str()).collect();
        assert_eq!((here.len(), ids.len()), (14, 14), "everybody once");
        let table = |id: &str| here.iter().find(|s| s.2 == id).map(|s| s.1);
        assert_ne!(table("<b1>&"), table("<b2>&"));
        for number in 1..=4 {
            assert!((3..=4).contains(&here.iter().filter(|s| s.1 == number).count()));
        }
    }
    for page in ["out/seating.html", "out/cards.html"] {
        let page = desk.text(page);
        assert!(page.contains("&lt;b1&gt;&amp;") && !page.contains("<b1>"));
    }
    desk.run("seating", &own).exits(0);
    assert_eq!(
        desk.text("out/seating.csv"),
        first,
        "the same files, the same plan"
    );
}

#[test]
fn every_problem_of_both_files_at_once() {
    let desk = Desk::empty();
    desk.put("members.csv", "id,sex\na,woman\n,man\na,man\nb,\nc,man\n");
    desk.put("apart.csv", "a,nobody\nid,other\na,a\nb,\n");
    let own = [
        "--members",
        "members.csv",
        "--tables",
        "2",
        "--rounds",
        "2",
        "--diversify",
        "sex,age",
        "--apart",
        "apart.csv",
    ];
    let text = desk.run("seating", &own).exits(2).err();
    let expected = [
        "E-COLUMN-MISSING members.csv row 1, column \"age\"",
        "E-SEAT-ID members.csv row 3, column \"id\"",
        "E-SEAT-DUPLICATE members.csv row 4, column \"id\"",
        "E-SEAT-VALUE members.csv row 5, column \"sex\"",
        "E-SEAT-WHO apart.csv row 1, column \"B\"",
        "E-SEAT-WHO apart.csv row 2, column \"A\"",
        "E-SEAT-WHO apart.csv row 2, column \"B\"",
        "E-SEAT-SELF apart.csv row 3, column \"B\"",
        "E-SEAT-ID apart.csv row 4, column \"B\"",
    ];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{text}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
    }
    assert!(!desk.path("seating-out").exists());
    desk.put("few.csv", "id\na\nb\n");
    let few = ["--members", "few.csv", "--tables", "3", "--rounds", "2"];
    let text = desk.run("seating", &few).exits(2).err();
    assert!(
        text.starts_with("E-SEAT-SIZE: found 2 members in round 1"),
        "{text}"
    );
}
