//! What the program prints when all is done.

use kleroterion::certificate::Proof;
use kleroterion::{Instance, Ratio, metrics};

use crate::arguments::{Files, Origin, Task};
use crate::commands::{input_flags, program, quoted};
use crate::making::Made;
use crate::page;
use crate::promised::{forms, source_flags};
use crate::record;
use crate::texts::{Lang, Texts};

/// People on no panel who are named; of more there is a count.
const NAMED: usize = 20;

/// The whole text.
pub(crate) fn of(task: &Task, made: &Made) -> String {
    let summary = Summary {
        lang: task.lang,
        texts: task.lang.texts(),
        made,
    };
    let mut lines = Vec::new();
    if matches!(task.files, Files::Bundled) {
        lines.push(summary.texts.bundled_pool.to_owned());
        if task.has_bundled_source {
            lines.push(summary.texts.bundled_source.to_owned());
        }
        lines.push(String::new());
    }
    lines.extend(columns(summary.facts()));
    lines.push(String::new());
    if let Some(draw) = &made.draw {
        lines.extend(table(made.instance(), draw.panel(), summary.texts));
        lines.push(String::new());
    }
    lines.extend(columns(summary.files(task)));
    lines.push(String::new());
    lines.extend(summary.advice(task));
    lines.join("\n") + "\n"
}

struct Summary<'a> {
    lang: Lang,
    texts: &'static Texts,
    made: &'a Made,
}

/// A line of two columns: what, and how much.
pub(crate) type Fact = (String, String);

impl Summary<'_> {
    fn facts(&self) -> Vec<Fact> {
        let (texts, lottery, instance) = (self.texts, &self.made.lottery, self.made.instance());
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
        let weights = lottery.record().weights();
        let form = if page::is_panel_list(lottery) {
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
                format!(
                    "{} {} {}",
                    draw.ticket(),
                    texts.of,
                    lottery.record().denominator()
                ),
            ));
        }
        facts
    }

    /// The chances, and what is proven of them. People who fit no panel are named and left out of the figures.
    fn chances(&self) -> Vec<Fact> {
        let (texts, lang, lottery) = (self.texts, self.lang, &self.made.lottery);
        let chances = self.chances_of_eligible();
        let positive: Vec<Ratio> = chances
            .iter()
            .copied()
            .filter(|p| p.numerator > 0)
            .collect();
        let mut facts = Vec::new();
        if let Some(lowest) = metrics::lowest(&chances) {
            facts.push(fact(texts.lowest, lang.percent(lowest.to_f64(), 7)));
        }
        let certificate = lottery.certificate();
        if let Some(objective) = &certificate.objective {
            if let Some(highest) = metrics::highest(&chances) {
                facts.push(fact(texts.highest, lang.percent(highest.to_f64(), 7)));
            }
            let searched = objective.search.as_ref();
            let gap = searched.map_or(objective.gap, |s| s.gap.min(objective.gap));
            let gap = lang.percent(Ratio::new(gap, 1_000_000_000_000).to_f64(), 10);
            let search = if searched.is_some() {
                texts.by_search
            } else {
                ""
            };
            facts.push(fact(texts.gap, gap + search));
        } else if let Some(level) = certificate.levels.first() {
            let bound = lang.percent(Ratio::new(level.bound, 1_000_000_000_000).to_f64(), 7);
            let rounding = if page::is_panel_list(lottery) {
                texts.before_rounding
            } else {
                ""
            };
            let search = if matches!(level.proof, Proof::Search { .. }) {
                texts.by_search
            } else {
                ""
            };
            facts.push(fact(texts.bound, bound + rounding + search));
        }
        if let Some(deviation) = page::deviation(lottery) {
            let points = format!("{} {}", lang.number(deviation * 100.0, 4), texts.points);
            facts.push(fact(texts.deviation, points));
        }
        facts.extend(self.excluded());
        facts.extend(self.unseated(chances.len() - positive.len()));
        let equal = Ratio::new(
            self.made.instance().size().into(),
            self.made.instance().len() as u64,
        );
        facts.push(fact(texts.equal, lang.percent(equal.to_f64(), 4)));
        facts.push(fact(texts.gini, lang.number(metrics::gini(&chances), 4)));
        facts.push(fact(
            texts.geometric,
            lang.percent(metrics::geometric_mean(&positive), 4),
        ));
        facts
    }

    /// Chances of all who fit some panel; 0 of somebody on no panel of the lottery.
    fn chances_of_eligible(&self) -> Vec<Ratio> {
        let (lottery, instance) = (&self.made.lottery, self.made.instance());
        let excluded = lottery.certificate().excluded.iter();
        let excluded: usize = excluded
            .map(|e| instance.groups()[e.group as usize].people_in(e.role as usize))
            .sum();
        let chances = lottery.probabilities().into_iter().map(|(_, p)| p);
        let mut chances: Vec<Ratio> = chances.collect();
        chances.sort_by_key(|p| p.numerator > 0);
        chances.split_off(excluded.min(chances.len()))
    }

    /// How many could be on a panel and are on none of the lottery's.
    fn unseated(&self, people: usize) -> Option<Fact> {
        (people > 0).then(|| {
            let count = format!("{people} {}", self.texts.people);
            fact(self.texts.unseated, count)
        })
    }

    /// The people who can be on no panel, by id.
    fn excluded(&self) -> Option<Fact> {
        let instance = self.made.instance();
        let mut people: Vec<u32> = Vec::new();
        for exclusion in &self.made.lottery.certificate().excluded {
            let units = instance.groups()[exclusion.group as usize].units();
            people.extend(units.iter().flat_map(|unit| &unit[exclusion.role as usize]));
        }
        people.sort_unstable();
        let ids: Vec<&str> = people
            .iter()
            .take(NAMED)
            .map(|&person| instance.person(person).id())
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

    fn files(&self, task: &Task) -> Vec<Fact> {
        let drawn = self.made.draw.is_some();
        let private = record::private(task, drawn);
        let private = (!private.is_empty()).then(|| fact(self.texts.private, private.join(", ")));
        let folder = fact(self.texts.folder, task.out.display().to_string());
        [
            folder,
            fact(self.texts.publish, record::public(drawn).join(", ")),
        ]
        .into_iter()
        .chain(private)
        .collect()
    }

    /// What to do next, and what to know.
    fn advice(&self, task: &Task) -> Vec<String> {
        let (texts, files) = (self.texts, input_flags(task));
        let in_out = |name: &str| quoted(&task.out.join(name).display().to_string());
        let mut advice = Vec::new();
        if self.made.draw.is_some() {
            if matches!(task.origin, Origin::Computed(_)) && !task.has_bundled_source {
                advice.push(texts.unproven_order.to_owned());
            }
            advice.push(texts.next_verify.to_owned());
            advice.push(format!(
                "  {} {} {files}",
                program("verify"),
                in_out("transcript.json")
            ));
            return advice;
        }
        let sources = self.made.lottery.commit().sources.as_deref();
        if sources.is_none() {
            advice.push(texts.nothing_announced.to_owned());
        }
        let announced = sources.unwrap_or_default();
        let (lottery, out) = (
            in_out("lottery.json"),
            quoted(&task.out.display().to_string()),
        );
        advice.push(texts.next_draw.to_owned());
        advice.push(format!(
            "  {} --lottery {lottery} {files} {} --out {out}",
            program("draw"),
            source_flags(announced.len()),
        ));
        let fallbacks = self.made.lottery.commit().fallback.as_deref();
        advice.extend(forms(announced, fallbacks.unwrap_or_default(), task.lang));
        advice
    }
}

/// The seats that a panel gives every quota of the canonical order.
pub(crate) fn seats(instance: &Instance, panel: &[String]) -> Vec<u32> {
    instance.people_per_quota(panel.iter().filter_map(|id| instance.find(id)))
}

/// Every quota in the order of its file, and the seats that the drawn panel gives it.
pub(crate) fn table(instance: &Instance, panel: &[String], texts: &Texts) -> Vec<String> {
    let seats = seats(instance, panel);
    // People outside the cells of a joint quota have no row and no limit.
    let mut rows: Vec<_> = instance.quotas().iter().zip(seats).collect();
    rows.retain(|(quota, _)| quota.row.is_some());
    rows.sort_by_key(|(quota, _)| quota.row);
    let cells = rows.into_iter().map(|(quota, seats)| {
        [
            quota.feature.clone(),
            quota.value.clone(),
            format!("{}..{}", quota.min, quota.max),
            seats.to_string(),
        ]
    });
    let cells: Vec<[String; 4]> = std::iter::once(texts.table.map(str::to_owned))
        .chain(cells)
        .collect();
    let width = |column: usize| {
        cells
            .iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let [first, second, third, fourth] = [width(0), width(1), width(2), width(3)];
    cells
        .iter()
        .map(|[f, v, q, s]| format!("{f:first$}  {v:second$}  {q:>third$}  {s:>fourth$}"))
        .collect()
}

pub(crate) fn fact(name: &str, text: impl Into<String>) -> Fact {
    (name.to_owned(), text.into())
}

/// Names in a first column as wide as the longest.
pub(crate) fn columns(facts: Vec<Fact>) -> Vec<String> {
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
