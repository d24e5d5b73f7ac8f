//! The report is silent about single people.

use kleroterion::io::report::Language;

use crate::example::{Example, LANGUAGES, plain, plain_piece};

#[test]
fn small_groups_cannot_be_counted() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        let text = plain(&html);
        // 3 people of another age, hidden with the 149 young: neither the counts nor a way to them.
        for leak in ["149", "49.3", "49,3", "11/", "= young", "= Secretage"] {
            assert!(!text.contains(leak), "{language}: {leak} in {text}");
        }
    }
    let mut example = Example::new();
    let english = plain(&example.html(Language::English));
    assert!(
        english.contains("would give away a number that is not shown: 2."),
        "{english}"
    );
    example.certificate.levels.remove(0);
    let english = plain(&example.html(Language::English));
    assert!(
        english.contains("A quota for age, which stays unnamed here"),
        "{english}"
    );
    assert!(!english.contains("This concerns"));
}

#[test]
fn nobody_is_described() {
    for language in LANGUAGES {
        let html = Example::new().html(language);
        assert!(
            !html.contains("Privatename"),
            "columns without a quota stay out"
        );
        // No table row, list entry or paragraph names a person together with a value.
        for piece in html
            .split(['\n'])
            .flat_map(|line| line.split("<tr>"))
            .flat_map(|part| part.split("<li>"))
        {
            let piece = piece.split_once("</tr>").map_or(piece, |(row, _)| row);
            let piece = piece.split_once("</li>").map_or(piece, |(entry, _)| entry);
            let named = (0..302).any(|at| piece.contains(&format!("id{at:03}")));
            let described = ["old", "young", "Secretage", "west", "east"]
                .iter()
                .any(|v| plain_piece(piece).split([' ', '=']).any(|w| w == *v));
            assert!(!(named && described), "{language}: {piece}");
        }
    }
}
