//! The methods by name, tolerances and protected minimums.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::pool::key;
use crate::quota::shares::figure::Figure;
use crate::ratio::Ratio;

/// How exact shares of seats become whole numbers, or ranges of them.
///
/// | name | gives | keeps to floor and ceiling | more seats, nobody loses one |
/// |---|---|---|---|
/// | `hamilton` | exact numbers | yes | no (Alabama paradox) |
/// | `sainte-lague` | exact numbers | nearly always | yes |
/// | `adams` | exact numbers, every value 1 where there are seats enough | no | yes |
/// | `range` | floor..=ceiling | yes | — |
/// | `tolerance:T` | floor..=ceiling of the share ± T | — | — |
///
/// Names are read and written as in the table: `"tolerance:1".parse()`, `"tolerance:2.5%".parse()`. Source for the first three: Balinski and Young,
/// *Fair Representation* (1982).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Method {
    /// Largest remainder (Hamilton): the whole part of every share, then one seat more for the largest remainders.
    Hamilton,
    /// Sainte-Laguë (Webster): seat by seat to the highest `weight / (2 · seats + 1)`.
    SainteLague,
    /// Adams: seat by seat to the highest `weight / seats`, where 0 seats come before everything. A value with a figure of 0 gets none.
    Adams,
    /// The share rounded down to the share rounded up.
    Range,
    /// The share less a tolerance, rounded down and not below 0, to the share and the tolerance, rounded up and not above the panel size.
    Tolerance(Tolerance),
}

/// How far quotas reach beyond the exact share, on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Tolerance {
    /// So many seats.
    Seats(Ratio),
    /// So much of the panel size: 5 percentage points are 1/20.
    Points(Ratio),
}

impl Tolerance {
    /// Nothing.
    pub(super) const NONE: Self = Self::Seats(Ratio {
        numerator: 0,
        denominator: 1,
    });

    /// The number, of seats or of the panel.
    #[must_use]
    pub fn amount(self) -> Ratio {
        match self {
            Self::Seats(amount) | Self::Points(amount) => amount,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hamilton => f.write_str("hamilton"),
            Self::SainteLague => f.write_str("sainte-lague"),
            Self::Adams => f.write_str("adams"),
            Self::Range => f.write_str("range"),
            Self::Tolerance(tolerance) => write!(f, "tolerance:{tolerance}"),
        }
    }
}

/// `1`, `1.5` or `5%`; a fraction that is no short decimal as `1/3`.
impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (factor, sign) = match self {
            Self::Seats(_) => (1, ""),
            Self::Points(_) => (100, "%"),
        };
        let amount = self.amount();
        let (digits, scale) = (
            u128::from(amount.numerator) * factor * 1_000_000_000_000,
            u128::from(amount.denominator),
        );
        if scale != 0 && digits % scale == 0 {
            write!(
                f,
                "{}{sign}",
                crate::quota::shares::figure::decimal(digits / scale, 12)
            )
        } else {
            write!(f, "{}/{scale}{sign}", u128::from(amount.numerator) * factor)
        }
    }
}

impl FromStr for Method {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = "hamilton, sainte-lague, adams, range, tolerance:T (T in seats such as 1, or in percentage points such as 5%)";
        let folded = key::fold(text);
        match folded.as_str() {
            "hamilton" => return Ok(Self::Hamilton),
            "sainte-lague" | "sainte-laguë" => return Ok(Self::SainteLague),
            "adams" => return Ok(Self::Adams),
            "range" => return Ok(Self::Range),
            _ => {}
        }
        let figure = folded.strip_prefix("tolerance:").and_then(Figure::parse);
        let figure =
            figure.ok_or_else(|| format!("no method {text:?}; the methods are {known}"))?;
        Ok(Self::Tolerance(if figure.percent {
            Tolerance::Points(figure.ratio())
        } else {
            Tolerance::Seats(figure.ratio())
        }))
    }
}

/// Fewest seats that a value must get, whatever its share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Minimum {
    /// The feature.
    pub feature: String,
    /// The value.
    pub value: String,
    /// Seats.
    pub seats: u32,
}

impl Minimum {
    /// At least `seats` for this value.
    #[must_use]
    pub fn new(feature: &str, value: &str, seats: u32) -> Self {
        Self {
            feature: key::clean(feature),
            value: key::clean(value),
            seats,
        }
    }
}

/// `FEATURE=VALUE:N`, as [`Minimum`] is read: split at the first `=` and at the last `:`.
impl fmt::Display for Minimum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}:{}", self.feature, self.value, self.seats)
    }
}

impl FromStr for Minimum {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('=').and_then(|(feature, rest)| {
            let (value, seats) = rest.rsplit_once(':')?;
            Some(Self::new(feature, value, seats.trim().parse().ok()?))
        });
        let named = parts.filter(|m| !m.feature.is_empty() && !m.value.is_empty());
        named.ok_or_else(|| {
            format!("{text:?} is no minimum; write FEATURE=VALUE:N, such as \"age=under 20:2\"")
        })
    }
}
