//! What the program prints when all is done.

use std::fmt::Write as _;

use kleroterion::certificate::Proof;
use kleroterion::{Ratio, metrics};

use crate::arguments::{Origin, Task};
use crate::making::Made;
use crate::record::{PRIVATE, PUBLIC};
use crate::texts::{Lang, Texts};

/// People on no panel who are named before the rest is counted.
const NAMED: usize = 20;

/// The whole text.
pub fn of(task: &Task, made: &Made) -> String {
    let summary = Summary {
        lang: task.lang,
        texts: task.lang.texts(),
        made,
    };
    let mut lines = Vec::new();
    if task.is_bundled() {
        lines.extend([summary.texts.bundled.to_owned(), String::new()]);
    }
    lines.extend(columns(summary.facts()));
    if made.draw.is_some() {
        lines.push(String::new());
        lines.extend(summary.table());
    }
    lines.push(String::new());
    lines.extend(columns(summary.files()));
    lines.push(String::new());
    lines.extend(summary.next(task));
    lines.join("\n") + "\n"
}

struct Summary<'a> {
    lang: Lang,
    texts: &'static Texts,
    made: &'a Made,
}

/// A line of two columns: what, and how much.
type Fact = (String, String);

impl Summary<'_> {
    fn facts(&self) -> Vec<Fact> {
        let (texts, instance, lottery) = (self.texts, &self.made.instance, &self.made.lottery);
        let types: usize = instance
            .groups()
            .iter()
            .map(|group| group.profiles().len())
            .sum();
        let mut facts = vec![
            fact(
                texts.pool,
                format!(
                    "{} {}, {types} {}",
                    instance.len(),
                    texts.people,
                    texts.types
                ),
            ),
            fact(texts.seats, instance.size().to_string()),
            fact(texts.rule, lottery.certificate().rule.clone()),
        ];
        facts.extend(self.chances());
        let weights = lottery.weights();
        let form = if lottery.is_panel_list() {
            texts.panels
        } else {
            texts.compositions
        };
        facts.push(fact(form, weights.len().to_string()));
        if let Some(largest) = metrics::largest_weight(weights) {
            facts.push(fact(texts.largest, self.lang.percent(largest.to_f64(), 3)));
        }
        facts.push(fact(
            texts.effective,
            self.lang.number(metrics::effective_number(weights), 1),
        ));
        facts.push(fact(texts.commitment, lottery.commitment().to_string()));
        if let Some(draw) = &self.made.draw {
            facts.push(fact(
                texts.ticket,
                format!("{} {} {}", draw.ticket(), texts.of, lottery.denominator()),
            ));
        }
        facts
    }

    /// The chances, and what is proven of them.
    fn chances(&self) -> Vec<Fact> {
        let (texts, lang, lottery) = (self.texts, self.lang, &self.made.lottery);
        let chances: Vec<Ratio> = lottery
            .probabilities()
            .into_iter()
            .filter(|p| p.numerator > 0)
            .collect();
        let mut facts = Vec::new();
        if let Some(lowest) = metrics::lowest(&chances) {
            facts.push(fact(texts.lowest, lang.percent(lowest.to_f64(), 7)));
        }
        if let Some(level) = lottery.certificate().levels.first() {
            let mut bound = lang.percent(level.bound as f64 / 1e12, 7);
            if lottery.is_panel_list() {
                write!(bound, " {}", texts.before_rounding).expect("text grows");
            }
            if matches!(level.proof, Proof::Search { .. }) {
                write!(bound, " ({})", texts.unproven).expect("text grows");
            }
            facts.push(fact(texts.bound, bound));
        }
        facts.extend(self.excluded());
        let equal = f64::from(self.made.instance.size()) / self.made.instance.len() as f64;
        facts.push(fact(texts.equal, lang.percent(equal, 4)));
        facts.push(fact(texts.gini, lang.number(metrics::gini(&chances), 4)));
        facts.push(fact(
            texts.geometric,
            lang.percent(metrics::geometric_mean(&chances), 4),
        ));
        facts
    }

    /// The people who can be on no panel, by id.
    fn excluded(&self) -> Option<Fact> {
        let groups = self.made.instance.groups();
        let mut people: Vec<u32> = Vec::new();
        for exclusion in &self.made.lottery.certificate().excluded {
            let role = exclusion.role as usize;
            people.extend(
                groups[exclusion.group as usize]
                    .units()
                    .iter()
                    .flat_map(|unit| &unit[role]),
            );
        }
        people.sort_unstable();
        let ids: Vec<&str> = people
            .iter()
            .take(NAMED)
            .map(|&person| self.made.instance.person(person).id())
            .collect();
        let more = people.len() - ids.len();
        let rest = if more > 0 {
            format!(" + {more} {}", self.texts.and_more)
        } else {
            String::new()
        };
        (!people.is_empty()).then(|| {
            fact(
                self.texts.excluded,
                format!("{}: {}{rest}", people.len(), ids.join(", ")),
            )
        })
    }

    /// Every quota, and the seats that the drawn panel gives it.
    fn table(&self) -> Vec<String> {
        let instance = &self.made.instance;
        let mut seats = vec![0_u32; instance.quotas().len()];
        let panel = self.made.draw.iter().flat_map(|draw| draw.panel());
        for person in panel.filter_map(|id| instance.index_of(id)) {
            instance
                .profile(person)
                .iter()
                .for_each(|&quota| seats[quota as usize] += 1);
        }
        let rows = instance.quotas().iter().zip(seats).map(|(quota, seats)| {
            [
                quota.feature.clone(),
                quota.value.clone(),
                format!("{}..{}", quota.min, quota.max),
                seats.to_string(),
            ]
        });
        let rows: Vec<[String; 4]> = [self.texts.table.map(str::to_owned)]
            .into_iter()
            .chain(rows)
            .collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let [first, second, third, fourth] = [width(0), width(1), width(2), width(3)];
        rows.iter()
            .map(|[f, v, q, s]| format!("{f:first$}  {v:second$}  {q:>third$}  {s:>fourth$}"))
            .collect()
    }

    fn files(&self) -> Vec<Fact> {
        let written = |names: &[&str]| {
            let drawn = self.made.draw.is_some();
            let names = names
                .iter()
                .filter(|name| drawn || !AFTER_DRAW.contains(name));
            names.copied().collect::<Vec<_>>().join(", ")
        };
        let mut files = vec![fact(self.texts.publish, written(&PUBLIC))];
        if self.made.draw.is_some() {
            files.push(fact(self.texts.private, written(&PRIVATE)));
        }
        files
    }
}

fn fact(name: &str, text: impl Into<String>) -> Fact {
    (name.to_owned(), text.into())
}

/// Names in a first column as wide as the longest.
fn columns(facts: Vec<Fact>) -> Vec<String> {
    let width = facts
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    facts
        .into_iter()
        .map(|(name, text)| format!("{name:width$}  {text}"))
        .collect()
}
