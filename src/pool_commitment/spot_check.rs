//! People chosen by lot whom an auditor meets.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::receipt::PoolRoot;
use crate::audit::canonical;
use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::{Digest, Sources, Stream};
use crate::natural::Natural;
use crate::ratio::Ratio;

/// The format of spot checks.
pub const SPOT_CHECK_VERSION: &str = "kleroterion-spot-check/1";

/// The largest pool that people are chosen from.
const LARGEST: u64 = 10_000_000;

/// Which people of a committed pool an auditor looks at: chosen by public values that nobody knew when the root was published. Members who
/// do not exist have receipts like everybody; they are found out by asking to meet them.
///
/// A larger check with the same sources contains a smaller one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SpotCheck {
    /// How many.
    pub count: u64,
    /// Places in the tree, ascending: how many ids of the pool come before.
    pub indices: Vec<u64>,
    /// The pool.
    pub pool: PoolRoot,
    /// The public values, in order.
    pub sources: Vec<String>,
    /// [`SPOT_CHECK_VERSION`].
    pub version: String,
}

impl SpotCheck {
    /// Chooses. The same root and sources give the same people everywhere. O(people).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-SPOT-COUNT` for 0 people or more than the pool has, `E-SPOT-POOL` for a pool of more than ten million.
    pub fn choose(pool: &PoolRoot, count: u64, sources: &Sources) -> Result<Self> {
        let sources: Vec<String> = sources.iter().map(str::to_owned).collect();
        let indices = chosen(pool, count, &sources)?;
        Ok(Self {
            count,
            indices,
            pool: pool.clone(),
            sources,
            version: SPOT_CHECK_VERSION.to_owned(),
        })
    }

    /// The bytes of `spot-check.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] when an integer is beyond 2^53 − 1.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(self)
    }
}

/// The places that root and sources choose, ascending.
pub(crate) fn chosen(pool: &PoolRoot, count: u64, sources: &[String]) -> Result<Vec<u64>> {
    let size = pool.size;
    let mut problems = Vec::new();
    if size > LARGEST {
        let found = format!("a pool of {size} people");
        problems.push(Problem::new(
            "E-SPOT-POOL",
            found,
            format!("at most {LARGEST}"),
        ));
    }
    if count == 0 || count > size {
        let found = format!("{count} people of {size}");
        problems.push(Problem::new("E-SPOT-COUNT", found, "1 to the whole pool"));
    }
    if !problems.is_empty() {
        return Err(ErrorKind::Input(problems).into());
    }
    let mut parts: Vec<&[u8]> = vec![&pool.merkle_root.0];
    parts.extend(sources.iter().map(String::as_bytes));
    let key = Digest::of("sortition-fields/1/spot-check", &parts).0;
    let mut places: Vec<u64> = (0..size).collect();
    Stream::from_key(key).shuffle(&mut places);
    places.truncate(count as usize);
    places.sort_unstable();
    Ok(places)
}

/// How likely a spot check is to meet at least one of the people who do not exist: 1 − C(n − g, m) / C(n, m), exactly (the hypergeometric
/// distribution). For large pools it comes near 1 − (1 − g/n)^m, and never falls below.
///
/// ```
/// use kleroterion::Ratio;
/// use kleroterion::pool_commitment::Detection;
///
/// // 2 of 4 people are looked at, 1 does not exist.
/// let chance = Detection::new(4, 1, 2)?;
/// assert_eq!((chance.to_string().as_str(), chance.decimal(3).as_str()), ("2/4", "0.500"));
/// // 30 people catch 10 % of a pool of 669 with 96 %.
/// assert_eq!(Detection::new(669, 67, 30)?.decimal(3), "0.960");
/// assert_eq!(Detection::needed(669, 67, Ratio::new(95, 100))?, 28);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    caught: Natural,
    all: Natural,
}

impl Detection {
    /// For a pool of this size, of whom so many do not exist, and so many are looked at. O(min(ghosts, looked at)²).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-SPOT-COUNT` for more ghosts, or more people looked at, than the pool has.
    pub fn new(size: u64, ghosts: u64, looked_at: u64) -> Result<Self> {
        if ghosts > size || looked_at > size {
            let found = format!("{ghosts} ghosts and {looked_at} people looked at, of {size}");
            let problem = Problem::new("E-SPOT-COUNT", found, "neither above the pool");
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        // C(n − g, m) / C(n, m) is the same with g and m exchanged.
        let (few, many) = (ghosts.min(looked_at), ghosts.max(looked_at));
        let falling = |from: u64| {
            (0..few).fold(Natural::from(1), |product, i| {
                product.times(from.saturating_sub(i))
            })
        };
        let (missed, all) = (falling(size - many), falling(size));
        let mut caught = all.clone();
        caught.subtract(&missed);
        Ok(Self { caught, all })
    }

    /// Fewest people to look at so that the chance is at least this. O(log size · min(ghosts, answer)²).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-SPOT-COUNT` without ghosts, for more than the pool has, and for a chance above 1 or over 0.
    pub fn needed(size: u64, ghosts: u64, chance: Ratio) -> Result<u64> {
        if ghosts == 0 || ghosts > size || chance.denominator == 0 || chance > Ratio::new(1, 1) {
            let found = format!("{ghosts} ghosts of {size}, to be met with a chance of {chance}");
            let expected = "at least one ghost, and a chance of at most 1";
            let problem = Problem::new("E-SPOT-COUNT", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let mut step = 1;
        while step < size && !Self::new(size, ghosts, step)?.at_least(chance) {
            step = (step * 2).min(size);
        }
        let (mut low, mut high) = (0, step.min(size));
        while low < high {
            let middle = low + (high - low) / 2;
            if Self::new(size, ghosts, middle)?.at_least(chance) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(high)
    }

    /// Whether it is at least this, compared exactly.
    #[must_use]
    pub fn at_least(&self, chance: Ratio) -> bool {
        self.caught.times(chance.denominator) >= self.all.times(chance.numerator)
    }

    /// With so many decimal places, at most 18, rounded down: never more than it is.
    #[must_use]
    pub fn decimal(&self, places: u32) -> String {
        let places = places.min(18);
        let scale = 10_u64.pow(places);
        let (scaled, _) = self.caught.times(scale).over(&self.all);
        let scaled = scaled.to_u64().unwrap_or(scale);
        let width = places as usize;
        match places {
            0 => scaled.to_string(),
            _ => format!("{}.{:0width$}", scaled / scale, scaled % scale),
        }
    }
}

/// `numerator/denominator`, not in lowest terms.
impl fmt::Display for Detection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.caught, self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::Detection;
    use crate::ratio::Ratio;

    fn chance(size: u64, ghosts: u64, looked_at: u64) -> String {
        Detection::new(size, ghosts, looked_at).unwrap().decimal(4)
    }

    #[test]
    fn the_figures_of_the_literature_are_those_of_large_pools() {
        // 1 - 0.9^30 is 95.8 %, 1 - 0.95^58 is 94.9 %.
        assert_eq!(chance(10_000_000, 1_000_000, 30), "0.9576");
        assert_eq!(chance(10_000_000, 500_000, 58), "0.9489");
        // In a pool of some hundreds a check of the same size finds more.
        assert_eq!(chance(500, 50, 30), "0.9616");
        assert_eq!(chance(500, 25, 58), "0.9577");
    }

    #[test]
    fn the_chance_is_that_of_counting() {
        // Every set of m places among n, of which the first g are ghosts.
        for n in 1..=9_u32 {
            for g in 0..=n {
                for m in 0..=n {
                    let sets = (0..1_u32 << n).filter(|set| set.count_ones() == m);
                    let (all, caught) = sets.fold((0, 0), |(all, caught), set| {
                        (all + 1, caught + u64::from(set & ((1 << g) - 1) != 0))
                    });
                    let found = Detection::new(n.into(), g.into(), m.into()).unwrap();
                    assert!(found.at_least(Ratio::new(caught, all)), "{n} {g} {m}");
                    assert!(!found.at_least(Ratio::new(caught * 10 + 1, all * 10)));
                }
            }
        }
    }

    #[test]
    fn one_person_fewer_is_not_enough() {
        for (size, ghosts, percent) in [
            (669, 67, 95),
            (1727, 17, 99),
            (12, 1, 50),
            (5, 5, 100),
            (100, 1, 100),
        ] {
            let asked = Ratio::new(percent, 100);
            let needed = Detection::needed(size, ghosts, asked).unwrap();
            let at = |looked_at| {
                Detection::new(size, ghosts, looked_at)
                    .unwrap()
                    .at_least(asked)
            };
            assert!(at(needed) && !at(needed - 1), "{size} {ghosts} {needed}");
        }
        assert_eq!(Detection::needed(100, 1, Ratio::new(0, 1)).unwrap(), 0);
        assert!(Detection::needed(100, 0, Ratio::new(1, 2)).is_err());
        assert!(Detection::needed(100, 1, Ratio::new(3, 2)).is_err());
    }
}
