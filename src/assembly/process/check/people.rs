//! Selection, quotas, support, turnover.

use super::{Kind, Report, Rule, listed, seats_fit};
use crate::assembly::process::people::{Criterion, Membership, Recruitment, Selection};

pub(super) fn check(report: &mut Report<'_>) {
    let recruitment = report.case.recruitment.clone().unwrap_or_default();
    selection(report, &recruitment);
    quotas(report, &recruitment);
    if let Some(counts) = report.case.membership.clone() {
        turnover(report, &recruitment, &counts);
    }
}

fn selection(report: &mut Report<'_>, recruitment: &Recruitment) {
    let how = match recruitment.selection {
        None => {
            report.add(
                Rule::RandomSelection,
                Kind::Unrecorded,
                "how members were selected is not recorded",
                "udvælgelsesmåden er ikke oplyst",
            );
            None
        }
        Some(Selection::StratifiedLottery | Selection::SimpleLottery) => None,
        Some(Selection::QuotaRecruitment) => Some((
            "an agency recruited to quotas",
            "et bureau rekrutterede efter kvoter",
        )),
        Some(Selection::SelfSelection) => Some(("whoever came took part", "de, der kom, deltog")),
        Some(Selection::Appointment) => {
            Some(("members were appointed", "medlemmerne blev udpeget"))
        }
    };
    if let Some((english, danish)) = how {
        report.add(Rule::RandomSelection, Kind::Short, english, danish);
    }
    if recruitment.method_published.trim().is_empty() {
        report.add(
            Rule::MethodPublished,
            Kind::Unrecorded,
            "no place is recorded where it can be read",
            "det er ikke oplyst, hvor den kan læses",
        );
    }
    if recruitment.support.is_empty() {
        report.add(
            Rule::Support,
            Kind::Unrecorded,
            "no pay, expenses or other support is recorded",
            "der er ikke oplyst honorar, udgiftsdækning eller anden støtte",
        );
    }
}

fn quotas(report: &mut Report<'_>, recruitment: &Recruitment) {
    let criteria = &recruitment.criteria;
    if criteria.is_empty() {
        report.add(
            Rule::QuotasSum,
            Kind::Unrecorded,
            "what the panel had to look like is not recorded",
            "det er ikke oplyst, hvad panelet skulle afspejle",
        );
        return;
    }
    let bare = criteria.iter().filter(|one| one.quotas.is_empty());
    let bare = listed(bare.map(|one| one.feature.as_str()));
    if !bare.is_empty() {
        report.add(
            Rule::QuotasSum,
            Kind::Unrecorded,
            format!("quotas are not recorded of {bare}"),
            format!("der er ikke oplyst kvoter for {bare}"),
        );
    }
    for criterion in criteria.iter().filter(|one| !one.quotas.is_empty()) {
        if let Some(seats) = recruitment.seats {
            sums(report, criterion, seats);
        }
        met(report, criterion);
    }
}

fn sums(report: &mut Report<'_>, criterion: &Criterion, seats: u32) {
    let feature = &criterion.feature;
    if !seats_fit(criterion, seats) {
        let sum = |of: fn(u32, u32) -> u32| -> u64 {
            criterion
                .quotas
                .iter()
                .map(|one| u64::from(of(one.min, one.max)))
                .sum()
        };
        let (min, max) = (sum(|min, _| min), sum(|_, max| max));
        report.add(
            Rule::QuotasSum,
            Kind::Contradiction,
            format!("{feature} asks for {min} to {max} members, and there are {seats} seats"),
            format!("{feature} kræver {min} til {max} medlemmer, og der er {seats} pladser"),
        );
    }
    let drawn: Option<u64> = criterion
        .quotas
        .iter()
        .map(|one| one.drawn.map(u64::from))
        .sum();
    if let Some(drawn) = drawn.filter(|drawn| *drawn != u64::from(seats)) {
        report.add(
            Rule::QuotasSum,
            Kind::Contradiction,
            format!("{feature} counts {drawn} drawn members, and there are {seats} seats"),
            format!("{feature} tæller {drawn} udtrukne medlemmer, og der er {seats} pladser"),
        );
    }
}

fn met(report: &mut Report<'_>, criterion: &Criterion) {
    for quota in &criterion.quotas {
        let (value, min, max) = (&quota.value, quota.min, quota.max);
        if let Some(drawn) = quota.drawn.filter(|drawn| !(min..=max).contains(drawn)) {
            report.add(
                Rule::QuotasMet,
                Kind::Short,
                format!(
                    "{} = {value}: {drawn} drawn, {min} to {max} asked",
                    criterion.feature
                ),
                format!(
                    "{} = {value}: {drawn} udtrukket, {min} til {max} krævet",
                    criterion.feature
                ),
            );
        }
    }
}

fn turnover(report: &mut Report<'_>, recruitment: &Recruitment, counts: &Membership) {
    if let (Some(seats), Some(selected)) = (recruitment.seats, counts.selected)
        && seats != selected
    {
        report.add(
            Rule::SeatsFilled,
            Kind::Contradiction,
            format!("{selected} members for {seats} seats"),
            format!("{selected} medlemmer til {seats} pladser"),
        );
    }
    // Whoever came for somebody after the first meeting is in the last number only.
    let before = |later: Option<u32>, earlier: Option<u32>| match (later, earlier) {
        (Some(later), Some(earlier)) => later <= earlier,
        _ => true,
    };
    let came_later = counts.replaced.unwrap_or(0);
    let could_complete = counts
        .started
        .map(|started| started.saturating_add(came_later));
    let adds_up = before(counts.started, counts.selected)
        && before(counts.completed, counts.selected)
        && before(counts.completed, could_complete);
    if !adds_up {
        let counted = [counts.selected, counts.started, counts.completed];
        let numbers: Vec<String> = counted.iter().flatten().map(ToString::to_string).collect();
        let numbers = numbers.join(" → ");
        report.add(
            Rule::MembersAddUp,
            Kind::Contradiction,
            numbers.clone(),
            numbers,
        );
    }
    replacements(report, counts);
}

fn replacements(report: &mut Report<'_>, counts: &Membership) {
    let Some(replaced) = counts.replaced else {
        return;
    };
    if !counts.replacements.is_empty() {
        let numbers: Vec<String> = counts
            .replacements
            .iter()
            .map(|one| one.people.to_string())
            .collect();
        let (numbers, sum) = (
            numbers.join(" + "),
            counts
                .replacements
                .iter()
                .map(|one| u64::from(one.people))
                .sum::<u64>(),
        );
        if sum != u64::from(replaced) {
            report.add(
                Rule::ReplacementsAddUp,
                Kind::Contradiction,
                format!("{numbers} = {sum}, and {replaced} are reported"),
                format!("{numbers} = {sum}, og der meldes om {replaced}"),
            );
        }
    }
    if let Some(never) = counts.never_attended.filter(|never| *never > replaced) {
        report.add(
            Rule::ReplacementsAddUp,
            Kind::Contradiction,
            format!("{never} of {replaced} replaced members never attended"),
            format!("{never} af {replaced} udskiftede medlemmer mødte aldrig"),
        );
    }
}
