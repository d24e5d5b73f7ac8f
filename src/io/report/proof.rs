//! What the certificate says: which quotas hold chances down, who has none, and what is proved.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::ReportInput;
use super::cells::{Cell, Cells, SMALLEST};
use super::chances::capitalised;
use super::language::Language;
use super::limits::{Explanation, Explanations, Limit, Side};
use super::page::seats;
use crate::certificate::{Certificate, Objective, Proof};
use crate::ratio::Ratio;
use crate::selection::DENOMINATOR;

/// Most later levels listed.
const MOST_LEVELS: usize = 12;

pub(super) fn limits(
    input: &ReportInput<'_>,
    cells: &Cells<'_>,
    explanations: &Explanations,
    language: Language,
) -> Markup {
    let (people, size) = (
        input.instance.len() as u128,
        u128::from(input.instance.size()),
    );
    let low = input
        .certificate
        .levels
        .first()
        .is_some_and(|l| u128::from(l.bound) * people < u128::from(DENOMINATOR) * size);
    let listed = explanations.later.len().min(MOST_LEVELS);
    let unlisted = explanations.unlisted + explanations.later.len() - listed;
    html! {
        section id="limits" {
            h2 { (language.limits()) }
            @match &explanations.first {
                Some(first) => { p { (language.limits_intro()) } (lowest(first, input, cells, language)) }
                None if low => { p { (language.limits_search()) } }
                None => { p { (language.limits_none()) } }
            }
            @if listed > 0 { details {
                summary { (language.limits_later()) }
                table {
                    caption { (language.limits_later()) }
                    thead { tr {
                        th.n scope="col" { (language.limits_ceiling()) }
                        th.n scope="col" { (language.limits_people()) }
                        th scope="col" { (language.limits_reason()) }
                    } }
                    tbody { @for level in &explanations.later[..listed] { tr {
                        td.n { (bound(level.bound, language)) }
                        td.n { (language.integer(level.people)) }
                        td { ul.plain { @for reason in reasons(level, input, cells, language) { li { (reason) } } } }
                    } } }
                }
            } }
            @if unlisted > 0 { p.note { (language.limits_unlisted(&language.integer(unlisted as u64))) } }
        }
    }
}

fn bound(bound: u64, language: Language) -> String {
    language.percent(Ratio::new(bound, DENOMINATOR).to_f64())
}

fn lowest(
    level: &Explanation,
    input: &ReportInput<'_>,
    cells: &Cells<'_>,
    language: Language,
) -> Markup {
    let ceiling = bound(level.bound, language);
    let affected = if level.people >= SMALLEST {
        language.people(&language.integer(level.people))
    } else {
        language.few_people()
    };
    let reasons = reasons(level, input, cells, language);
    html! {
        ul { @for reason in &reasons { li { (capitalised(reason)) "." } } }
        p {
            @if reasons.len() > 1 { (language.limits_together(&ceiling)) } @else { (language.limits_single(&ceiling)) }
            @if !level.telling { " " (language.limits_affected(&affected)) }
        }
    }
}

fn reasons(
    level: &Explanation,
    input: &ReportInput<'_>,
    cells: &Cells<'_>,
    language: Language,
) -> Vec<String> {
    let named = |limit: &Limit| {
        if level.telling {
            language.limits_telling(&cells.rows[limit.row].feature)
        } else {
            reason(limit, input, cells, language)
        }
    };
    let mut reasons: Vec<String> = level.limits.iter().map(named).collect();
    if level.more > 0 {
        reasons.push(language.limits_more(&level.more));
    }
    if level.households {
        reasons.push(match input.instance.pool().household_most() {
            1 => language.limits_household(),
            most => language.limits_household_most(&most),
        });
    }
    reasons
}

/// One limit in words: `at most 9 seats for age = 60-74, wanted by 151 people: 9/151 = 5.96 %`.
fn reason(limit: &Limit, input: &ReportInput<'_>, cells: &Cells<'_>, language: Language) -> String {
    let row = &cells.rows[limit.row];
    let what = format!("{} = {}", row.feature, row.value);
    let people = match row.pool {
        Cell::Shown(people) => language.people(&language.integer(people)),
        Cell::Few => language.few_people(),
        Cell::Withheld => language.hidden_people(),
    };
    let mut text = match limit.side {
        Side::AtMost => language.at_most(&seats(row.max.into(), language), &what, &people),
        Side::AtLeast => {
            let rest = input.instance.size().saturating_sub(row.min).into();
            language.at_least(
                &seats(row.min.into(), language),
                &what,
                &people,
                &seats(rest, language),
            )
        }
    };
    if let Some((seats, people)) = limit.alone {
        let chance = language.percent(Ratio::new(seats, people).to_f64());
        text += &language.equation(&language.integer(seats), &language.integer(people), &chance);
    }
    text
}

pub(super) fn excluded(input: &ReportInput<'_>, language: Language) -> Markup {
    let reasons = by_reason(input, language);
    let count: usize = reasons.iter().map(|(_, ids)| ids.len()).sum();
    html! {
        section id="excluded" {
            h2 { (language.excluded()) }
            @if count == 0 {
                p { (language.excluded_none()) }
            } @else {
                p { (language.excluded_intro(&language.integer(count as u64))) }
                @for (reason, ids) in &reasons {
                    p { (reason) }
                    ul.ids { @for id in ids { li { (id) } } }
                }
            }
        }
    }
}

/// Ids of those with chance 0, by why: all of one reason together, so that nothing shows who is alike.
fn by_reason<'a>(input: &ReportInput<'a>, language: Language) -> Vec<(String, Vec<&'a str>)> {
    let groups = input.instance.groups();
    let mut proofs: BTreeMap<u32, &Proof> = BTreeMap::new();
    for exclusion in &input.certificate.excluded {
        let units = groups
            .get(exclusion.group as usize)
            .map_or(&[][..], |group| group.units());
        for &person in units
            .iter()
            .filter_map(|unit| unit.get(exclusion.role as usize))
            .flatten()
        {
            proofs.insert(person, &exclusion.proof);
        }
    }
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (person, _) in (0u32..)
        .zip(input.probabilities)
        .filter(|(_, p)| p.numerator == 0)
    {
        let reason = match proofs.get(&person) {
            Some(Proof::Search { .. }) => language.excluded_search(),
            Some(_) => language.excluded_bound(),
            None if input.certificate.target.is_some() => language.excluded_rounding(),
            None if input.certificate.objective.is_some() => language.excluded_by_rule(),
            None => language.excluded_unproven(),
        };
        let id = input.instance.person(person).id();
        match reasons.iter_mut().find(|(r, _)| *r == reason) {
            Some((_, ids)) => ids.push(id),
            None => reasons.push((reason, vec![id])),
        }
    }
    reasons
}

/// Number of claims, levels and exclusions, that a proof of this kind stands behind.
fn claims(certificate: &Certificate, kind: fn(&Proof) -> bool) -> u64 {
    let levels = certificate.levels.iter().map(|l| &l.proof);
    levels
        .chain(certificate.excluded.iter().map(|e| &e.proof))
        .filter(|p| kind(p))
        .count() as u64
}

/// Claims that only a search shows.
pub(super) fn searches(certificate: &Certificate) -> u64 {
    let objective = certificate.objective.as_ref();
    let searched = objective.is_some_and(|o| o.search.is_some());
    claims(certificate, |p| matches!(p, Proof::Search { .. })) + u64::from(searched)
}

/// The gap that integers or a finished search leave, in 10^-12.
pub(super) fn proven_gap(objective: &Objective) -> u64 {
    let searched = objective.search.as_ref().map_or(u64::MAX, |s| s.gap);
    objective.gap.min(searched)
}

/// True when the levels say what no lottery exceeds, so that quotas can be named that hold chances down.
pub(super) fn names_limits(certificate: &Certificate) -> bool {
    certificate.objective.is_none() && !certificate.levels.is_empty()
}

pub(super) fn certificate(input: &ReportInput<'_>, language: Language) -> Markup {
    let certificate = input.certificate;
    let gap = certificate
        .levels
        .iter()
        .map(|l| l.bound.saturating_sub(l.value))
        .max();
    html! {
        section id="certificate" {
            h2 { (language.certificate()) }
            p {
                @if certificate.objective.is_some() { (language.certificate_objective()) " " }
                @if !certificate.levels.is_empty() { (language.certificate_intro()) }
                @else if certificate.objective.is_none() { (language.certificate_none()) }
                @if certificate.objective.is_some() && !certificate.levels.is_empty() { " " (language.certificate_below()) }
                @if certificate.target.is_some() { " " (language.certificate_target()) }
            }
            dl.pairs {
                dt { (language.certificate_rule()) } dd { (certificate.rule) }
                @if let Some(objective) = &certificate.objective {
                    dt { (language.certificate_optimum()) } dd { (language.exact_percent(proven_gap(objective))) }
                }
                dt { (language.certificate_levels()) } dd { (language.integer(certificate.levels.len() as u64)) }
                dt { (language.certificate_claims()) }
                dd { (claim_counts(certificate, language)) }
                @if let (Some(level), true) = (certificate.levels.first(), names_limits(certificate)) {
                    dt { (language.certificate_lowest()) } dd { (language.exact_percent(level.value)) }
                    dt { (language.certificate_ceiling()) } dd { (language.exact_percent(level.bound)) }
                }
                @if let Some(gap) = gap {
                    dt { (language.certificate_gap()) } dd { (language.exact_percent(gap)) }
                }
            }
        }
    }
}

/// How many claims rest on which kind of proof.
fn claim_counts(certificate: &Certificate, language: Language) -> Markup {
    let objective = certificate.objective.as_ref();
    let by_integers = objective.is_some_and(|o| o.search.is_none());
    let counts = [
        (
            claims(certificate, |p| matches!(p, Proof::Bound(_))) + u64::from(by_integers),
            language.certificate_bounds(),
        ),
        (
            claims(certificate, |p| matches!(p, Proof::Certain)),
            language.certificate_certain(),
        ),
        (
            claims(certificate, |p| matches!(p, Proof::Ceiling)),
            language.certificate_ceilings(),
        ),
        (searches(certificate), language.certificate_searches()),
    ];
    html! {
        ul.plain {
            @for (count, what) in &counts { @if *count > 0 { li { (language.integer(*count)) " " (what) } } }
            @if counts.iter().all(|(count, _)| *count == 0) { li { "0" } }
        }
    }
}
