//! The list for the door, and the tables of every round.

use std::collections::BTreeMap;

use kleroterion::assembly::{SeatingPlan, SeatingReport};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");

/// Everybody's tables by id, then every round, then what the plan achieves.
pub(crate) fn html(plan: &SeatingPlan, report: &SeatingReport) -> String {
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Seating" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (door(plan))
                @for round in &plan.rounds {
                    section {
                        h2 { "Round " (round.round) }
                        div.tables {
                            @for (number, table) in (1..).zip(&round.tables) {
                                div.table {
                                    h3 { span { "Table " } (number) }
                                    ul { @for id in table.everybody() { li { (id) } } }
                                }
                            }
                        }
                    }
                }
                (achieved(plan, report))
            }
        }
    };
    page.into_string()
}

/// Find your line, read your table.
fn door(plan: &SeatingPlan) -> Markup {
    let mut ways: BTreeMap<&str, BTreeMap<u32, u32>> = BTreeMap::new();
    for (round, table, id) in plan.seats() {
        ways.entry(id).or_default().insert(round, table);
    }
    html! {
        section.door {
            h1 { "Your tables" }
            p { "Find your line: the numbers are your tables, round by round." }
            table {
                thead {
                    tr {
                        th scope="col" { "Member" }
                        @for round in &plan.rounds { th.n scope="col" { "Round " (round.round) } }
                    }
                }
                tbody {
                    @for (id, way) in &ways {
                        tr {
                            th scope="row" { (id) }
                            @for round in &plan.rounds {
                                td.n { @match way.get(&round.round) { Some(table) => (table), None => "–" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// For whoever made the plan.
fn achieved(plan: &SeatingPlan, report: &SeatingReport) -> Markup {
    let (fewest, most) = report.partners;
    html! {
        section {
            h2 { "What this plan achieves" }
            ul.plain {
                li { (report.distinct_pairs) " pairs meet for the first time, in " (report.seat_pairs) " meetings at tables." }
                li {
                    "No plan for these tables and rounds lets more than " (report.bound.pairs) " pairs meet."
                    @if report.distinct_pairs == report.bound.pairs { " This plan reaches that." }
                }
                li { "Nobody shares a table with the same person more often than " (times(report.largest_repeat)) "." }
                li { "Everybody meets " (fewest) " to " (most) " others in " (plan.rounds.len()) " rounds; " (report.never_met) " pairs never meet." }
                li {
                    @if report.imbalance == 0 {
                        "At every table, every value of the chosen columns has its share, rounded down or up."
                    } @else {
                        (report.imbalance) " people are too many or too few of a value at their tables, added up over all rounds."
                    }
                }
            }
        }
    }
}

fn times(count: u32) -> String {
    match count {
        0 | 1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}
