//! Every text about bad input, literally: what a clerk with two files and a deadline gets to read.
#![cfg(feature = "csv")]

use kleroterion::io::{self, Files, Table};
use kleroterion::{Error, ErrorKind, Instance, Pool, Problem, Quotas};

const QUOTAS: &str =
    "feature,value,min,max\nsex,woman,1,2\nsex,man,1,2\nage,16-29,0,2\nage,30+,1,3\n";
const POOL: &str = "id,sex,age,street\np1,woman,16-29,1 Oak\np2,man,30+,2 Oak\np3,woman,30+,2 Oak\np4,man,16-29,\n";

fn files(quotas: impl AsRef<[u8]>, pool: impl AsRef<[u8]>) -> Files {
    Files::bundled(("quotas.csv", quotas), ("pool.csv", pool))
}

/// The whole text of the error.
#[track_caller]
fn rejects(files: &Files, size: u32, text: &str) {
    let error = files.read(size).expect_err("bad input was taken");
    assert!(matches!(error.kind(), ErrorKind::Input(_)));
    assert_eq!(error.to_string(), text);
}

/// The text of bad quotas, next to a good pool.
#[track_caller]
fn quotas(quotas: impl AsRef<[u8]>, text: &str) {
    rejects(&files(quotas, POOL), 3, text);
}

/// The text of a bad pool, next to good quotas.
#[track_caller]
fn pool(pool: impl AsRef<[u8]>, text: &str) {
    rejects(&files(QUOTAS, pool), 3, text);
}

/// The text of all warnings of input that is taken.
#[track_caller]
fn warns(files: &Files, size: u32, text: &str) -> Instance {
    let instance = files.read(size).expect("good input was rejected");
    assert!(instance.warnings().iter().all(Problem::is_warning));
    assert_eq!(Problem::list(instance.warnings()), text);
    instance
}

#[track_caller]
fn code<T: std::fmt::Debug>(result: Result<T, Error>, text: &str) {
    assert_eq!(result.expect_err("bad input was taken").to_string(), text);
}

#[test]
fn the_good_files_are_good() {
    warns(&files(QUOTAS, POOL).household_columns(["street"]), 3, "");
}

#[test]
fn e_file_empty() {
    quotas(
        "",
        "E-FILE-EMPTY quotas.csv: found an empty file, expected a row of headers and rows below it",
    );
    pool(
        "\u{feff}\r\n\r\n",
        "E-FILE-EMPTY pool.csv: found an empty file, expected a row of headers and rows below it",
    );
}

#[test]
fn e_file_format() {
    let text = "found a workbook or archive, expected a text file; in the spreadsheet, save as \"CSV UTF-8\"";
    quotas(
        b"PK\x03\x04\x14\x00",
        &format!("E-FILE-FORMAT quotas.csv: {text}"),
    );
    pool(
        b"\xD0\xCF\x11\xE0\xA1",
        &format!("E-FILE-FORMAT pool.csv: {text}"),
    );
    let text = "found binary data, expected a text file; in the spreadsheet, save as \"CSV UTF-8\"";
    pool(b"id,sex\x00", &format!("E-FILE-FORMAT pool.csv: {text}"));
}

#[test]
fn e_file_encoding() {
    let text = "found UTF-16 text, expected UTF-8 text; in the spreadsheet, save as \"CSV UTF-8\"";
    pool(
        b"\xFF\xFEi\x00d\x00",
        &format!("E-FILE-ENCODING pool.csv: {text}"),
    );
    quotas(
        b"\xFE\xFF\x00i\x00d",
        &format!("E-FILE-ENCODING quotas.csv: {text}"),
    );
}

#[test]
fn e_file_quote() {
    let open = POOL.replace("1 Oak", "\"1 Oak");
    pool(
        open,
        "E-FILE-QUOTE pool.csv row 2: found a quoted cell that never ends, expected a closing \"",
    );
    let open = QUOTAS.replace("30+", "\"30+");
    quotas(
        open,
        "E-FILE-QUOTE quotas.csv row 5: found a quoted cell that never ends, expected a closing \"",
    );
}

#[test]
fn e_file_quote_where_one_stray_mark_meets_another() {
    let text = "E-FILE-QUOTE pool.csv row 2: found a quoted cell of several lines with text right behind its closing \", \
                expected the cell to end there; a \" is missing or too many";
    pool(
        POOL.replace("1 Oak", "\"1 Oak")
            .replace("30+,2 Oak\np4", "30+,\"2 Oak\"\np4"),
        text,
    );
    warns(&files(QUOTAS, POOL.replace("1 Oak", "\"1\" Oak")), 3, "");
    warns(
        &files(QUOTAS, POOL.replace("1 Oak", "\"1\n \"\" Oak\"")),
        3,
        "",
    );
}

#[test]
fn e_file_rows() {
    quotas(
        "feature,value,min,max\n",
        "E-FILE-ROWS quotas.csv: found no rows below the headers, expected at least one",
    );
    pool(
        "id,sex,age\n,,\n",
        "E-FILE-ROWS pool.csv: found no rows below the headers, expected at least one",
    );
}

#[test]
fn w_file_encoding() {
    let quotas = QUOTAS.replace("woman", "m\u{e6}nd");
    let pool: Vec<u8> = POOL
        .replace("woman", "m\u{e6}nd")
        .chars()
        .map(|c| c as u8)
        .collect();
    let text = "found the byte E6 in line 2, which is not UTF-8, expected UTF-8 text; the file was read as Windows-1252";
    warns(
        &files(quotas, pool),
        3,
        &format!("W-FILE-ENCODING pool.csv: {text}"),
    );
}

#[test]
fn w_file_blank() {
    let text =
        "W-FILE-BLANK pool.csv row 6: found a blank row, expected no blank rows; they were skipped";
    warns(&files(QUOTAS, format!("{POOL}\n")), 3, text);
    let pool = POOL.replace("p2", "\n,,,\n\np2");
    let text = "W-FILE-BLANK pool.csv row 3: found 3 blank rows, the first here, expected no blank rows; they were skipped";
    warns(&files(QUOTAS, pool), 3, text);
}

#[test]
fn e_column_missing() {
    quotas(
        "feature,what,min,maximum\nsex,woman,1,2\n",
        "E-COLUMN-MISSING quotas.csv row 1, column \"value\": found only the columns \"feature\", \"what\", \"min\", \"maximum\", \
         expected feature,value,min,max (or category,name,min,max or category,feature,min,max)\n\
         E-COLUMN-MISSING quotas.csv row 1, column \"max\": found only the columns \"feature\", \"what\", \"min\", \"maximum\", \
         expected feature,value,min,max (or category,name,min,max or category,feature,min,max)",
    );
    pool(
        POOL.replace("sex", "gender"),
        "E-COLUMN-MISSING pool.csv row 1, column \"sex\": found only the columns \"id\", \"gender\", \"age\", \"street\", \
         expected a column for this feature of the quotas",
    );
    rejects(
        &files(QUOTAS, POOL)
            .id_column("nationbuilder_id")
            .household_columns(["street", "zip"]),
        3,
        "E-COLUMN-MISSING pool.csv row 1, column \"nationbuilder_id\": found only the columns \"id\", \"sex\", \"age\", \
         \"street\", expected the id column\n\
         E-COLUMN-MISSING pool.csv row 1, column \"zip\": found only the columns \"id\", \"sex\", \"age\", \"street\", \
         expected a household column",
    );
}

#[test]
fn e_column_twice() {
    let text = "found 2 such columns (B, D), expected exactly one";
    pool(
        POOL.replace("street", " SEX"),
        &format!("E-COLUMN-TWICE pool.csv row 1, column \"sex\": {text}"),
    );
    quotas(
        QUOTAS.replace("feature,value,min,max", "feature,value,min,max,Value"),
        "E-COLUMN-TWICE quotas.csv row 1, column \"value\": found 2 such columns (B, E), expected exactly one",
    );
    quotas(
        QUOTAS.replace("feature,value,min,max", "feature,category,min,max,name"),
        "E-COLUMN-TWICE quotas.csv row 1, column \"name\": found 2 such columns (A, E), expected exactly one",
    );
}

#[test]
fn e_row_short_and_long() {
    let broken = "E-ROW-SHORT pool.csv row 3: found 2 cells, expected 4, as in the header";
    pool(POOL.replace("p2,man,30+,2 Oak", "p2,man"), broken);
    let comma = "E-ROW-LONG pool.csv row 3: found 5 cells, expected 4, as in the header";
    pool(POOL.replace("2,man,30+,2 Oak", "2,man,30+,2, Oak"), comma);
    let broken = "E-ROW-SHORT quotas.csv row 3: found 1 cell, expected 4, as in the header";
    quotas(QUOTAS.replace("sex,man,1,2", "sex"), broken);
}

#[test]
fn w_row_short() {
    let pool = POOL.replace("p4,man,16-29,", "p4,man,16-29");
    let text = "W-ROW-SHORT pool.csv row 5: found 3 cells, expected 4, as in the header";
    warns(&files(QUOTAS, &pool), 3, text);
    let text = "E-ROW-SHORT pool.csv row 5: found 3 cells, expected 4, as in the header";
    rejects(&files(QUOTAS, &pool).household_columns(["street"]), 3, text);
}

#[test]
fn blank_cells_beyond_the_header_are_no_problem() {
    warns(
        &files(
            QUOTAS,
            POOL.replace("p2,man,30+,2 Oak", "p2,man,30+,2 Oak,, ,"),
        ),
        3,
        "",
    );
}

#[test]
fn e_quota_none() {
    let quotas = Quotas::builder().build().unwrap();
    let pool = Pool::builder().person("p1", []).build().unwrap();
    code(
        Instance::new(pool, quotas, 1),
        "E-QUOTA-NONE: found no quotas, expected at least one",
    );
}

#[test]
fn e_quota_empty() {
    quotas(
        QUOTAS
            .replace("sex,man", ",man")
            .replace("age,30+", "age, "),
        "E-QUOTA-EMPTY quotas.csv row 3, column \"feature\": found an empty cell, expected the feature's name in every row\n\
         E-QUOTA-EMPTY quotas.csv row 5, column \"value\": found an empty cell, expected a value of the feature",
    );
    code(
        Quotas::builder()
            .value("man", 1..=2)
            .feature("sex")
            .value(" ", 1..=2)
            .build(),
        "E-QUOTA-EMPTY column \"feature\": found the value \"man\" without a feature, expected the feature's name in every row\n\
         E-QUOTA-EMPTY column \"value\": found an empty value of \"sex\", expected a value of the feature",
    );
}

#[test]
fn e_quota_number() {
    quotas(
        "Category,Name,Min,MAX,min_flex\nsex,woman,-1,2,\nsex,man,1.5,two,0\nage,16-29,,2,0\nage,30+,1,4.000,-3\n",
        "E-QUOTA-NUMBER quotas.csv row 2, column \"Min\": found \"-1\", expected a whole number of 0 or more\n\
         E-QUOTA-NUMBER quotas.csv row 3, column \"Min\": found \"1.5\", expected a whole number of 0 or more\n\
         E-QUOTA-NUMBER quotas.csv row 3, column \"MAX\": found \"two\", expected a whole number of 0 or more\n\
         E-QUOTA-NUMBER quotas.csv row 4, column \"Min\": found an empty cell, expected a whole number of 0 or more\n\
         E-QUOTA-NUMBER quotas.csv row 5, column \"MAX\": found \"4.000\", expected a whole number of 0 or more\n\
         E-QUOTA-NUMBER quotas.csv row 5, column \"min_flex\": found \"-3\", expected a whole number of 0 or more",
    );
}

#[test]
fn e_quota_order() {
    quotas(
        QUOTAS.replace("man,1,2", "man,2,1"),
        "E-QUOTA-ORDER quotas.csv row 2, column \"max\": found 1, expected a number of at least min (2)\n\
         E-QUOTA-SUM-MIN quotas.csv row 2, column \"min\": found minimums of \"sex\" that add up to 4, expected at most the panel size of 3\n\
         E-QUOTA-SUM-MAX quotas.csv row 2, column \"max\": found maximums of \"sex\" that add up to 2, expected at least the panel size of 3\n\
         E-QUOTA-ORDER quotas.csv row 3, column \"max\": found 1, expected a number of at least min (2)",
    );
    quotas(
        QUOTAS
            .replace("30+,1,3", "30+,2,1")
            .replace("feature,value,min,max", "CATEGORY;Feature;Min seats;max")
            .replace(',', ";")
            .replace("Min seats", "MIN"),
        "E-QUOTA-ORDER quotas.csv row 5, column \"max\": found 1, expected a number of at least MIN (2)",
    );
    #[expect(clippy::reversed_empty_ranges, reason = "what the message is about")]
    let reversed = Quotas::builder().feature("age").value("30+", 9..=8).build();
    code(
        reversed,
        "E-QUOTA-ORDER column \"max\": found 8 for \"age\" = \"30+\", expected a number of at least min (9)",
    );
}

#[test]
fn e_quota_flex() {
    quotas(
        "feature,value,min,max,min_flex,max_flex\nsex,woman,1,2,2,1\nsex,man,1,2,0,3\nage,16-29,0,2,,\nage,30+,1,3,1,3\n",
        "E-QUOTA-FLEX quotas.csv row 2, column \"min_flex\": found 2, expected a number of at most min (1)\n\
         E-QUOTA-FLEX quotas.csv row 2, column \"max_flex\": found 1, expected a number of at least max (2)",
    );
}

/// DIFFERENCE: the standard tool takes the last row in silence.
#[test]
fn e_quota_duplicate() {
    quotas(
        format!("{QUOTAS}Sex, WOMAN ,1,1\n"),
        "E-QUOTA-DUPLICATE quotas.csv row 6, column \"value\": found \"Sex\" = \"WOMAN\" again (first in row 2), expected one quota per value",
    );
    code(
        Quotas::builder()
            .feature("age")
            .value("30+", 1..=2)
            .value("30+", 1..=2)
            .build(),
        "E-QUOTA-DUPLICATE column \"value\": found \"age\" = \"30+\" again, expected one quota per value",
    );
}

#[test]
fn e_quota_sums() {
    let text = "found minimums of \"sex\" that add up to 2, expected at most the panel size of 1";
    rejects(
        &files(QUOTAS, POOL),
        1,
        &format!("E-QUOTA-SUM-MIN quotas.csv row 2, column \"min\": {text}"),
    );
    let text = "found maximums of \"age\" that add up to 3, expected at least the panel size of 4";
    let quotas = QUOTAS.replace("16-29,0,2", "16-29,0,0");
    rejects(
        &files(quotas, POOL),
        4,
        &format!("E-QUOTA-SUM-MAX quotas.csv row 4, column \"max\": {text}"),
    );
}

#[test]
fn e_quota_people() {
    quotas(
        QUOTAS.replace("30+,1,3", "30+,3,3"),
        "E-QUOTA-PEOPLE quotas.csv row 5, column \"min\": found 3 for \"age\" = \"30+\", expected at most 2, the people of the pool with this value",
    );
    rejects(
        &files(
            QUOTAS.replace("30+,1,3", "30+,3,3"),
            POOL.replace("p3,woman,30+", "p3,woman,16-29"),
        ),
        3,
        "E-QUOTA-PEOPLE quotas.csv row 5, column \"min\": found 3 for \"age\" = \"30+\", expected at most 1, the only person of the pool with this value",
    );
    rejects(
        &files(
            QUOTAS.replace("30+,1,3", "30+,3,3"),
            POOL.replace("p3,woman,30+", "p3,woman,")
                .replace("p2,man,30+", "p2,man,16-29"),
        ),
        3,
        "E-QUOTA-PEOPLE quotas.csv row 5, column \"min\": found 3 for \"age\" = \"30+\", expected at most 1, the people of the pool with this value and all who may have it\n\
         E-POOL-EMPTY pool.csv row 4, column \"age\": found an empty cell, expected one of \"16-29\", \"30+\"",
    );
}

#[test]
fn w_quota_nobody() {
    let quotas = format!("{QUOTAS}age,under 16,0,0\n");
    let text = "found nobody in the pool for \"age\" = \"under 16\", expected somebody, unless the value is meant to stay empty";
    warns(
        &files(quotas, POOL),
        3,
        &format!("W-QUOTA-NOBODY quotas.csv row 6, column \"value\": {text}"),
    );
}

#[test]
fn e_pool_none() {
    let quotas = Quotas::builder()
        .feature("sex")
        .value("man", 0..=2)
        .build()
        .unwrap();
    let pool = Pool::builder().build().unwrap();
    code(
        Instance::new(pool, quotas, 1),
        "E-POOL-NONE: found nobody in the pool, expected at least one person",
    );
}

#[test]
fn e_pool_id() {
    pool(
        POOL.replace("p2,", " ,"),
        "E-POOL-ID pool.csv row 3, column \"id\": found an empty cell, expected an id in every row that holds data",
    );
    code(
        Pool::builder().person(" ", []).build(),
        "E-POOL-ID column \"id\": found a person with an empty id, expected an id in every row that holds data",
    );
}

#[test]
fn e_pool_duplicate() {
    pool(
        format!("{POOL}p2,man,30+,3 Oak\n p2 ,man,30+,4 Oak\n"),
        "E-POOL-DUPLICATE pool.csv row 6, column \"id\": found \"p2\", which row 3 has with different data, expected every id once\n\
         E-POOL-DUPLICATE pool.csv row 7, column \"id\": found \"p2\", which row 3 has with different data, expected every id once",
    );
    code(
        Pool::builder()
            .person("p1", [("sex", "man")])
            .person("p1", [("sex", "woman")])
            .build(),
        "E-POOL-DUPLICATE column \"id\": found \"p1\", which an earlier person has with different data, expected every id once",
    );
}

#[test]
fn w_pool_duplicate() {
    let text = "found \"p2\" again, in everything the same as row 3, expected every id once; the copy was dropped";
    let files = files(QUOTAS, format!("{POOL} p2 ,man,30+,2 Oak \n"));
    let instance = warns(
        &files,
        3,
        &format!("W-POOL-DUPLICATE pool.csv row 6, column \"id\": {text}"),
    );
    assert_eq!(instance.len(), 4);
}

#[test]
fn e_pool_empty_and_value() {
    pool(
        POOL.replace("p1,woman,16-29", "p1, ,16–29")
            .replace("p3,woman", "p3,womn"),
        "E-POOL-EMPTY pool.csv row 2, column \"sex\": found an empty cell, expected one of \"man\", \"woman\"\n\
         E-POOL-VALUE pool.csv row 2, column \"age\": found \"16–29\", expected one of \"16-29\", \"30+\"\n\
         E-POOL-VALUE pool.csv row 4, column \"sex\": found \"womn\", expected one of \"man\", \"woman\"",
    );
    let quotas = Quotas::builder()
        .feature("sex")
        .value("man", 0..=2)
        .build()
        .unwrap();
    let pool = Pool::builder()
        .person("p1", [("sex", "woman")])
        .person("p2", [("age", "7")])
        .build()
        .unwrap();
    code(
        Instance::new(pool, quotas, 1),
        "E-POOL-VALUE column \"sex\": found \"woman\" for the person \"p1\", expected \"man\"\n\
         E-POOL-EMPTY column \"sex\": found no value for the person \"p2\", expected \"man\"",
    );
}

#[test]
fn e_pool_twice() {
    code(
        Pool::builder()
            .person("p1", [("sex", "man"), ("Sex", "woman")])
            .build(),
        "E-POOL-TWICE column \"sex\": found two values for the person \"p1\", expected one value per feature",
    );
}

#[test]
fn e_size() {
    rejects(
        &files(QUOTAS, POOL),
        0,
        "E-SIZE-ZERO: found a panel size of 0, expected at least 1",
    );
    let quotas = "feature,value,min,max\nsex,woman,1,9\nsex,man,1,9\n";
    let text = "E-SIZE-POOL: found a panel size of 5, expected at most 4, the people of the pool";
    rejects(&files(quotas, POOL), 5, text);
    let text = "E-SIZE-HOUSEHOLDS: found a panel size of 4, expected at most 3, the households of the pool, of which each has one seat at most";
    rejects(&files(quotas, POOL).household_columns(["street"]), 4, text);
}

#[test]
fn w_cell_formula() {
    let pool = POOL
        .replace("street", "@street")
        .replace("1 Oak", "=1+1")
        .replace("p2", "-2");
    let instance = files(QUOTAS, pool).read(3).unwrap();
    let Table { warnings, .. } = io::remaining_csv::<&str>(&instance, []).unwrap();
    assert_eq!(
        Problem::list(&warnings),
        "W-CELL-FORMULA pool.csv row 1, column \"@street\": found a cell that begins with '@', expected text; it was written with ' in front\n\
         W-CELL-FORMULA pool.csv row 2, column \"@street\": found a cell that begins with '=', expected text; it was written with ' in front\n\
         W-CELL-FORMULA pool.csv row 3, column \"id\": found a cell that begins with '-', expected text; it was written with ' in front",
    );
}

#[test]
fn everything_wrong_with_both_files_comes_at_once_and_in_order() {
    let quotas = "feature,value,min,max\nsex,woman,1,x\nsex,man,3,2\n\nsex,man,1,2\nage,16-29,0,1\nage,30+,1,1\n";
    let pool = "id;sex;age\np1;woman;16-29\n;man;30+\n\np2;other;\np2;man;30+\np3;man;30+;x\np4;woman;30+;\n";
    rejects(
        &files(quotas, pool),
        9,
        "E-QUOTA-NUMBER quotas.csv row 2, column \"max\": found \"x\", expected a whole number of 0 or more\n\
         E-QUOTA-ORDER quotas.csv row 3, column \"max\": found 2, expected a number of at least min (3)\n\
         E-QUOTA-DUPLICATE quotas.csv row 5, column \"value\": found \"sex\" = \"man\" again (first in row 3), expected one quota per value\n\
         E-QUOTA-SUM-MAX quotas.csv row 6, column \"max\": found maximums of \"age\" that add up to 2, expected at least the panel size of 9\n\
         E-POOL-ID pool.csv row 3, column \"id\": found an empty cell, expected an id in every row that holds data\n\
         E-POOL-VALUE pool.csv row 5, column \"sex\": found \"other\", expected one of \"man\", \"woman\"\n\
         E-POOL-EMPTY pool.csv row 5, column \"age\": found an empty cell, expected one of \"16-29\", \"30+\"\n\
         E-POOL-DUPLICATE pool.csv row 6, column \"id\": found \"p2\", which row 5 has with different data, expected every id once\n\
         E-ROW-LONG pool.csv row 7: found 4 cells, expected 3, as in the header\n\
         E-SIZE-POOL: found a panel size of 9, expected at most 6, the people of the pool",
    );
}

#[test]
fn unreadable_quotas_do_not_hide_the_pool_and_the_other_way_round() {
    rejects(
        &files("", POOL.replace("p2", "p1")),
        0,
        "E-FILE-EMPTY quotas.csv: found an empty file, expected a row of headers and rows below it\n\
         E-POOL-DUPLICATE pool.csv row 3, column \"id\": found \"p1\", which row 2 has with different data, expected every id once\n\
         E-SIZE-ZERO: found a panel size of 0, expected at least 1",
    );
    rejects(
        &files(QUOTAS.replace("woman,1", "woman,4"), ""),
        3,
        "E-QUOTA-ORDER quotas.csv row 2, column \"max\": found 2, expected a number of at least min (4)\n\
         E-QUOTA-SUM-MIN quotas.csv row 2, column \"min\": found minimums of \"sex\" that add up to 5, expected at most the panel size of 3\n\
         E-FILE-EMPTY pool.csv: found an empty file, expected a row of headers and rows below it",
    );
}

#[test]
fn the_same_problem_in_very_many_rows_is_listed_ten_times_then_summed_up() {
    let rows: String = (2..=40)
        .map(|row| format!("p{row},womn,{},\n", if row == 20 { "30+" } else { "16-29" }))
        .collect();
    let error = files(
        QUOTAS,
        format!("id,sex,age,street\n{rows}p41,woman,16-29,\np42,womn,30+,\n"),
    )
    .read(3)
    .unwrap_err();
    assert_eq!(error.problems().len(), 40);
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(
        lines[9],
        "E-POOL-VALUE pool.csv row 11, column \"sex\": found \"womn\", expected one of \"man\", \"woman\""
    );
    assert_eq!(
        lines[10],
        "E-POOL-VALUE pool.csv column \"sex\": found \"womn\", expected one of \"man\", \"woman\" (the same in 30 more rows: 12-40, 42)"
    );
}

#[test]
fn the_other_kinds() {
    let missing = Files::new("no/such/quotas.csv", "no/such/pool.csv")
        .read(1)
        .unwrap_err();
    assert!(matches!(missing.kind(), ErrorKind::Io { path, .. } if path.ends_with("quotas.csv")));
    assert_eq!(
        missing.to_string(),
        "no/such/quotas.csv: No such file or directory (os error 2)"
    );
    assert!(std::error::Error::source(&missing).is_some());
    assert!(missing.problems().is_empty());
    let instance = files(QUOTAS, POOL).read(3).unwrap();
    code(
        io::selected_csv(&instance, ["p9"]),
        "selected.csv: nobody in the pool has the id \"p9\"",
    );
    let limit = ErrorKind::LimitReached {
        doing: "pricing".into(),
        work: 7,
    };
    let text = "work limit reached after 7 units while pricing; no answer is given in place of the one asked for";
    assert_eq!(Error::from(limit).to_string(), text);
    assert_eq!(Error::from(ErrorKind::Cancelled).to_string(), "cancelled");
    assert_eq!(
        Error::from(ErrorKind::Rejected("the weights".into())).to_string(),
        "rejected: the weights"
    );
}

/// The text of bad population shares, next to good files.
#[track_caller]
fn shares(text: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shares.csv");
    std::fs::write(&path, format!("feature,value,feature,value,share\n{text}")).unwrap();
    let instance = files(QUOTAS, POOL).read(3).unwrap();
    let error = io::read_pair_shares(&path, &instance).expect_err("bad shares were taken");
    let label = path.display().to_string();
    assert_eq!(error.to_string().replace(&label, "shares.csv"), expected);
}

#[test]
fn e_share() {
    shares(
        "sex,woman,age,16-29,1.5\n",
        "E-SHARE-NUMBER shares.csv row 2, column \"share\": found \"1.5\", expected a number from 0 to 1, or a percentage with %",
    );
    shares(
        "sex,woman,age,teen,0.5\n",
        "E-SHARE-VALUE shares.csv row 2: found \"age\" = \"teen\", expected a feature and a value that have a quota",
    );
    shares(
        "sex,woman,Sex,man,0.5\n",
        "E-SHARE-SAME shares.csv row 2: found \"sex\" twice, expected two different features",
    );
    shares(
        "sex,woman,age,30+,0.5\nage,30+,sex,woman,50 %\n",
        "E-SHARE-TWICE shares.csv row 3: found a share for a pair of values that has one already, expected every pair of values once",
    );
    shares(
        "sex,woman,age,30+,0.5\nsex,man,age,30+,48 %\n",
        "E-SHARE-SUM shares.csv: found shares of \"age\" and \"sex\" that add up to 0.9800, expected a sum of 1",
    );
}

/// All tests, one text.
fn all_tests(folder: &std::path::Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_tests(&path, text);
        } else if path.extension().is_some_and(|e| e == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn w_pool_household() {
    let pool = "id,sex,street,postcode\np1,f,,4000\np2,m,,4000\np3,m,Oak,4000\np4,f,,\np5,m,,\n";
    let quotas = "feature,value,min,max\nsex,f,0,5\nsex,m,0,5\n";
    let files = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool));
    let instance = files
        .household_columns(["street", "postcode"])
        .read(3)
        .unwrap();
    assert_eq!(
        Problem::list(instance.warnings()),
        "W-POOL-HOUSEHOLD pool.csv row 2, column \"street\": found a blank cell, with which 2 people count as housemates, \
         expected an address of their own, or no entry in any household column, for people who live apart"
    );
}

#[test]
fn every_code_of_the_table_has_its_text_in_a_test() {
    let table = include_str!("../../src/error/problem.rs");
    let mut tests = String::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    all_tests(&folder, &mut tests);
    let codes: Vec<&str> = table
        .lines()
        .filter_map(|l| l.strip_prefix("/// | `")?.split('`').next())
        .collect();
    assert!(codes.len() > 50);
    for code in codes {
        let written = ["\"", " ", ": "].map(|before| format!("{before}{code}"));
        assert!(written.iter().any(|w| tests.contains(w)), "{code}");
    }
}
