//! Planted changes to the chain, erasure, and reading back.

use super::super::*;
use super::{DAY, codes, key, road, roster};
use crate::assembly::attendance;

fn sample() -> Roster {
    let mut events = road(1, State::Seated);
    events.extend(road(2, State::Seated));
    events.extend(road(3, State::Registered));
    events.push(Dated::meeting(DAY, [key(1), key(2)]));
    events.push(Dated::step("2026-04-01", key(2), State::Withdrawn));
    events.push(Dated::replacement("2026-04-02", key(3), key(2)));
    roster(2, events)
}

/// Every entry changed, removed, put in twice and swapped, with and without digests and numbers mended.
#[test]
fn every_planted_change_is_found() {
    let sound = sample();
    let found = |record: RosterRecord| codes(Roster::open(record).map(|_| ()));
    let entries = &sound.record.entries;
    for at in 0..entries.len() {
        let mut changed = sound.record.clone();
        let last = at == entries.len() - 1;
        changed.entries[at].happened.date = if last { "2026-04-03" } else { "2026-03-02" }.into();
        assert!(
            found(changed.clone()).contains(&"E-ROSTER-DIGEST".into()),
            "entry {at} changed"
        );
        changed.entries[at].digest = changed.entries[at].own_digest().unwrap();
        match Roster::open(changed) {
            // Only the last entry can be rewritten without a trace in the file; the published tip tells.
            Ok(rewritten) => {
                assert_eq!(at, entries.len() - 1);
                assert!(!rewritten.extends(sound.tip()).unwrap());
            }
            Err(error) => assert!(
                error.to_string().contains("E-ROSTER-CHAIN"),
                "entry {at}: {error}"
            ),
        }
        let mut removed = sound.record.clone();
        removed.entries.remove(at);
        match Roster::open(removed) {
            Ok(cut) => {
                assert_eq!(at, entries.len() - 1);
                assert!(!cut.extends(sound.tip()).unwrap() && sound.extends(cut.tip()).unwrap());
            }
            Err(error) => assert!(error.to_string().contains("E-ROSTER-CHAIN")),
        }
        let mut twice = sound.record.clone();
        twice.entries.insert(at, twice.entries[at].clone());
        assert!(found(twice).contains(&"E-ROSTER-CHAIN".into()));
        for other in at + 1..entries.len() {
            let mut swapped = sound.record.clone();
            swapped.entries.swap(at, other);
            let told = found(swapped);
            assert!(
                told.contains(&"E-ROSTER-CHAIN".into()) && told.contains(&"E-ROSTER-NUMBER".into())
            );
        }
    }
    let mut head = sound.record.clone();
    head.head.seats += 1;
    assert_eq!(found(head), ["E-ROSTER-CHAIN"]);
}

/// A chain that is written anew from some entry on holds in itself, but does not extend what was published.
#[test]
fn a_rewritten_chain_does_not_extend_the_published_tip() {
    let sound = sample();
    let published = sound.tip();
    let mut later = sound.clone();
    later
        .append([Dated::step("2026-05-01", key(3), State::Confirmed)])
        .unwrap();
    assert!(later.extends(published).unwrap());
    assert!(later.extends(later.record.head.digest().unwrap()).unwrap());
    let events = sound
        .record
        .entries
        .iter()
        .map(|entry| entry.happened.clone());
    let without = events.filter(|dated| {
        dated.event
            != Event::Step {
                person: key(2),
                to: State::Withdrawn,
            }
    });
    let mut forged: Vec<Dated> = without.collect();
    forged.pop(); // nobody is replaced then
    let forged = roster(2, forged);
    assert!(Roster::open(forged.record.clone()).is_ok());
    assert!(!forged.extends(published).unwrap());
}

#[test]
fn erasure_leaves_the_chain_as_it_is() {
    let mut members = Members::default();
    let zoe = members.add("zoe", [1; 32], [("sex", "woman")]).unwrap();
    let bo = members.add("bo", [2; 32], [("sex", "man")]).unwrap();
    let both = codes(members.add("zoe", [2; 32], [("sex", "man")]).map(|_| ()));
    assert_eq!(both, ["E-ROSTER-ID", "E-ROSTER-SALT"]);
    let to = [
        State::Registered,
        State::Selected,
        State::Confirmed,
        State::Seated,
    ];
    let mut roster = Roster::start(Head::new("Test", 2)).unwrap();
    roster
        .append(
            [zoe, bo]
                .iter()
                .flat_map(|&key| to.map(|to| Dated::step(DAY, key, to))),
        )
        .unwrap();
    roster.append([Dated::meeting(DAY, [zoe, bo])]).unwrap();
    let (tip, bytes) = (roster.tip(), roster.record().to_json().unwrap());

    roster
        .append([Dated::step("2026-06-01", zoe, State::Erased)])
        .unwrap();
    assert!(members.erase(zoe, Kept::Values) && !members.erase(key(9), Kept::Nothing));
    assert_eq!(
        (members.id(zoe), members.key("zoe"), members.salt(zoe)),
        (None, None, None)
    );
    assert_eq!(members.salt(bo), Some([2; 32]));
    assert!(!format!("{members:?}").contains("woman"));
    // Nothing before the erasure changed, and the whole verifies.
    let again = Roster::open(roster.record().clone()).unwrap();
    assert!(again.extends(tip).unwrap());
    let text = String::from_utf8(again.record().to_json().unwrap()).unwrap();
    let entries = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec())
            .unwrap()
            .split("],\"head\"")
            .next()
            .unwrap()
            .to_owned()
    };
    assert!(text.starts_with(&entries(&bytes)));
    assert!(!text.contains("zoe") && !text.contains("woman"));

    let by_sex = |members: &Members| attendance::meetings(&again)[0].by_stratum(members, "sex");
    let values = |members: &Members| {
        by_sex(members)
            .into_iter()
            .map(|row| row.value)
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&members), [Some("man".into()), Some("woman".into())]);
    members.erase(zoe, Kept::Nothing);
    assert_eq!(values(&members), [None, Some("man".into())]);
}

/// What `roster.json` holds is read back as it was; anything else in it is refused.
#[test]
fn the_file_is_read_back() {
    let sound = sample();
    let bytes = sound.record().to_json().unwrap();
    let record: RosterRecord = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(record.to_json().unwrap(), bytes);
    assert_eq!(Roster::open(record).unwrap(), sound);
    let text = String::from_utf8(bytes).unwrap();
    let more = text.replacen("\"number\"", "\"name\":\"zoe\",\"number\"", 1);
    assert!(serde_json::from_str::<RosterRecord>(&more).is_err());
}

/// Only canonical bytes of this version are taken, and the chain is checked on the way in.
#[cfg(feature = "json")]
#[test]
fn the_reader_checks_the_chain() {
    use crate::io::json::roster as read;
    let sound = sample();
    let bytes = sound.record().to_json().unwrap();
    assert_eq!(read(&bytes, "roster.json").unwrap(), sound);
    let text = String::from_utf8(bytes).unwrap();
    let planted = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        read(text.replacen(from, to, 1).as_bytes(), "roster.json")
            .unwrap_err()
            .to_string()
    };
    let changed = planted("2026-04-02", "2026-04-03");
    assert!(
        changed.starts_with("E-ROSTER-DIGEST: found entry"),
        "{changed}"
    );
    assert!(planted("roster/1", "roster/2").starts_with("roster.json: the format is"));
    assert!(planted(",\"number\"", ", \"number\"").contains("canonical form"));
}

/// What is stored is read back as it was; after an erasure nothing of the person is in it.
#[test]
fn members_are_stored_and_read_back() {
    let mut members = Members::default();
    let zoe = members.add("zoe", [1; 32], [("sex", "woman")]).unwrap();
    let bo = members.add("bo", [2; 32], [("sex", "man")]).unwrap();
    let stored = |members: &Members| serde_json::to_string(members).unwrap();
    let read = |text: &str| serde_json::from_str::<Members>(text);
    let text = stored(&members);
    assert_eq!(read(&text).unwrap(), members);
    members.erase(zoe, Kept::Nothing);
    let erased = stored(&members);
    for gone in ["zoe", "woman", &"01".repeat(32)] {
        assert!(text.contains(gone) && !erased.contains(gone), "{gone}");
    }
    let again = read(&erased).unwrap();
    assert_eq!(
        (again.id(bo), again.id(zoe), again.salt(zoe)),
        (Some("bo"), None, None)
    );
    let planted = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        read(&text.replace(from, to)).unwrap_err().to_string()
    };
    assert!(planted("\"zoe\"", "\"ada\"").contains("E-ROSTER-KEY"));
    assert!(planted("\"id\":\"zoe\",", "").contains("E-ROSTER-KEY"));
    let both = planted("\"zoe\"", "\"bo\"");
    assert!(
        both.contains("E-ROSTER-KEY") && both.contains("E-ROSTER-ID"),
        "{both}"
    );
    assert!(planted(&"01".repeat(32), &"02".repeat(32)).contains("E-ROSTER-SALT"));
    assert!(planted("\"values\"", "\"name\"").contains("unknown field"));
}
