//! The names of rules and of their parameters.

use std::fmt;
use std::str::FromStr;

use super::{Gamma, Rule};
use crate::certificate::decimal;

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::Maximin => "maximin",
            Rule::Leximin => "leximin",
            Rule::Minimax => "minimax",
            Rule::Nash => "nash",
            Rule::LeastSquares => "least-squares",
            Rule::Uniform => "uniform",
            Rule::MaxEntropy => "max-entropy",
            Rule::Goldilocks(gamma) => return write!(f, "goldilocks:{gamma}"),
        })
    }
}

impl fmt::Display for Gamma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Gamma::Balanced => f.write_str("gamma2"),
            Gamma::Representation => f.write_str("gamma3"),
            Gamma::Millionths(millionths) => f.write_str(&decimal(*millionths)),
        }
    }
}

impl FromStr for Rule {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Ok(match text {
            "maximin" => Rule::Maximin,
            "leximin" => Rule::Leximin,
            "minimax" => Rule::Minimax,
            "nash" => Rule::Nash,
            "goldilocks" => Rule::Goldilocks(Gamma::ONE),
            "least-squares" => Rule::LeastSquares,
            "uniform" => Rule::Uniform,
            "max-entropy" => Rule::MaxEntropy,
            _ => match text.strip_prefix("goldilocks:") {
                Some(gamma) => Rule::Goldilocks(gamma.parse()?),
                None => {
                    return Err(format!(
                        "{text:?} is not a rule; known rules: maximin, leximin, minimax, nash, goldilocks, \
                         goldilocks:GAMMA, least-squares, uniform, max-entropy"
                    ));
                }
            },
        })
    }
}

/// `gamma1`, `gamma2`, `gamma3`, or a decimal number above 0 with at most six digits after the point.
impl FromStr for Gamma {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "gamma1" => return Ok(Gamma::ONE),
            "gamma2" => return Ok(Gamma::Balanced),
            "gamma3" => return Ok(Gamma::Representation),
            _ => {}
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let number = (digits(whole) && digits(part) && part.len() <= 6 && whole.len() <= 3)
            .then(|| format!("{whole}{part:0<6}").parse::<u64>().ok())
            .flatten()
            .filter(|&millionths| millionths > 0 && !whole.is_empty());
        number.map(Gamma::Millionths).ok_or_else(|| {
            format!(
                "{text:?} is no gamma: give a number above 0 and below 1000 with at most six digits after the point, \
                 or gamma1, gamma2 or gamma3"
            )
        })
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for Rule {
    type Error = String;
    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.parse()
    }
}
