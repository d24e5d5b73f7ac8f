//! The report needs nothing but itself, and everybody can read it.

use kleroterion::io::report::{self, Language, ReportInput};
use kleroterion::{Instance, Pool, Quotas, Ratio};

use crate::example::{Example, LANGUAGES};

#[test]
fn it_loads_nothing_and_runs_nothing() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        for forbidden in [
            "http",
            "//",
            "src=",
            "href",
            "url(",
            "@import",
            "<script",
            "<link",
            "<iframe",
            "<img",
            "javascript:",
            " on",
        ] {
            let page = if forbidden == " on" {
                tags(&html)
            } else {
                html.clone()
            };
            assert!(!page.contains(forbidden), "{language}: {forbidden}");
        }
        assert!(html.contains("&lt;script&gt;alert(1)"), "texts are escaped");
    }
}

/// The tags alone.
fn tags(html: &str) -> String {
    html.split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'))
        .map(|(tag, _)| format!("<{tag}>"))
        .collect()
}

#[test]
fn elements_are_closed_in_order() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        let mut open: Vec<&str> = Vec::new();
        for tag in html
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split_once('>'))
            .map(|(tag, _)| tag)
        {
            let name = tag
                .split([' ', '/'])
                .find(|part| !part.is_empty())
                .unwrap_or("");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{language}");
            } else if !tag.starts_with('!') && name != "meta" && !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert_eq!(open, Vec::<&str>::new());
    }
}

#[test]
fn every_plot_has_a_text_alternative_and_a_table() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        let figures: Vec<&str> = html
            .split("<figure>")
            .skip(1)
            .map(|s| s.split_once("</figure>").expect("end").0)
            .collect();
        assert_eq!(figures.len(), 2);
        for figure in figures {
            assert!(figure.contains("<figcaption>") && figure.contains("<details>"));
            assert!(figure.contains("<table><caption>") && figure.contains("<th scope=\"col\">"));
            let svg = figure.split_once("<svg ").expect("svg").1;
            assert!(svg.contains("role=\"img\""));
            let labels = svg
                .split_once("aria-labelledby=\"")
                .expect("label")
                .1
                .split_once('"')
                .expect("end")
                .0;
            for label in labels.split(' ') {
                assert_eq!(
                    html.matches(&format!("id=\"{label}\"")).count(),
                    1,
                    "{label}"
                );
            }
            assert!(svg.contains("<title id=") && svg.contains("<desc id="));
        }
    }
}

#[test]
fn a_long_quota_list_is_cut_into_several_plots() {
    let mut quotas = Quotas::builder().feature("long");
    for value in 0..60 {
        quotas = quotas.value(&format!("v{value:02}"), 0..=2);
    }
    let mut pool = Pool::builder();
    for person in 0..600 {
        pool = pool.person(
            format!("id{person:03}"),
            [("long", format!("v{:02}", person % 60).as_str())],
        );
    }
    let quotas = quotas.build().expect("quotas");
    let instance = Instance::new(pool.build().expect("pool"), quotas, 20).expect("instance");
    let probabilities = vec![Ratio::new(20, 600); 600];
    let example = Example::new();
    let input = ReportInput {
        instance: &instance,
        probabilities: &probabilities,
        draw: None,
        ..example.input()
    };
    let html = report::html(&input, Language::English);
    assert!(html.contains("Everybody has the same chance."));
    for (id, found) in [
        ("steps-text", 1),
        ("averages-1-text", 1),
        ("averages-2-text", 1),
        ("averages-3-text", 0),
    ] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), found, "{id}");
    }
    assert!(html.contains(">\nv59\n<"), "the last value is drawn");
}

/// Contrast of two colours after WCAG 2: the relative luminances with 0.05 added, the lighter above.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| -> f64 {
        let channel =
            |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")) / 255.0;
        // WCAG raises to 2.4; 77/32 is within 0.3 % of that and needs square roots only.
        let power = |c: f64| {
            if c <= 0.04045 {
                c / 12.92
            } else {
                (0..77)
                    .fold(1.0, |p, _| p * ((c + 0.055) / 1.055))
                    .sqrt()
                    .sqrt()
                    .sqrt()
                    .sqrt()
                    .sqrt()
            }
        };
        0.2126 * power(channel(1)) + 0.7152 * power(channel(3)) + 0.0722 * power(channel(5))
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_are_told_apart() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.02);
    let html = Example::new().html(Language::English);
    let named = |name: &str| {
        let value = html
            .split_once(&format!("--{name}: "))
            .unwrap_or_else(|| panic!("{name}"))
            .1;
        value.split_once(';').expect("end").0.to_owned()
    };
    let style = html.split_once("</style>").expect("style").0;
    for colour in style
        .split("color: var(--")
        .skip(1)
        .map(|s| s.split_once(')').expect("end").0)
    {
        for ground in ["paper", "wash"] {
            assert!(
                contrast(&named(colour), &named(ground)) >= 4.5 || colour == "rule",
                "{colour} on {ground}"
            );
        }
    }
    for drawn in html
        .split("<svg ")
        .skip(1)
        .map(|s| s.split_once("</svg>").expect("end").0)
    {
        for text in drawn.split("<text ").skip(1) {
            let fill = text
                .split_once("fill=\"")
                .expect("fill")
                .1
                .split_once('"')
                .expect("end")
                .0;
            assert!(contrast(fill, "#FFFFFF") >= 4.5, "text {fill}");
        }
        // Everything that carries meaning; grid lines and the wash under the steps do not.
        for shape in ["<polyline ", "<circle ", "<rect "] {
            for colour in drawn
                .split(shape)
                .skip(1)
                .filter_map(|s| s.split_once("/>"))
                .flat_map(|(s, _)| s.split('"'))
            {
                let decor = ["#D5DCE2", "#DDE8F1", "#FFFFFF"].contains(&colour);
                assert!(
                    !colour.starts_with('#') || decor || contrast(colour, "#FFFFFF") >= 3.0,
                    "{shape}{colour}"
                );
            }
        }
    }
}
