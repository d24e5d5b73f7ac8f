//! Draws without an explicit lottery: a commitment, or a panel with its transcript and report.

use std::path::Path;

use kleroterion::lottery::{DirectDraw, DirectLottery, DirectRule, Sources};
use kleroterion::pool_commitment::Openings;
use kleroterion::{Instance, Ratio, audit, io};

use crate::arguments::{DirectPlan, Files, Origin, Promise, Task};
use crate::commands::{input_flags, program, quoted};
use crate::finish;
use crate::making::{
    self, both, committed_instance, instance, of_file, other_columns, published_digest, terms,
};
use crate::promised::{forms, source_flags};
use crate::record::{Record, private, public_direct};
use crate::stop::Stop;
use crate::summary::{Fact, columns, fact, seats, table};
use crate::texts::Lang;

/// Makes or reopens the commitment, draws when there are sources, writes and says what was done.
pub(crate) fn run(task: &Task) -> Result<(), Stop> {
    let unreadable = making::unreadable(task);
    if !unreadable.is_empty() {
        return Err(Stop::Input(unreadable));
    }
    let sources = task.sources.as_ref().map(Sources::new).transpose()?;
    let (lottery, openings) = match &task.origin {
        Origin::Direct(plan) => commit(task, plan)?,
        Origin::CommittedDirect(path) => (reopen(task, path)?, None),
        Origin::Computed(_) | Origin::Committed(_) => unreachable!("drawn from a lottery"),
    };
    let draw = sources.map(|sources| lottery.draw(&sources)).transpose()?;
    let record = Record::of_direct(&lottery, draw.as_ref(), task.lang)?
        .with_openings(openings.as_ref())?
        .screened(&task.screen)?;
    finish(task, record, lottery.instance())?;
    print!("{}", summary(task, &lottery, draw.as_ref()));
    Ok(())
}

fn commit(task: &Task, plan: &DirectPlan) -> Result<(DirectLottery, Option<Openings>), Stop> {
    let (instance, terms) = both(instance(task, plan.size), terms(&plan.promise))?;
    let openings = making::openings(task, &instance)?;
    let lottery = plan.rule.commit(&instance)?;
    let mut lottery = match (&plan.promise, terms) {
        (Promise::Terms(path), Some(terms)) => {
            lottery.on_terms(terms).map_err(|e| of_file(path, &e))?
        }
        (Promise::Announced(texts), _) if !texts.is_empty() => lottery.announce(texts)?,
        _ => lottery,
    };
    if let Some(openings) = &openings {
        lottery = lottery.commit_pool(&openings.root())?;
    }
    if let Some(limit) = plan.attempts {
        lottery = lottery.attempts(limit)?;
    }
    Ok((lottery, openings))
}

/// The terms of an earlier run, which say how the pool is to be read.
fn reopen(task: &Task, path: &Path) -> Result<DirectLottery, Stop> {
    let commit = io::json::read_direct_commit(path)?;
    let other = [
        published_digest(path, commit.commitment()?)?,
        other_columns(task, Some(&commit.columns), "--commit"),
    ]
    .concat();
    if !other.is_empty() {
        return Err(Stop::Input(other));
    }
    let instance = committed_instance(task, Some(&commit.columns), commit.panel_size)?;
    let refused = |error| {
        Stop::Input(vec![format!(
            "{} cannot be drawn from:\n{error}",
            path.display()
        )])
    };
    audit::reopen_direct(commit, &instance).map_err(refused)
}

/// What is printed when all is done.
fn summary(task: &Task, lottery: &DirectLottery, draw: Option<&DirectDraw>) -> String {
    let texts = task.lang.texts();
    let mut lines = Vec::new();
    if matches!(task.files, Files::Bundled) {
        lines.push(texts.bundled_pool.to_owned());
        if task.has_bundled_source {
            lines.push(texts.bundled_source.to_owned());
        }
        lines.push(String::new());
    }
    lines.extend(columns(facts(lottery, draw, task.lang)));
    lines.push(String::new());
    if let Some(draw) = draw {
        lines.extend(table(lottery.instance(), draw.panel(), texts));
        lines.push(String::new());
    }
    let private = private(task, draw.is_some());
    let private = (!private.is_empty()).then(|| fact(texts.private, private.join(", ")));
    let files = [
        fact(texts.folder, task.out.display().to_string()),
        fact(texts.publish, public_direct(draw.is_some()).join(", ")),
    ];
    lines.extend(columns(files.into_iter().chain(private).collect()));
    lines.push(String::new());
    lines.extend(advice(task, lottery, draw));
    lines.join("\n") + "\n"
}

fn facts(lottery: &DirectLottery, draw: Option<&DirectDraw>, lang: Lang) -> Vec<Fact> {
    let (texts, instance) = (lang.texts(), lottery.instance());
    let people = format!("{} {}", instance.len(), texts.people);
    let mut facts = vec![
        fact(texts.pool, people),
        fact(texts.seats, instance.size().to_string()),
        fact(texts.rule, lottery.rule().to_string()),
        fact(texts.certificate, texts.no_certificate),
    ];
    if let Some(chances) = lottery.probabilities() {
        let shown = |chance: Ratio| format!("{} ({chance})", lang.percent(chance.to_f64(), 4));
        let (lowest, highest) = (
            chances.iter().map(|c| c.1).min(),
            chances.iter().map(|c| c.1).max(),
        );
        match (lowest, highest) {
            (Some(low), Some(high)) if low == high => {
                facts.push(fact(texts.exact_chance, shown(low)));
            }
            (Some(low), Some(high)) => {
                let both = format!("{} – {}", shown(low), shown(high));
                facts.push(fact(texts.exact_chance, both));
            }
            _ => {}
        }
    }
    if let (Some(attempts), Some(limit)) = (
        draw.and_then(DirectDraw::attempts),
        lottery.commit().attempts,
    ) {
        let share = lang.percent(1.0 / f64::from(attempts.max(1)), 2);
        facts.push(fact(
            texts.attempts,
            format!(
                "{attempts} {} {limit}; {} {share}",
                texts.of, texts.acceptance
            ),
        ));
    }
    if let Some(evenness) = draw.and_then(DirectDraw::evenness) {
        let seats = |millionths: u64| lang.number(millionths as f64 / 1e6, 2);
        let reached = format!(
            "{} ({} {})",
            seats(evenness.distance),
            texts.no_less_than,
            seats(evenness.bound)
        );
        facts.push(fact(texts.distance, reached));
    }
    if let Some(draw) = draw.filter(|_| asks_no_quotas(lottery.rule())) {
        let (met, all) = met(instance, draw.panel());
        facts.push(fact(texts.quotas_met, format!("{met} {} {all}", texts.of)));
    }
    facts.push(fact(texts.commitment, lottery.commitment().to_string()));
    facts
}

/// What to do next, and what to know.
fn advice(task: &Task, lottery: &DirectLottery, draw: Option<&DirectDraw>) -> Vec<String> {
    let (texts, files) = (task.lang.texts(), input_flags(task));
    let in_out = |name: &str| quoted(&task.out.join(name).display().to_string());
    let mut advice = Vec::new();
    advice.push(if asks_no_quotas(lottery.rule()) {
        texts.no_quotas.to_owned()
    } else {
        texts.unknown_chances.to_owned()
    });
    if draw.is_some() {
        if matches!(task.origin, Origin::Direct(_)) && !task.has_bundled_source {
            advice.push(texts.unproven_direct.to_owned());
        }
        advice.push(texts.next_verify.to_owned());
        let transcript = in_out("transcript.json");
        advice.push(format!("  {} {transcript} {files}", program("verify")));
        return advice;
    }
    let sources = lottery.commit().sources.as_deref();
    if sources.is_none() {
        advice.push(texts.nothing_announced.to_owned());
    }
    let announced = sources.unwrap_or_default();
    let (commit, out) = (
        in_out("commit.json"),
        quoted(&task.out.display().to_string()),
    );
    advice.push(texts.next_draw.to_owned());
    advice.push(format!(
        "  {} --commit {commit} {files} {} --out {out}",
        program("draw"),
        source_flags(announced.len()),
    ));
    let fallbacks = lottery.commit().fallback.as_deref().unwrap_or_default();
    advice.extend(forms(announced, fallbacks, task.lang));
    advice
}

fn asks_no_quotas(rule: &DirectRule) -> bool {
    matches!(
        rule,
        DirectRule::Random | DirectRule::Stratified(_) | DirectRule::List(_)
    )
}

/// Quotas of the file that the panel meets, and all of them.
fn met(instance: &Instance, panel: &[String]) -> (usize, usize) {
    let seats = seats(instance, panel);
    let wished = instance.quotas().iter().zip(&seats);
    let wished: Vec<bool> = wished
        .filter(|(quota, _)| quota.row.is_some())
        .map(|(quota, seats)| (quota.min..=quota.max).contains(seats))
        .collect();
    (wished.iter().filter(|met| **met).count(), wished.len())
}
