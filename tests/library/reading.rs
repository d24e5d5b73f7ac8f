//! Files as they really come: encodings, separators, odd rows, households; and that the order of rows means nothing.
#![cfg(feature = "csv")]

use kleroterion::io::{self, Files};
use kleroterion::{Instance, Pool, Problem, Quotas};
use proptest::prelude::*;

const QUOTAS: &str =
    "feature,value,min,max\nsex,woman,1,2\nsex,man,1,2\nage,16-29,0,2\nage,30+,1,3\n";
const POOL: &str = "id,sex,age,street\np1,woman,16-29,1 Oak\np2,man,30+,2 Oak\np3,woman,30+,2 Oak\np4,man,16-29,\n";

fn files(quotas: impl AsRef<[u8]>, pool: impl AsRef<[u8]>) -> Files {
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool))
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| {
            if c == '–' {
                0x96
            } else {
                u8::try_from(u32::from(c)).unwrap()
            }
        })
        .collect()
}

/// Everything that the lottery may depend on.
fn essence(instance: &Instance) -> String {
    let people: Vec<_> = (0..instance.len() as u32)
        .map(|p| {
            (
                instance.person(p).id(),
                instance.profile(p),
                instance.household(p),
            )
        })
        .collect();
    let quotas: Vec<_> = instance
        .quotas()
        .iter()
        .map(|q| (&q.feature, &q.value, q.min, q.max))
        .collect();
    let (features, values) = (instance.folded_features(), instance.folded_values());
    format!(
        "{people:?}{quotas:?}{features:?}{values:?}{:?}{:?}",
        instance.features(),
        instance.groups()
    )
}

fn rows(instance: &Instance) -> Vec<Option<u64>> {
    instance.pool().people().iter().map(|p| p.row()).collect()
}

#[test]
fn byte_order_mark_and_line_ends_change_nothing() {
    let plain = files(QUOTAS, POOL).read(3).unwrap();
    for end in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let form = |text: &str| format!("{mark}{}", text.replace('\n', end));
            let instance = files(form(QUOTAS), form(POOL)).read(3).unwrap();
            assert_eq!(essence(&instance), essence(&plain), "{end:?} {mark:?}");
            assert_eq!(rows(&instance), rows(&plain), "{end:?} {mark:?}");
            assert_eq!(instance.pool().columns(), plain.pool().columns());
            assert!(instance.warnings().is_empty(), "{end:?} {mark:?}");
        }
    }
}

#[test]
fn no_line_end_after_the_last_row_is_fine() {
    let instance = files(QUOTAS.trim_end(), POOL.trim_end()).read(3).unwrap();
    assert_eq!(instance.len(), 4);
    assert!(instance.warnings().is_empty());
}

#[test]
fn windows_1252_reads_as_the_same_text() {
    let name = |text: &str| {
        text.replace("woman", "Kvinde på Ærø")
            .replace("16-29", "16–29")
    };
    let utf8 = files(name(QUOTAS), name(POOL)).read(3).unwrap();
    let old = files(windows_1252(&name(QUOTAS)), windows_1252(&name(POOL)))
        .read(3)
        .unwrap();
    assert_eq!(essence(&old), essence(&utf8));
    assert_eq!(old.pool().people(), utf8.pool().people());
    assert_eq!(old.warnings().len(), 2);
    assert!(old.warnings().iter().all(|w| w.code == "W-FILE-ENCODING"));
}

#[test]
fn every_separator_is_detected_and_kept() {
    for separator in [',', ';', '\t'] {
        let form = |text: &str| text.replace(',', &separator.to_string());
        for announced in [String::new(), format!("sep={separator}\r\n")] {
            let instance = files(form(QUOTAS), announced + &form(POOL))
                .read(3)
                .unwrap();
            assert_eq!(instance.pool().separator(), separator as u8);
            assert_eq!(instance.pool().columns(), ["id", "sex", "age", "street"]);
            assert_eq!(rows(&instance), [2, 3, 4, 5].map(Some));
        }
    }
}

#[test]
fn quoted_and_unquoted_separators_of_another_kind_do_not_mislead() {
    let quotas = "feature;value;min;max\n\"sex, at birth\";\"woman, or girl\";0;2\n\"sex, at birth\";man;0;2\n";
    let pool = "id;\"sex, at birth\";notes, if any\n1;\"woman, or girl\";a,b,c,d\n2;man;\"x;y\"\n";
    let instance = files(quotas, pool).read(2).unwrap();
    assert_eq!(instance.pool().separator(), b';');
    assert_eq!(instance.features(), ["sex, at birth"]);
    assert_eq!(instance.pool().people()[1].cells(), ["2", "man", "x;y"]);
    let tabs = "id\tsex, at birth\ta;b;c;d;e\n1\tman\t;;;;\n2\tman\t,,,\n";
    assert_eq!(
        files(quotas, tabs).read(2).unwrap().pool().separator(),
        b'\t'
    );
}

#[test]
fn rows_are_numbered_as_in_a_spreadsheet() {
    let pool = "\n\nid,sex,age,\"note\nof two lines\"\n\n\
                p1,woman,30+,\"a\n\nb\"\r\n,,,\n\"p2\",man,30+,\"say \"\"\n\"\"\"\n\n\n   \np3,man,30+,c\n\n";
    let instance = files(QUOTAS, pool).read(3).unwrap();
    assert_eq!(rows(&instance), [5, 7, 11].map(Some));
    assert_eq!(instance.pool().people()[1].cells()[3], "say \"\n\"");
    assert_eq!(instance.pool().columns()[3], "note\nof two lines");
    let text = "W-FILE-BLANK pool.csv row 1: found 8 blank rows, the first here, expected no blank rows; they were skipped";
    assert_eq!(Problem::list(instance.pool().warnings()), text);
}

#[test]
fn headers_values_and_households_meet_in_any_spelling() {
    let quotas =
        "CATEGORY,Name,MIN,Max,Min_Flex,max flex,why\n Sex ,WOMAN,1.0,2,0,3,x\nSEX,Man,1,2.00,,,\n";
    let pool = "Person Id,sEx,Street\n 7 ,woman,1  oak STREET\n8,MAN,\u{a0}1 Oak Street\n9,man,\n";
    let files = files(quotas, pool).household_columns(["STREET "]);
    let instance = files.read(2).unwrap();
    let quota: Vec<_> = instance.given_quotas().iter().collect();
    assert_eq!(
        (
            quota[0].min,
            quota[0].max,
            quota[0].min_flex,
            quota[0].max_flex
        ),
        (1, 2, Some(0), Some(3))
    );
    assert_eq!(
        (
            quota[1].min,
            quota[1].max,
            quota[1].min_flex,
            quota[1].max_flex
        ),
        (1, 2, None, None)
    );
    assert_eq!(
        (instance.features(), instance.folded_features()),
        (&["SEX".to_owned()][..], &["sex".to_owned()][..])
    );
    assert_eq!(instance.folded_value(0, 0), "woman");
    assert_eq!(instance.person(0).id(), "7");
    assert_eq!(instance.person(0).cells()[0], " 7 ");
    assert_eq!(
        [0, 1, 2].map(|p| instance.household(p)),
        [Some(0), Some(0), None]
    );
}

#[test]
fn all_three_headers_of_quotas_and_any_column_order_are_read() {
    let plain = files(QUOTAS, POOL).read(3).unwrap();
    for header in [
        "category,name",
        "category,feature",
        "Feature,Value",
        "feature,name",
        "category,value",
    ] {
        let quotas = QUOTAS.replace("feature,value", header);
        assert_eq!(
            essence(&files(quotas, POOL).read(3).unwrap()),
            essence(&plain),
            "{header}"
        );
    }
    let turned =
        "max,feature,min,category\n2,woman,1,sex\n2,man,1,sex\n2,16-29,0,age\n3,30+,1,age\n";
    assert_eq!(
        essence(&files(turned, POOL).read(3).unwrap()),
        essence(&plain)
    );
}

#[test]
fn several_household_columns_form_one_key() {
    let pool = "id,sex,age,street,zip\n1,man,30+,a,bc\n2,man,30+,ab,c\n3,woman,30+,A ,BC\n4,woman,30+,,\n5,man,30+, ,\n6,man,30+,,c\n7,man,30+,,C\n";
    let instance = files(QUOTAS, pool)
        .household_columns(["street", "zip"])
        .read(3)
        .unwrap();
    let homes: Vec<_> = (0..7).map(|p| instance.household(p)).collect();
    assert_eq!(
        homes,
        [Some(0), None, Some(0), None, None, Some(5), Some(5)]
    );
    assert!(instance.has_household_rule());
    let turned = files(QUOTAS, pool)
        .household_columns(["zip", "street", "zip"])
        .read(3)
        .unwrap();
    assert_eq!(essence(&turned), essence(&instance));
    assert!(!files(QUOTAS, pool).read(3).unwrap().has_household_rule());
}

#[test]
fn the_id_column_can_be_chosen_and_ids_are_compared_exactly() {
    let pool = POOL
        .replace("id,sex,age,street", "sex2,sex,age,ID")
        .replace("p4,man,16-29,", "p4,man,16-29,2 oak");
    let pool = pool.replace("p3,woman,30+,2 Oak", "p3,woman,30+,2  Oak");
    let instance = files(QUOTAS, &pool).id_column("id").read(3).unwrap();
    let ids: Vec<&str> = (0..4).map(|p| instance.person(p).id()).collect();
    assert_eq!(ids, ["1 Oak", "2  Oak", "2 Oak", "2 oak"]);
    assert_eq!(instance.pool().id_column(), "ID");
    assert_eq!(instance.find("2 Oak"), Some(2));
    assert_eq!(instance.find("2 OAK"), None);
    assert_eq!(instance.position(2), 1);
    let unnamed = POOL.replacen("id,", ",", 1);
    assert_eq!(
        files(QUOTAS, unnamed).id_column(" ").read(3).unwrap().len(),
        4
    );
}

#[test]
fn reading_in_three_steps_gives_the_same_instance() {
    let folder = tempfile::tempdir().unwrap();
    let (quotas_path, pool_path) = (folder.path().join("q.csv"), folder.path().join("p.csv"));
    std::fs::write(&quotas_path, QUOTAS).unwrap();
    std::fs::write(&pool_path, POOL).unwrap();
    let quotas = io::read_quotas(&quotas_path).unwrap();
    let pool = io::read_pool(&pool_path, &quotas).unwrap();
    let steps = Instance::new(pool, quotas, 3).unwrap();
    let at_once = Files::new(&quotas_path, &pool_path).read(3).unwrap();
    assert_eq!(essence(&steps), essence(&at_once));
    assert_eq!(steps.pool(), at_once.pool());
    assert_eq!(steps.given_quotas(), at_once.given_quotas());
}

#[test]
fn code_and_files_give_the_same_instance() {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("woman", 1..=2)
        .value("man", 1..=2)
        .feature("age");
    let quotas = quotas
        .value("16-29", 0..=2)
        .value("30+", 1..=3)
        .build()
        .unwrap();
    let pool = Pool::builder()
        .housemate("p2", "2 Oak", [("Age", "30+"), ("sex", "man")])
        .housemate("p1", "1 Oak", [("sex", "woman"), ("age", "16-29")])
        .person("p4", [("sex", "MAN"), ("age", "16-29")])
        .housemate("p3", "2 OAK", [("sex", "woman"), ("AGE", "30+")])
        .build()
        .unwrap();
    let coded = Instance::new(pool, quotas, 3).unwrap();
    assert_eq!(
        essence(&coded),
        essence(
            &files(QUOTAS, POOL)
                .household_columns(["street"])
                .read(3)
                .unwrap()
        )
    );
}

#[test]
fn serialised_data_come_back_and_are_checked_again() {
    let instance = files(QUOTAS, POOL)
        .household_columns(["street"])
        .read(3)
        .unwrap();
    let text = serde_json::to_string(&instance).unwrap();
    let again: Instance = serde_json::from_str(&text).unwrap();
    assert_eq!(essence(&again), essence(&instance));
    assert_eq!(
        (again.pool(), again.given_quotas()),
        (instance.pool(), instance.given_quotas())
    );
    for (from, to) in [
        ("\"size\":3", "\"size\":0"),
        ("\"id_column\":0", "\"id_column\":4"),
        ("\"household_columns\":[3]", "\"household_columns\":[9]"),
        ("\"cells\":[\"p1\",", "\"cells\":["),
        ("\"id\":\"p1\"", "\"id\":\"p9\""),
        ("\"max\":3", "\"max\":0"),
        ("\"value\":\"man\"", "\"value\":\" \""),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(
            serde_json::from_str::<Instance>(&text.replace(from, to)).is_err(),
            "{to}"
        );
    }
}

#[test]
fn debug_shows_no_values_of_people() {
    let pool = POOL
        .replace("woman", "secret-w")
        .replace("man", "secret-m")
        .replace("30+", "secret-a")
        .replace("Oak", "secret-s");
    let quotas = QUOTAS
        .replace("woman", "secret-w")
        .replace("man", "secret-m")
        .replace("30+", "secret-a");
    let files = files(quotas, pool).household_columns(["street"]);
    let instance = files.read(3).unwrap();
    let builder = Pool::builder().person("p1", [("sex", "secret")]);
    let table = io::remaining_csv::<&str>(&instance, []).unwrap();
    let batch = io::Batch::new("out").file("a.csv", table.bytes.clone());
    let text = format!(
        "{files:?}{instance:?}{:?}{:?}{builder:?}{table:?}{batch:?}",
        instance.pool(),
        instance.pool().people()
    );
    assert!(!text.contains("secret"), "{text}");
    let groups = format!("{:?}", instance.groups());
    assert!(
        groups.starts_with("[Group { roles: 1, units: 1, .. }"),
        "{groups}"
    );
    assert!(text.contains("p1") && text.contains("pool.csv"));
}

#[test]
fn a_cell_as_long_as_a_book_is_not_printed_whole() {
    let pool = POOL.replacen("woman", &"æ".repeat(1_000_000), 1);
    let message = files(QUOTAS, pool).read(3).unwrap_err().to_string();
    assert!(message.len() < 2000, "{} bytes", message.len());
    assert!(message.contains("æ… (2000002 bytes in all)"), "{message}");
}

#[test]
fn one_hundred_thousand_people_are_read_in_a_moment() {
    let mut pool = String::from("id,a,b,c,d,e,f,g,street\n");
    for i in 0..100_000 {
        let values: Vec<String> = (1..=7).map(|f| format!("v{}", i / f % 4)).collect();
        pool += &format!("p{i},{},{} Oak Street\n", values.join(","), i / 2);
    }
    let mut quotas = String::from("feature,value,min,max\n");
    for feature in ["a", "b", "c", "d", "e", "f", "g"] {
        (0..4).for_each(|v| quotas += &format!("{feature},v{v},100,300\n"));
    }
    let instance = files(quotas, pool)
        .household_columns(["street"])
        .read(800)
        .unwrap();
    assert_eq!(instance.len(), 100_000);
    let home = |id| instance.find(id).and_then(|p| instance.household(p));
    assert_eq!(home("p1"), instance.find("p0"));
    assert_eq!(home("p99998"), home("p99999"));
}

/// A pool of some people with cells of every awkward kind, and the order in which its rows are shuffled.
fn awkward() -> impl Strategy<Value = (Vec<[String; 4]>, Vec<usize>)> {
    let cell = proptest::collection::vec(
        prop_oneof![
            Just(','),
            Just(';'),
            Just('\t'),
            Just('"'),
            Just('\n'),
            Just('\r'),
            Just('='),
            Just('æ'),
            Just(' '),
            Just('x')
        ],
        0..6,
    );
    let person = (
        prop_oneof![Just("woman"), Just("Man "), Just("MAN")],
        0..3usize,
        cell,
    );
    proptest::collection::vec(person, 2..12).prop_flat_map(|people| {
        let rows: Vec<[String; 4]> = (0..people.len())
            .zip(people)
            .map(|(i, (sex, home, note))| {
                let home = if home == 0 {
                    String::new()
                } else {
                    format!("{home} Oak")
                };
                [
                    format!("p{i}"),
                    sex.to_owned(),
                    home,
                    note.into_iter().collect(),
                ]
            })
            .collect();
        let order = Just((0..rows.len()).collect::<Vec<usize>>()).prop_shuffle();
        (Just(rows), order)
    })
}

fn written(rows: &[[String; 4]], separator: char) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: &[&str]| {
        cells
            .iter()
            .map(|c| quoted(c))
            .collect::<Vec<_>>()
            .join(&separator.to_string())
            + "\r\n"
    };
    let mut text = line(&["id", "sex", "street", "note"]);
    rows.iter()
        .for_each(|row| text += &line(&row.each_ref().map(String::as_str)));
    text
}

proptest! {
    #[test]
    fn cells_come_through_untouched_and_tables_read_back((rows, _) in awkward(), separator in prop_oneof![Just(','), Just(';'), Just('\t')]) {
        let quotas = "feature,value,min,max\nsex,woman,0,9\nsex,man,0,9\n";
        let instance = files(quotas, written(&rows, separator)).read(1).unwrap();
        let cells: Vec<&[String]> = instance.pool().people().iter().map(|p| p.cells()).collect();
        prop_assert_eq!(&cells, &rows.iter().map(|r| &r[..]).collect::<Vec<_>>());
        let table = io::remaining_csv::<&str>(&instance, []).unwrap();
        let again = files(quotas, &table.bytes).read(1).unwrap();
        prop_assert_eq!(again.pool().separator(), separator as u8);
        for (before, after) in instance.pool().people().iter().zip(again.pool().people()) {
            for (was, is) in before.cells().iter().zip(after.cells()) {
                let risky = was.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                prop_assert_eq!(is, &(if risky { format!("'{was}") } else { was.clone() }));
            }
        }
    }

    #[test]
    fn the_order_of_rows_means_nothing((rows, order) in awkward()) {
        let quotas = "feature,value,min,max\nsex,woman,0,9\nSex,man,0,9\nnote,x,0,1\n";
        let turned = "feature,value,min,max\nnote,x,0,1\nSex,man,0,9\nsex,woman,0,9\n";
        let rows: Vec<[String; 4]> = rows.into_iter().map(|[id, sex, street, _]| [id, sex, street, "X".into()]).collect();
        let shuffled: Vec<[String; 4]> = order.iter().map(|&i| rows[i].clone()).collect();
        let read = |quotas, rows| files(quotas, written(rows, ',')).household_columns(["street"]).read(1).unwrap();
        prop_assert_eq!(essence(&read(quotas, &rows)), essence(&read(turned, &shuffled)));
    }

    #[test]
    fn damaged_files_are_read_or_rejected_with_located_problems(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>(), prop_oneof![Just("\""), Just(","), Just("\n"), Just(""), Just("\u{e6}"), Just("=")]), 0..5),
        size in 0..6u32,
    ) {
        let (mut quotas, mut pool) = (QUOTAS.to_owned(), POOL.to_owned());
        for (at, in_pool, with) in cuts {
            let text = if in_pool { &mut pool } else { &mut quotas };
            let at = (0..=at.index(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            let end = (at + 1..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(at);
            text.replace_range(at..end, with);
        }
        match files(&quotas, windows_1252(&pool)).household_columns(["street"]).read(size) {
            Ok(instance) => prop_assert!(instance.warnings().iter().all(Problem::is_warning)),
            Err(error) => {
                prop_assert!(!error.problems().is_empty());
                prop_assert!(!error.problems().iter().any(Problem::is_warning));
                let located = |p: &&Problem| p.code.starts_with("E-SIZE") || p.file.is_some();
                prop_assert_eq!(error.problems().iter().filter(located).count(), error.problems().len());
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_rejected(quotas in proptest::collection::vec(any::<u8>(), 0..60), pool in proptest::collection::vec(any::<u8>(), 0..60)) {
        prop_assert!(!files(quotas, pool).read(1).is_err_and(|e| e.problems().is_empty()));
    }

    /// The reader underneath and our count of rows agree with a plain count of records.
    #[test]
    fn rows_count_as_they_were_written(blanks in proptest::collection::vec(0..3usize, 1..8), end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]) {
        let mut text = format!("id,sex{end}");
        let (mut row, mut expected) = (1u64, Vec::new());
        for (i, &blank) in blanks.iter().enumerate() {
            text += &end.repeat(blank);
            text += &format!("\"p{i}\",\"m{end}an\"{end}");
            row += blank as u64 + 1;
            expected.push(Some(row));
        }
        let instance = files("feature,value,min,max\nsex,m an,0,9\n", &text).read(1).unwrap();
        prop_assert_eq!(rows(&instance), expected);
    }
}
