//! What takes part in the comparison, and how each is computed.

use std::fmt;
use std::str::FromStr;

use kleroterion::selection::Gamma;
use kleroterion::{Certificate, Instance, Ratio, Result, Rule, Selector, metrics};

use crate::arguments::Effort;

/// A rule with a lottery.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Contender {
    Lottery(Rule),
}

/// All of them, in the order of the table.
pub(crate) fn all() -> Vec<Contender> {
    [
        Rule::Maximin,
        Rule::Leximin,
        Rule::Minimax,
        Rule::Nash,
        Rule::Goldilocks(Gamma::ONE),
        Rule::LeastSquares,
        Rule::Uniform,
        Rule::MaxEntropy,
    ]
    .map(Contender::Lottery)
    .to_vec()
}

impl FromStr for Contender {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        text.parse().map(Contender::Lottery)
    }
}

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contender::Lottery(Rule::Goldilocks(Gamma::ONE)) => f.write_str("goldilocks"),
            Contender::Lottery(rule) => rule.fmt(f),
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
    /// Draws with the person drawn least often.
    pub(crate) fewest_hits: u64,
}

impl Contender {
    /// The lottery with the fewest compositions: how far it is spread changes nobody's chance.
    pub(crate) fn run(&self, instance: &Instance, effort: Effort) -> Result<Outcome> {
        match self {
            Contender::Lottery(rule) => lottery(*rule, instance, effort),
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
    })
}
