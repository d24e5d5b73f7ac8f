//! The public record: draw, fingerprints, how to check them, what to publish, what nobody checked, and a glossary.

use maud::{Markup, html};

use super::language::Language;
use super::proof::searches;
use super::{DrawOrder, LotteryForm, ReportInput};

pub(super) const VERIFY: &str =
    "cargo run --release --example verify -- transcript.json --pool FILE --quotas FILE";

fn order(order: DrawOrder, language: Language) -> String {
    match order {
        DrawOrder::CommittedFirst => language.order_committed(),
        DrawOrder::Unproven => language.order_unproven(),
    }
}

/// For the summary: the sources, and whether the lottery was fixed first.
pub(super) fn order_and_sources(input: &ReportInput<'_>, language: Language) -> Markup {
    html! {
        dl.pairs {
            @match input.draw {
                Some(draw) => {
                    dt { (language.draw_sources()) }
                    dd { @for source in draw.sources { div { (source) } } }
                    dt { (language.draw_order()) } dd { (order(draw.order, language)) }
                }
                None => {
                    dt { (language.draw_sources()) }
                    dd {
                        @if input.announced.is_empty() { (language.will_nothing()) } @else { (language.will_announced()) }
                        @for source in input.announced { div { (source) } }
                    }
                }
            }
            dt { (language.word_commitment()) } dd { code { (input.digests.commitment) } }
        }
    }
}

pub(super) fn draw(input: &ReportInput<'_>, language: Language) -> Markup {
    let Some(draw) = input.draw else {
        return html! {};
    };
    let (ticket, tickets) = (
        language.integer(draw.ticket),
        language.integer(input.lottery.denominator),
    );
    html! {
        section id="draw" {
            h2 { (language.draw()) }
            dl.pairs {
                @if !input.announced.is_empty() {
                    dt { (language.draw_announced()) }
                    dd { @for source in input.announced { div { (source) } } }
                }
                dt { (language.draw_sources()) } dd { @for source in draw.sources { div { (source) } } }
                dt { (language.draw_seed()) } dd { code { (draw.seed) } }
                dt { (language.draw_ticket()) } dd { (language.draw_ticket_value(&ticket, &tickets)) }
            }
            h3 { (language.draw_panel(&language.integer(draw.panel.len() as u64))) }
            ul.ids { @for id in draw.panel { li { (id) } } }
            p { (language.draw_alternates(&language.integer(draw.alternates))) }
        }
    }
}

pub(super) fn digests(input: &ReportInput<'_>, language: Language) -> Markup {
    let digests = input.digests;
    html! {
        section id="digests" {
            h2 { (language.digests()) }
            p { (language.digests_intro()) }
            dl.pairs {
                dt { (language.digest_commitment()) } dd { code { (digests.commitment) } }
                dt { (language.digest_lottery()) } dd { code { (digests.lottery) } }
                dt { (language.digest_pool()) } dd { code { (digests.pool) } }
                dt { (language.digest_certificate()) } dd { code { (digests.certificate) } }
            }
            p.note { (language.digests_note()) }
        }
    }
}

pub(super) fn verify(input: &ReportInput<'_>, language: Language) -> Markup {
    html! {
        section id="verify" {
            h2 { (language.verify()) }
            p { (language.verify_commitment()) }
            pre { code { "sha256sum commit.json" } }
            p.note { (language.verify_systems()) }
            @if input.draw.is_some() { p { (language.verify_all()) } } @else { p { (language.verify_later()) } }
            pre { code { (VERIFY) } }
            p { (language.verify_format()) }
        }
    }
}

pub(super) fn publish(input: &ReportInput<'_>, language: Language) -> Markup {
    let mut public = vec![
        "commit.json",
        "commitment.txt",
        "lottery.json",
        "certificate.json",
        "probabilities.csv",
    ];
    let mut private = Vec::new();
    if input.draw.is_some() {
        public.push("transcript.json");
        private.extend(["selected.csv", "alternates.csv", "remaining.csv"]);
    }
    public.push("report.html");
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
                    ul { li { (language.publish_pool_file()) } @for name in private { li { code { (name) } } } }
                }
            }
            p { (language.publish_ids()) }
        }
    }
}

pub(super) fn unchecked(input: &ReportInput<'_>, language: Language) -> Markup {
    html! {
        section id="unchecked" {
            h2 { (language.unchecked()) }
            ul {
                li { (language.unchecked_pool()) }
                li { (language.unchecked_quotas()) }
                li { (language.unchecked_sources()) }
                li { (language.unchecked_time()) }
                @if !input.instance.has_household_rule() { li { (language.unchecked_household()) } }
                @if input.certificate.rule == "maximin" { li { (language.unchecked_levels()) } }
                @if searches(input.certificate) > 0 { li { (language.unchecked_search()) } }
            }
            p { (language.unchecked_report()) }
        }
    }
}

pub(super) fn glossary(input: &ReportInput<'_>, language: Language) -> Markup {
    let chance = match input.lottery.form {
        LotteryForm::Panels => language.about_chance_tickets(),
        LotteryForm::Compositions if input.instance.has_household_rule() => {
            language.about_chance_household()
        }
        LotteryForm::Compositions => language.about_chance(),
    };
    let words = [
        (language.word_pool(), language.about_pool()),
        (language.word_panel(), language.about_panel()),
        (language.word_quota(), language.about_quota()),
        (language.word_alternate(), language.about_alternate()),
        (language.word_chance(), chance),
        (language.word_ticket(), language.about_ticket()),
        (language.word_certificate(), language.about_certificate()),
        (language.word_commitment(), language.about_commitment()),
        (language.word_source(), language.about_source()),
    ];
    html! {
        section id="glossary" {
            h2 { (language.glossary()) }
            dl.pairs { @for (word, about) in words { dt { (word) } dd { (about) } } }
        }
    }
}
