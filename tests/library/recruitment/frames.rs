//! Registers from files: every text about bad ones, literally, and what is written.

use kleroterion::io::{FrameFile, Mailing};
use kleroterion::recruitment::{Design, Sampler};
use kleroterion::{Error, Problem};

use super::sources;

const REGISTER: &str = "id,street,area\na,1 Oak,North\nb,1 oak,North\nc,,North\nd,2 Oak,South\n";

fn file(text: impl AsRef<[u8]>) -> FrameFile {
    FrameFile::bundled("folder/r.csv", text).strata_columns(["area"])
}

fn draw(file: &FrameFile, letters: u64) -> Result<Mailing, Error> {
    file.draw(Design::new(letters), &sources("dice 1"))
}

#[track_caller]
fn rejects(file: &FrameFile, text: &str) {
    assert_eq!(
        draw(file, 1).expect_err("bad input was taken").to_string(),
        text
    );
}

#[track_caller]
fn warns(file: &FrameFile, text: &str) {
    let mailing = draw(file, 1).expect("good input was rejected");
    assert_eq!(Problem::list(mailing.warnings()), text);
}

#[test]
fn a_file_gives_what_the_sampler_gives() {
    let mailing = draw(&file(REGISTER).address_columns(["street"]), 2).unwrap();
    let design = Design::new(2).unit(kleroterion::recruitment::Unit::Address);
    let mut sampler = Sampler::new(design, &sources("dice 1")).unwrap();
    for row in REGISTER.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        sampler.person(cells[0], &[cells[2]], &[cells[1]]);
    }
    let invitation = sampler.finish().unwrap();
    assert_eq!(invitation.strata(), mailing.invitation().strata());
    let chances = |invitation: &kleroterion::recruitment::Invitation| -> Vec<_> {
        let list = invitation.invited().iter();
        list.map(|i| (i.id.clone(), i.members, i.chance)).collect()
    };
    assert_eq!(chances(&invitation), chances(mailing.invitation()));
}

#[test]
fn the_list_keeps_columns_and_adds_chances() {
    let register =
        "area;id;note\nNorth;a;=1+1\nNorth;b;=1+1\nSouth;c;\"two\nlines; and \"\"marks\"\"\"\n";
    let mailing = draw(&file(register).id_column("ID"), 3).unwrap();
    let table = mailing.table().unwrap();
    let expected = "area;id;note;invitation_numerator;invitation_denominator;invitation_probability\n\
                    North;a;'=1+1;2;2;1.000000000\nNorth;b;'=1+1;2;2;1.000000000\n\
                    South;c;\"two\nlines; and \"\"marks\"\"\";1;1;1.000000000\n";
    assert_eq!(String::from_utf8(table.bytes).unwrap(), expected);
    assert_eq!(
        table.warnings[0].to_string(),
        "W-CELL-FORMULA folder/r.csv row 2, column \"note\": found a cell that begins with '=', expected text; it was written with ' in front"
    );
    assert!(format!("{mailing:?}").len() < 1_000 && !format!("{mailing:?}").contains("marks"));
}

#[test]
fn the_record_says_what_was_drawn_from_what() {
    let mailing = draw(&file(REGISTER), 2).unwrap();
    let json = mailing.record(&sources("dice 1")).to_json().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["register"]["file"], "r.csv");
    let digest = kleroterion::lottery::Digest::plain(REGISTER.as_bytes());
    assert_eq!(json["register"]["sha256"], digest.to_string());
    assert_eq!(json["register"]["people"], 4);
    assert_eq!(json["register"]["id"], "id");
    assert_eq!(json["register"]["strata"][0], "area");
    assert_eq!(json["sources"][0], "dice 1");
    assert_eq!(json["one_letter_per"], "person");
    let stratum = &json["strata"][0];
    assert_eq!(
        (&stratum["values"][0], &stratum["units"]),
        (&"North".into(), &3.into())
    );
    assert_eq!(stratum["chance"]["denominator"], 3);
    assert!(json["keys"].get("address").is_none());
}

#[test]
fn files_of_every_kind_are_read() {
    let ids = |text: &[u8]| -> Vec<String> {
        let mailing = draw(&file(text), 2).unwrap();
        mailing
            .invitation()
            .invited()
            .iter()
            .map(|i| i.id.clone())
            .collect()
    };
    let plain = ids(REGISTER.as_bytes());
    for text in [
        format!("\u{feff}{REGISTER}"),
        REGISTER.replace('\n', "\r\n"),
        REGISTER.replace(',', ";"),
        REGISTER.replace(',', "\t"),
        format!(
            "sep=;\r\n{}",
            REGISTER.replace(',', ";").replace('\n', "\r\n")
        ),
        REGISTER.trim_end().to_owned(),
        REGISTER.replace("South", "\"South\""),
        REGISTER.replace("d,", " d ,"),
    ] {
        assert_eq!(ids(text.as_bytes()), plain, "{text:?}");
    }
}

#[test]
fn files_that_are_no_registers() {
    let save = "expected a text file; in the spreadsheet, save as \"CSV UTF-8\"";
    let workbook = format!("E-FILE-FORMAT folder/r.csv: found a workbook or archive, {save}");
    rejects(&file(b"PK\x03\x04"), &workbook);
    rejects(
        &file(b"id,area\n\x00"),
        &format!("E-FILE-FORMAT folder/r.csv: found binary data, {save}"),
    );
    rejects(
        &file(b"\xFF\xFEi\x00"),
        "E-FILE-ENCODING folder/r.csv: found UTF-16 text, expected UTF-8 text; in the spreadsheet, save as \"CSV UTF-8\"",
    );
    rejects(
        &file("\n\n"),
        "E-FILE-EMPTY folder/r.csv: found an empty file, expected a row of headers and rows below it",
    );
    rejects(
        &file("id,area\n,\n"),
        "E-FILE-ROWS folder/r.csv: found no rows below the headers, expected at least one",
    );
    let missing = FrameFile::new("no/such.csv").draw(Design::new(1), &sources("d"));
    assert!(
        missing
            .unwrap_err()
            .to_string()
            .starts_with("no/such.csv: ")
    );
}

#[test]
fn columns_and_design_are_complained_of_together() {
    let file = file("id,Area,AREA\n").address_columns(["street"]);
    let error = file.draw(Design::new(0), &sources("d")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "E-INVITE-LETTERS: found 0, expected 1 to 1000000000 letters\n\
         E-COLUMN-TWICE folder/r.csv row 1, column \"area\": found 2 such columns (B, C), expected exactly one\n\
         E-COLUMN-MISSING folder/r.csv row 1, column \"street\": found only the columns \"id\", \"Area\", \"AREA\", expected a column of the address"
    );
}

#[test]
fn every_bad_row_is_located() {
    let mut register = b"id,area,note\na,North,\n\n,North,\nb,,\nc\nd,South,,more\ne,S\xF8nder,\na,South,\nf,North\n".to_vec();
    register.extend_from_slice(b"g,\"North\nh,South,\ni,South,\nj\",\n");
    rejects(
        &file(register),
        "E-FRAME-ID folder/r.csv row 4, column \"id\": found an empty cell, expected an id\n\
         E-FRAME-VALUE folder/r.csv row 5, column \"area\": found an empty cell, expected a value for the stratum\n\
         E-ROW-SHORT folder/r.csv row 6: found 1 cell, expected 3, as in the header\n\
         E-ROW-LONG folder/r.csv row 7: found 4 cells, expected 3, as in the header\n\
         E-FILE-ENCODING folder/r.csv row 8, column \"area\": found bytes that are not UTF-8, expected UTF-8 text; in the spreadsheet, save as \"CSV UTF-8\"\n\
         E-FRAME-DUPLICATE folder/r.csv row 9, column \"id\": found \"a\", as in row 2, expected one row per person\n\
         E-FILE-QUOTE folder/r.csv row 11: found a quoted cell of several lines that look like rows, expected the cell to end in its line; a \" is missing or too many",
    );
}

#[test]
fn of_many_bad_rows_ten_are_listed_and_the_others_counted() {
    let mut register = String::from("id,area\n");
    for number in 0..5_000 {
        register += &format!(
            "p{number},{}\n",
            if number % 2 == 0 { "North" } else { " " }
        );
    }
    let error = draw(&file(&register), 1).unwrap_err();
    assert_eq!(error.problems().len(), 11);
    assert_eq!(error.problems()[9].row, Some(21));
    assert_eq!(
        error.problems()[10].to_string(),
        "E-FRAME-VALUE folder/r.csv: found the same kind of problem in 2490 further rows, expected a value for the stratum"
    );
}

#[test]
fn a_quote_that_never_ends_does_not_fill_the_memory() {
    let mut register = String::from("id,area\np0,\"North\n");
    while register.len() < 40 << 20 {
        register += "p1,North\np2,South\np3,South\n";
    }
    rejects(
        &file(&register),
        "E-FILE-QUOTE folder/r.csv row 2: found a row of more than 16 MiB, expected a closing \"; one is missing",
    );
}

#[test]
fn an_address_in_two_strata_is_located() {
    let register = REGISTER.replace("b,1 oak,North", "b,1 oak,South");
    rejects(
        &file(register).address_columns(["street"]),
        "E-FRAME-ADDRESS folder/r.csv row 3, column \"street\": found an address that is in another stratum in row 2, \
         expected all people of an address in one stratum",
    );
}

#[test]
fn too_many_letters_and_unknown_values_are_named() {
    let error = file(REGISTER).draw(Design::new(9).oversample("west", 2), &sources("d"));
    assert_eq!(
        error.unwrap_err().to_string(),
        "E-INVITE-FEW folder/r.csv: found 9 letters for 4 people, expected at most one letter each\n\
         E-INVITE-FACTOR folder/r.csv: found a factor for \"west\", which no stratum has, expected a value of a stratum"
    );
}

#[test]
fn what_is_odd_but_harmless_is_a_warning() {
    warns(&file(REGISTER), "");
    warns(
        &file("id,area,note\n\na,North,\n,,\nb,South\n"),
        "W-FILE-BLANK folder/r.csv row 2: found 2 blank rows, the first here, expected no blank rows; they were skipped\n\
         W-ROW-SHORT folder/r.csv: found 1 row that end before the last column, expected as many cells as in the header",
    );
}
