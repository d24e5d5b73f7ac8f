//! How a list of tickets was rounded, for the table of the lottery's figures.

use super::ReportInput;
use super::language::{Language, texts};
use crate::certificate::Rounding;
use crate::lottery::DENOMINATOR;

texts! {
    deviation() {
        en "Largest change of anybody’s chance by rounding to whole tickets"
        da "Største ændring af nogens chance ved afrunding til hele lodder"
    }
    rounded() {
        en "How the tickets were rounded"
        da "Sådan blev lodderne afrundet"
    }
    rounded_smallest() {
        en "so that the largest change is as small as a search could make it (smallest-deviation)"
        da "sådan at den største ændring er så lille, som en søgning kunne gøre den (smallest-deviation)"
    }
    rounded_pipage() {
        en "by lot, decided by a public source, so that nobody’s chance changes on average (pipage)"
        da "ved lodtrækning, afgjort af en offentlig kilde, sådan at ingens chance ændres i gennemsnit (pipage)"
    }
    rounded_sources() {
        en "Values of that source"
        da "Kildens værdier"
    }
    rounded_least() {
        en "No list of as many tickets has a smaller largest change than"
        da "Ingen liste med lige så mange lodder har en mindre største ændring end"
    }
    rounded_theory() {
        en "Theory promises that some list needs no larger change than"
        da "Teorien lover, at en eller anden liste ikke behøver en større ændring end"
    }
}

/// Rows of what was changed by rounding, how, and what could have been reached.
pub(super) fn rows(input: &ReportInput<'_>, language: Language) -> Vec<(String, String)> {
    let changed = input.lottery.deviation;
    let mut rows: Vec<(String, String)> = changed
        .map(|d| (language.deviation(), language.percent_with(d, 4)))
        .into_iter()
        .collect();
    let Some(rounding) = &input.certificate.rounding else {
        return rows;
    };
    let percent = |share: u64| language.percent_with(share as f64 / DENOMINATOR as f64, 4);
    let method = match rounding.method.as_str() {
        Rounding::SMALLEST_DEVIATION => language.rounded_smallest(),
        Rounding::PIPAGE => language.rounded_pipage(),
        other => other.to_owned(),
    };
    rows.push((language.rounded(), method));
    if !rounding.sources.is_empty() {
        rows.push((language.rounded_sources(), rounding.sources.join("; ")));
    }
    if let Some(least) = &rounding.least {
        rows.push((language.rounded_least(), percent(least.bound)));
    }
    let theory = &rounding.theory;
    let promised = theory.beck_fiala.min(theory.panel_lp);
    rows.push((language.rounded_theory(), percent(promised)));
    rows
}
