//! Drawn, published and verified: the record of a draw with joint quotas, and the programs.

use std::fs;

use kleroterion::audit::{self, Claim, Verdict, canonical};
use kleroterion::io::{Files, json};
use kleroterion::lottery::{Digest, Sources, Transcript};
use kleroterion::{Instance, Rule};
use serde_json::{Value, json};

use crate::desk::Desk;

const QUOTAS: &str = "feature,value,min,max\nsex,Woman,3,3\nsex,Man,3,3\nage,18-39,2,3\nage,40+,3,4\n\
                      sex × age,Woman × 18-39,1,1\nsex × age,Man × 40+,1,2\n";

fn pool() -> String {
    let mut pool = String::from("code,sex,age,street\n");
    for i in 0..24 {
        let sex = if i % 3 == 0 { "Man" } else { "Woman" };
        let age = if i % 5 < 2 { "18-39" } else { "40+" };
        pool += &format!("v{:02},{sex},{age},{} Oak\n", (i * 7) % 24, i / 2);
    }
    pool
}

fn read(quotas: &str) -> Instance {
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool()))
        .household_columns(["street"])
        .read(6)
        .unwrap()
}

fn transcript() -> Value {
    let lottery = Rule::Leximin.distribution(&read(QUOTAS)).unwrap();
    let lottery = lottery.into_lottery().announce(["dice"]).unwrap();
    let draw = lottery.draw(&Sources::new(["3-5-4-6"]).unwrap()).unwrap();
    serde_json::from_slice(&draw.transcript().to_json().unwrap()).unwrap()
}

fn parsed(transcript: &Value) -> Transcript {
    let bytes = canonical::to_bytes(transcript).unwrap();
    json::transcript(&bytes, "transcript.json").unwrap()
}

/// Claims rejected, with the step that failed.
fn rejected(transcript: &Value, instance: &Instance) -> Vec<(Claim, String)> {
    let report = audit::examine(&parsed(transcript), instance);
    let step = |f: &audit::Finding| match &f.verdict {
        Verdict::Rejected(step) => step.clone(),
        _ => unreachable!(),
    };
    report.rejected().map(|f| (f.claim, step(f))).collect()
}

#[test]
fn a_drawn_transcript_holds_and_names_the_joint_quotas() {
    let transcript = transcript();
    let instance = read(QUOTAS);
    audit::verify(&parsed(&transcript), &instance).unwrap();
    let quota = |feature: &str, value: &str, min: u32, max: u32| json!({ "feature": feature, "value": value, "min": min, "max": max });
    let expected = json!([
        quota("age", "18-39", 2, 3),
        quota("age", "40+", 3, 4),
        quota("age × sex", "18-39 × Woman", 1, 1),
        quota("age × sex", "40+ × Man", 1, 2),
        quota("age × sex", "other", 0, 6),
        quota("sex", "Man", 3, 3),
        quota("sex", "Woman", 3, 3),
    ]);
    assert_eq!(transcript["commit"]["quotas"], expected);
    let panel: Vec<u32> = transcript["draw"]["panel"]
        .as_array()
        .unwrap_or_else(|| panic!("{transcript}"))
        .iter()
        .map(|id| instance.find(id.as_str().unwrap()).unwrap())
        .collect();
    let seats = |cell: &str| {
        panel
            .iter()
            .filter(|&&p| instance.folded_value(p, 1) == cell)
            .count()
    };
    assert_eq!(seats("18-39 × woman"), 1);
    assert!((1..=2).contains(&seats("40+ × man")));
}

#[test]
fn the_order_and_sign_of_the_audited_file_do_not_matter() {
    let turned = QUOTAS
        .replace("sex × age", "AGE x Sex")
        .replace("Woman × 18-39", "18-39 x woman")
        .replace("Man × 40+", "40+ x man");
    audit::verify(&parsed(&transcript()), &read(&turned)).unwrap();
}

#[test]
fn a_changed_joint_quota_is_rejected_whatever_is_sealed_again() {
    let honest = transcript();
    let instance = read(QUOTAS);
    for (at, field, value, step) in [
        (
            2,
            "max",
            json!(2),
            "age × sex = 18-39 × Woman: 1..2 were committed, not 1..1",
        ),
        (
            3,
            "min",
            json!(0),
            "age × sex = 40+ × Man: 0..2 were committed, not 1..2",
        ),
        (
            4,
            "max",
            json!(5),
            "age × sex = other: 0..5 were committed, not 0..6",
        ),
        (
            4,
            "value",
            json!("40+ × Woman"),
            "age × sex = 40+ × Woman stands where age × sex = other must",
        ),
        (
            2,
            "value",
            json!("Woman × 18-39"),
            "age × sex = Woman × 18-39 stands where age × sex = 18-39 × Woman must",
        ),
        (
            2,
            "feature",
            json!("sex × age"),
            "sex × age = 18-39 × Woman stands where age × sex = 18-39 × Woman must",
        ),
    ] {
        let mut changed = honest.clone();
        changed["commit"]["quotas"][at][field] = value;
        let found = rejected(&changed, &instance);
        assert!(
            found.contains(&(Claim::Quotas, step.to_owned())),
            "{found:?}"
        );
    }
    let mut shorter = honest;
    shorter["commit"]["quotas"]
        .as_array_mut()
        .unwrap()
        .remove(4);
    let found = rejected(&shorter, &instance);
    let step = "6 quotas were committed, there are 7".to_owned();
    assert!(found.contains(&(Claim::Quotas, step)), "{found:?}");
}

#[test]
fn other_joint_quotas_in_the_audited_file_are_rejected() {
    let transcript = transcript();
    for (from, to) in [
        ("Woman × 18-39,1,1", "Woman × 18-39,0,1"),
        ("sex × age,Man × 40+,1,2\n", ""),
        ("Man × 40+,1,2", "Man × 18-39,1,2"),
    ] {
        assert!(QUOTAS.contains(from));
        let found = rejected(&transcript, &read(&QUOTAS.replace(from, to)));
        assert!(
            found.iter().any(|(claim, _)| *claim == Claim::Quotas),
            "{from}: {found:?}"
        );
    }
}

/// The pool is committed to by cells: somebody moved into another one is noticed.
#[test]
fn another_value_of_a_part_without_quotas_is_another_pool() {
    let quotas = "feature,value,min,max\nsex × age,Woman × 18-39,1,1\n";
    let digest = |pool: &str| -> Option<Digest> {
        let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
        let lottery = Rule::Leximin.distribution(&files.read(6).unwrap()).unwrap();
        let digest = lottery.into_lottery().commit().pool.digest.clone().unwrap();
        serde_json::from_value(digest.into()).ok()
    };
    let plain = digest(&pool());
    assert!(plain.is_some());
    let moved = pool().replacen("Woman,18-39", "Woman,40+", 1);
    assert_ne!(digest(&moved), plain);
    let spelled = pool().replacen("Woman,18-39", "WOMAN, 18-39", 1);
    assert_eq!(digest(&spelled), plain);
}

#[test]
fn the_programs_draw_and_verify_files_with_joint_quotas() {
    let desk = Desk::empty();
    desk.put("quotas.csv", QUOTAS);
    desk.put("pool.csv", &pool());
    let flags = ["--size", "6", "--household", "street", "--source", "dice 3"];
    let run = desk.draw_own(&flags).exits(0);
    let rows: Vec<String> = run
        .out()
        .lines()
        .filter(|line| line.contains('×'))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0], "age × sex 18-39 × Woman 1..1 1");
    assert!(rows[1].starts_with("age × sex 40+ × Man 1..2 "), "{rows:?}");
    let header = desk.text("draw-out/selected.csv");
    assert!(header.starts_with("code,sex,age,street\n"), "{header}");
    let selected = header.lines().filter(|row| row.contains(",Woman,18-39,"));
    assert_eq!(selected.count(), 1);
    desk.verify("draw-out/transcript.json").exits(0);
    let report = desk.text("draw-out/report.html");
    for part in ["sex × age", "Woman × 18-39", "Man × 40+"] {
        assert!(report.contains(part), "{part}");
    }
    let weaker = QUOTAS.replace("Woman × 18-39,1,1", "Woman × 18-39,1,2");
    desk.put("quotas.csv", &weaker);
    let run = desk.verify("draw-out/transcript.json").exits(1);
    let said = run.out() + &run.err();
    assert!(
        said.contains("18-39 × Woman: 1..1 were committed, not 1..2"),
        "{said}"
    );
    fs::remove_file(desk.path("quotas.csv")).unwrap();
    desk.put(
        "quotas.csv",
        &QUOTAS.replace("Woman × 18-39,1,1", "Woman × 18-39,4,4"),
    );
    desk.draw_own(&flags)
        .exits(2)
        .complains(&["E-JOINT-MIN", "quotas.csv row 6"]);
}

#[test]
fn joint_quotas_that_clash_are_named() {
    let desk = Desk::empty();
    // Both sums fit and every cell has people, but three cells share too few seats between them.
    let clash = "feature,value,min,max\nsex,Woman,3,3\nsex,Man,3,3\nage,18-39,2,2\nage,40+,4,4\n\
                 sex × age,Woman × 18-39,0,0\nsex × age,Man × 40+,2,2\n";
    desk.put("quotas.csv", clash);
    desk.put("pool.csv", &pool());
    let run = desk
        .draw_own(&["--size", "6", "--source", "dice 3"])
        .exits(3);
    run.complains(&["age × sex = 40+ × Man: at least 2"]);
}
