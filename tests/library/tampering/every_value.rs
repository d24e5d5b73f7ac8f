//! Every value of every transcript, changed by machine in many ways.

use kleroterion::audit::{self, Claim, canonical};
use kleroterion::io::json;
use serde_json::{Value, json};

use super::seal::{self, Case, case, cases, verify};

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
            seal::outermost(t)
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
            seal::everything(t);
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
