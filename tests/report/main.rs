//! The report is complete in both languages.
#![cfg(feature = "report")]

mod access;
mod example;
mod privacy;

use std::collections::BTreeSet;

use kleroterion::Ratio;
use kleroterion::certificate::{Exclusion, Least, Proof, Rounding, Theory};
use kleroterion::io::report::{self, Language, ReportInput};

use example::{Example, LANGUAGES, plain, plain_piece};

const SECTIONS: [&str; 12] = [
    "summary",
    "quotas",
    "chances",
    "limits",
    "excluded",
    "draw",
    "certificate",
    "digests",
    "verify",
    "publish",
    "unchecked",
    "glossary",
];

#[test]
fn every_section_stands_in_both_languages() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\">")));
        let ids: Vec<&str> = html
            .split("<section id=\"")
            .skip(1)
            .map(|s| s.split_once('"').expect("id").0)
            .collect();
        assert_eq!(ids, SECTIONS);
        for part in [
            "c0ffee",
            "5eed",
            "cef7",
            "9001",
            "dice 3-5-4-6",
            "sha256sum commit.json",
            "id000",
            "id299",
        ] {
            assert!(html.contains(part), "{language}: {part}");
        }
        assert!(html.contains(
            "cargo run --release --example verify -- transcript.json --pool FILE --quotas FILE"
        ));
    }
}

#[test]
fn the_languages_share_no_heading() {
    let headings = |language| -> BTreeSet<String> {
        let html = Example::new().html(language);
        html.split("<h2>")
            .skip(1)
            .map(|s| s.split_once("</h2>").expect("end").0.to_owned())
            .collect()
    };
    let (english, danish) = (headings(Language::English), headings(Language::Danish));
    assert_eq!((english.len(), danish.len()), (12, 12));
    assert!(english.is_disjoint(&danish));
}

#[test]
fn the_quota_table_keeps_the_files_order() {
    let text = plain(&Example::new().html(Language::English));
    let table = text.split_once("Quotas, pool and panel").expect("table").1;
    let at = |part: &str| {
        table
            .find(part)
            .unwrap_or_else(|| panic!("{part} is missing in {table}"))
    };
    assert!(at("town & country") < at("<west> 6–14"));
    assert!(at("<west> 6–14 202 66.9 %") < at("east 6–14 100 33.1 %"));
    assert!(at("east 6–14 100") < at("old 9 150 49.7 % 9"));
    assert!(at("young 8–11 not shown – quota met") < at("Secretage 0–3 fewer than 5 – quota met"));
}

#[test]
fn low_chances_are_explained_by_quota() {
    let example = Example::new();
    let english = plain(&example.html(Language::English));
    assert!(
        english.contains("At most 9 seats for age = old, wanted by 150 people: 9/150 = 6.00 %."),
        "{english}"
    );
    assert!(english.contains("This concerns 150 people."));
    let danish = plain(&example.html(Language::Danish));
    assert!(
        danish.contains(
            "Højst 9 pladser til age = old, og dem er der 150 personer om: 9/150 = 6,00 %."
        ),
        "{danish}"
    );
}

#[test]
fn several_limits_are_named_together() {
    let mut example = Example::new();
    if let Proof::Bound(bound) = &mut example.certificate.levels[0].proof {
        bound.quotas = vec![(0, 3), (2, -1), (4, 2)];
        bound.households = vec![(0, 1)];
    }
    let english = plain(&example.html(Language::English));
    let limits = "At most 9 seats for age = old, wanted by 150 people. At most 14 seats for town & country = east, wanted by \
                  100 people. At least 8 seats for age = young, wanted by an undisclosed number of people, while everybody \
                  else shares the other 12 seats.";
    assert!(english.contains(limits), "{english}");
    assert!(english.contains("At most one person per household. Taken together, they hold the lowest chance at no more than 6.00 %."));
    assert!(
        !english.contains("9/150"),
        "no quota explains the bound alone"
    );
}

#[test]
fn people_without_a_chance_are_named_with_the_reason() {
    let mut example = Example::new();
    let named = |example: &Example| {
        let html = example.html(Language::English);
        let section = html
            .split_once("<section id=\"excluded\">")
            .expect("section")
            .1;
        plain_piece(section.split_once("</section>").expect("end").0)
    };
    assert!(
        named(&example)
            .ends_with("The lottery gives them no ticket; the certificate does not say why. id301")
    );
    let group = (0u32..)
        .zip(example.instance.groups())
        .find(|(_, g)| g.units().contains(&vec![vec![301]]))
        .expect("group")
        .0;
    example.certificate.excluded = vec![Exclusion {
        group,
        role: 0,
        proof: Proof::Search { nodes: 17 },
    }];
    assert!(named(&example).contains("Shown by a finished search, which cannot be checked"));
    example.certificate.excluded[0].proof = Proof::Certain;
    assert!(named(&example).contains("Shown by a proof in whole numbers"));
    example.certificate.excluded.clear();
    example.certificate.target = Some(vec![]);
    assert!(named(&example).contains("rounded down to no ticket"));
    example.probabilities[301] = Ratio::new(1, 3);
    assert!(named(&example).ends_with("Everybody in the pool can be drawn."));
}

#[test]
fn before_the_draw_there_is_no_panel() {
    let example = Example::new();
    for language in LANGUAGES {
        let html = report::html(
            &ReportInput {
                draw: None,
                ..example.input()
            },
            language,
        );
        for part in [
            "id=\"draw\"",
            "id000",
            "5eed",
            "77,777",
            "77.777",
            "selected.csv",
            "<code>transcript.json</code>",
        ] {
            assert!(!html.contains(part), "{language}: {part}");
        }
        assert!(html.contains("dice 3-5-4-6"), "what was announced");
    }
}

#[test]
fn the_method_of_rounding_is_told() {
    let mut example = Example::new();
    let theory = Theory::of(30, 200, 1000);
    let mut rounding = Rounding {
        method: Rounding::SMALLEST_DEVIATION.into(),
        sources: vec![],
        largest: 1_000_000_000,
        least: Some(Least {
            bound: 750_000_000,
            nodes: 9,
        }),
        theory,
    };
    example.certificate.rounding = Some(rounding.clone());
    let text = plain(&example.html(Language::English));
    for piece in [
        "as small as a search could make it",
        "has a smaller largest change than 0.0750",
        "no larger change than 2.5",
    ] {
        assert!(text.contains(piece), "{piece:?} not in\n{text}");
    }
    rounding.method = Rounding::PIPAGE.into();
    rounding.sources = vec!["dice <3-5>".into()];
    rounding.least = None;
    example.certificate.rounding = Some(rounding);
    let html = example.html(Language::Danish);
    assert!(html.contains("dice &lt;3-5&gt;"));
    assert!(plain(&html).contains("ved lodtrækning, afgjort af en offentlig kilde"));
}

#[test]
fn equal_input_gives_equal_bytes() {
    for language in LANGUAGES {
        assert_eq!(Example::new().html(language), Example::new().html(language));
    }
}

#[test]
fn odd_input_is_survived() {
    let mut example = Example::new();
    example.certificate.levels[0].fixed = vec![(900, 0), (0, 900)];
    if let Proof::Bound(bound) = &mut example.certificate.levels[0].proof {
        bound.quotas = vec![(900, 1)];
    }
    example.certificate.excluded = vec![Exclusion {
        group: 900,
        role: 9,
        proof: Proof::Certain,
    }];
    example.panel = vec!["nobody".into()];
    example.probabilities.truncate(1);
    assert!(example.html(Language::English).contains("quota NOT met"));
    example.probabilities.clear();
    example.certificate.levels.clear();
    assert!(example.html(Language::Danish).ends_with("</html>"));
}
