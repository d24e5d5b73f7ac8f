//! What takes part in the comparison, and how each is computed.

use std::fmt;
use std::str::FromStr;

use kleroterion::lottery::{DirectRule, Sources, StageOne, Stream, legacy_frequencies};
use kleroterion::selection::Gamma;
use kleroterion::{Certificate, ErrorKind, Instance, Ratio, Result, Rule, Selector, metrics};

use crate::arguments::Effort;

/// So many attempts are made for each draw that is wanted: on tight quotas few of them give a panel.
const ATTEMPTS_PER_DRAW: u32 = 10;
/// What the simulated draws are drawn with: fixed, so that the figures are the same everywhere.
const KEY: [u8; 32] = *b"kleroterion/compare_rules/draws/";

/// What panels are sampled with. It is no public source: it demonstrates the rule, and no draw may use it.
pub(crate) const STAGE_ONE: &str = "demonstration";

/// A rule with a lottery, or one that draws a panel without any.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Contender {
    Lottery(Rule),
    Direct(DirectRule),
}

/// All of them, in the order of the table.
pub(crate) fn all() -> Vec<Contender> {
    let lotteries = [
        Rule::Maximin,
        Rule::Leximin,
        Rule::Minimax,
        Rule::Nash,
        Rule::Goldilocks(Gamma::ONE),
        Rule::LeastSquares,
        Rule::Uniform,
        Rule::MaxEntropy,
    ];
    let direct = [DirectRule::Legacy, DirectRule::Random];
    let lotteries = lotteries.into_iter().map(Contender::Lottery);
    lotteries.chain(direct.map(Contender::Direct)).collect()
}

impl FromStr for Contender {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match (text.parse(), text.parse()) {
            (Ok(rule), _) => Ok(Contender::Lottery(rule)),
            (_, Ok(DirectRule::Diversimax)) => Err(NO_CHANCES.to_owned()),
            (_, Ok(DirectRule::List(_))) => Err(NO_NUMBER.to_owned()),
            (_, Ok(rule)) => Ok(Contender::Direct(rule)),
            (Err(unknown), Err(direct)) if text.starts_with("stratified") => {
                let _: String = unknown;
                Err(direct)
            }
            (Err(unknown), Err(_)) => Err(unknown + ", random, stratified:FEATURE, legacy"),
        }
    }
}

const NO_NUMBER: &str = "a method for lists has equal chances only as far as its sources are random: it has none to compare";
const NO_CHANCES: &str = "diversimax looks for one panel: it has no chances to compare";

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contender::Lottery(Rule::Goldilocks(Gamma::ONE)) => f.write_str("goldilocks"),
            Contender::Lottery(rule) => rule.fmt(f),
            Contender::Direct(rule) => rule.fmt(f),
        }
    }
}

/// What a contender gives.
#[derive(Clone)]
pub(crate) struct Outcome {
    /// Everybody's, in canonical order.
    pub(crate) chances: Vec<Ratio>,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) lottery: Option<Spread>,
    pub(crate) sample: Option<Sample>,
    /// Everybody's draws, where chances are estimates.
    pub(crate) hits: Vec<u64>,
}

/// How wide a lottery is.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) compositions: usize,
    pub(crate) effective: f64,
    pub(crate) entropy: f64,
}

/// Chances that are estimates.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) draws: u64,
    pub(crate) attempts: u64,
    pub(crate) origin: Origin,
}

/// What the chances were estimated from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Draws of a rule that has no lottery.
    Draws,
    /// Panels of a lottery too long to list, each of the exact chance.
    Panels,
    /// Panels that a random walk over them met.
    Walk,
}

impl Contender {
    /// Whether its panels may break quotas: a stratified draw keeps those of one feature at most.
    pub(crate) fn ignores_quotas(&self) -> bool {
        match self {
            Contender::Lottery(_) | Contender::Direct(DirectRule::Legacy) => false,
            Contender::Direct(_) => true,
        }
    }

    /// The lottery with the fewest compositions: how far it is spread changes nobody's chance.
    pub(crate) fn run(&self, instance: &Instance, effort: Effort) -> Result<Outcome> {
        match self {
            Contender::Lottery(rule) => match (lottery(*rule, instance, effort), effort.tickets) {
                (Err(error), Some(tickets))
                    if matches!(error.kind(), ErrorKind::TooManyCompositions { .. }) =>
                {
                    sampled(*rule, instance, (tickets, effort.work_limit))
                }
                (result, _) => result,
            },
            Contender::Direct(DirectRule::Legacy) => legacy(instance, effort),
            Contender::Direct(rule) => direct(rule, instance),
        }
    }
}

fn lottery(rule: Rule, instance: &Instance, effort: Effort) -> Result<Outcome> {
    let selector = Selector::new(rule).spread(0).work_limit(effort.work_limit);
    let distribution = selector.distribution(instance)?;
    Ok(Outcome {
        chances: distribution.probabilities(),
        certificate: Some(distribution.certificate().clone()),
        lottery: Some(Spread {
            compositions: distribution.compositions().len(),
            effective: metrics::effective_number(distribution.weights()),
            entropy: metrics::entropy(distribution.weights()),
        }),
        sample: None,
        hits: vec![],
    })
}

/// Shares of sampled panels, averaged over people who are interchangeable.
fn sampled(rule: Rule, instance: &Instance, (tickets, limit): (u32, u64)) -> Result<Outcome> {
    let stage_one = StageOne::new(Sources::new([STAGE_ONE])?);
    let selector = Selector::new(rule).work_limit(limit);
    let lottery = selector.sampled(instance, tickets, &stage_one)?;
    let own: Vec<Ratio> = lottery
        .probabilities()
        .into_iter()
        .map(|(_, p)| p)
        .collect();
    let mut chances = own.clone();
    let mut hits = vec![0; own.len()];
    let tickets = u64::from(tickets);
    for group in instance.groups() {
        for role in 0..group.profiles().len() {
            let people = || group.units().iter().flat_map(|unit| &unit[role]);
            let share =
                |&p: &u32| own[p as usize].numerator * tickets / own[p as usize].denominator;
            let (seats, count) = (
                people().map(share).sum::<u64>(),
                group.people_in(role) as u64,
            );
            for &person in people() {
                chances[person as usize] = Ratio::new(seats, tickets * count);
                hits[person as usize] = seats.div_ceil(count);
            }
        }
    }
    let certificate = lottery.certificate().clone();
    let sample = certificate.counted.as_ref().and_then(|c| c.sample.as_ref());
    let walk = sample.and_then(|sample| sample.walk.as_ref());
    Ok(Outcome {
        chances,
        sample: Some(Sample {
            draws: tickets,
            attempts: tickets,
            origin: walk.map_or(Origin::Panels, |_| Origin::Walk),
        }),
        certificate: Some(certificate),
        lottery: None,
        hits,
    })
}

/// Chances that a rule without a lottery states exactly.
fn direct(rule: &DirectRule, instance: &Instance) -> Result<Outcome> {
    let lottery = rule.commit(instance)?;
    let unknown = || ErrorKind::Format {
        file: rule.to_string(),
        message: "its chances are not known".to_owned(),
    };
    let chances = lottery.probabilities().ok_or_else(unknown)?;
    Ok(Outcome {
        chances: chances.into_iter().map(|(_, chance)| chance).collect(),
        certificate: None,
        lottery: None,
        sample: None,
        hits: vec![],
    })
}

/// Frequencies, averaged over people who are interchangeable.
fn legacy(instance: &Instance, effort: Effort) -> Result<Outcome> {
    let attempts = effort.draws.saturating_mul(ATTEMPTS_PER_DRAW);
    let mut stream = Stream::from_key(KEY);
    let found = legacy_frequencies(instance, effort.draws, attempts, &mut stream)?;
    Ok(Outcome {
        chances: found.probabilities(instance),
        certificate: None,
        lottery: None,
        sample: Some(Sample {
            draws: found.draws.into(),
            attempts: found.attempts.into(),
            origin: Origin::Draws,
        }),
        hits: found.counts,
    })
}
