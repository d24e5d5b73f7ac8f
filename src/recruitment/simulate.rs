//! Would there be a panel? Mailings that are tried out before the first letter is paid for.

use super::response::Response;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::Pool;
use crate::quota::Quotas;
use crate::selection::admits_panel;

/// People of the city who have the same values, and how they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    values: Vec<(String, String)>,
    people: u64,
    response: Response,
}

impl Segment {
    /// So many people with these `(feature, value)` pairs, one for every feature of the quotas.
    #[must_use]
    pub fn new<'a>(
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
        people: u64,
        response: Response,
    ) -> Self {
        let owned = |(feature, value): (&str, &str)| (feature.to_owned(), value.to_owned());
        Self {
            values: values.into_iter().map(owned).collect(),
            people,
            response,
        }
    }
}

/// A city, the quotas and the size of the panel.
#[derive(Debug, Clone)]
pub struct Simulation {
    segments: Vec<Segment>,
    quotas: Quotas,
    size: u32,
}

/// How many of the pools had a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Admission {
    /// Mailings tried out.
    pub runs: u32,
    /// Of these, how many gave a pool that has at least one panel.
    pub admitted: u32,
    /// Volunteers of the smallest pool.
    pub smallest_pool: u64,
    /// Volunteers of all pools together.
    pub volunteers: u64,
}

impl Admission {
    /// The part of the pools that had a panel. Its standard error is at most 1/(2·√runs).
    #[must_use]
    pub fn chance(&self) -> f64 {
        f64::from(self.admitted) / f64::from(self.runs.max(1))
    }

    /// Volunteers per pool.
    #[must_use]
    pub fn mean_pool(&self) -> f64 {
        self.volunteers as f64 / f64::from(self.runs.max(1))
    }
}

/// Work units that the question for one panel may take.
const WORK: u64 = 5_000_000;

impl Simulation {
    /// Segments of the city, with the quotas that the panel has to meet.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-PLAN-NONE` for no segment, `E-PLAN-RESPONSE` for 5 answers to 4 letters, and those of
    /// [`Instance::new`] when everybody volunteers: a segment without a value, a quota that nobody in the city can fill.
    pub fn new(segments: Vec<Segment>, quotas: Quotas, size: u32) -> Result<Self> {
        let mut problems = Vec::new();
        if segments.is_empty() {
            problems.push(Problem::new("E-PLAN-NONE", "no segment", "at least one"));
        }
        for segment in segments.iter().filter(|s| !s.response.is_sound()) {
            let (answers, letters) = segment.response.counts();
            let found = format!("{answers} answers to {letters} letters");
            let expected = "not more answers than letters, nor than 1000000";
            problems.push(Problem::new("E-PLAN-RESPONSE", found, expected));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let simulation = Self {
            segments,
            quotas,
            size,
        };
        let everybody: Vec<u64> = simulation.segments.iter().map(|s| s.people).collect();
        simulation.instance(&everybody)?;
        Ok(simulation)
    }

    /// Tries out mailings: letters to people drawn without replacement, answers by each segment's Beta–binomial distribution,
    /// and the question whether the pool has a panel, answered exactly.
    ///
    /// An answer is drawn by Pólya's urn: the next letter of a segment is answered with the chance (answers + 1)/(letters + 2), all
    /// earlier letters of this mailing included. That *is* the Beta–binomial distribution, in whole numbers. `words` gives uniform
    /// 64-bit words, from a public [`Stream`](crate::lottery::Stream) or any generator; the same words give the same result.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with `E-INVITE-FEW` for more letters than people. [`ErrorKind::LimitReached`] when the question for a
    /// panel takes more than five million units of work.
    ///
    /// Cost: O(letters · log segments) and one integer program for each run.
    pub fn run(
        &self,
        letters: u64,
        runs: u32,
        mut words: impl FnMut() -> u64,
    ) -> Result<Admission> {
        let people: u64 = self.segments.iter().map(|s| s.people).sum();
        if letters > people {
            let found = format!("{letters} letters for {people} people");
            let problem = Problem::new("E-INVITE-FEW", found, "at most one letter each");
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let mut admission = Admission {
            runs,
            admitted: 0,
            smallest_pool: u64::MAX,
            volunteers: 0,
        };
        for _ in 0..runs {
            let pool = self.pool(letters, &mut words);
            let size: u64 = pool.iter().sum();
            admission.smallest_pool = admission.smallest_pool.min(size);
            admission.volunteers += size;
            // Too few of a value: no panel. The city itself has passed this check.
            if let Ok(instance) = self.instance(&pool) {
                admission.admitted += u32::from(admits_panel(&instance, WORK)?);
            }
        }
        if runs == 0 {
            admission.smallest_pool = 0;
        }
        Ok(admission)
    }

    /// Volunteers per segment after one mailing.
    fn pool(&self, letters: u64, words: &mut impl FnMut() -> u64) -> Vec<u64> {
        let mut left = Counts::new(self.segments.iter().map(|s| s.people));
        let mut urns: Vec<(u64, u64)> = self
            .segments
            .iter()
            .map(|s| s.response.counts())
            .map(|(answers, asked)| (answers + 1, asked + 2))
            .collect();
        for _ in 0..letters {
            let at = left.take(below(words, left.total));
            let (answers, asked) = &mut urns[at];
            *answers += u64::from(below(words, *asked) < *answers);
            *asked += 1;
        }
        let before = self.segments.iter().map(|s| s.response.counts().0 + 1);
        urns.iter().zip(before).map(|(urn, b)| urn.0 - b).collect()
    }

    /// The instance of a pool. More people of a segment than seats change nothing.
    fn instance(&self, pool: &[u64]) -> Result<Instance> {
        let mut builder = Pool::builder();
        for (at, (segment, &count)) in self.segments.iter().zip(pool).enumerate() {
            for number in 0..count.min(u64::from(self.size)) {
                let values = segment.values.iter().map(|(f, v)| (f.as_str(), v.as_str()));
                builder = builder.person(format!("s{at}-{number}"), values);
            }
        }
        Instance::new(builder.build()?, self.quotas.clone(), self.size)
    }
}

/// A uniform number below `n`, as [`Stream::below`](crate::lottery::Stream::below) makes it.
fn below(words: &mut impl FnMut() -> u64, n: u64) -> u64 {
    if n <= 1 {
        return 0;
    }
    let unused = (n - 1).leading_zeros();
    loop {
        let value = words() >> unused;
        if value < n {
            return value;
        }
    }
}

/// How many people of each segment have no letter yet: sums of prefixes in a tree.
struct Counts {
    tree: Vec<u64>,
    total: u64,
}

impl Counts {
    fn new(counts: impl Iterator<Item = u64>) -> Self {
        let mut tree = vec![0];
        tree.extend(counts);
        let total = tree.iter().sum();
        for at in 1..tree.len() {
            let parent = at + (at & at.wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[at];
            }
        }
        Self { tree, total }
    }

    /// Takes the person of this rank out of their segment, and says which it was.
    fn take(&mut self, mut rank: u64) -> usize {
        let mut at = 0;
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            let next = at + step;
            if next < self.tree.len() && self.tree[next] <= rank {
                at = next;
                rank -= self.tree[next];
            }
            step /= 2;
        }
        let segment = at;
        at += 1;
        while at < self.tree.len() {
            self.tree[at] -= 1;
            at += at & at.wrapping_neg();
        }
        self.total -= 1;
        segment
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn people_are_taken_from_the_segment_of_their_rank() {
        let mut counts = Counts::new([2, 0, 1, 3].into_iter());
        assert_eq!(counts.total, 6);
        assert_eq!(counts.take(2), 2);
        assert_eq!(counts.take(2), 3);
        assert_eq!(counts.take(1), 0);
        assert_eq!(counts.take(0), 0);
        assert_eq!((counts.take(0), counts.take(0), counts.total), (3, 3, 0));
    }
}
