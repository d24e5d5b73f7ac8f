//! The report shows joint quotas in both languages, and no count of theirs that could point to somebody.

use kleroterion::certificate::{Bound, Level, Proof};
use kleroterion::io::Files;
use kleroterion::io::report::{
    self, Digests, DrawOrder, DrawSummary, Language, LotteryForm, LotterySummary, ReportInput,
};
use kleroterion::{Certificate, Instance, Ratio};

const QUOTAS: &str = "feature,value,min,max\nsex,f,9,16\nsex,m,9,16\nage,old,9,16\nage,young,9,16\n\
                      sex × age,f × young,5,8\nage x sex,old x m,5,8\n";

/// People of the four cells, old women first, and a person each who sits.
fn people(cells: [usize; 4]) -> (String, Vec<String>) {
    let (mut pool, mut panel) = (String::from("id,sex,age\n"), Vec::new());
    let names = ["f,old", "f,young", "m,old", "m,young"];
    for ((name, count), letter) in names.into_iter().zip(cells).zip('a'..) {
        for at in 0..count {
            pool += &format!("{letter}{at:02},{name}\n");
        }
        panel.extend((0..6).map(|at| format!("{letter}{at:02}")));
    }
    (pool, panel)
}

/// A certificate that leans on the quota with this canonical index.
fn certificate(quota: u32) -> Certificate {
    let bound = Bound {
        size: 1,
        quotas: vec![(quota, 1)],
        households: vec![],
        scale: 1,
        weights: None,
    };
    let level = Level {
        value: 1,
        bound: 1_000_000,
        fixed: vec![(0, 0)],
        proof: Proof::Bound(bound),
    };
    Certificate {
        rule: "leximin".into(),
        levels: vec![level],
        ..Certificate::default()
    }
}

/// The report's text, tags as spaces.
fn text(cells: [usize; 4], limit: u32, language: Language) -> String {
    let (pool, panel) = people(cells);
    let files = Files::bundled(("quotas.csv", QUOTAS), ("pool.csv", pool));
    let instance: Instance = files.read(24).unwrap();
    let count = instance.len() as u64;
    let probabilities = vec![Ratio::new(24, count); instance.len()];
    let sources = ["dice".to_owned()];
    let html = report::html(
        &ReportInput {
            instance: &instance,
            probabilities: &probabilities,
            certificate: &certificate(limit),
            digests: Digests {
                commitment: "c",
                lottery: "l",
                pool: "p",
                certificate: "ce",
            },
            lottery: LotterySummary {
                form: LotteryForm::Compositions,
                entries: 3,
                largest_weight: Ratio::new(1, 3),
                effective_number: 3.0,
                denominator: 1_000_000_000_000,
                deviation: None,
            },
            announced: &sources,
            draw: Some(DrawSummary {
                ticket: 7,
                seed: "5eed",
                panel: &panel,
                alternates: 1,
                sources: &sources,
                order: DrawOrder::Unproven,
            }),
        },
        language,
    );
    let pieces = html.split('<').filter_map(|piece| piece.split_once('>'));
    let words: Vec<&str> = pieces
        .flat_map(|(_, text)| text.split_whitespace())
        .collect();
    words.join(" ")
}

#[test]
fn joint_rows_stand_in_the_order_of_the_file_with_their_counts() {
    for (language, share) in [(Language::English, "27.5 %"), (Language::Danish, "27,5 %")] {
        let text = text([29, 33, 30, 28], 6, language);
        let row = format!("f × young 5–8 33 {share} 6");
        assert!(text.contains(&row), "{row} in {text}");
        assert!(text.contains("age x sex old x m 5–8 30"), "{text}");
    }
}

#[test]
fn a_small_cell_hides_all_counts_of_the_pair_even_when_it_has_no_quota() {
    // Listed are young women and old men, all many; four young men can be worked out from the men.
    for (language, hidden) in [
        (Language::English, "not shown"),
        (Language::Danish, "vises ikke"),
    ] {
        let (pool, _) = people([29, 33, 30, 6]);
        assert!(pool.contains("d05"));
        let shown = text([29, 33, 30, 6], 6, language);
        assert!(shown.contains("f × young 5–8 33"), "{shown}");
        let silent = small(language);
        assert!(
            silent.contains(&format!("f × young 5–8 {hidden} – ")),
            "{silent}"
        );
        assert!(
            silent.contains(&format!("old x m 5–8 {hidden} – ")),
            "{silent}"
        );
        assert!(
            silent.contains("f 9–16 62 "),
            "the sexes themselves are many: {silent}"
        );
    }
}

/// Young men are four.
fn small(language: Language) -> String {
    text([29, 33, 30, 4], 6, language)
}

#[test]
fn few_seats_of_any_cell_are_only_said_to_be_met() {
    let silent = small(Language::English);
    assert!(silent.contains("not shown – quota met"), "{silent}");
    assert!(!text([29, 33, 30, 28], 6, Language::English).contains("quota met"));
}

#[test]
fn people_outside_the_cells_are_no_limit_that_could_be_named() {
    // Canonical: age old 0, young 1; age × sex old × m 2, other 3, young × f 4; sex f 5, m 6.
    let cells = [29, 33, 30, 28];
    let named = text(cells, 4, Language::English);
    assert!(
        named.contains("At most 8 seats for sex × age = f × young"),
        "{named}"
    );
    for language in [Language::English, Language::Danish] {
        assert!(!text(cells, 3, language).contains("= other"), "{language}");
    }
}
