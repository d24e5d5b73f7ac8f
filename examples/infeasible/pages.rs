//! What is printed.

use std::fmt::Write as _;
use std::path::Path;

use kleroterion::feasibility::{
    Case, Goal, Households, Inclusion, Outlier, Relaxation, Suggestions,
};
use kleroterion::{Infeasibility, Instance};

use crate::arguments::Arguments;

pub(crate) const BUNDLED: &str = "\
Demonstration on bundled synthetic data: 669 people, 36 seats, an assembly on renting in old age. With your own data:
infeasible --quotas FILE --pool FILE --size N [--household COLUMN,...]";

/// The quotas with room for everybody.
pub(crate) const EVERYBODY: &str = "include-everyone.csv";

/// Ids that are listed; of more people only the number is given.
const IDS: usize = 10;

/// The file of a suggestion.
pub(crate) fn name(number: usize) -> String {
    format!("suggestion-{number}.csv")
}

/// Why there is no panel.
pub(crate) fn clash(case: &Case, finding: &Infeasibility) -> String {
    let mut text = finding.to_string();
    if finding.minimal {
        text += "\nEach line is needed: without any one of them, the others can be met.";
    } else {
        text += "\nNot every line may be needed: the work limit came before that was known.";
    }
    if !case.misfits().is_empty() {
        text += "\n\nAll that can be read off without a search:";
        for problem in case.misfits() {
            let _ = write!(text, "\n  {problem}");
        }
    }
    text + "\n"
}

/// What would help.
pub(crate) fn suggestions(arguments: &Arguments, found: &Suggestions) -> String {
    let mut text = String::new();
    if found.relaxations.is_empty() {
        text += "No suggestion.\n";
    } else {
        text += "What would help. Each was checked: with it, a panel exists.\n";
    }
    for (number, relaxation) in (1..).zip(&found.relaxations) {
        let goals: Vec<String> = relaxation.goals.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "\n{number}. {}", goals.join(", "));
        text += &changes(relaxation);
        let file = arguments.out.join(name(number));
        let _ = writeln!(text, "   {}", command(arguments, relaxation, &file));
    }
    let no = |goal: &Goal| match goal {
        Goal::PanelSize => Some("No other panel size helps while the quotas stay."),
        Goal::HouseholdRule if !arguments.household.is_empty() => {
            Some("Dropping the household rule does not help by itself.")
        }
        Goal::Weighted => Some(
            "No change of quotas helps within min_flex and max_flex, this size and the household rule.",
        ),
        _ => None,
    };
    for line in found.without.iter().filter_map(no) {
        let _ = writeln!(text, "\n{line}");
    }
    for goal in &found.unsettled {
        let _ = writeln!(
            text,
            "\nThe work limit came before an answer for: {goal}. Allow more with --work-limit."
        );
    }
    text
}

fn changes(relaxation: &Relaxation) -> String {
    let mut text = String::new();
    for change in &relaxation.quotas {
        let _ = writeln!(text, "   {change}");
    }
    let (before, after) = relaxation.size;
    if before != after {
        let _ = writeln!(text, "   {after} seats instead of {before}");
    }
    match relaxation.households {
        Households::AtMost(most) => {
            let _ = writeln!(text, "   up to {most} people of a household may sit");
        }
        Households::Dropped => text += "   all people of a household may sit\n",
        _ => {}
    }
    text
}

/// How to draw with a suggestion.
fn command(arguments: &Arguments, relaxation: &Relaxation, quotas: &Path) -> String {
    let bundled = Path::new("examples/data/pool.csv");
    let pool = arguments.pool.as_deref().unwrap_or(bundled);
    let mut text = format!(
        "draw --quotas {} --pool {} --size {}",
        quotas.display(),
        pool.display(),
        relaxation.size.1
    );
    if let Some(id) = &arguments.id {
        let _ = write!(text, " --id {id:?}");
    }
    let most = match relaxation.households {
        Households::AsBefore => arguments.household_most.unwrap_or(1),
        Households::AtMost(most) => most,
        _ => return text,
    };
    if !arguments.household.is_empty() {
        let _ = write!(text, " --household {:?}", arguments.household.join(","));
        if most > 1 {
            let _ = write!(text, " --household-most {most}");
        }
    }
    text
}

/// That there is a panel, and for whom.
pub(crate) fn exists(instance: &Instance, inclusion: &Inclusion) -> String {
    let mut text = format!(
        "A panel of {} exists: nothing has to change.\n",
        instance.size()
    );
    let of = |outliers: &[Outlier]| {
        let count: usize = outliers.iter().map(|o| o.ids.len()).sum();
        format!("{count} of {} people", inclusion.people)
    };
    if inclusion.excluded.is_empty() {
        text += "Everybody in the pool can be on one.\n";
    } else {
        let _ = writeln!(
            text,
            "\nNo panel can include these {}:",
            of(&inclusion.excluded)
        );
        text += &outliers(&inclusion.excluded, "with one of them, these clash");
    }
    if !inclusion.certain.is_empty() {
        let _ = writeln!(
            text,
            "\nThese {} are on every panel:",
            of(&inclusion.certain)
        );
        text += &outliers(&inclusion.certain, "without one of them, these clash");
    }
    text
}

/// One entry per set of rules.
fn outliers(outliers: &[Outlier], clash: &str) -> String {
    let mut text = String::new();
    let mut seen: Vec<(String, Vec<&str>)> = Vec::new();
    for outlier in outliers {
        let parts = outlier.cause.parts().join("; ");
        let ids = outlier.ids.iter().map(String::as_str);
        match seen.iter_mut().find(|(cause, _)| *cause == parts) {
            Some((_, people)) => people.extend(ids),
            None => seen.push((parts, ids.collect())),
        }
    }
    for (cause, mut ids) in seen {
        ids.sort_unstable();
        let more = ids.len().saturating_sub(IDS);
        ids.truncate(IDS);
        let and_more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "   {}{and_more}\n      {clash}: {cause}",
            ids.join(", ")
        );
    }
    text
}

/// The least change that lets everybody in.
pub(crate) fn everybody(arguments: &Arguments, found: Option<&Relaxation>) -> String {
    match found {
        None => {
            "\nNo change of quotas within min_flex and max_flex lets everybody be on some panel.\n"
                .into()
        }
        Some(relaxation) => format!(
            "\nThe smallest weighted change after which everybody can be on some panel:\n{}   {}\n",
            changes(relaxation),
            command(arguments, relaxation, &arguments.out.join(EVERYBODY))
        ),
    }
}
