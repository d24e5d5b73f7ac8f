//! The story in words.

use kleroterion::Instance;
use kleroterion::assembly::{Missed, Outcome, ReplacementRecord, Replacements, Reserves};

use crate::input::Input;

pub(crate) fn print(input: &Input, record: &ReplacementRecord, story: &Replacements) {
    let policy = match record.policy.reserves {
        Reserves::Ranked => {
            "ranked: the first in drawn order who keeps the quotas, else misses them by least"
        }
        Reserves::Matched => {
            "matched: the first in drawn order with the same values, else the nearest who keeps the quotas best"
        }
        Reserves::Shadows => "shadows: every member has one alternate, who alone may step in",
        _ => "none: nobody is replaced",
    };
    println!("Policy      {policy}");
    if let Some(day) = &record.policy.cut_off {
        println!("Cut-off     {day}: whoever leaves later is not replaced");
    }
    println!("Transcript  {}", record.transcript);
    println!("Record      {}\n", record.digest);
    if story.steps.is_empty() {
        println!("Nobody dropped out.");
    }
    if !story.missed_before.is_empty() {
        println!(
            "Missed before anybody left: {}",
            listed(&story.missed_before)
        );
    }
    let mut before = &story.missed_before;
    for step in &story.steps {
        let what = match &step.outcome {
            Outcome::ReplacedBy(id) => format!("{id} takes the seat"),
            Outcome::Vacant(why) => format!("the seat stays empty: {why}"),
            _ => "an alternate who leaves the list".to_owned(),
        };
        println!("{}  {} leaves; {what}", step.dropout.date, step.dropout.id);
        if step.missed != *before {
            let now = if step.missed.is_empty() {
                "all quotas are met again".to_owned()
            } else {
                format!("now missed: {}", listed(&step.missed))
            };
            println!("            {now}");
        }
        before = &step.missed;
    }
    table(&input.instance, input.panel(), &story.panel);
}

fn listed(missed: &[Missed]) -> String {
    let texts: Vec<String> = missed.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

/// Every quota with the seats at the draw and at the end.
fn table(instance: &Instance, drawn: &[String], last: &[String]) {
    let (before, after) = (seats(instance, drawn), seats(instance, last));
    let name = |at: usize| {
        let quota = &instance.quotas()[at];
        format!("{} = {}", quota.feature, quota.value)
    };
    let width = (0..before.len())
        .map(|at| name(at).chars().count())
        .max()
        .unwrap_or(0);
    println!(
        "\n{:width$}  {:>8}  {:>6}  {:>5}",
        "Quota", "asked", "drawn", "now"
    );
    for (at, quota) in instance.quotas().iter().enumerate() {
        let asked = format!("{} to {}", quota.min, quota.max);
        let is_missed = after[at] < quota.min || after[at] > quota.max;
        let mark = if is_missed { "  missed" } else { "" };
        println!(
            "{:width$}  {asked:>8}  {:>6}  {:>5}{mark}",
            name(at),
            before[at],
            after[at]
        );
    }
    println!(
        "{:width$}  {:>8}  {:>6}  {:>5}",
        "Panel",
        instance.size(),
        drawn.len(),
        last.len()
    );
}

fn seats(instance: &Instance, ids: &[String]) -> Vec<u32> {
    instance.people_per_quota(ids.iter().filter_map(|id| instance.find(id)))
}
