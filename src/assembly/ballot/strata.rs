//! Support in every stratum: is a recommendation carried by all, or by some?

use serde::Serialize;

use crate::error::{ErrorKind, Problem, Result};
use crate::metrics::suppression;

/// Votes of one stratum, table or group.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stratum {
    name: String,
    votes: [u64; 3],
}

/// Votes on one proposal by stratum. Not for publication as it is: see [`published`](Self::published).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strata(Vec<Stratum>);

/// A row of the table that may be published; `None` is a number held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublishedStratum {
    /// The stratum.
    pub name: String,
    /// Everybody in it who voted.
    pub total: Option<u64>,
    /// Yes, no, neither.
    pub votes: [Option<u64>; 3],
}

impl Strata {
    /// From the names of strata and their votes: yes, no, neither.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-BALLOT-STRATUM` for every name that stands twice or is empty.
    pub fn new<N: Into<String>>(strata: impl IntoIterator<Item = (N, [u64; 3])>) -> Result<Self> {
        let named = |(name, votes): (N, _)| Stratum {
            name: name.into(),
            votes,
        };
        let strata: Vec<Stratum> = strata.into_iter().map(named).collect();
        let mut problems = Vec::new();
        for (at, stratum) in strata.iter().enumerate() {
            let again = strata[..at].iter().any(|other| other.name == stratum.name);
            if again || stratum.name.trim().is_empty() {
                let found = format!("the stratum {:?}", stratum.name);
                let expected = "every stratum named, and once";
                problems.push(Problem::new("E-BALLOT-STRATUM", found, expected));
            }
        }
        if problems.is_empty() {
            Ok(Self(strata))
        } else {
            Err(ErrorKind::Input(problems).into())
        }
    }

    /// Group-informed consensus, ∏ (A + 1) / (S + 2) over the strata, where A of the S who voted say yes and abstentions count in S (the formula of Polis,
    /// there over groups found in the votes; here over strata named beforehand). High only where every stratum agrees; comparable only between proposals
    /// with the same strata. 1 without strata. From its digits the votes of a small stratum can be worked out: where [small groups are held back](Self::published),
    /// publish the order of proposals, not the number.
    ///
    /// ```
    /// use kleroterion::assembly::ballot::Strata;
    ///
    /// let strata = Strata::new([("east", [8, 2, 0]), ("west", [3, 1, 1])])?; // 9/12 · 4/7
    /// assert_eq!(format!("{:.6}", strata.group_informed_consensus()), "0.428571");
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn group_informed_consensus(&self) -> f64 {
        self.0.iter().fold(1.0, |product, stratum| {
            let [yes, no, neither] = stratum.votes.map(|votes| votes as f64);
            product * (yes + 1.0) / (yes + no + neither + 2.0)
        })
    }

    /// The strata in which more say yes than no.
    pub fn in_favour(&self) -> impl Iterator<Item = &str> {
        let more = |stratum: &&Stratum| stratum.votes[0] > stratum.votes[1];
        self.0
            .iter()
            .filter(more)
            .map(|stratum| stratum.name.as_str())
    }

    /// The table with small groups held back: no count below five is shown or can be worked out from what is, together with the totals of yes, no and neither,
    /// which the result of the ballot tells anyway. A stratum in which nobody says no has a small count too: unanimity would tell how each of them voted.
    ///
    /// Its totals of strata are held back when below five, with the smallest other. O(strata²) and more where much is held back.
    ///
    /// DIFFERENCE: dashboards of deliberations usually print every group's counts.
    #[must_use]
    pub fn published(&self) -> Vec<PublishedStratum> {
        let counts: Vec<Vec<u64>> = self.0.iter().map(|s| s.votes.to_vec()).collect();
        let totals: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
        let hidden = suppression::lines_to_hide(&totals);
        let shown = suppression::published(&counts);
        let rows = self.0.iter().zip(&shown).enumerate();
        rows.map(|(at, (stratum, shown))| PublishedStratum {
            name: stratum.name.clone(),
            total: (!hidden.contains(&at)).then_some(totals[at]),
            votes: [0, 1, 2].map(|cell| shown[cell].then_some(stratum.votes[cell])),
        })
        .collect()
    }
}
