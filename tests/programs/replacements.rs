//! The program that says who steps in.

use std::fs;

use kleroterion::io;

use crate::desk::{Desk, bundled};

#[test]
fn without_arguments_the_bundled_panel_is_followed() {
    let desk = Desk::empty();
    let text = desk.run("replacements", &[]).exits(0).out();
    for part in [
        "Demonstration",
        "takes the seat",
        "Quota",
        "may be published",
        "first drawn   expected loss",
        "best found    expected loss",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert_eq!(text.matches("leaves; ").count(), 4, "{text}");
    let record = desk.path("replacements-out/replacements.json");
    let record = io::json::read_replacements(record).unwrap();
    assert_eq!((record.dropouts.len(), record.panel.len()), (4, 36));
    assert_eq!(desk.text("replacements-out/panel.csv").lines().count(), 37);
}

#[test]
fn own_files_policies_and_the_check() {
    let desk = Desk::empty();
    let quotas = fs::read_to_string(bundled("quotas.csv")).unwrap();
    let pool = fs::read_to_string(bundled("pool.csv")).unwrap();
    desk.put("q.csv", &quotas);
    desk.put("p.csv", &pool);
    let draw = ["--quotas", "q.csv", "--pool", "p.csv", "--size", "36"];
    let draw = [
        &draw[..],
        &["--rule", "legacy", "--source", "3-5-4", "--out", "drawn"],
    ]
    .concat();
    desk.run("draw", &draw).exits(0);
    let panel = desk.text("drawn/selected.csv");
    let ids: Vec<&str> = panel
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next())
        .collect();
    desk.put(
        "left.csv",
        &format!("Date;ID\n2026-02-01;{}\n2026-03-01;{}\n", ids[0], ids[1]),
    );
    let own = [
        "--transcript",
        "drawn/transcript.json",
        "--quotas",
        "q.csv",
        "--pool",
        "p.csv",
    ];
    let run = |more: &[&str]| desk.run("replacements", &[&own[..], more].concat());
    for policy in ["ranked", "matched", "shadows", "none"] {
        let options = [
            "--dropouts",
            "left.csv",
            "--policy",
            policy,
            "--cut-off",
            "2026-02-15",
            "--out",
            policy,
        ];
        let text = run(&options).exits(0).out();
        let empty = text.matches("the seat stays empty").count();
        assert_eq!(empty, if policy == "none" { 2 } else { 1 }, "{text}");
        let record = format!("{policy}/replacements.json");
        run(&["--check", &record]).exits(0);
        let forged = desk.text(&record).replace(ids[2], ids[0]);
        desk.put("forged.json", &forged);
        let report = run(&["--check", "forged.json"]).exits(1).out();
        assert!(report.contains("REJECTED"), "{report}");
    }
    desk.put("wrong.csv", "id,date\nnobody,2026-02-30\n");
    let error = run(&["--dropouts", "wrong.csv"]).exits(2).err();
    assert!(
        error.contains("E-DROPOUT-DATE dropout 1")
            || error.contains("E-DROPOUT-DATE: found dropout 1"),
        "{error}"
    );
    assert!(error.contains("E-DROPOUT-ID"), "{error}");
}
