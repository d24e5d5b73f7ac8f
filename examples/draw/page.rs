//! The input of `report.html`.

use kleroterion::io::report::{
    self, Digests, DrawOrder, DrawSummary, LotteryForm, LotterySummary, ReportInput,
};
use kleroterion::lottery::{Form, Lottery, Order};
use kleroterion::{Ratio, Result, metrics};

use crate::making::Made;
use crate::promised;
use crate::texts::Lang;

/// The whole page.
pub(crate) fn of(made: &Made, lang: Lang) -> Result<String> {
    let (lottery, instance) = (&made.lottery, made.instance());
    let chances: Vec<Ratio> = lottery
        .probabilities()
        .into_iter()
        .map(|(_, chance)| chance)
        .collect();
    let commit = lottery.commit();
    let announced = announced(lottery, lang);
    let digest = |digest: &Option<String>| digest.clone().unwrap_or_default();
    let (commitment, pool, certificate) = (
        lottery.commitment().to_string(),
        digest(&commit.pool.digest),
        digest(&commit.certificate),
    );
    let seed = made
        .draw
        .as_ref()
        .map(|draw| draw.seed().to_string())
        .unwrap_or_default();
    let sources: Vec<String> = made
        .draw
        .iter()
        .flat_map(|draw| draw.sources().iter().map(str::to_owned))
        .collect();
    let input = ReportInput {
        instance,
        probabilities: &chances,
        certificate: lottery.certificate(),
        digests: Digests {
            commitment: &commitment,
            lottery: &commit.lottery.digest,
            pool: &pool,
            certificate: &certificate,
        },
        lottery: summary(lottery),
        announced: &announced,
        draw: made.draw.as_ref().map(|draw| DrawSummary {
            ticket: draw.ticket(),
            seed: &seed,
            panel: draw.panel(),
            alternates: draw.alternates().len() as u64,
            sources: &sources,
            order: match lottery.order() {
                Order::CommittedFirst => DrawOrder::CommittedFirst,
                _ => DrawOrder::Unproven,
            },
        }),
    };
    Ok(report::html(&input, lang.into()))
}

fn summary(lottery: &Lottery) -> LotterySummary {
    let weights = lottery.record().weights();
    LotterySummary {
        form: if is_panel_list(lottery) {
            LotteryForm::Panels
        } else {
            LotteryForm::Compositions
        },
        entries: weights.len() as u64,
        largest_weight: metrics::largest_weight(weights).unwrap_or(Ratio::new(0, 1)),
        effective_number: metrics::effective_number(weights),
        denominator: lottery.record().denominator(),
        deviation: deviation(lottery),
    }
}

pub(crate) fn is_panel_list(lottery: &Lottery) -> bool {
    matches!(lottery.record().form(), Form::Panels { .. })
}

/// What each source will be, as committed.
fn announced(lottery: &Lottery, lang: Lang) -> Vec<String> {
    let sources = lottery.commit().sources.iter().flatten();
    sources
        .map(|entry| promised::in_words(entry, lang))
        .collect()
}

/// The largest change of anybody's chance by rounding to tickets.
pub(crate) fn deviation(lottery: &Lottery) -> Option<f64> {
    let target = lottery.certificate().target.as_ref()?;
    let chances = lottery.probabilities();
    let groups = lottery.instance().groups();
    let mut largest: f64 = 0.0;
    for &(group, role, expected) in target {
        let (group, role) = (groups.get(group as usize)?, role as usize);
        let exact = Ratio::new(expected, 1_000_000_000_000 * group.people_in(role) as u64).to_f64();
        for &person in group.units().iter().flat_map(|unit| &unit[role]) {
            largest = largest.max((chances[person as usize].1.to_f64() - exact).abs());
        }
    }
    Some(largest)
}
