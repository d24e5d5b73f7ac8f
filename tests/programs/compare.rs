//! Runs the comparison of rules as a user would.

use std::collections::BTreeMap;

use super::desk::{Desk, OWN_FILES, Run};

const FILES: [&str; 3] = ["comparison.csv", "comparison.html", "intersections.csv"];

fn compare(desk: &Desk, more: &[&str]) -> Run {
    let own = ["--size", "6", "--rules", "leximin,maximin,minimax"];
    run(desk, &own, more)
}

fn run(desk: &Desk, own: &[&str], more: &[&str]) -> Run {
    desk.run("compare_rules", &[&OWN_FILES, own, more].concat())
}

/// A CSV file as one map per row.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        assert_eq!(record.len(), header.len());
        header
            .iter()
            .map(str::to_owned)
            .zip(record.iter().map(str::to_owned))
            .collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {:?}", row[column]))
}

#[test]
fn a_small_pool_gives_a_table_and_a_page() {
    let desk = Desk::small();
    let shown = compare(&desk, &[]).exits(0).out();
    for part in [
        "24 people in the pool, 6 seats",
        "Rule ",
        "leximin ",
        "maximin ",
        "minimax ",
        "comparison.csv",
    ] {
        assert!(shown.contains(part), "no {part:?} in:\n{shown}");
    }
    assert_eq!(desk.names("compare-out"), FILES);
    let table = rows(&desk.text("compare-out/comparison.csv"));
    assert_eq!(
        table
            .iter()
            .map(|row| row["rule"].as_str())
            .collect::<Vec<_>>(),
        ["leximin", "maximin", "minimax"]
    );
    for row in &table {
        assert_eq!(row["error"], "");
        assert!(
            number(row, "min") <= 0.25 && number(row, "max") >= 0.25,
            "6 of 24 seats"
        );
        assert!(
            number(row, "of_optimum_min") <= 1.0 + 1e-9
                && number(row, "of_optimum_max") <= 1.0 + 1e-9
        );
    }
    // 8 men for 3 seats, 16 women for 3: no lottery gives every woman more than 3/16, nor every man less than 3/8.
    assert!((number(&table[0], "min") - 3.0 / 16.0).abs() < 1e-9);
    assert!((number(&table[2], "max") - 3.0 / 8.0).abs() < 1e-9);
    assert_eq!(number(&table[0], "below_leximin_min"), 0.0);
    assert!(number(&table[0], "manipulation_gain") > 0.0);
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let desk = Desk::small();
    compare(&desk, &["--lang", "da"]).exits(0);
    let page = desk.text("compare-out/comparison.html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"da\">"));
    for forbidden in [
        "http", "//", "src=", "href", "url(", "@import", "<script", "<link", "<img",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(
        page.matches("<figure").count(),
        page.matches("<svg ").count()
    );
    assert_eq!(
        page.matches("<svg ").count(),
        page.matches("role=\"img\"").count()
    );
    assert!(page.matches("<svg ").count() >= 5);
    for tag in ["section", "table", "tr", "svg", "details", "figure"] {
        let (opened, closed) = (
            page.matches(&format!("<{tag}")).count(),
            page.matches(&format!("</{tag}>")).count(),
        );
        assert_eq!(opened, closed, "{tag}");
    }
    assert!(page.contains("Laveste") && !page.contains("Lowest"));
}

#[test]
fn equal_input_gives_equal_files_but_for_the_time() {
    let desk = Desk::small();
    let timeless = |desk: &Desk| {
        let mut table = rows(&desk.text("compare-out/comparison.csv"));
        table.iter_mut().for_each(|row| drop(row.remove("seconds")));
        (table, desk.text("compare-out/intersections.csv"))
    };
    compare(&desk, &[]).exits(0);
    let first = timeless(&desk);
    desk.shuffle_rows("pool.csv");
    compare(&desk, &[]).exits(0);
    assert_eq!(timeless(&desk), first);
}

#[test]
fn intersections_add_up_and_hide_small_counts() {
    let desk = Desk::small();
    compare(&desk, &[]).exits(0);
    let text = desk.text("compare-out/intersections.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        header[..5],
        ["rule", "feature", "value", "feature", "value"]
    );
    let mut cells = 0;
    for record in reader.records() {
        let record = record.unwrap();
        cells += 1;
        let people = &record[7];
        assert!(
            people.is_empty() || people.parse::<u64>().unwrap() >= 5,
            "{people} people"
        );
        assert_eq!(
            people.is_empty(),
            record[5].is_empty(),
            "seats of hidden people are hidden"
        );
    }
    assert_eq!(cells, 3 * 4, "three rules, two features of two values");
}

#[test]
fn population_shares_are_read_and_measured() {
    let desk = Desk::small();
    desk.put(
        "population.csv",
        "feature;value;feature;value;share\nsex;Woman;age;18-39;20 %\nsex;Woman;age;40+;30 %\nsex;Man;age;18-39;0,2\nsex;Man;age;40+;0,3\n",
    );
    compare(&desk, &["--population", "population.csv"]).exits(0);
    let table = rows(&desk.text("compare-out/comparison.csv"));
    assert!(
        table
            .iter()
            .all(|row| number(row, "intersection_mse_population") > 0.0)
    );
    assert!(
        desk.text("compare-out/comparison.html")
            .contains("Share of the population")
    );
}

#[test]
fn wrong_population_shares_are_located() {
    let desk = Desk::small();
    desk.put(
        "population.csv",
        "feature,value,feature,value,share\nsex,Woman,age,18-39,x\nsex,Both,age,40+,0.5\nsex,Man\n",
    );
    let run = compare(&desk, &["--population", "population.csv"]).exits(2);
    assert_eq!(
        run.err(),
        "E-SHARE-NUMBER population.csv row 2, column \"share\": found \"x\", expected a number from 0 to 1, or a percentage with %\n\
         E-SHARE-VALUE population.csv row 3: found \"sex\" = \"Both\", expected a feature and a value that have a quota\n\
         E-ROW-SHORT population.csv row 4: found 2 cells, expected 5, as in the header\n"
    );
    assert!(desk.names("compare-out").is_empty());
    desk.put("population.csv", "feature,value,share\nsex,Woman,1\n");
    compare(&desk, &["--population", "population.csv"])
        .exits(2)
        .complains(&[
            "E-COLUMN-MISSING population.csv row 1, column \"feature\"",
            "E-COLUMN-MISSING population.csv row 1, column \"value\"",
        ]);
    compare(&desk, &["--population", "nowhere.csv"])
        .exits(2)
        .complains(&["nowhere.csv"]);
}

#[test]
fn a_rule_that_cannot_be_computed_says_why_in_its_row() {
    let desk = Desk::small();
    let shown = compare(&desk, &["--work-limit", "0"]).exits(0).out();
    assert!(
        shown.contains("leximin: not computed: work limit reached"),
        "{shown}"
    );
    let table = rows(&desk.text("compare-out/comparison.csv"));
    assert!(
        table
            .iter()
            .all(|row| row["min"].is_empty() && row["error"].contains("work limit"))
    );
    assert!(
        desk.text("compare-out/comparison.html")
            .contains("work limit")
    );
}

#[test]
fn the_reason_is_given_in_the_language_of_the_table() {
    let desk = Desk::small();
    let shown = compare(&desk, &["--work-limit", "0", "--lang", "da"]).exits(0);
    let (shown, page) = (shown.out(), desk.text("compare-out/comparison.html"));
    for text in [&shown, &page] {
        assert!(text.contains("leximin: ikke beregnet: grænsen for arbejdet er nået efter"));
        assert!(!text.contains("work limit"));
    }
    let desk = wide();
    let shown = wide_rules(&desk, &["--lang", "da"]).exits(0).out();
    assert!(
        shown.contains(
            "uniform: ikke beregnet: for mange sammensætninger til at skrive op (2416856)"
        )
    );
}

/// 48 people with 16 combinations of answers, all panels of 10 allowed: 2 416 856 ways to fill 10 seats from 16 times 3.
fn wide() -> Desk {
    let desk = Desk::small();
    let features = ["a", "b", "c", "d"];
    let quotas: String = features
        .iter()
        .map(|f| format!("{f},yes,0,10\n{f},no,0,10\n"))
        .collect();
    desk.put("quotas.csv", &format!("feature,value,min,max\n{quotas}"));
    let answer = |person: usize, bit: usize| if person >> bit & 1 == 1 { "yes" } else { "no" };
    let person = |p: usize| {
        let answers: Vec<_> = (0..4).map(|bit| answer(p % 16, bit)).collect();
        format!("p{p:02},{}\n", answers.join(","))
    };
    let pool: String = (0..48).map(person).collect();
    desk.put("pool.csv", &format!("id,a,b,c,d\n{pool}"));
    desk
}

fn wide_rules(desk: &Desk, more: &[&str]) -> Run {
    let own = [
        "--size",
        "10",
        "--rules",
        "uniform,random",
        "--misreports",
        "0",
    ];
    run(desk, &own, more)
}

#[test]
fn too_many_compositions_name_the_option_that_helps() {
    let desk = wide();
    let shown = wide_rules(&desk, &[]).exits(0).out();
    assert!(
        shown.contains("uniform: not computed: too many compositions to list (2416856); --tickets"),
        "{shown}"
    );
    assert!(shown.contains("random ignores the quotas"), "{shown}");
    let table = rows(&desk.text("compare-out/comparison.csv"));
    assert_eq!(table[0]["min"], "");
    assert!(table[0]["error"].contains("--tickets"));
}

#[test]
fn sampled_panels_estimate_chances_and_say_so() {
    let desk = wide();
    let shown = wide_rules(&desk, &["--tickets", "2000"]).exits(0).out();
    assert!(
        shown.contains("frequencies in 2000 sampled panels (stage-one source “demonstration”"),
        "{shown}"
    );
    let table = rows(&desk.text("compare-out/comparison.csv"));
    let uniform = &table[0];
    assert_eq!((&uniform["draws"][..], &uniform["error"][..]), ("2000", ""));
    assert_eq!(uniform["panels_counted"], "6540715896", "48 over 10");
    // Everybody's chance is 10/48 = 0.208; a mean over 3 people in 2000 panels is within 0.03 of it.
    let (lowest, highest) = (number(uniform, "min"), number(uniform, "max"));
    assert!(lowest > 0.178 && lowest < 10.0 / 48.0, "{lowest}");
    assert!(highest < 0.238 && highest > 10.0 / 48.0, "{highest}");
    assert!(number(uniform, "min_upper_bound_99") > lowest);
    let page = desk.text("compare-out/comparison.html");
    assert!(page.contains("uniform has too many compositions to list"));
    wide_rules(&desk, &["--tickets", "0"]).exits(2);
}

/// One section of the page.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.split_once(&format!("<section id=\"{id}\">"));
    let (_, rest) = start.unwrap_or_else(|| panic!("no section {id}"));
    rest.split_once("</section>").expect("it ends").0
}

/// Rows that must not be compared like the others say so where they stand, and in a sentence below.
#[test]
fn the_page_warns_beside_the_rows() {
    let desk = wide();
    let english = [
        "uniform <span class=\"mark\">estimate from 2000 panels</span>",
        "random <span class=\"mark\">ignores the quotas</span>",
        "uniform has too many compositions to list: its chances are frequencies in 2000 sampled panels",
        "its lowest chance is at most",
        "random ignores the quotas: the panels it draws may break them.",
    ];
    let danish = [
        "uniform <span class=\"mark\">skøn ud fra 2000 paneler</span>",
        "random <span class=\"mark\">ser bort fra kvoterne</span>",
        "uniform har for mange sammensætninger til at skrive op: chancerne er hyppigheder i 2000",
        "er den laveste chance højst",
        "random ser bort fra kvoterne: de paneler, den udtrækker, kan bryde dem.",
    ];
    for (lang, expected) in [("en", english), ("da", danish)] {
        let asked = ["--tickets", "2000", "--lang", lang];
        let shown = wide_rules(&desk, &asked).exits(0).out();
        let page = desk.text("compare-out/comparison.html");
        let overview = section(&page, "overview");
        for (at, part) in expected.iter().enumerate() {
            let tables = if at < 2 { 2 } else { 1 };
            assert_eq!(
                overview.matches(part).count(),
                tables,
                "{part}:\n{overview}"
            );
            assert!(at < 2 || shown.contains(part), "{part}:\n{shown}");
        }
    }
    // Rules that keep the quotas and are computed exactly need no warning.
    let desk = Desk::small();
    compare(&desk, &[]).exits(0);
    let page = desk.text("compare-out/comparison.html");
    assert!(!page.contains("class=\"mark\"") && !page.contains("ignores the quotas:"));
}

#[test]
fn bad_commands_and_clashing_quotas_end_with_their_code() {
    let desk = Desk::small();
    desk.run("compare_rules", &["--size", "6"])
        .exits(2)
        .complains(&["--quotas FILE is missing", "--pool FILE is missing"]);
    compare(&desk, &["--rules", "fairest"])
        .exits(2)
        .complains(&["fairest"]);
    // Housemates are the only two with the values that must both sit.
    desk.put(
        "quotas.csv",
        "feature,value,min,max\nkind,a,1,1\nkind,b,1,1\nkind,c,4,4\n",
    );
    let pool: String = (0..12)
        .map(|i| {
            format!(
                "p{i:02},{},{}\n",
                if i == 0 {
                    "a"
                } else if i == 1 {
                    "b"
                } else {
                    "c"
                },
                i / 2
            )
        })
        .collect();
    desk.put("pool.csv", &format!("id,kind,home\n{pool}"));
    compare(&desk, &["--household", "home"]).exits(3);
    assert!(desk.names("compare-out").is_empty());
}
