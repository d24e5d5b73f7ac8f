//! The pages that members read, in their language: the list for the door and the cards for the tables.

use std::collections::BTreeMap;

use kleroterion::Error;
use kleroterion::assembly::{PlannedRound, SeatingPlan, SeatingReport};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::meetings::PLAN;
use crate::seating::ROUNDS;
use crate::story::day;
use crate::words::danish;

const DOOR: &str = include_str!("../seating/page.css");
const CARDS: &str = include_str!("../seating/cards.css");
/// Eight columns of rounds and everybody on one sheet of paper.
const CLOSE: &str = "table { font-size: 9.5pt; line-height: 1.25; } th, td { padding: .45mm 2mm; } td.n { font-size: 10.5pt; } thead th { font-size: 9.5pt; }
thead th[colspan] { border-bottom-width: 1px; } .first { border-left: 1.5px solid #111; } .here { font-size: 12pt; margin: 0 0 3mm; }
.table p { margin: 2mm 0 0; }";

/// Where a round belongs: the meeting, its day, and the round of that meeting.
struct Place {
    meeting: String,
    day: String,
    round: u32,
}

fn place(round: u32) -> Result<Place, Error> {
    let at = (round - 1) / ROUNDS;
    let (name, date, _) = PLAN[at as usize];
    Ok(Place {
        meeting: danish(name),
        day: written(date)?,
        round: (round - 1) % ROUNDS + 1,
    })
}

/// `14. marts 2026`.
pub(crate) fn written(date: &str) -> Result<String, Error> {
    const MONTHS: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let (year, month, day) = day(date)?.parts();
    Ok(format!("{day}. {} {year}", MONTHS[month as usize - 1]))
}

fn page(title: &str, styles: [&str; 2], body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="da" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                @for style in styles { style { (PreEscaped(style)) } }
            }
            body { (body) }
        }
    };
    page.into_string()
}

/// Everybody's tables, then every round, then what the plan achieves.
pub(crate) fn door(plan: &SeatingPlan, report: &SeatingReport) -> Result<String, Error> {
    let mut rounds = Vec::new();
    for round in &plan.rounds {
        rounds.push(tables(round)?);
    }
    let body = html! {
        (list(plan)?)
        @for round in &rounds { (round) }
        (achieved(plan, report))
    };
    Ok(page("Bordplan", [DOOR, CLOSE], &body))
}

/// Find your line, read your table.
fn list(plan: &SeatingPlan) -> Result<Markup, Error> {
    let mut ways: BTreeMap<&str, BTreeMap<u32, u32>> = BTreeMap::new();
    for round in &plan.rounds {
        for (number, table) in (1..).zip(&round.tables) {
            for id in &table.members {
                ways.entry(id).or_default().insert(round.round, number);
            }
        }
    }
    let mut heads: Vec<(Place, u32)> = Vec::new();
    for round in &plan.rounds {
        let here = place(round.round)?;
        match heads
            .last_mut()
            .filter(|(last, _)| last.meeting == here.meeting)
        {
            Some((_, columns)) => *columns += 1,
            None => heads.push((here, 1)),
        }
    }
    let side = |round: &PlannedRound| {
        if (round.round - 1).is_multiple_of(ROUNDS) {
            "n first"
        } else {
            "n"
        }
    };
    Ok(html! {
        section.door {
            h1 { "Find dit bord" }
            p.here { "Find dit nummer i første kolonne. På linjen står dit bord i hver runde." }
            table {
                thead {
                    tr {
                        th scope="col" rowspan="2" { "Nummer" }
                        @for (place, columns) in &heads {
                            th.n.first scope="colgroup" colspan=(columns) { (place.meeting) br; (place.day) }
                        }
                    }
                    tr {
                        @for round in &plan.rounds {
                            th class=(side(round)) scope="col" { "Runde " ((round.round - 1) % ROUNDS + 1) }
                        }
                    }
                }
                tbody {
                    @for (id, way) in &ways {
                        tr {
                            th scope="row" { (id) }
                            @for round in &plan.rounds {
                                td class=(side(round)) { @match way.get(&round.round) { Some(table) => (table), None => "–" } }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// One round, table by table.
fn tables(round: &PlannedRound) -> Result<Markup, Error> {
    let Place {
        meeting,
        day,
        round: number,
    } = place(round.round)?;
    Ok(html! {
        section {
            h2 { (meeting) ", runde " (number) }
            p.here { (day) }
            div.tables {
                @for (number, table) in (1..).zip(&round.tables) {
                    div.table {
                        h3 { span { "Bord " } (number) }
                        ul { @for id in &table.members { li { (id) } } }
                        p { "Facilitator: " (table.facilitators.join(", ")) }
                    }
                }
            }
        }
    })
}

/// For whoever made the plan.
fn achieved(plan: &SeatingPlan, report: &SeatingReport) -> Markup {
    let (fewest, most) = report.partners;
    let rounds = plan.rounds.len();
    html! {
        section {
            h2 { "Hvad planen opnår" }
            ul.plain {
                li {
                    @if rounds as u32 <= ROUNDS { "Fra dette møde til det sidste: " }
                    (report.distinct_pairs) " par af medlemmer mødes for første gang ved et bord."
                }
                li {
                    "Ingen plan med disse borde og runder kan nå mere end " (report.bound.pairs) " par."
                    @if report.distinct_pairs == report.bound.pairs { " Denne plan når det." }
                }
                li { "Ingen sidder ved bord med den samme mere end " (times(report.largest_repeat)) "." }
                li {
                    "Hvert medlem møder " (fewest) " til " (most) " andre. " (report.never_met) " par mødes aldrig."
                }
                li {
                    @if report.imbalance == 0 {
                        "Ved hvert bord er hver gruppe repræsenteret efter sin andel, rundet op eller ned."
                    } @else {
                        "Ved bordene er der i alt " (report.imbalance) " gange én for meget eller for lidt fra en gruppe, alle runder lagt sammen."
                    }
                }
            }
        }
    }
}

fn times(count: u32) -> String {
    match count {
        0 | 1 => "én gang".to_owned(),
        n => format!("{n} gange"),
    }
}

/// Cards to stand on the tables, two to a sheet, round by round.
pub(crate) fn cards(plan: &SeatingPlan) -> Result<String, Error> {
    let mut sections = Vec::new();
    for round in &plan.rounds {
        sections.push((place(round.round)?, &round.tables));
    }
    let body = html! {
        p.hint { "Udskriv på A4, to kort på hvert ark, og klip ved den stiplede linje. Hver runde begynder på et nyt ark." }
        @for (place, tables) in &sections {
            section {
                @for (number, table) in (1..).zip(tables.iter()) {
                    article {
                        header {
                            p.round { (place.meeting) br; "Runde " (place.round) }
                            p.table { span { "Bord" } b { (number) } }
                        }
                        ol { @for id in &table.members { li { (id) } } }
                        p.facilitator { "Facilitator: " (table.facilitators.join(", ")) }
                    }
                }
            }
        }
    };
    Ok(page("Bordkort", [CARDS, ""], &body))
}
