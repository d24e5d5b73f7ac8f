//! Result tables, and files that appear whole or not at all.
#![cfg(feature = "csv")]

use std::fs;
use std::path::Path;

use kleroterion::io::{self, Batch, Files};
use kleroterion::{ErrorKind, Instance};

fn instance() -> Instance {
    let quotas = "feature,value,min,max\nsex,woman,1,1\nsex,man,1,1\n";
    let pool = "phone;id; Sex ;note\n+45 12 34;b;woman;\"a;b\"\n-5;a;Man;\"say \"\"x\"\"\"\n12;=c;man;x=y\n13;d;man;'@q\n";
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool))
        .id_column("id")
        .read(2)
        .unwrap()
}

fn text(table: &io::Table) -> &str {
    std::str::from_utf8(&table.bytes).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn tables_hold_all_columns_under_their_own_headers() {
    let instance = instance();
    let selected = io::selected_csv(&instance, ["=c", "b"]).unwrap();
    assert_eq!(
        text(&selected),
        "phone;id; Sex ;note\n12;'=c;man;x=y\n'+45 12 34;b;woman;\"a;b\"\n"
    );
    assert_eq!(selected.warnings.len(), 2);
    let alternates = io::alternates_csv(&instance, ["d", "a"]).unwrap();
    assert_eq!(
        text(&alternates),
        "phone;id; Sex ;note;rank\n13;d;man;'@q;1\n'-5;a;Man;\"say \"\"x\"\"\";2\n"
    );
    let remaining = io::remaining_csv(&instance, ["=c", "b"]).unwrap();
    assert_eq!(
        text(&remaining),
        "phone;id; Sex ;note\n'-5;a;Man;\"say \"\"x\"\"\"\n13;d;man;'@q\n"
    );
    assert_eq!(remaining.warnings.len(), 1);
    assert_eq!(remaining.warnings[0].row, Some(3));
}

#[test]
fn a_table_of_nobody_has_its_header() {
    let alternates = io::alternates_csv::<&str>(&instance(), []).unwrap();
    assert_eq!(text(&alternates), "phone;id; Sex ;note;rank\n");
}

#[test]
fn a_file_is_written_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    io::write_atomically(&path, "one").unwrap();
    io::write_atomically(&path, b"two").unwrap();
    assert_eq!(io::read_bytes(&path).unwrap(), b"two");
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn a_failed_write_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("taken")).unwrap();
    let error = io::write_atomically(folder.path().join("taken"), "one").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { path, .. } if path.ends_with("taken")));
    assert_eq!(names(folder.path()), ["taken"]);
    let error = io::write_atomically(folder.path().join("missing/a.txt"), "one").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { path, .. } if path.ends_with("missing/a.txt")));
}

#[test]
fn a_batch_makes_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("draw/out");
    Batch::new(&out)
        .file("b.txt", "two")
        .file("a.txt", "one")
        .write()
        .unwrap();
    assert_eq!(names(&out), ["a.txt", "b.txt"]);
    assert_eq!(fs::read(out.join("b.txt")).unwrap(), b"two");
}

#[test]
fn a_failed_batch_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("a.txt"), "old").unwrap();
    fs::create_dir(path.join("z.txt")).unwrap();
    let batch = Batch::new(path)
        .file("a.txt", "new")
        .file("b.txt", "new")
        .file("z.txt", "cannot replace a folder");
    let error = batch.write().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { path, .. } if path.ends_with("z.txt")));
    assert_eq!(names(path), ["a.txt", "z.txt"]);
    assert_eq!(fs::read(path.join("a.txt")).unwrap(), b"old");
}

#[test]
fn what_was_read_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let pool = folder.path().join("pool.csv");
    fs::write(&pool, "people").unwrap();
    let batch = Batch::new(folder.path())
        .file("new.csv", "new")
        .file("pool.csv", "nobody");
    let error = batch
        .clone()
        .keeping([folder.path().join("./pool.csv")])
        .write()
        .unwrap_err();
    let text = format!(
        "E-OUT-INPUT: found {}, which was read, expected another place for what is written",
        pool.display()
    );
    assert_eq!(error.problems()[0].to_string(), text);
    assert_eq!(names(folder.path()), ["pool.csv"]);
    assert_eq!(fs::read_to_string(&pool).unwrap(), "people");
    batch
        .keeping([folder.path().join("other.csv")])
        .write()
        .unwrap();
    assert_eq!(fs::read_to_string(&pool).unwrap(), "nobody");
}

#[test]
fn a_failed_batch_takes_its_folder_away_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("draw/out");
    Batch::new(&out)
        .file("a.txt", "one")
        .file("no/such/b.txt", "two")
        .write()
        .unwrap_err();
    assert!(names(folder.path()).is_empty());
    fs::write(folder.path().join("file"), "").unwrap();
    Batch::new(folder.path().join("file/out"))
        .file("a.txt", "one")
        .write()
        .unwrap_err();
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn a_batch_that_succeeds_leaves_no_copies_behind() {
    let folder = tempfile::tempdir().unwrap();
    for contents in ["one", "two"] {
        Batch::new(folder.path())
            .file("a.txt", contents)
            .file("b.txt", contents)
            .write()
            .unwrap();
    }
    assert_eq!(names(folder.path()), ["a.txt", "b.txt"]);
    assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"two");
}
