//! Promises that the compiler or a look at the sources can check.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use kleroterion::lottery::{self, Composition, Lottery, Sources};
use kleroterion::{Instance, Pool, Quotas, audit, certificate, pool, quota, selection};

#[path = "fixtures/small.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod small;

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            None if path.is_dir() => sources(&path, into),
            Some(extension) if extension == "rs" => into.push(path),
            _ => {}
        }
    }
}

/// Path below `src` and lines of code (comments and doc comments left out) of every source file.
fn code() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        (
            name,
            text.lines().filter(is_code).map(str::to_owned).collect(),
        )
    };
    files.into_iter().map(read).collect()
}

/// Asserts that no line of the files chosen holds any of the words.
fn never(words: &[&str], chosen: impl Fn(&str) -> bool) {
    let files: Vec<_> = code()
        .into_iter()
        .filter(|(name, _)| chosen(name))
        .collect();
    assert!(!files.is_empty(), "no file was looked at");
    for (name, lines) in files {
        for line in lines {
            let found = words.iter().find(|word| line.contains(*word));
            assert!(
                found.is_none(),
                "src/{name} holds {:?}: {line}",
                found.unwrap()
            );
        }
    }
}

fn is_part(name: &str, module: &str) -> bool {
    name == format!("{module}.rs") || name.starts_with(&format!("{module}/"))
}

#[test]
fn an_audit_uses_nothing_that_made_the_lottery() {
    never(&["selection", "kernel"], |name| is_part(name, "audit"));
    // What an audit shares with a draw keeps away from them as well.
    never(&["selection", "kernel"], |name| is_part(name, "lottery"));
    let ground = ["instance", "pool", "quota", "group", "ratio", "certificate"];
    never(&["selection", "kernel"], |name| {
        ground.iter().any(|module| is_part(name, module))
    });
}

#[test]
fn an_audit_has_no_floating_point_and_no_randomness() {
    let shown = |name: &str| is_part(name, "audit") || is_part(name, "lottery");
    never(&["f64", "f32"], |name| {
        shown(name) && !name.ends_with("writer.rs") && !name.ends_with("object.rs")
    });
    never(
        &[
            "HashMap",
            "HashSet",
            "RandomState",
            "SystemTime",
            "Instant",
            "thread_rng",
            "unsafe {",
        ],
        |_| true,
    );
}

fn data<T: Send + Sync + Clone + Debug + Unpin + 'static>() {}

#[test]
fn public_types_can_be_sent_shared_cloned_and_shown() {
    data::<Instance>();
    data::<Pool>();
    data::<Quotas>();
    data::<quota::Quota>();
    data::<pool::Person>();
    data::<selection::Distribution>();
    data::<selection::Rule>();
    data::<certificate::Certificate>();
    data::<certificate::Infeasibility>();
    data::<Lottery>();
    data::<Composition>();
    data::<Sources>();
    data::<lottery::Commit>();
    data::<lottery::Commitment>();
    data::<lottery::Digest>();
    data::<lottery::Draw>();
    data::<lottery::Record>();
    data::<lottery::Seed>();
    data::<lottery::Stream>();
    data::<lottery::Transcript>();
    data::<audit::Report>();
    data::<audit::Finding>();
    data::<audit::Claim>();
    data::<audit::Verdict>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<kleroterion::Error>();
}

#[test]
fn no_household_key_leaves_the_pool() {
    let home = "Hidden Lane 7";
    let pool = Pool::builder()
        .housemate("n1", home, [("sex", "f")])
        .housemate("n2", home, [("sex", "m")])
        .housemate("n3", "", [("sex", "m")])
        .build()
        .unwrap();
    let quotas = Quotas::builder()
        .feature("sex")
        .value("f", 1..=1)
        .value("m", 1..=1)
        .build()
        .unwrap();
    let instance = Instance::new(pool, quotas, 2).unwrap();
    let composition = Composition(vec![(0, 0, 1), (1, 0, 1)]);
    let weights = vec![lottery::DENOMINATOR];
    let certificate = small::couples_certificate();
    let lottery =
        Lottery::from_compositions(instance, vec![composition], weights, certificate).unwrap();
    let draw = small::draw(lottery.clone());
    let transcript = draw.transcript();
    let texts = [
        format!(
            "{lottery:?} {draw:?} {transcript:?} {:?}",
            lottery.instance()
        ),
        String::from_utf8(transcript.to_json().unwrap()).unwrap(),
        audit::examine(&transcript, lottery.instance()).to_string(),
    ];
    for text in texts {
        for hidden in [home, "hidden lane 7", "Hidden"] {
            assert!(!text.contains(hidden), "{hidden:?} in {text}");
        }
    }
}
