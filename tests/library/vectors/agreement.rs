//! The vectors that the independent verifiers agree on: this crate must too.

use kleroterion::audit::canonical;
use kleroterion::io::Files;
use kleroterion::lottery::{Columns, Commit, Declaration, Digest, DirectRule, Seed, Stream};
use kleroterion::pool_commitment::{Field, Salt, tree};
use serde_json::Value;

use super::{hex, numbers, unhex};

const AGREEMENT: &str = include_str!("../../../vectors/agreement.json");

fn vectors(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(AGREEMENT).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    let texts = value.as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap()).collect()
}

fn key(vector: &Value, field: &str) -> [u8; 32] {
    unhex(text(vector, field)).try_into().unwrap()
}

/// key(purpose) of section 5, from a seed.
fn stream(vector: &Value, purpose: &str) -> Stream {
    let seed = key(vector, "seed");
    Stream::from_key(Digest::of("sortition-draw/1/rng", &[&seed, purpose.as_bytes()]).0)
}

#[test]
fn digests_and_canonical_bytes() {
    for vector in vectors("hash") {
        let parts: Vec<Vec<u8>> = texts(&vector["parts"]).into_iter().map(unhex).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let found = Digest::of(text(&vector, "domain"), &parts).to_string();
        assert_eq!(found, text(&vector, "value"), "{vector}");
    }
    for vector in vectors("canonical") {
        let bytes = canonical::to_bytes(&vector["json"]).unwrap();
        assert_eq!(hex(&bytes), text(&vector, "bytes"), "{vector}");
    }
}

#[test]
fn streams_and_shuffles() {
    for vector in vectors("below") {
        let mut stream = Stream::from_key(key(&vector, "key"));
        let found: Vec<u64> = numbers(&vector["n"])
            .into_iter()
            .map(|n| stream.below(n))
            .collect();
        assert_eq!(found, numbers(&vector["values"]), "{vector}");
    }
    for vector in vectors("shuffle") {
        let mut items: Vec<u64> = (0..vector["length"].as_u64().unwrap()).collect();
        Stream::from_key(key(&vector, "key")).shuffle(&mut items);
        assert_eq!(items, numbers(&vector["values"]), "{vector}");
    }
}

#[test]
fn seeds_labels_and_alternates() {
    for vector in vectors("seed") {
        let bytes = text(&vector, "commit").as_bytes();
        let sources = texts(&vector["sources"]);
        let sources: Vec<&[u8]> = sources.iter().map(|text| text.as_bytes()).collect();
        let commit = Digest::of("sortition-draw/1/commit", &[bytes]);
        let parts = [&[&commit.0 as &[u8]], &sources[..]].concat();
        let seed = Digest::of("sortition-draw/1/seed", &parts);
        assert_eq!(
            Digest::plain(bytes).to_string(),
            text(&vector, "commitment")
        );
        assert_eq!(seed.to_string(), text(&vector, "seed"));
        // some of these texts are a commitment whole
        if let Ok(commit) = serde_json::from_slice::<Commit>(bytes) {
            let derived = Seed::derive(&commit, &sources).unwrap();
            assert_eq!(derived.to_string(), text(&vector, "seed"));
            for (purpose, key) in vector["keys"].as_object().unwrap() {
                assert_eq!(hex(&derived.key(purpose)), key.as_str().unwrap());
            }
        }
    }
    for vector in vectors("label") {
        let number = |field: &str| vector[field].as_u64().unwrap();
        let shift = stream(&vector, "panel").below(number("denominator"));
        let label = (number("balls") + shift) % number("denominator");
        assert_eq!(label, number("label"), "{vector}");
    }
    for vector in vectors("alternates") {
        let mut people = texts(&vector["people"]);
        people.sort_unstable();
        stream(&vector, "alternates").shuffle(&mut people);
        assert_eq!(people, texts(&vector["alternates"]), "{vector}");
    }
}

#[test]
fn pools_and_their_groups() {
    for vector in vectors("pool") {
        let columns: Columns = serde_json::from_value(vector["columns"].clone()).unwrap();
        let (quotas, pool) = (text(&vector, "quotas"), text(&vector, "pool"));
        let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
        let size = vector["size"].as_u64().unwrap() as u32;
        let instance = files.committed_columns(&columns).read(size).unwrap();
        let committed = DirectRule::Random.commit(&instance).unwrap();
        let digest = committed.commit().pool.digest.clone();
        assert_eq!(digest.as_deref(), vector["digest"].as_str());
        let ids = |people: &Vec<u32>| -> Vec<&str> {
            people.iter().map(|&p| instance.person(p).id()).collect()
        };
        let unit = |unit: &Vec<Vec<u32>>| unit.iter().map(ids).collect::<Vec<_>>();
        let groups = instance.groups().iter();
        let groups: Vec<Vec<_>> = groups
            .map(|g| g.units().iter().map(unit).collect())
            .collect();
        assert_eq!(serde_json::to_value(groups).unwrap(), vector["groups"]);
        let quotas: Vec<Value> = (0..instance.features().len())
            .flat_map(|f| instance.quotas_of(f).map(move |q| (f, q)))
            .map(|(f, q)| {
                let (name, quota) = (&instance.folded_features()[f], &instance.quotas()[q]);
                serde_json::json!([name, instance.folded_values()[q], quota.min, quota.max])
            })
            .collect();
        assert_eq!(Value::from(quotas), vector["quotas_in_order"]);
    }
}

#[test]
fn roots_and_paths() {
    for vector in vectors("tree") {
        let entries: Vec<Digest> = vector["people"]
            .as_array()
            .unwrap()
            .iter()
            .map(entry)
            .collect();
        let stated: Vec<String> = entries.iter().map(ToString::to_string).collect();
        assert_eq!(stated, texts(&vector["entries"]));
        assert_eq!(tree::root(&entries).to_string(), text(&vector, "root"));
        let paths = serde_json::to_value(tree::paths(&entries)).unwrap();
        assert_eq!(paths, vector["paths"]);
    }
}

/// The entry of a person, by section 16 and the crate's field commitments.
fn entry(person: &Value) -> Digest {
    let id = text(person, "id");
    let fields: Vec<(&str, Digest)> = person["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| {
            let salt = Salt::from_bytes(key(field, "salt"));
            let open = Field::open(text(field, "field"), salt, text(field, "value"));
            (text(field, "field"), open.commitment(id))
        })
        .collect();
    let mut parts: Vec<&[u8]> = vec![id.as_bytes()];
    for (name, commitment) in &fields {
        parts.extend([name.as_bytes(), &commitment.0]);
    }
    Digest::of("sortition-fields/1/person", &parts)
}

#[test]
fn forms_of_sources() {
    for vector in vectors("source") {
        let entry = serde_json::from_value(vector["declaration"].clone());
        let declaration = entry.ok().and_then(|entry| Declaration::read(&entry));
        let form = match declaration {
            None => "unknown declaration",
            Some(declaration) if declaration.takes(text(&vector, "text")) => "fits",
            Some(_) => "other",
        };
        assert_eq!(form, text(&vector, "form"), "{vector}");
    }
}

#[test]
fn there_are_as_many_as_promised() {
    let all: Value = serde_json::from_str(AGREEMENT).unwrap();
    let counts = all.as_object().unwrap().values();
    assert!(
        counts
            .map(|kind| kind.as_array().unwrap().len())
            .sum::<usize>()
            >= 200
    );
}
