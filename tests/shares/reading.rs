//! Files of population figures, and every text about bad ones.

use kleroterion::io;
use kleroterion::quota::{Kind, Shares};

fn weights(text: impl AsRef<[u8]>) -> Vec<(Kind, u64, Vec<u64>)> {
    let shares = io::shares("s.csv", text).unwrap();
    let feature = |f: &kleroterion::quota::FeatureShares| {
        (f.kind, f.total, f.values.iter().map(|v| v.weight).collect())
    };
    shares.features().iter().map(feature).collect()
}

#[track_caller]
fn rejects(text: impl AsRef<[u8]>, message: &str) {
    assert_eq!(io::shares("s.csv", text).unwrap_err().to_string(), message);
}

#[test]
fn percentages_fractions_and_counts() {
    let percent = (Kind::Percentage, 1000, vec![125, 875]);
    assert_eq!(
        weights("feature,value,share\nage,a,12.5 %\nage,b,87.5%\n"),
        vec![percent.clone()]
    );
    assert_eq!(
        weights("feature;value;share\nage;a;12,5 %\nage;b;87,5\u{a0}%\n"),
        vec![percent.clone()]
    );
    assert_eq!(
        weights("CATEGORY,Name,Percentage\nage,a,12.5\nage,b,87.5 %\n"),
        vec![percent.clone()]
    );
    assert_eq!(
        weights("category,feature,share\nage,a,12.5\nage,b,87.5\n"),
        [percent]
    );
    assert_eq!(
        weights("feature,name,share,note\nage,a,0.125,x\nage,b,.875,y\n"),
        [(Kind::Fraction, 1000, vec![125, 875])]
    );
    assert_eq!(
        weights("feature,value,share\nage,a,250\nage,b,1750\n"),
        [(Kind::Count, 2000, vec![250, 1750])]
    );
    assert_eq!(
        weights("feature,value,people\nage,a,3.0\nage,b,\"97,00\"\n"),
        [(Kind::Count, 100, vec![3, 97])]
    );
    assert_eq!(
        weights("feature,value,share\nage,a,1\nage,b,0\n"),
        [(Kind::Fraction, 1, vec![1, 0])]
    );
    // Each feature by itself, its rows anywhere.
    let two = "feature,value,share\nage,a,40 %\nsex,w,0.5\nAge,b,60 %\nsex,m,0.5\n";
    assert_eq!(
        weights(two),
        [
            (Kind::Percentage, 100, vec![40, 60]),
            (Kind::Fraction, 10, vec![5, 5])
        ]
    );
}

#[test]
fn printed_figures_may_be_rounded() {
    // Thirds: half a unit of each last digit, three times, but at most 0.01.
    assert_eq!(
        weights("feature,value,share\nf,a,0.33\nf,b,0.33\nf,c,0.33\n"),
        [(Kind::Fraction, 99, vec![33, 33, 33])]
    );
    assert_eq!(
        weights("feature,value,share\nf,a,33.3 %\nf,b,33.3 %\nf,c,33.3 %\n"),
        [(Kind::Percentage, 999, vec![333, 333, 333])]
    );
    rejects(
        "feature,value,share\nf,a,33.3 %\nf,b,33.3 %\nf,c,33.2 %\n",
        "E-SHARE-SUM s.csv: found percentages of \"f\" that add up to 99.8, expected 100, or as near as rounding explains (0.15); people stand in a column \"count\"",
    );
    rejects(
        "feature,value,share\nf,a,0.5\nf,b,0.4\n",
        "E-SHARE-SUM s.csv: found fractions of \"f\" that add up to 0.9, expected 1, or as near as rounding explains (0.01)",
    );
    rejects(
        "feature,value,share\nf,a,0\nf,b,0\n",
        "E-SHARE-SUM s.csv: found fractions of \"f\" that add up to 0, expected 1, or as near as rounding explains (0)",
    );
    // Whole numbers near 100 are percentages, never silently people.
    rejects(
        "feature,value,share\nf,a,50\nf,b,47\n",
        "E-SHARE-SUM s.csv: found percentages of \"f\" that add up to 97, expected 100, or as near as rounding explains (1); people stand in a column \"count\"",
    );
}

#[test]
fn counts_must_count_somebody() {
    rejects(
        "feature,value,count\nf,a,0\n",
        "E-SHARE-SUM s.csv: found counts of \"f\" that add up to 0, expected 1 to 1000000000000000 people",
    );
    let build = |people| {
        Shares::builder()
            .feature("f")
            .count("a", people)
            .count("b", 1)
            .build()
    };
    assert!(build(999_999_999_999_999).is_ok());
    assert_eq!(
        build(1_000_000_000_000_000).unwrap_err().to_string(),
        "E-SHARE-SUM: found counts of \"f\" that add up to 1000000000000001, expected 1 to 1000000000000000 people"
    );
    assert_eq!(build(u64::MAX).unwrap_err().problems().len(), 1);
}

#[test]
fn figures_that_are_none() {
    let text = |header: &str, cell: &str| format!("feature;value;{header}\nf;a;{cell}\nf;b;1\n");
    for cell in ["-1", "1/2", "about 12", "1 234", "1.234.567", "1e3"] {
        rejects(
            text("share", cell),
            &format!(
                "E-SHARE-NUMBER s.csv row 2, column \"share\": found {cell:?}, expected a number of 0 or more, with or without %, nothing between thousands, at most 15 digits"
            ),
        );
    }
    for cell in ["12 %", "1.234", "0.5"] {
        rejects(
            text("Count", cell),
            &format!(
                "E-SHARE-NUMBER s.csv row 2, column \"Count\": found {cell:?}, expected a whole number of 0 or more, nothing between thousands, at most 15 digits"
            ),
        );
    }
    rejects(
        text("pct", ""),
        "E-SHARE-NUMBER s.csv row 2, column \"pct\": found an empty cell, expected a percentage, at most 15 digits",
    );
}

#[test]
fn all_problems_at_once() {
    rejects(
        "feature,value,share\nage,a,12 %\nage,b,13\nsex,w,0.4\nSEX, W ,0.1\nsex,,0.5\n,x,0.5\n,,0.2\ndwelling,h,x\nkind,k,0.5\nkind\n",
        "E-SHARE-MIXED s.csv row 3: found \"13\", a figure without %, expected % behind every figure of \"age\", or behind none\n\
         E-SHARE-TWICE s.csv row 5: found \"SEX\" = \"W\" again (first in row 4), expected one figure per value\n\
         E-SHARE-EMPTY s.csv row 6: found an empty value of \"sex\", expected a feature and a value in every row\n\
         E-SHARE-EMPTY s.csv row 7: found the value \"x\" without a feature, expected a feature and a value in every row\n\
         E-SHARE-EMPTY s.csv row 8: found neither feature nor value, expected a feature and a value in every row\n\
         E-SHARE-NUMBER s.csv row 9, column \"share\": found \"x\", expected a number of 0 or more, with or without %, nothing between thousands, at most 15 digits\n\
         E-ROW-SHORT s.csv row 11: found 1 cell, expected 3, as in the header",
    );
    // Where nothing is missing, sums are told beside other problems.
    rejects(
        "feature,value,share\nage,a,12\nage,b,13 %\nsex,w,0.4\n",
        "E-SHARE-MIXED s.csv row 3: found \"13 %\", a figure with %, expected % behind every figure of \"age\", or behind none\n\
         E-SHARE-SUM s.csv: found fractions of \"sex\" that add up to 0.4, expected 1, or as near as rounding explains (0.01)",
    );
}

#[test]
fn columns_and_files() {
    rejects(
        "feature,name,value,amount\nage,a,a,1\n",
        "E-COLUMN-TWICE s.csv row 1, column \"value\": found 2 such columns (B, C), expected exactly one\n\
         E-COLUMN-MISSING s.csv row 1, column \"share\": found only the columns \"feature\", \"name\", \"value\", \"amount\", expected feature,value,share (or category,name,share; percentage or count in place of share)",
    );
    rejects(
        "feature,value,share,count\nage,a,1,1\n",
        "E-COLUMN-TWICE s.csv row 1, column \"share\": found 2 such columns (C, D), expected exactly one",
    );
    rejects(
        "feature,value,share\n",
        "E-FILE-ROWS s.csv: found no rows below the headers, expected at least one",
    );
    rejects(
        "",
        "E-FILE-EMPTY s.csv: found an empty file, expected a row of headers and rows below it",
    );
    let shares = io::shares("s.csv", "feature,value,share,note\n\nage,a,1\n").unwrap();
    assert_eq!(
        kleroterion::Problem::list(shares.warnings()),
        "W-FILE-BLANK s.csv row 2: found a blank row, expected no blank rows; they were skipped\n\
         W-ROW-SHORT s.csv row 3: found 3 cells, expected 4, as in the header"
    );
    assert_eq!(
        (shares.file(), shares.features()[0].values[0].row),
        (Some("s.csv"), Some(3))
    );
    assert!(matches!(
        io::read_shares("nowhere.csv").unwrap_err().kind(),
        kleroterion::ErrorKind::Io { .. }
    ));
}

#[test]
fn from_code() {
    assert_eq!(
        Shares::builder().build().unwrap_err().to_string(),
        "E-SHARE-NONE: found no figures, expected at least one"
    );
    assert_eq!(
        Shares::builder()
            .count("a", 1)
            .feature("f")
            .count("a", 1)
            .count(" A", 1)
            .build()
            .unwrap_err()
            .to_string(),
        "E-SHARE-EMPTY: found the value \"a\" without a feature, expected a feature and a value in every row\n\
         E-SHARE-TWICE: found \"f\" = \"A\" again, expected one figure per value"
    );
}
