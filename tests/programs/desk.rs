//! A folder in which programs run, and what became of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Cargo builds the examples into a folder beside the tests.
fn program(name: &str) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("target/PROFILE/deps")
        .join("examples");
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is missing: run `cargo test`, or `cargo build --profile test --examples` first",
        path.display()
    );
    Command::new(path)
}

/// A file of the bundled data.
pub(crate) fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/data")
        .join(name)
}

/// The desk's own files, as options.
pub(crate) const OWN_FILES: [&str; 4] = ["--quotas", "quotas.csv", "--pool", "pool.csv"];

/// A temporary folder with, usually, a pool and quotas.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn empty() -> Self {
        Desk(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A small pool of 24 people for 6 seats.
    pub(crate) fn small() -> Self {
        let desk = Desk::empty();
        desk.put(
            "quotas.csv",
            "feature,value,min,max\nsex,Woman,3,3\nsex,Man,3,3\nage,18-39,2,3\nage,40+,3,4\n",
        );
        let mut pool = String::from("code,sex,age,note\n");
        for i in 0..24 {
            let (sex, age) = (
                if i % 3 == 0 { "Man" } else { "Woman" },
                if i % 5 < 2 { "18-39" } else { "40+" },
            );
            pool += &format!("v{:02},{sex},{age},note {i}\n", (i * 7) % 24);
        }
        desk.put("pool.csv", &pool);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a writable folder");
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn run(&self, name: &str, arguments: &[&str]) -> Run {
        Run(program(name)
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the program starts"))
    }

    pub(crate) fn draw(&self, arguments: &[&str]) -> Run {
        self.run("draw", arguments)
    }

    /// `draw` with the desk's own files, and more arguments.
    pub(crate) fn draw_own(&self, more: &[&str]) -> Run {
        self.draw(&[&OWN_FILES, more].concat())
    }

    pub(crate) fn verify(&self, transcript: &str) -> Run {
        self.verify_with(transcript, &[])
    }

    /// `verify` with the desk's own files, and more arguments.
    pub(crate) fn verify_with(&self, transcript: &str, more: &[&str]) -> Run {
        self.run("verify", &[&[transcript], &OWN_FILES[..], more].concat())
    }

    /// Names in a folder, sorted; none when there is no such folder.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else {
            return vec![];
        };
        let mut names: Vec<String> = entries
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("UTF-8")
            })
            .collect();
        names.sort();
        names
    }

    /// All files of a folder.
    pub(crate) fn contents(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let read = |name: String| {
            (
                name.clone(),
                fs::read(self.path(folder).join(name)).expect("a readable file"),
            )
        };
        self.names(folder).into_iter().map(read).collect()
    }

    /// Rewrites the rows of a CSV file in another order.
    pub(crate) fn shuffle_rows(&self, name: &str) {
        let text = self.text(name);
        let mut lines: Vec<&str> = text.lines().collect();
        let rows = &mut lines[1..];
        rows.reverse();
        rows.rotate_left(rows.len() / 3);
        self.put(name, &(lines.join("\n") + "\n"));
    }
}

/// A program that has ended.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("an exit code")
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8")
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8")
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "stdout:\n{}\nstderr:\n{}",
            self.out(),
            self.err()
        );
        self
    }

    #[track_caller]
    pub(crate) fn complains(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err().contains(part), "no {part:?} in:\n{}", self.err());
        }
        self
    }
}
