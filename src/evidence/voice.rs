//! Who was heard: how evenly speaking time is spread, over people and over groups.
//!
//! Amounts are seconds or turns, whichever were counted. Equal time is no aim in itself: somebody may have little to add. A share of silent
//! members, or one group that speaks half as long as another, is something a facilitator can act on.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::check::{self, is_usable, sound};
use crate::error::{ErrorKind, Problem, Result};

/// How much each person spoke; somebody spoke at all.
///
/// ```
/// use kleroterion::evidence::voice::Voice;
/// let voice = Voice::new(&[1.0, 2.0, 3.0, 4.0])?;
/// assert_eq!((voice.gini(), voice.largest_share(), voice.silent_share()), (0.25, 0.4, 0.0));
/// let monologue = Voice::new(&[0.0, 300.0, 0.0, 0.0])?;
/// assert_eq!((monologue.gini(), monologue.gini_corrected(), monologue.entropy()), (0.75, Some(1.0), Some(0.0)));
/// assert_eq!(monologue.silent_share(), 0.75);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Voice {
    amounts: Vec<f64>,
    total: f64,
}

/// Prints the number of people.
impl fmt::Debug for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Voice({} people)", self.amounts.len())
    }
}

/// How much one group spoke.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupVoice {
    /// The group's name.
    pub group: String,
    /// How many people are in it.
    pub people: usize,
    /// Their share of all people.
    pub share_of_people: f64,
    /// Their share of all that was spoken.
    pub share_of_voice: f64,
    /// The second as a multiple of the first: 1 when the group spoke as much as its size, 0.5 when half as much.
    pub ratio: f64,
    /// How many of them said nothing.
    pub silent: usize,
}

impl Voice {
    /// From an amount per person. O(n).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-VOICE-NONE` for nobody, `E-VOICE-AMOUNT` for an amount below 0, infinite or beyond 10^100, and
    /// `E-VOICE-SILENCE` for `[0.0, 0.0]`: nothing was said that could be spread.
    pub fn new(amounts: &[f64]) -> Result<Self> {
        let mut problems = Vec::new();
        if amounts.is_empty() {
            problems.push(Problem::new(
                "E-VOICE-NONE",
                "nobody",
                "at least one person",
            ));
        }
        for (at, amount) in amounts.iter().enumerate() {
            if !(is_usable(*amount) && *amount >= 0.0) {
                let found = format!("{amount} at position {at}");
                let expected = "a finite number from 0 up to 10^100";
                let problem = Problem::new("E-VOICE-AMOUNT", found, expected);
                problems.push(problem);
            }
        }
        let total: f64 = amounts.iter().sum();
        if problems.is_empty() && total == 0.0 {
            let expected = "somebody who spoke: silence cannot be spread";
            problems.push(Problem::new("E-VOICE-SILENCE", "only zeros", expected));
        }
        sound(problems)?;
        let amounts = amounts.to_vec();
        Ok(Self { amounts, total })
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.amounts.len()
    }

    /// What everybody spoke together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The Gini coefficient `Σᵢ Σⱼ |xᵢ − xⱼ| / (2n²·mean)`: 0 when all spoke alike, `(n − 1)/n` when one person spoke alone. O(n log n).
    #[must_use]
    pub fn gini(&self) -> f64 {
        if self.all_alike() {
            return 0.0;
        }
        let mut sorted = self.amounts.clone();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len() as f64;
        let (mut above, mut factor) = (0.0, 1.0 - n);
        for amount in sorted {
            above += factor * amount;
            factor += 2.0;
        }
        (above / (n * self.total)).max(0.0)
    }

    /// Whether everybody spoke as much, so that sums would only differ by rounding.
    fn all_alike(&self) -> bool {
        self.amounts.iter().all(|amount| *amount == self.amounts[0])
    }

    /// The Gini coefficient times `n/(n − 1)`, so that one person speaking alone gives 1 at tables of every size; `None` for one person.
    #[must_use]
    pub fn gini_corrected(&self) -> Option<f64> {
        let n = self.amounts.len() as f64;
        (n > 1.0).then(|| self.gini() * n / (n - 1.0))
    }

    /// Shannon's entropy of the shares, divided by its largest value ln n: 1 when all spoke alike, 0 when one person spoke alone; `None` for one person. O(n).
    #[must_use]
    pub fn entropy(&self) -> Option<f64> {
        let n = self.amounts.len() as f64;
        let shares = self.amounts.iter().map(|amount| amount / self.total);
        let spoken = shares.filter(|share| *share > 0.0);
        let sum: f64 = spoken.map(|share| -share * libm::log(share)).sum();
        let entropy = (sum / libm::log(n)).clamp(0.0, 1.0);
        (n > 1.0).then_some(if self.all_alike() { 1.0 } else { entropy })
    }

    /// The share of people who said nothing.
    #[must_use]
    pub fn silent_share(&self) -> f64 {
        let silent = self.amounts.iter().filter(|amount| **amount == 0.0);
        silent.count() as f64 / self.amounts.len() as f64
    }

    /// The share of all speaking that the person who spoke most has.
    #[must_use]
    pub fn largest_share(&self) -> f64 {
        self.amounts.iter().copied().fold(0.0, f64::max) / self.total
    }

    /// Every group's share of the speaking beside its share of the people, in the order in which groups first appear; `groups` has the name of each person's
    /// group. Two groups compare by the quotient of their ratios. O(n log n).
    ///
    /// ```
    /// use kleroterion::evidence::voice::Voice;
    /// let found = Voice::new(&[60.0, 20.0, 10.0, 10.0])?.by_group(&["man", "woman", "man", "woman"])?;
    /// assert_eq!((found[0].share_of_voice, found[0].ratio), (0.7, 1.4));
    /// assert_eq!((found[1].share_of_voice, found[1].ratio), (0.3, 0.6));
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-VOICE-LENGTH` when there are more or fewer names than people.
    pub fn by_group<S: AsRef<str>>(&self, groups: &[S]) -> Result<Vec<GroupVoice>> {
        if groups.len() != self.people() {
            let found = format!("{} groups' names", groups.len());
            let expected = format!("{}, one per person", self.people());
            let problem = Problem::new("E-VOICE-LENGTH", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let mut order: Vec<&str> = Vec::new();
        let mut spoken: BTreeMap<&str, (usize, f64, usize)> = BTreeMap::new();
        for (group, &amount) in groups.iter().map(AsRef::as_ref).zip(&self.amounts) {
            let (people, sum, silent) = spoken.entry(group).or_insert_with(|| {
                order.push(group);
                (0, 0.0, 0)
            });
            *people += 1;
            *sum += amount;
            *silent += usize::from(amount == 0.0);
        }
        let found = order.into_iter().map(|group| {
            let (people, sum, silent) = spoken[group];
            GroupVoice {
                group: group.to_owned(),
                people,
                share_of_people: people as f64 / self.people() as f64,
                share_of_voice: sum / self.total,
                ratio: (sum * self.people() as f64) / (self.total * people as f64),
                silent,
            }
        });
        Ok(found.collect())
    }

    /// The figures of each table on its own; tables are given by people's positions. A table where nothing was said is `None`. O(n).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-VOICE-TABLE` for each position that is out of range or occurs twice, and for an empty table.
    pub fn by_table(&self, tables: &[Vec<usize>]) -> Result<Vec<Option<Self>>> {
        let mut problems = check::tables("E-VOICE-TABLE", self.people(), tables);
        for (at, _) in tables.iter().enumerate().filter(|(_, t)| t.is_empty()) {
            let found = format!("nobody at table {at}");
            problems.push(Problem::new("E-VOICE-TABLE", found, "somebody"));
        }
        sound(problems)?;
        let table = |members: &Vec<usize>| {
            let amounts: Vec<f64> = members.iter().map(|&m| self.amounts[m]).collect();
            let total: f64 = amounts.iter().sum();
            (total > 0.0).then_some(Self { amounts, total })
        };
        Ok(tables.iter().map(table).collect())
    }
}
