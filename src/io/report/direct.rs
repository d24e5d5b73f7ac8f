//! The page of a direct draw.

use maud::{Markup, html};

use super::cells::Cells;
use super::language::Language;
use super::record::VERIFY;
use super::{Digests, DrawOrder, DrawSummary, LotteryForm, LotterySummary, ReportInput, page};
use crate::certificate::Certificate;
use crate::lottery::{DirectDraw, DirectRule, Order, Scalar};
use crate::ratio::Ratio;

pub(super) fn page(draw: &DirectDraw, language: Language) -> Markup {
    let instance = draw.lottery().instance();
    let chances = chances(draw);
    let (commitment, seed) = (
        draw.lottery().commitment().to_string(),
        draw.seed().to_string(),
    );
    let sources: Vec<String> = draw.sources().iter().map(str::to_owned).collect();
    let pool = draw.lottery().commit().pool.digest.clone();
    // The quota table and the summary are those of a lottery's report; nothing else of one is shown.
    let input = ReportInput {
        instance,
        probabilities: &chances,
        certificate: &Certificate::default(),
        digests: Digests {
            commitment: &commitment,
            lottery: "",
            pool: pool.as_deref().unwrap_or_default(),
            certificate: "",
        },
        lottery: LotterySummary {
            form: LotteryForm::Panels,
            entries: 0,
            largest_weight: Ratio::new(0, 1),
            effective_number: 0.0,
            denominator: 0,
            deviation: None,
        },
        announced: &announced(draw),
        draw: Some(DrawSummary {
            ticket: 0,
            seed: &seed,
            panel: draw.panel(),
            alternates: draw.alternates().len() as u64,
            sources: &sources,
            order: match draw.lottery().order() {
                Order::CommittedFirst => DrawOrder::CommittedFirst,
                Order::Unproven => DrawOrder::Unproven,
            },
        }),
    };
    let cells = match draw.lottery().rule() {
        DirectRule::Random | DirectRule::Stratified(_) | DirectRule::List(_) => {
            Cells::unbound(&input)
        }
        DirectRule::Legacy | DirectRule::Diversimax => Cells::new(&input),
    };
    let intro = quotas_intro(draw.lottery().rule(), language);
    let sections = html! {
        (summary(draw, &input, language))
        (page::quotas(&input, &cells, intro, language))
        (drawn(&input, language))
        (check(draw, &input, language))
        (publish(&input, language))
        (unchecked(draw, language))
    };
    page::frame(&language.title_drawn(), &sections, language)
}

/// Everybody's chance; 0 stands for one that nobody knows and that is not shown.
fn chances(draw: &DirectDraw) -> Vec<Ratio> {
    match draw.lottery().probabilities() {
        Some(chances) => chances.into_iter().map(|(_, chance)| chance).collect(),
        None => vec![Ratio::new(0, 1); draw.lottery().instance().len()],
    }
}

/// What each source would be, as committed.
fn announced(draw: &DirectDraw) -> Vec<String> {
    let sources = draw.lottery().commit().sources.iter().flatten();
    let texts = sources.filter_map(|entry| match entry.get("text") {
        Some(Scalar::Text(text)) => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

fn summary(draw: &DirectDraw, input: &ReportInput<'_>, language: Language) -> Markup {
    let people = language.people(&language.integer(input.instance.len() as u64));
    let seats = page::seats(input.instance.size().into(), language);
    html! {
        section id="summary" {
            h2 { (language.summary()) }
            p { (language.summary_drawn(&people, &seats)) }
            p {
                (rule(draw, language))
                @if input.instance.has_household_rule() { " " (page::household_rule(input.instance, language)) }
            }
            p { strong { (language.direct_no_certificate()) } " " (claim(draw, language)) }
            dl.figures { @for (name, value) in figures(draw, input, language) {
                div { dt { (name) } dd.long[value.len() > 12] { (value) } }
            } }
        }
    }
}

/// What the quotas are to the rule.
fn quotas_intro(rule: &DirectRule, language: Language) -> String {
    match rule {
        DirectRule::Legacy => language.direct_quotas_in_order(),
        DirectRule::Diversimax => language.quotas_intro(),
        DirectRule::Random | DirectRule::Stratified(_) | DirectRule::List(_) => {
            language.direct_quotas_unasked()
        }
    }
}

/// The rule in two sentences.
fn rule(draw: &DirectDraw, language: Language) -> String {
    match draw.lottery().rule() {
        DirectRule::Random => language.direct_random(),
        DirectRule::Stratified(features) => language.direct_stratified(&features.join(", ")),
        DirectRule::Legacy => language.direct_legacy(),
        DirectRule::Diversimax => language.direct_diversimax(),
        DirectRule::List(_) => language.direct_list(&draw.lottery().rule().to_string()),
    }
}

/// What is known about the chances.
fn claim(draw: &DirectDraw, language: Language) -> String {
    match draw.lottery().rule() {
        DirectRule::Random | DirectRule::Stratified(_) => language.direct_exact(),
        DirectRule::Legacy | DirectRule::Diversimax => language.direct_unknown(),
        DirectRule::List(_) => language.direct_list_chances(),
    }
}

fn figures(
    draw: &DirectDraw,
    input: &ReportInput<'_>,
    language: Language,
) -> Vec<(String, String)> {
    let people = language.integer(input.instance.len() as u64);
    let seats = language.integer(input.instance.size().into());
    let mut figures = vec![
        (language.figure_pool(), people),
        (language.figure_seats(), seats),
    ];
    if draw.lottery().probabilities().is_some() {
        let (low, high) = (
            input.probabilities.iter().min(),
            input.probabilities.iter().max(),
        );
        match (low, high) {
            (Some(low), Some(high)) if low == high => figures.push((
                language.direct_everybodys_chance(),
                language.percent(low.to_f64()),
            )),
            (Some(low), Some(high)) => {
                figures.push((language.figure_lowest(), language.percent(low.to_f64())));
                figures.push((language.figure_highest(), language.percent(high.to_f64())));
            }
            _ => {}
        }
    }
    if let (Some(attempts), Some(limit)) = (draw.attempts(), draw.lottery().commit().attempts) {
        let limit = language.integer(limit.into());
        let share = language.percent(1.0 / f64::from(attempts.max(1)));
        figures.push((
            language.direct_attempts(&limit),
            language.integer(attempts.into()),
        ));
        figures.push((language.direct_acceptance(), share));
    }
    if let Some(evenness) = draw.evenness() {
        let seats = |millionths: u64| language.decimal(millionths as f64 / 1e6, 2);
        let count = language.integer(evenness.intersections);
        figures.push((language.direct_distance(&count), seats(evenness.distance)));
        figures.push((language.direct_bound(), seats(evenness.bound)));
    }
    figures
}

fn drawn(input: &ReportInput<'_>, language: Language) -> Markup {
    let Some(draw) = input.draw else {
        return html! {};
    };
    let order = match draw.order {
        DrawOrder::CommittedFirst => language.direct_committed(),
        DrawOrder::Unproven => language.direct_unproven(),
    };
    html! {
        section id="draw" {
            h2 { (language.draw()) }
            dl.pairs {
                @if !input.announced.is_empty() {
                    dt { (language.draw_announced()) }
                    dd { @for source in input.announced { div { (source) } } }
                }
                dt { (language.draw_sources()) } dd { @for source in draw.sources { div { (source) } } }
                dt { (language.draw_order()) } dd { (order) }
                dt { (language.draw_seed()) } dd { code { (draw.seed) } }
            }
            h3 { (language.draw_panel(&language.integer(draw.panel.len() as u64))) }
            ul.ids { @for id in draw.panel { li { (id) } } }
            p { (language.draw_alternates(&language.integer(draw.alternates))) }
        }
    }
}

fn check(draw: &DirectDraw, input: &ReportInput<'_>, language: Language) -> Markup {
    let repeated = match draw.lottery().rule() {
        DirectRule::Diversimax => language.direct_verify_search(),
        _ => language.direct_verify(),
    };
    html! {
        section id="verify" {
            h2 { (language.verify()) }
            dl.pairs {
                dt { (language.digest_commitment()) } dd { code { (input.digests.commitment) } }
                dt { (language.digest_pool()) } dd { code { (input.digests.pool) } }
            }
            p { (repeated) }
            pre { code { (VERIFY) } }
            p { (language.verify_format()) }
        }
    }
}

fn publish(input: &ReportInput<'_>, language: Language) -> Markup {
    let first = input.draw.map(|draw| draw.order) == Some(DrawOrder::CommittedFirst);
    let committed = ["commit.json", "commitment.txt"]
        .into_iter()
        .filter(|_| first);
    let public = committed.chain(["transcript.json", "report.html"]);
    html! {
        section id="publish" {
            h2 { (language.publish()) }
            div.columns {
                div {
                    h3 { (language.publish_yes()) }
                    ul { @for name in public { li { code { (name) } } } li { (language.publish_quota_file()) } }
                }
                div {
                    h3 { (language.publish_no()) }
                    ul {
                        li { (language.publish_pool_file()) }
                        @for name in ["selected.csv", "alternates.csv", "remaining.csv"] { li { code { (name) } } }
                    }
                }
            }
            p { (language.direct_publish_ids()) }
        }
    }
}

fn unchecked(draw: &DirectDraw, language: Language) -> Markup {
    let instance = draw.lottery().instance();
    html! {
        section id="unchecked" {
            h2 { (language.unchecked()) }
            ul {
                @match draw.lottery().rule() {
                    DirectRule::Random | DirectRule::Stratified(_) | DirectRule::List(_) => {}
                    DirectRule::Legacy => li { (language.direct_unchecked_chances()) },
                    DirectRule::Diversimax => {
                        li { (language.direct_unchecked_chances()) }
                        li { (language.direct_unchecked_search()) }
                    }
                }
                li { (language.unchecked_pool()) }
                li { (language.unchecked_quotas()) }
                li { (language.unchecked_sources()) }
                li { (language.unchecked_time()) }
                @if !instance.has_household_rule() { li { (language.unchecked_household()) } }
            }
            p { (language.unchecked_report()) }
        }
    }
}
