//! Honest transcripts hold; no changed transcript does. Every claim has a tampering of its own, and then every value
//! of every transcript is changed by machine.
#![expect(
    clippy::too_many_lines,
    reason = "a test is a table of changes, one line each"
)]

use std::collections::BTreeMap;

use kleroterion::audit::{self, Claim, Verdict, canonical};
use kleroterion::io::json;
use kleroterion::lottery::{Commit, Digest, Record, Seed, Stream};
use kleroterion::{Instance, Result};
use serde_json::{Value, json};

#[path = "fixtures/small.rs"]
mod small;

struct Case {
    name: &'static str,
    instance: Instance,
    transcript: Value,
}

fn cases() -> Vec<Case> {
    let case = |(name, lottery): (&'static str, kleroterion::lottery::Lottery)| {
        let instance = lottery.instance().clone();
        let bytes = small::draw(lottery).transcript().to_json().unwrap();
        Case {
            name,
            instance,
            transcript: serde_json::from_slice(&bytes).unwrap(),
        }
    };
    small::all().into_iter().map(case).collect()
}

fn case(name: &str) -> Case {
    cases().into_iter().find(|c| c.name == name).unwrap()
}

/// Reads and verifies as a stranger would.
fn verify(transcript: &Value, instance: &Instance) -> Result<audit::Report> {
    let bytes = canonical::to_bytes(transcript)?;
    audit::verify(&json::transcript(&bytes, "transcript.json")?, instance)
}

fn rejected(transcript: &Value, instance: &Instance) -> Vec<(Claim, String)> {
    let bytes = canonical::to_bytes(transcript).unwrap();
    let report = audit::examine(
        &json::transcript(&bytes, "transcript.json").unwrap(),
        instance,
    );
    let step = |f: &audit::Finding| match &f.verdict {
        Verdict::Rejected(step) => step.clone(),
        _ => unreachable!(),
    };
    report.rejected().map(|f| (f.claim, step(f))).collect()
}

/// What a forger would do after a change: all digests, the seed and the ticket made anew.
fn reseal(transcript: &mut Value) {
    let certificate = canonical::to_bytes(&transcript["certificate"]).unwrap();
    let certificate = Digest::of("sortition-draw/1/certificate", &[&certificate]).to_string();
    transcript["commit"]["certificate"] = certificate.into();
    if let Ok(record) = serde_json::from_value::<Record>(transcript["lottery"].clone()) {
        transcript["commit"]["lottery"]["digest"] = record.digest().unwrap().to_string().into();
    }
    reseal_from_commit(transcript);
}

fn reseal_from_commit(transcript: &mut Value) {
    if let Ok(commit) = serde_json::from_value::<Commit>(transcript["commit"].clone()) {
        transcript["commitment"] = commit.commitment().unwrap().to_string().into();
        let sources = transcript["sources"].as_array().unwrap();
        let sources: Vec<&[u8]> = sources
            .iter()
            .map(|s| s.as_str().unwrap().as_bytes())
            .collect();
        let seed = Seed::derive(&commit, &sources).unwrap();
        let denominator = transcript["lottery"]["denominator"].as_u64().unwrap_or(1);
        transcript["draw"]["ticket"] = Stream::new(&seed, "panel").below(denominator).into();
        transcript["draw"]["seed"] = seed.to_string().into();
    }
    reseal_digest(transcript);
}

fn reseal_digest(transcript: &mut Value) {
    let mut rest = transcript.clone();
    rest.as_object_mut().unwrap().remove("digest");
    let bytes = canonical::to_bytes(&rest).unwrap();
    transcript["digest"] = Digest::of("sortition-draw/1/transcript", &[&bytes])
        .to_string()
        .into();
}

#[test]
fn honest_transcripts_hold() {
    for case in cases() {
        let report = verify(&case.transcript, &case.instance)
            .unwrap_or_else(|e| panic!("{}: {e}", case.name));
        let open: Vec<Claim> = report.not_checked().map(|f| f.claim).collect();
        let search = case.name.starts_with("couples");
        let expected: &[Claim] = if search {
            &[Claim::LaterLevels, Claim::Order]
        } else {
            &[Claim::Order]
        };
        assert_eq!(open, expected, "{}\n{report}", case.name);
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
fn resealing_an_honest_transcript_changes_nothing() {
    for case in cases() {
        let mut resealed = case.transcript.clone();
        reseal(&mut resealed);
        assert_eq!(resealed, case.transcript, "{}", case.name);
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
        "checked      exclusions: 1 groups or roles can be in no panel",
        "checked      lowest chance: 0.250000000000; no lottery exceeds 0.250000000000, the gap is at most 10^-9",
        "checked      later levels: level 2 is within 10^-9 of what no lottery exceeds",
        "23 checked, 0 rejected, 1 not checked",
    ] {
        assert!(text.lines().any(|l| l == line), "{line:?} not in\n{text}");
    }
    assert!(
        text.contains("\nNOT CHECKED  order of events: lottery and draw were made in one run"),
        "{text}"
    );
}

/// Applies the edit, reseals, and expects the claim among the rejected ones, with this step.
fn expect(name: &str, claim: Claim, step: &str, edit: impl Fn(&mut Value)) {
    let case = case(name);
    let mut changed = case.transcript.clone();
    edit(&mut changed);
    let found = rejected(&changed, &case.instance);
    let of_claim: BTreeMap<Claim, String> = found.iter().cloned().collect();
    let text = of_claim
        .get(&claim)
        .unwrap_or_else(|| panic!("{claim} holds after all, rejected: {found:?}"));
    assert!(
        text.contains(step),
        "{claim}: {text:?} does not contain {step:?}"
    );
    // Panel and alternates cannot be made anew without a lottery that fits; everything else a forger can reseal.
    let redrawn = [claim, Claim::Panel, Claim::Alternates];
    let others: Vec<&(Claim, String)> =
        found.iter().filter(|(c, _)| !redrawn.contains(c)).collect();
    assert!(others.is_empty(), "{claim}: also rejected {others:?}");
    assert!(
        verify(&changed, &case.instance)
            .unwrap_err()
            .to_string()
            .starts_with("rejected: ")
    );
}

fn forged(edit: impl Fn(&mut Value)) -> impl Fn(&mut Value) {
    move |transcript| {
        edit(transcript);
        reseal(transcript);
    }
}

#[test]
fn formats_and_digests() {
    let name = "alone-compositions";
    let other = "0000000000000000000000000000000000000000000000000000000000000000";
    expect(
        name,
        Claim::Version,
        "the transcript has the format",
        forged(|t| t["version"] = "kleroterion-transcript/2".into()),
    );
    expect(
        name,
        Claim::Version,
        "the commitment has the format",
        forged(|t| t["commit"]["spec"] = "sortition-draw/2".into()),
    );
    expect(name, Claim::Digest, "stated \"0000", |t| {
        t["digest"] = other.into()
    });
    expect(name, Claim::Digest, "recomputed", |t| {
        t["order"] = "committed first".into()
    });
    expect(name, Claim::Commitment, "stated \"0000", |t| {
        t["commitment"] = other.into();
        reseal_digest(t);
    });
    expect(name, Claim::LotteryDigest, "stated \"0000", |t| {
        t["commit"]["lottery"]["digest"] = other.into();
        reseal_from_commit(t);
    });
    expect(name, Claim::CertificateDigest, "stated \"0000", |t| {
        t["commit"]["certificate"] = other.into();
        reseal_from_commit(t);
    });
    expect(
        name,
        Claim::CertificateDigest,
        "names no certificate",
        |t| {
            t["commit"].as_object_mut().unwrap().remove("certificate");
            reseal_from_commit(t);
        },
    );
}

#[test]
fn committed_terms() {
    let name = "couples-compositions";
    let other = "0000000000000000000000000000000000000000000000000000000000000000";
    let commit =
        |field: &'static str, value: Value| forged(move |t| t["commit"][field] = value.clone());
    expect(
        name,
        Claim::Pool,
        "is not the committed one",
        forged(|t| t["commit"]["pool"]["digest"] = other.into()),
    );
    expect(
        name,
        Claim::Pool,
        "8 people were committed, the pool has 7",
        forged(|t| t["commit"]["pool"]["size"] = 8.into()),
    );
    expect(
        name,
        Claim::Pool,
        "no digest",
        commit("pool", json!({"hash": "x", "merkle_root": "y", "size": 7})),
    );
    expect(
        name,
        Claim::Size,
        "3 seats were committed, not 2",
        commit("panel_size", 3.into()),
    );
    expect(
        name,
        Claim::Quotas,
        "sex = f: 1..2 were committed, not 1..1",
        forged(|t| t["commit"]["quotas"][0]["max"] = 2.into()),
    );
    expect(
        name,
        Claim::Quotas,
        "sex = x stands where sex = f must",
        forged(|t| t["commit"]["quotas"][0]["value"] = "x".into()),
    );
    expect(
        name,
        Claim::Quotas,
        "0 quotas were committed, there are 2",
        commit("quotas", json!([])),
    );
    expect(
        name,
        Claim::Columns,
        "from the column \"nr\"",
        forged(|t| t["commit"]["columns"]["id"] = "nr".into()),
    );
    expect(
        name,
        Claim::Columns,
        "household columns",
        forged(|t| t["commit"]["columns"]["household"] = json!(["age"])),
    );
    expect(
        name,
        Claim::Columns,
        "household columns",
        commit("columns", json!({"id": "id"})),
    );
    expect(
        name,
        Claim::Columns,
        "household columns",
        forged(|t| t["commit"]["columns"]["household"] = json!([])),
    );
    expect(
        name,
        Claim::Rule,
        "the same rule",
        commit("rule", "maximin".into()),
    );
    expect(
        name,
        Claim::LotteryDigest,
        "another number",
        forged(|t| t["commit"]["lottery"]["panel_count"] = 3.into()),
    );
    let form = |form: &'static str| forged(move |t| t["commit"]["lottery"]["form"] = form.into());
    expect(name, Claim::LotteryDigest, "another form", form("panels"));
    expect(
        "couples-panels",
        Claim::LotteryDigest,
        "another form",
        form("compositions"),
    );
}

#[test]
fn lotteries_over_compositions() {
    // A lottery that does not fit leaves its certificate and its draw unchecked: exactly one claim is rejected.
    let name = "couples-compositions";
    let set = |at: usize, composition: Value| {
        forged(move |t| t["lottery"]["compositions"][at] = composition.clone())
    };
    expect(
        name,
        Claim::Groups,
        "group 0 does not hold exactly",
        forged(|t| t["lottery"]["groups"][0][0] = json!([["p2"], ["p1"]])),
    );
    expect(
        name,
        Claim::Groups,
        "the lottery has 1 groups, the pool has 2",
        forged(|t| {
            t["lottery"]["groups"].as_array_mut().unwrap().pop();
        }),
    );
    expect(
        name,
        Claim::Panels,
        "composition 0: 3 people for 2 seats",
        set(0, json!([[0, 0, 2], [0, 1, 1]])),
    );
    expect(
        name,
        Claim::Panels,
        "composition 0: 2 people with sex = f, asked 1..1",
        set(0, json!([[0, 0, 2]])),
    );
    expect(
        name,
        Claim::Panels,
        "group 1 has 1 households or single people, 2 are asked for",
        set(1, json!([[1, 0, 2]])),
    );
    expect(
        name,
        Claim::Panels,
        "no group 2 with a role 0",
        set(1, json!([[0, 1, 1], [2, 0, 1]])),
    );
    expect(
        name,
        Claim::Panels,
        "no group 0 with a role 2",
        set(1, json!([[0, 2, 1], [1, 0, 1]])),
    );
    expect(
        name,
        Claim::Panels,
        "group 1 role 0 has 0 seats",
        set(1, json!([[0, 0, 1], [0, 1, 1], [1, 0, 0]])),
    );
    expect(
        name,
        Claim::Panels,
        "4294967295 are asked for",
        set(1, json!([[0, 1, 1], [1, 0, 4_294_967_295_u32]])),
    );
    expect(
        name,
        Claim::Arrangement,
        "composition 1 is not in ascending order",
        set(1, json!([[1, 0, 1], [0, 1, 1]])),
    );
    expect(
        name,
        Claim::Arrangement,
        "composition 1 is out of order",
        forged(|t| {
            t["lottery"]["compositions"]
                .as_array_mut()
                .unwrap()
                .swap(0, 1);
        }),
    );
    expect(
        name,
        Claim::Arrangement,
        "composition 1 stands twice",
        set(1, json!([[0, 0, 1], [0, 1, 1]])),
    );
    weights(name, 750_000_000_000);
}

fn weights(name: &str, first: u64) {
    expect(
        name,
        Claim::Weights,
        "the weights sum to",
        forged(move |t| t["lottery"]["weights"][0] = (first + 1).into()),
    );
    expect(
        name,
        Claim::Weights,
        "weight 0 is 0",
        forged(|t| t["lottery"]["weights"][0] = 0.into()),
    );
    expect(
        name,
        Claim::Weights,
        "weights for",
        forged(|t| {
            t["lottery"]["weights"]
                .as_array_mut()
                .unwrap()
                .push(1.into());
        }),
    );
}

#[test]
fn another_denominator() {
    expect(
        "alone-compositions",
        Claim::Weights,
        "compositions have the denominator",
        forged(|t| {
            t["lottery"]["weights"] = json!([1, 1]);
            t["lottery"]["denominator"] = 2.into();
            t["commit"]["lottery"]["denominator"] = 2.into();
        }),
    );
    expect(
        "alone-panels",
        Claim::Weights,
        "the lottery is empty",
        forged(|t| {
            t["lottery"]["weights"] = json!([]);
            t["lottery"]["panels"] = json!([]);
            t["lottery"]["denominator"] = 0.into();
            t["commit"]["lottery"]["denominator"] = 0.into();
            t["commit"]["lottery"]["panel_count"] = 0.into();
        }),
    );
}

#[test]
fn lists_of_panels() {
    let name = "couples-panels";
    let set = |at: usize, panel: Value| forged(move |t| t["lottery"]["panels"][at] = panel.clone());
    expect(
        name,
        Claim::Panels,
        "panel 0: two people of the household of \"p1\"",
        set(0, json!(["p1", "p2"])),
    );
    expect(
        name,
        Claim::Panels,
        "panel 0: \"p0\" is not in the pool",
        set(0, json!(["p0", "p4"])),
    );
    expect(
        name,
        Claim::Panels,
        "panel 0: 1 people for 2 seats",
        set(0, json!(["p1"])),
    );
    expect(
        name,
        Claim::Panels,
        "panel 0: 2 people with sex = f",
        set(0, json!(["p1", "p3"])),
    );
    expect(
        name,
        Claim::Arrangement,
        "panel 8 is not in ascending order",
        set(8, json!(["s1", "p6"])),
    );
    expect(
        name,
        Claim::Arrangement,
        "panel 1 stands twice",
        set(1, json!(["p1", "p4"])),
    );
    expect(
        name,
        Claim::Arrangement,
        "panel 1 is out of order",
        forged(|t| {
            t["lottery"]["panels"].as_array_mut().unwrap().swap(0, 1);
        }),
    );
    weights(name, 1);
}

#[test]
fn exclusions() {
    let name = "alone-compositions";
    let excluded = |edit: fn(&mut Value)| forged(move |t| edit(&mut t["certificate"]["excluded"]));
    expect(
        name,
        Claim::Exclusions,
        "group 4 role 0 has no chance and is not excluded",
        excluded(|e| *e = json!([])),
    );
    expect(
        name,
        Claim::Exclusions,
        "group 3 role 0: the bound 1 is not below the weight 1",
        excluded(|e| {
            e[0] = json!({"group": 3, "role": 0, "proof": {"bound": {"size": 0, "quotas": [[2, 1]], "households": [], "scale": 1}}});
        }),
    );
    expect(
        name,
        Claim::Exclusions,
        "group 3 role 0 is excluded and has a chance",
        excluded(|e| {
            let also = json!({"group": 3, "role": 0, "proof": {"search": {"nodes": 9}}});
            e.as_array_mut().unwrap().insert(0, also);
        }),
    );
    expect(
        name,
        Claim::Exclusions,
        "ascending",
        excluded(|e| {
            let again = e[0].clone();
            e.as_array_mut().unwrap().push(again);
        }),
    );
    expect(
        name,
        Claim::Exclusions,
        "there is no such role",
        excluded(|e| e[0]["role"] = 1.into()),
    );
    expect(
        name,
        Claim::Exclusions,
        "no proof is given",
        excluded(|e| e[0]["proof"] = "certain".into()),
    );
    expect(
        name,
        Claim::Exclusions,
        "compositions are not rounded",
        forged(|t| t["certificate"]["target"] = json!([])),
    );
    expect(
        "alone-panels",
        Claim::Exclusions,
        "no chance and is not excluded",
        excluded(|e| *e = json!([])),
    );
}

#[test]
fn an_excluded_person_may_not_sit_on_a_listed_panel() {
    // The target leaves all but three people out, the list does not.
    expect(
        "alone-panels",
        Claim::Exclusions,
        "group 1 role 0 is excluded and sits on a panel",
        forged(|t| {
            t["certificate"]["target"] =
                json!([[0, 0, 1_000_000_000_000_u64], [3, 0, 1_000_000_000_000_u64]]);
            t["certificate"]["excluded"] = (1..=4)
                .filter(|g| [1, 2, 4].contains(g))
                .map(|g| json!({"group": g, "role": 0, "proof": {"search": {"nodes": 1}}}))
                .collect();
        }),
    );
}

#[test]
fn levels() {
    let name = "alone-compositions";
    let level = |at: usize, field: &'static str, value: Value| {
        forged(move |t| t["certificate"]["levels"][at][field] = value.clone())
    };
    let bound = |field: &'static str, value: Value| {
        forged(move |t| t["certificate"]["levels"][0]["proof"]["bound"][field] = value.clone())
    };
    let lowest = Claim::LowestChance;
    expect(
        name,
        lowest,
        "the value is 250000000000, not 250000000001",
        level(0, "value", 250_000_000_001_u64.into()),
    );
    expect(
        name,
        lowest,
        "the bound is 250000000000, not 250000000001",
        level(0, "bound", 250_000_000_001_u64.into()),
    );
    expect(
        name,
        lowest,
        "cannot be fixed here",
        level(0, "fixed", json!([[2, 0], [3, 0], [4, 0]])),
    );
    expect(
        name,
        lowest,
        "has a higher chance than the level",
        level(0, "fixed", json!([[1, 0]])),
    );
    expect(
        name,
        lowest,
        "not in ascending order",
        level(0, "fixed", json!([[3, 0], [2, 0]])),
    );
    expect(
        name,
        lowest,
        "not in ascending order",
        level(0, "fixed", json!([])),
    );
    expect(
        name,
        lowest,
        "the bound is 1000000000000, not",
        level(0, "proof", "certain".into()),
    );
    expect(
        name,
        lowest,
        "away from the bound",
        forged(|t| {
            t["certificate"]["levels"][0]["proof"] = json!({"search": {"nodes": 3}});
            t["certificate"]["levels"][0]["bound"] = 250_000_001_001_u64.into();
        }),
    );
    expect(
        name,
        lowest,
        "no level is stated",
        forged(|t| t["certificate"]["levels"] = json!([])),
    );
    // Multipliers that prove less, or nothing.
    expect(
        name,
        lowest,
        "the bound is 500000000000, not",
        bound("size", 1.into()),
    );
    expect(
        name,
        lowest,
        "more than 10^-9 below the bound",
        forged(|t| {
            t["certificate"]["levels"][0]["proof"]["bound"]["size"] = 1.into();
            t["certificate"]["levels"][0]["bound"] = 500_000_000_000_u64.into();
        }),
    );
    malformed(name, bound);
}

fn malformed<E: Fn(&mut Value)>(name: &str, bound: impl Fn(&'static str, Value) -> E) {
    for (field, value, step) in [
        ("scale", json!(0), "the scale is below 1"),
        ("scale", json!(-1), "the scale is below 1"),
        ("quotas", json!([[6, 1]]), "there is no quota 6"),
        ("quotas", json!([[1, 0]]), "a multiplier of quota 1 is 0"),
        ("quotas", json!([[1, 2], [0, 1]]), "not in ascending order"),
        ("households", json!([[5, 1]]), "there is no group 5"),
        (
            "households",
            json!([[2, -1]]),
            "a household multiplier is negative",
        ),
        (
            "weights",
            json!([[2, 0, 1], [2, 0, 1]]),
            "the weights are not in ascending order",
        ),
        (
            "weights",
            json!([[5, 0, 1]]),
            "a weight for a role that does not exist",
        ),
        ("weights", json!([[2, 0, -1]]), "a weight is not positive"),
        ("weights", json!([]), "no weight to anybody"),
    ] {
        expect(name, Claim::LowestChance, step, bound(field, value));
    }
    expect(
        name,
        Claim::LowestChance,
        "derived weights need the scale 1",
        forged(|t| {
            t["certificate"]["levels"][0]["proof"]["bound"]
                .as_object_mut()
                .unwrap()
                .remove("weights");
        }),
    );
}

#[test]
fn numbers_that_overflow_are_rejected() {
    // From 2^53 no file can hold them; a transcript made in memory can.
    let draw = small::draw(small::alone_compositions());
    let instance = draw.lottery().instance();
    for (size, weight) in [(i64::MAX, 1), (i64::MIN, 1), (0, i64::MAX)] {
        let mut transcript = draw.transcript();
        if let kleroterion::certificate::Proof::Bound(bound) =
            &mut transcript.certificate.levels[0].proof
        {
            bound.size = size;
            bound.scale = i64::MAX;
            bound.weights = Some(vec![(2, 0, weight), (3, 0, weight)]);
        }
        let report = audit::examine(&transcript, instance);
        let verdict = &report.finding(Claim::LowestChance).unwrap().verdict;
        assert!(matches!(verdict, Verdict::Rejected(_)), "{verdict:?}");
    }
}

#[test]
fn later_levels() {
    let name = "alone-compositions";
    let later = Claim::LaterLevels;
    expect(
        name,
        later,
        "group 0 role 0 is at no level",
        forged(|t| {
            t["certificate"]["levels"].as_array_mut().unwrap().pop();
        }),
    );
    expect(
        name,
        later,
        "level 2: the value is 500000000000, not 499999999999",
        forged(|t| {
            t["certificate"]["levels"][1]["value"] = 499_999_999_999_u64.into();
        }),
    );
    expect(
        name,
        later,
        "level 2: group 2 role 0 cannot be fixed here",
        forged(|t| {
            t["certificate"]["levels"][1]["fixed"] = json!([[2, 0]]);
        }),
    );
    // One man per panel: true and tight for `a1`, silent about `a2`.
    expect(
        name,
        later,
        "level 2: group 1 role 0 has no weight in the bound",
        forged(|t| {
            t["certificate"]["levels"][1]["proof"]["bound"]["quotas"] = json!([[3, 1]]);
        }),
    );
    expect(
        name,
        later,
        "level 3: no role is left for it",
        forged(|t| {
            let again = t["certificate"]["levels"][1].clone();
            t["certificate"]["levels"]
                .as_array_mut()
                .unwrap()
                .push(again);
        }),
    );
    expect(
        "couples-compositions",
        later,
        "level 2: the value is more than 10^-9 away from the bound",
        forged(|t| {
            t["certificate"]["levels"][1]["bound"] = 333_333_334_334_u64.into();
        }),
    );
    expect(
        name,
        Claim::LowestChance,
        "maximin has one level, not 2",
        forged(|t| {
            t["certificate"]["rule"] = "maximin".into();
            t["commit"]["rule"] = "maximin".into();
        }),
    );
    expect(
        name,
        Claim::Rule,
        "\"nash\" is not a known rule",
        forged(|t| {
            t["certificate"]["rule"] = "nash".into();
            t["commit"]["rule"] = "nash".into();
        }),
    );
}

#[test]
fn chances_before_rounding() {
    let name = "alone-panels";
    let target = |seats: Value| forged(move |t| t["certificate"]["target"] = seats.clone());
    let half = 500_000_000_000_u64;
    let rounding = Claim::Rounding;
    expect(
        name,
        rounding,
        "are missing",
        forged(|t| {
            t["certificate"].as_object_mut().unwrap().remove("target");
        }),
    );
    expect(
        name,
        rounding,
        "not in ascending order",
        target(json!([
            [1, 0, half],
            [0, 0, half],
            [2, 0, half],
            [3, 0, half]
        ])),
    );
    expect(
        name,
        rounding,
        "of a role that does not exist",
        target(json!([[0, 1, half]])),
    );
    expect(name, rounding, "is stated as 0", target(json!([[0, 0, 0]])));
    expect(
        name,
        rounding,
        "sum to 1500000000000/1000000000000",
        target(json!([[0, 0, half], [1, 0, half], [2, 0, half]])),
    );
    expect(
        name,
        rounding,
        "a household has more than one",
        target(json!([[0, 0, 4 * half]])),
    );
    // Seats that sum up but that no lottery can give: more than one young person per panel.
    let (old, young) = (400_000_000_000_u64, 600_000_000_000_u64);
    expect(
        name,
        Claim::LowestChance,
        "the bound is below the chance that the lottery gives",
        forged(move |t| {
            t["certificate"]["target"] =
                json!([[0, 0, old], [1, 0, old], [2, 0, young], [3, 0, young]]);
            t["certificate"]["levels"][0]["value"] = 300_000_000_000_u64.into();
        }),
    );
}

#[test]
fn the_draw() {
    let name = "couples-compositions";
    let draw = |field: &'static str, value: Value| {
        move |t: &mut Value| {
            t["draw"][field] = value.clone();
            reseal_digest(t);
        }
    };
    expect(name, Claim::Seed, "stated \"00", draw("seed", "00".into()));
    expect(
        name,
        Claim::Ticket,
        "stated 1, drawn",
        draw("ticket", 1.into()),
    );
    expect(
        name,
        Claim::Panel,
        "3 people are stated, 2 were drawn",
        draw("panel", json!(["p1", "p2", "p3"])),
    );
    expect(
        name,
        Claim::Panel,
        "number 1 is \"x\", drawn",
        draw("panel", json!(["x", "y"])),
    );
    expect(
        name,
        Claim::Alternates,
        "0 people are stated, 5 were drawn",
        draw("alternates", json!([])),
    );
    expect(name, Claim::Alternates, "number 4 is ", |t| {
        t["draw"]["alternates"].as_array_mut().unwrap().swap(3, 4);
        reseal_digest(t);
    });
    expect(
        name,
        Claim::Announcements,
        "2 sources were announced, 1 were used",
        forged(|t| {
            t["sources"].as_array_mut().unwrap().pop();
        }),
    );
    expect(
        name,
        Claim::Announcements,
        "a source is missing",
        forged(|t| t["sources"][1] = "".into()),
    );
    // Other sources give another seed.
    let case = case(name);
    let mut changed = case.transcript.clone();
    changed["sources"][0] = "3-5-4-6-1-2".into();
    reseal_digest(&mut changed);
    let claims: Vec<Claim> = rejected(&changed, &case.instance)
        .into_iter()
        .map(|(claim, _)| claim)
        .collect();
    assert!(
        claims.starts_with(&[Claim::Seed, Claim::Ticket]),
        "{claims:?}"
    );
}

#[test]
fn another_pool_is_not_accepted() {
    let case = case("alone-compositions");
    let found = rejected(&case.transcript, &small::couples());
    let claims: Vec<Claim> = found.into_iter().map(|(claim, _)| claim).collect();
    assert_eq!(
        claims,
        [
            Claim::Pool,
            Claim::Quotas,
            Claim::Columns,
            Claim::Groups,
            Claim::Panels
        ]
    );
}

/// Everything in a value, as JSON pointers.
fn pointers(value: &Value, here: &str, into: &mut Vec<String>) {
    into.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| pointers(item, &format!("{here}/{at}"), into));
        }
        Value::Object(members) => {
            members
                .iter()
                .for_each(|(key, member)| pointers(member, &format!("{here}/{key}"), into));
        }
        _ => {}
    }
}

/// Many ways to change one value.
fn changes(value: &Value) -> Vec<Value> {
    let mut changed: Vec<Value> = vec![json!("x"), json!(7), json!([]), json!({}), json!([[]])];
    match value {
        Value::String(text) => {
            let longer = [
                format!("{text}x"),
                format!(" {text}"),
                format!("{text} "),
                text.to_uppercase(),
            ];
            let shorter = [
                text.chars().skip(1).collect(),
                text.chars().take(text.len() - 1).collect(),
            ];
            let digit: String = text
                .chars()
                .map(|c| if c == '1' { '2' } else { c })
                .collect();
            changed.extend(
                longer
                    .into_iter()
                    .chain(shorter)
                    .chain([digit, String::new()])
                    .map(Value::from),
            );
            let known = [
                "a1",
                "b4",
                "p1",
                "p6",
                "s1",
                "unproven",
                "committed first",
                "leximin",
                "maximin",
                "certain",
            ];
            changed.extend(
                known
                    .into_iter()
                    .chain(["compositions", "panels", "household", "id"])
                    .map(Value::from),
            );
        }
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            let beside = [number + 1, number - 1, -number, number * 2, 0, 1, -1];
            let largest = canonical::LARGEST as i64;
            changed.extend(
                beside
                    .into_iter()
                    .chain([largest, -largest])
                    .map(Value::from),
            );
            changed.push(number.to_string().into());
        }
        Value::Array(items) => {
            for at in 0..items.len() {
                let without = items
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i != at)
                    .map(|(_, v)| v.clone());
                changed.push(without.collect());
                let twice = items
                    .iter()
                    .enumerate()
                    .flat_map(|(i, v)| vec![v.clone(); 1 + usize::from(i == at)]);
                changed.push(twice.collect());
                let mut swapped = items.clone();
                swapped.swap(at, (at + 1) % items.len());
                changed.push(swapped.into());
            }
        }
        Value::Object(members) => {
            for key in members.keys() {
                let mut without = members.clone();
                without.remove(key);
                changed.push(without.into());
            }
            let mut more = members.clone();
            more.insert("zzz".into(), 1.into());
            changed.push(more.into());
        }
        Value::Null | Value::Bool(_) => unreachable!("a transcript holds neither"),
    }
    changed.retain(|c| c != value);
    changed
}

/// Every change of every value of every transcript, with a further step; `relevant` chooses the places.
fn each_change(
    further: fn(&mut Value),
    relevant: fn(&str) -> bool,
    check: fn(&Case, &str, &Value),
) -> usize {
    let mut count = 0;
    for case in cases() {
        let mut places = Vec::new();
        pointers(&case.transcript, "", &mut places);
        for place in places.iter().filter(|p| relevant(p)) {
            for change in changes(case.transcript.pointer(place).unwrap()) {
                let mut changed = case.transcript.clone();
                *changed.pointer_mut(place).unwrap() = change;
                further(&mut changed);
                if changed != case.transcript {
                    check(&case, place, &changed);
                    count += 1;
                }
            }
        }
    }
    count
}

fn must_not_hold(case: &Case, place: &str, changed: &Value) {
    let outcome = verify(changed, &case.instance);
    assert!(
        outcome.is_err(),
        "{} {place} as {}",
        case.name,
        changed.pointer(place).unwrap_or(changed)
    );
}

#[test]
fn every_change_of_every_value_is_rejected() {
    let count = each_change(|_| (), |_| true, must_not_hold);
    assert!(count > 10_000, "{count}");
}

#[test]
fn the_transcript_digest_is_not_what_holds_it_all_up() {
    // With the outermost digest made anew, all that can change is the maker's word on the order of events.
    let further = |t: &mut Value| {
        if t.is_object() {
            reseal_digest(t)
        }
    };
    let count = each_change(further, |p| p != "/order", must_not_hold);
    assert!(count > 9_000, "{count}");
}

#[test]
fn a_forger_who_seals_everything_anew_gets_nowhere() {
    // Left out: what a lottery may honestly differ in (the words of announcements and sources, a panel list's tickets,
    // multipliers that prove the same).
    let relevant = |p: &str| {
        let level = p.starts_with("/certificate/levels/") && !p.contains("/proof");
        let commit = p.starts_with("/commit/") && !p.starts_with("/commit/sources");
        level
            || commit
            || p.starts_with("/certificate/target")
            || p.starts_with("/lottery/") && p != "/lottery/weights"
    };
    let further = |t: &mut Value| {
        if serde_json::from_value::<audit::Transcript>(t.clone()).is_ok()
            && canonical::to_bytes(t).is_ok()
        {
            reseal(t);
        }
    };
    let count = each_change(further, relevant, |case, place, changed| {
        // Names of columns, features and values may be spelled with other white space or case.
        let name = |t: &Value| Some(t.pointer(place)?.as_str()?.trim().to_lowercase());
        if place.starts_with("/commit/")
            && name(changed).is_some_and(|n| Some(n) == name(&case.transcript))
        {
            return;
        }
        // A level that rests on a search states what the search found; nobody can check its last digits.
        let level = place
            .strip_suffix("/bound")
            .and_then(|level| case.transcript.pointer(level));
        if level.is_some_and(|level| level["proof"].get("search").is_some()) {
            return;
        }
        let bytes = canonical::to_bytes(changed).unwrap();
        let Ok(transcript) = json::transcript(&bytes, "transcript.json") else {
            return;
        };
        let report = audit::examine(&transcript, &case.instance);
        // The forger has not drawn anew: that alone must not be what gives it away.
        let found = report
            .rejected()
            .any(|f| !matches!(f.claim, Claim::Panel | Claim::Alternates));
        assert!(
            found,
            "{} {place} as {}\n{report}",
            case.name,
            changed.pointer(place).unwrap_or(changed)
        );
    });
    assert!(count > 5_000, "{count}");
}

#[test]
fn only_canonical_bytes_are_read() {
    let case = case("alone-compositions");
    let honest = String::from_utf8(canonical::to_bytes(&case.transcript).unwrap()).unwrap();
    let read = |text: &str| {
        json::transcript(text.as_bytes(), "t.json")
            .map(drop)
            .map_err(|e| e.to_string())
    };
    assert_eq!(read(&honest), Ok(()));
    let canonical = "t.json: the file is not in canonical form (RFC 8785), it was changed after it was made: byte ";
    for (from, to, message) in [
        ("\"scale\":2", "\"scale\": 2", canonical),
        (
            "\"scale\":2",
            "\"scale\":2.0",
            "t.json: invalid type: floating point",
        ),
        (
            "\"scale\":2",
            "\"scale\":2e0",
            "t.json: invalid type: floating point",
        ),
        ("\"scale\":2", "\"scale\":02", "t.json: this is no JSON: "),
        (
            "\"size\":0",
            "\"size\":-0",
            "t.json: invalid type: floating point",
        ),
        (
            "\"scale\":2",
            "\"scale\":2,\"scale\":2",
            "t.json: duplicate field `scale`",
        ),
        (
            "\"scale\":2",
            "\"scale\":2,\"shift\":2",
            "t.json: unknown field `shift`",
        ),
        (
            "\"scale\":2",
            "\"scale\":null",
            "t.json: invalid type: null",
        ),
        (
            "\"scale\":2",
            "\"scale\":9007199254740992",
            "t.json: 9007199254740992 is beyond the integers",
        ),
        (
            "\"text\":\"six",
            "\"text\":\"six\",\"text\":\"six",
            canonical,
        ),
        ("\"rule\":\"lex", "\"rule\":\"\\u006cex", canonical),
        (
            "{\"certificate\"",
            "{\"commitment\":\"\",\"certificate\"",
            "t.json: duplicate field `commitment`",
        ),
        (
            "\"version\":\"kleroterion-transcript/1\"",
            "\"version\":\"kleroterion-transcript/9\",\"zzz\":1",
            "t.json: the format is",
        ),
    ] {
        assert!(honest.contains(from), "{from}");
        let message_found = read(&honest.replacen(from, to, 1)).unwrap_err();
        assert!(
            message_found.starts_with(message),
            "{message_found:?} does not start with {message:?}"
        );
    }
    let at_end = format!("{canonical}{} starts \"\\n\"", honest.len() + 1);
    assert_eq!(read(&format!("{honest}\n")), Err(at_end));
    let cut = read(&honest[..honest.len() - 1]).unwrap_err();
    assert!(cut.starts_with("t.json: this is no JSON: EOF"), "{cut}");
    assert!(json::transcript(&[b'[', 0xff], "t.json").is_err());
}
