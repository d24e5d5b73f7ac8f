//! Cards to stand on the tables: a big number, and who sits there.

use kleroterion::assembly::SeatingPlan;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("cards.css");

/// Two cards on a sheet, round by round.
pub(crate) fn html(plan: &SeatingPlan) -> String {
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Table cards" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                p.hint { "Print on A4, two cards to a sheet; cut along the dashed line. A new round begins on a new sheet." }
                @for round in &plan.rounds {
                    section {
                        @for (number, table) in (1..).zip(&round.tables) {
                            article {
                                header {
                                    p.round { "Round " (round.round) }
                                    p.table { span { "Table" } b { (number) } }
                                }
                                ol.many[table.members.len() > 12] {
                                    @for id in &table.members { li { (id) } }
                                }
                                @if !table.facilitators.is_empty() {
                                    p.facilitator { "Facilitator: " (table.facilitators.join(", ")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}
