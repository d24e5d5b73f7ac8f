//! Draws that are committed on terms from a file.

use super::desk::Desk;

const TERMS: &str = include_str!("../../examples/draw/terms.toml");
const LISTS: [&str; 6] = ["--size", "6", "--tickets", "100", "--terms", "terms.toml"];
/// A real round of quicknet, and its text.
const ROUND: &str = "drand 1000 fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd \
                     b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";

/// Dice, then that round; in its place a later one.
fn of_the_past() -> String {
    let times = [
        ("2026-11-30T12:00:00+01:00", "2023-08-23T15:00:00Z"),
        ("2026-12-07T19:00:00+01:00", "2023-08-23T15:30:00Z"),
        ("2026-12-07T19:30:00+01:00", "2023-08-23T17:59:24+02:00"),
        ("2026-12-08T19:30:00+01:00", "2023-08-24T12:00:00Z"),
        ("2026-12-09T19:30:00+01:00", "2023-08-25T12:00:00Z"),
    ];
    let moved = |text: String, (old, new): (&str, &str)| text.replace(old, new);
    let text = times.into_iter().fold(TERMS.to_owned(), moved);
    text.replace("count = 20", "count = 3")
}

#[test]
fn terms_from_a_file_are_committed_and_kept() {
    let desk = Desk::small();
    desk.put("terms.toml", &of_the_past());
    let commit = ["--commit-only", "--out", "public"];
    let run = desk.draw_own(&[&LISTS[..], &commit[..]].concat()).exits(0);
    for told in [
        "dice N-N-…-N (3 N)",
        "drand 1000 RANDOMNESS SIGNATURE",
        "15:59:24 UTC",
    ] {
        assert!(run.out().contains(told), "{told}: {}", run.out());
    }
    let committed = desk.text("public/commit.json");
    for field in [
        "\"replacement\":{\"cut_off\":\"2027-02-01\",\"reserves\":\"ranked\"}",
        "\"published\":1692802800",
        "\"round\":1000,\"round_time\":1692806364",
        "\"for\":1",
        "\"assembly\":\"The bundled pool\"",
    ] {
        assert!(committed.contains(field), "{field}: {committed}");
    }
    let lottery = ["--lottery", "public/lottery.json", "--out", "public"];
    let thrown = |dice| [&lottery[..], &["--source", dice, "--source", ROUND]].concat();
    desk.draw_own(&thrown("dice 3-5"))
        .exits(2)
        .complains(&["E-SOURCE-FORM"]);
    desk.draw_own(&thrown("dice 3-5-4")).exits(0);
    let checked = desk.verify("public/transcript.json").exits(0);
    assert!(checked.out().contains("0 rejected"), "{}", checked.out());
}

#[test]
fn a_direct_draw_has_terms_too() {
    let desk = Desk::small();
    desk.put("terms.toml", &of_the_past());
    let terms = ["--size", "6", "--rule", "legacy", "--terms", "terms.toml"];
    desk.draw_own(&[&terms[..], &["--commit-only", "--out", "public"]].concat())
        .exits(0);
    let drawn = [
        "--commit",
        "public/commit.json",
        "--source",
        "dice 0-0-9",
        "--source",
        ROUND,
    ];
    desk.draw_own(&[&drawn[..], &["--out", "public"]].concat())
        .exits(0);
    desk.verify("public/transcript.json").exits(0);
}

#[test]
fn everything_wrong_with_the_terms_is_told_at_once() {
    let desk = Desk::small();
    let wrong = TERMS
        .replace("sides = 10", "sides = 1")
        .replace("2026-12-09T19:30:00+01:00", "2026-12-09T19:30:00")
        .replace("2027-02-01", "\"1 February\"")
        .replace("2026-11-30T12:00:00+01:00", "\"soon\"");
    desk.put("terms.toml", &wrong);
    let run = desk
        .draw_own(&[&LISTS[..], &["--commit-only"]].concat())
        .exits(2);
    let told = [
        "terms.toml row 6, column \"published\"",
        "terms.toml row 11, column \"sources\"",
        "column \"fallback, time\"",
        "E-DAY",
    ];
    run.complains(&told);
    // None of them is told without the pool's own problems.
    let both = ["--size", "600", "--terms", "terms.toml", "--commit-only"];
    desk.draw_own(&both)
        .exits(2)
        .complains(&["E-SIZE-POOL", "E-DAY"]);
    desk.put("terms.toml", &TERMS.replace("sources", "sorces"));
    desk.draw_own(&[&LISTS[..], &["--commit-only"]].concat())
        .complains(&["sorces"]);
    let both = [&LISTS[..], &["--announce", "dice", "--commit-only"]].concat();
    desk.draw_own(&both).complains(&["--announce"]);
}

#[test]
fn terms_that_could_never_be_kept_are_refused() {
    let desk = Desk::small();
    let past = of_the_past();
    let commit = [&LISTS[..], &["--commit-only"]].concat();
    let drand = "{ type = \"drand\", time = 2023-08-23T17:59:24+02:00 }";
    let wrong = [
        (
            drand,
            "{ type = \"drand\", beacon = \"mine\", round = 5 }",
            "beacon = mine",
        ),
        (
            drand,
            "{ type = \"drand\", time = 2023-08-20T12:00:00Z }",
            "row 12, column \"sources\"",
        ),
        (drand, "{ type = \"drand\", zeit = 1 }", "zeit = 1"),
        ("\"ranked\"", "\"best\"", "none, ranked, matched or shadows"),
        (
            "assembly =",
            "predecessor = { commitment = \"xyz\", reason = \"a\" }\nassembly =",
            "64 digits 0-9a-f",
        ),
        (
            "count = 3",
            "count = 3, since = 1979-05-27",
            "a time with its offset",
        ),
        (
            "2023-08-23T15:30:00Z",
            "2023-08-23T15:55:00Z",
            "E-TERMS-PAUSE terms.toml",
        ),
    ];
    for (old, new, told) in wrong {
        assert!(past.contains(old), "{old}");
        desk.put("terms.toml", &past.replace(old, new));
        desk.draw_own(&commit).exits(2).complains(&[told]);
    }
    desk.put("terms.toml", &past);
    let listed = [
        "--size",
        "6",
        "--rule",
        "rfc3797",
        "--terms",
        "terms.toml",
        "--commit-only",
    ];
    desk.draw_own(&listed)
        .exits(2)
        .complains(&["E-LIST-SOURCE", "RFC 3797"]);
}
