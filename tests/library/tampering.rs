//! Honest transcripts hold; no changed transcript does. Every claim has tamperings of its own (here and in `proofs`),
//! and then every value of every transcript is changed by machine (in `every_value`).
#![expect(
    clippy::too_many_lines,
    reason = "a test is a table of changes, one line each"
)]

use crate::small;
use kleroterion::audit::Claim;
use serde_json::{Value, json};

mod every_value;
mod proofs;
mod seal;

use seal::{case, cases, expect, rejected, verify};

const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[test]
fn honest_transcripts_hold() {
    for case in cases() {
        let report = verify(&case.transcript, &case.instance)
            .unwrap_or_else(|e| panic!("{}: {e}", case.name));
        let open: Vec<Claim> = report.not_checked().map(|f| f.claim).collect();
        let searched = case.name.starts_with("couples");
        let expected = [Claim::LaterLevels, Claim::Order];
        assert_eq!(
            open,
            expected[usize::from(!searched)..],
            "{}\n{report}",
            case.name
        );
        let claims: Vec<Claim> = report.findings().iter().map(|f| f.claim).collect();
        assert!(
            claims.is_sorted(),
            "each claim once and in order: {claims:?}"
        );
        assert_eq!(
            claims.contains(&Claim::Rounding),
            case.name.ends_with("panels")
        );
    }
}

#[test]
fn sealing_an_honest_transcript_changes_nothing() {
    for case in cases() {
        let mut sealed = case.transcript.clone();
        seal::everything(&mut sealed);
        assert_eq!(sealed, case.transcript, "{}", case.name);
    }
}

#[test]
fn a_report_reads_well() {
    let case = case("alone-compositions");
    let report = verify(&case.transcript, &case.instance).unwrap();
    let text = report.to_string();
    for line in [
        "checked      format: kleroterion-transcript/1",
        "checked      pool: 7 people",
        "checked      groups: 5 groups of interchangeable people",
        "checked      quotas and households: met by all 2 compositions; no household rule",
        "checked      exclusions: 1 person can be in no panel",
        "checked      lowest chance: 0.250000000000; no lottery exceeds 0.250000000000, the gap is at most 10^-9",
        "checked      later levels: level 2 is within 10^-9 of what no lottery exceeds",
        "23 checked, 0 rejected, 1 not checked",
    ] {
        assert!(text.lines().any(|l| l == line), "{line:?} not in\n{text}");
    }
    let open = "\nNOT CHECKED  order of events: lottery and draw were made in one run";
    assert!(text.contains(open), "{text}");
}

#[test]
fn formats_and_digests() {
    use Claim::{CertificateDigest, Commitment, Digest, LotteryDigest, Version};
    let name = "alone-compositions";
    let row = |seal: fn(&mut Value), claim, step: &str, pointer: &str, value: Value| {
        expect(seal, name, (claim, step), &[(pointer, value)]);
    };
    let all = seal::everything;
    let later = json!("kleroterion-transcript/2");
    row(
        all,
        Version,
        "the transcript has the format",
        "/version",
        later,
    );
    row(
        all,
        Version,
        "the commitment has the format",
        "/commit/spec",
        json!("sortition-draw/2"),
    );
    row(
        seal::nothing,
        Digest,
        "stated \"0000",
        "/digest",
        json!(ZEROS),
    );
    row(
        seal::nothing,
        Digest,
        "recomputed",
        "/order",
        json!("committed first"),
    );
    row(
        seal::outermost,
        Commitment,
        "stated \"0000",
        "/commitment",
        json!(ZEROS),
    );
    let from_commit = seal::from_commit;
    row(
        from_commit,
        LotteryDigest,
        "stated \"0000",
        "/commit/lottery/digest",
        json!(ZEROS),
    );
    row(
        from_commit,
        CertificateDigest,
        "stated \"0000",
        "/commit/certificate",
        json!(ZEROS),
    );
    row(
        from_commit,
        CertificateDigest,
        "names no certificate",
        "/commit/certificate",
        Value::Null,
    );
}

#[test]
fn committed_terms() {
    use Claim::{Columns, LotteryDigest, Pool, Quotas, Rule, Size};
    let rows = [
        (
            Pool,
            "is not the committed one",
            "/pool/digest",
            json!(ZEROS),
        ),
        (
            Pool,
            "8 people were committed, the pool has 7",
            "/pool/size",
            json!(8),
        ),
        (Pool, "no digest", "/pool/digest", Value::Null),
        (
            Size,
            "3 seats were committed, not 2",
            "/panel_size",
            json!(3),
        ),
        (
            Quotas,
            "sex = f: 1..2 were committed, not 1..1",
            "/quotas/0/max",
            json!(2),
        ),
        (
            Quotas,
            "sex = f: 0..1 were committed, not 1..1",
            "/quotas/0/min",
            json!(0),
        ),
        (
            Quotas,
            "sex = x stands where sex = f must",
            "/quotas/0/value",
            json!("x"),
        ),
        (
            Quotas,
            "age = f stands where sex = f must",
            "/quotas/0/feature",
            json!("age"),
        ),
        (
            Quotas,
            "0 quotas were committed, there are 2",
            "/quotas",
            json!([]),
        ),
        (
            Columns,
            "from the column \"nr\"",
            "/columns/id",
            json!("nr"),
        ),
        (Columns, "names no columns", "/columns", Value::Null),
        (
            Columns,
            "household columns",
            "/columns/household",
            json!(["age"]),
        ),
        (
            Columns,
            "household columns",
            "/columns/household",
            Value::Null,
        ),
        (
            Columns,
            "household columns",
            "/columns/household",
            json!([]),
        ),
        (Rule, "the same rule", "/rule", json!("maximin")),
        (Rule, "the same rule", "/rule", Value::Null),
        (
            LotteryDigest,
            "another number",
            "/lottery/panel_count",
            json!(3),
        ),
        (
            LotteryDigest,
            "another form",
            "/lottery/form",
            json!("panels"),
        ),
        (LotteryDigest, "another form", "/lottery/form", Value::Null),
    ];
    for (claim, step, pointer, value) in rows {
        let pointer = format!("/commit{pointer}");
        expect(
            seal::everything,
            "couples-compositions",
            (claim, step),
            &[(&pointer, value)],
        );
    }
    let edit = ("/commit/lottery/form", json!("compositions"));
    expect(
        seal::everything,
        "couples-panels",
        (LotteryDigest, "another form"),
        &[edit],
    );
}

#[test]
fn lotteries_over_compositions() {
    use Claim::{Arrangement, Groups, Panels, Weights};
    // A lottery that does not fit leaves its certificate and its draw unchecked: exactly one claim is rejected.
    let swapped = json!([[[0, 1, 1], [1, 0, 1]], [[0, 0, 1], [0, 1, 1]]]);
    let rows = [
        (
            Groups,
            "group 0 does not hold exactly",
            "groups/0/0",
            json!([["p2"], ["p1"]]),
        ),
        (
            Groups,
            "group 1 does not hold exactly",
            "groups/1",
            json!([[["s1"]], [["s2"]]]),
        ),
        (
            Groups,
            "the lottery has 0 groups, the pool has 2",
            "groups",
            json!([]),
        ),
        (
            Panels,
            "composition 0: 3 people for 2 seats",
            "compositions/0",
            json!([[0, 0, 2], [0, 1, 1]]),
        ),
        (
            Panels,
            "composition 0: 2 people with sex = f, asked 1..1",
            "compositions/0",
            json!([[0, 0, 2]]),
        ),
        (
            Panels,
            "group 1 has 1 households or single people, 2",
            "compositions/1",
            json!([[1, 0, 2]]),
        ),
        (
            Panels,
            "no group 2 with a role 0",
            "compositions/1",
            json!([[0, 1, 1], [2, 0, 1]]),
        ),
        (
            Panels,
            "no group 0 with a role 2",
            "compositions/1",
            json!([[0, 2, 1], [1, 0, 1]]),
        ),
        (
            Panels,
            "group 1 role 0 has 0 seats",
            "compositions/1",
            json!([[0, 0, 1], [0, 1, 1], [1, 0, 0]]),
        ),
        (
            Panels,
            "4294967295 are asked for",
            "compositions/1",
            json!([[0, 1, 1], [1, 0, u32::MAX]]),
        ),
        (
            Arrangement,
            "composition 1 is not in ascending",
            "compositions/1",
            json!([[1, 0, 1], [0, 1, 1]]),
        ),
        (
            Arrangement,
            "composition 1 stands twice",
            "compositions/1",
            json!([[0, 0, 1], [0, 1, 1]]),
        ),
        (
            Arrangement,
            "composition 1 is out of order",
            "compositions",
            swapped,
        ),
        (
            Weights,
            "the weights sum to 1000000000001",
            "weights/0",
            json!(750_000_000_001_u64),
        ),
        (Weights, "weight 0 is 0", "weights/0", json!(0)),
        (Weights, "3 weights for 2", "weights", json!([1, 2, 3])),
    ];
    for (claim, step, place, value) in rows {
        let pointer = format!("/lottery/{place}");
        expect(
            seal::everything,
            "couples-compositions",
            (claim, step),
            &[(&pointer, value)],
        );
    }
    let denominator = [
        ("/lottery/weights", json!([1, 1])),
        ("/lottery/denominator", json!(2)),
        ("/commit/lottery/denominator", json!(2)),
    ];
    let step = (
        Weights,
        "compositions have the denominator 1000000000000, not 2",
    );
    expect(seal::everything, "alone-compositions", step, &denominator);
}

#[test]
fn lists_of_panels() {
    use Claim::{Arrangement, Panels, Weights};
    let rows = [
        (
            Panels,
            "panel 0: two people of the household of \"p1\"",
            "panels/0",
            json!(["p1", "p2"]),
        ),
        (
            Panels,
            "panel 0: \"p0\" is not in the pool",
            "panels/0",
            json!(["p0", "p4"]),
        ),
        (
            Panels,
            "panel 0: 1 people for 2 seats",
            "panels/0",
            json!(["p1"]),
        ),
        (
            Panels,
            "panel 0: 2 people with sex = f",
            "panels/0",
            json!(["p1", "p3"]),
        ),
        (
            Arrangement,
            "panel 8 is not in ascending order",
            "panels/8",
            json!(["s1", "p6"]),
        ),
        (
            Arrangement,
            "panel 1 stands twice",
            "panels/1",
            json!(["p1", "p4"]),
        ),
        (
            Arrangement,
            "panel 1 is out of order",
            "panels/0",
            json!(["p1", "p6"]),
        ),
        (
            Weights,
            "the weights sum to 13, the denominator is 12",
            "weights/0",
            json!(2),
        ),
        (Weights, "weight 0 is 0", "weights/0", json!(0)),
        (Weights, "0 weights for 9", "weights", json!([])),
    ];
    for (claim, step, place, value) in rows {
        if step == "panel 1 is out of order" {
            let swapped = [
                ("/lottery/panels/0", value),
                ("/lottery/panels/1", json!(["p1", "p4"])),
            ];
            expect(seal::everything, "couples-panels", (claim, step), &swapped);
        } else {
            let pointer = format!("/lottery/{place}");
            expect(
                seal::everything,
                "couples-panels",
                (claim, step),
                &[(&pointer, value)],
            );
        }
    }
    let empty = [
        ("/lottery/weights", json!([])),
        ("/lottery/panels", json!([])),
        ("/lottery/denominator", json!(0)),
        ("/commit/lottery/denominator", json!(0)),
        ("/commit/lottery/panel_count", json!(0)),
    ];
    expect(
        seal::everything,
        "couples-panels",
        (Weights, "the lottery is empty"),
        &empty,
    );
}

#[test]
fn the_draw() {
    use Claim::{Alternates, Announcements, Panel, Seed, Ticket};
    let rows = [
        (Seed, "stated \"00\"", "seed", json!("00")),
        (Ticket, "stated 1, drawn", "ticket", json!(1)),
        (
            Panel,
            "3 people are stated, 2 were drawn",
            "panel",
            json!(["p1", "p2", "p3"]),
        ),
        (
            Panel,
            "number 1 is \"x\", drawn",
            "panel",
            json!(["x", "y"]),
        ),
        (
            Alternates,
            "0 people are stated, 5 were drawn",
            "alternates",
            json!([]),
        ),
        (
            Alternates,
            "number 4 is \"x\", drawn",
            "alternates/3",
            json!("x"),
        ),
    ];
    for (claim, step, place, value) in rows {
        let pointer = format!("/draw/{place}");
        expect(
            seal::outermost,
            "couples-compositions",
            (claim, step),
            &[(&pointer, value)],
        );
    }
    let rows = [
        (
            "2 sources were announced, 1 were used",
            "/sources",
            json!(["3-5-4-6-1-1"]),
        ),
        ("a source is missing", "/sources/1", json!("")),
        ("a source is missing", "/sources", json!([])),
    ];
    for (step, pointer, value) in rows {
        expect(
            seal::everything,
            "couples-compositions",
            (Announcements, step),
            &[(pointer, value)],
        );
    }
}

#[test]
fn other_sources_give_another_seed() {
    let case = case("couples-compositions");
    let mut changed = case.transcript.clone();
    changed["sources"][0] = "3-5-4-6-1-2".into();
    seal::outermost(&mut changed);
    let found = rejected(&changed, &case.instance);
    let claims: Vec<Claim> = found.into_iter().map(|(claim, _)| claim).collect();
    assert!(
        claims.starts_with(&[Claim::Seed, Claim::Ticket]),
        "{claims:?}"
    );
}

#[test]
fn another_pool_is_not_accepted() {
    use Claim::{Columns, Groups, Panels, Pool, Quotas};
    let case = case("alone-compositions");
    let found = rejected(&case.transcript, &small::couples());
    let claims: Vec<Claim> = found.into_iter().map(|(claim, _)| claim).collect();
    assert_eq!(claims, [Pool, Quotas, Columns, Groups, Panels]);
}
