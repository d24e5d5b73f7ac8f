//! Rounds of talk at tables.

use rand_chacha::rand_core::Rng;
use serde::Serialize;

use super::super::check::{is_usable, sound};
use super::{Attention, Course, Member, Rounds, Snapshot};
use crate::error::{ErrorKind, Problem, Result};

/// How opinions at a table act on each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Model {
    /// `x ← λ·(weighted mean of the table) + (1 − λ)·(first opinion)`; with all λ = 1, DeGroot's model.
    FriedkinJohnsen,
    /// Hegselmann and Krause's: everybody takes the mean of those at the table, themselves included, whose opinion is at most this far from their own. Attention,
    /// talk and susceptibility have no part in it.
    BoundedConfidence(f64),
}

/// Chance added to every opinion after every exchange: normal, then kept within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Noise {
    /// Standard deviation.
    pub deviation: f64,
    /// Opinions below are set to it.
    pub lowest: f64,
    /// Opinions above are set to it.
    pub highest: f64,
}

impl Noise {
    /// Of this standard deviation, on a scale.
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with `E-SIM-NOISE` for a deviation below 0 or infinite, or a scale such as `10.0..=0.0`.
    pub fn new(deviation: f64, scale: std::ops::RangeInclusive<f64>) -> Result<Self> {
        let (lowest, highest) = (*scale.start(), *scale.end());
        if is_usable(deviation) && deviation >= 0.0 && lowest <= highest {
            return Ok(Self {
                deviation,
                lowest,
                highest,
            });
        }
        let found = format!("a deviation of {deviation} on a scale from {lowest} to {highest}");
        let expected = "a finite number from 0 up, and a scale that does not end below its start";
        let problem = Problem::new("E-SIM-NOISE", found, expected);
        Err(ErrorKind::Input(vec![problem]).into())
    }

    fn add<R: Rng + ?Sized>(&self, opinion: f64, random: &mut R) -> f64 {
        (opinion + self.deviation * normal(random)).clamp(self.lowest, self.highest)
    }
}

/// Members on a seating plan, under one model. It shows what the model implies; it forecasts nothing (see [`simulate`](super)).
///
/// Four people who average over their table, at two tables and then across: after two rounds all are of one opinion.
///
/// ```
/// use kleroterion::evidence::simulate::{Member, Model, Rounds, Simulation};
/// use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
/// let rounds = Rounds::new(4, vec![vec![vec![0, 1], vec![2, 3]], vec![vec![0, 2], vec![1, 3]]])?;
/// let members = [0.0, 4.0, 6.0, 10.0].map(Member::new);
/// let simulation = Simulation::new(members, rounds, Model::FriedkinJohnsen)?;
/// let course = simulation.run(&mut ChaCha20Rng::seed_from_u64(1)); // nothing here is left to chance
/// assert_eq!(course.snapshots[1].opinions, [2.0, 2.0, 8.0, 8.0]);
/// assert_eq!(course.last().opinions, [5.0; 4]);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    members: Vec<Member>,
    rounds: Rounds,
    model: Model,
    exchanges: u32,
    noise: Option<Noise>,
}

impl Simulation {
    /// One exchange per round, without noise. O(n + seats).
    ///
    /// # Errors
    /// [`Input`](ErrorKind::Input) with every problem: `E-SIM-LENGTH` when the plan is for more or fewer members, `E-SIM-OPINION`, `E-SIM-SUSCEPTIBILITY`, `E-SIM-WEIGHT`,
    /// `E-SIM-LEAVES` for each value of a member that is out of range, `E-SIM-CONFIDENCE` for a bound of confidence below 0.
    pub fn new(
        members: impl IntoIterator<Item = Member>,
        rounds: Rounds,
        model: Model,
    ) -> Result<Self> {
        let members: Vec<Member> = members.into_iter().collect();
        let mut problems = Vec::new();
        if members.len() != rounds.people() {
            let found = format!("{} members", members.len());
            let expected = format!("{}, as on the seating plan", rounds.people());
            problems.push(Problem::new("E-SIM-LENGTH", found, expected));
        }
        for (at, member) in members.iter().enumerate() {
            problems.extend(member.problems(at));
        }
        if let Model::BoundedConfidence(bound) = model
            && (bound.is_nan() || bound < 0.0)
        {
            let found = format!("the bound {bound}");
            let problem = Problem::new("E-SIM-CONFIDENCE", found, "a number from 0 up");
            problems.push(problem);
        }
        sound(problems)?;
        Ok(Self {
            members,
            rounds,
            model,
            exchanges: 1,
            noise: None,
        })
    }

    /// So many exchanges in every round.
    #[must_use]
    pub fn exchanges(self, exchanges: u32) -> Self {
        Self { exchanges, ..self }
    }

    /// With noise.
    #[must_use]
    pub fn noise(self, noise: Noise) -> Self {
        Self {
            noise: Some(noise),
            ..self
        }
    }

    /// One run. At the beginning of each round those who have a chance of leaving may leave for good, in the order of members; then the tables talk, without
    /// those who left. O(rounds·exchanges·(n + Σ s²)) for tables of s.
    ///
    /// Equal random words give an equal course: one 64-bit word per member and round for those with a chance of leaving, and the words that the noise needs. Without both, none is
    /// taken.
    #[must_use]
    pub fn run<R: Rng + ?Sized>(&self, random: &mut R) -> Course {
        let mut now = Snapshot {
            opinions: self.members.iter().map(|member| member.opinion).collect(),
            members: vec![true; self.members.len()],
        };
        let mut snapshots = vec![now.clone()];
        for tables in self.rounds.tables() {
            for (member, stays) in self.members.iter().zip(&mut now.members) {
                if *stays && member.leaves > 0.0 {
                    *stays = uniform(random) >= member.leaves;
                }
            }
            let present = |table: &Vec<usize>| -> Vec<usize> {
                let stays = |m: &usize| now.members[*m];
                table.iter().copied().filter(stays).collect()
            };
            let tables: Vec<Vec<usize>> = tables.iter().map(present).collect();
            for _ in 0..self.exchanges {
                self.exchange(&tables, &mut now.opinions, random);
            }
            snapshots.push(now.clone());
        }
        Course { snapshots }
    }

    fn exchange<R: Rng + ?Sized>(
        &self,
        tables: &[Vec<usize>],
        opinions: &mut [f64],
        random: &mut R,
    ) {
        for table in tables {
            let talked: Vec<f64> = table
                .iter()
                .map(|&member| match self.model {
                    Model::FriedkinJohnsen => self.influenced(member, table, opinions),
                    Model::BoundedConfidence(bound) => confident(bound, member, table, opinions),
                })
                .collect();
            for (&member, opinion) in table.iter().zip(talked) {
                opinions[member] = match &self.noise {
                    Some(noise) => noise.add(opinion, random),
                    None => opinion,
                };
            }
        }
    }

    /// Friedkin and Johnsen's next opinion of one member at a table.
    fn influenced(&self, member: usize, table: &[usize], opinions: &[f64]) -> f64 {
        let own = &self.members[member];
        let talk = |m: usize| self.members[m].talk;
        let weighted = |counts: &dyn Fn(usize) -> bool| {
            let heard = table.iter().copied().filter(|&m| counts(m));
            let (mut sum, mut total) = (0.0, 0.0);
            for other in heard {
                sum += talk(other) * opinions[other];
                total += talk(other);
            }
            (total > 0.0).then(|| sum / total)
        };
        let heard = match own.attention {
            Attention::Even => weighted(&|_| true).unwrap_or(opinions[member]),
            Attention::Others(share) => weighted(&|m| m != member)
                .map_or(opinions[member], |others| {
                    share * others + (1.0 - share) * opinions[member]
                }),
        };
        own.susceptibility * heard + (1.0 - own.susceptibility) * own.opinion
    }
}

/// The mean of those at the table within the bound.
fn confident(bound: f64, member: usize, table: &[usize], opinions: &[f64]) -> f64 {
    let own = opinions[member];
    let near = table.iter().map(|&m| opinions[m]);
    let near = near.filter(|opinion| (opinion - own).abs() <= bound);
    let (sum, count) = near.fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
    sum / count
}

/// From 0 up to but not including 1, in steps of 2^-53.
fn uniform<R: Rng + ?Sized>(random: &mut R) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Normal with mean 0 and deviation 1, by Marsaglia's polar method (*SIAM Review* 6(3), 1964): two words per try, some 1.27 tries.
fn normal<R: Rng + ?Sized>(random: &mut R) -> f64 {
    loop {
        let (x, y) = (2.0 * uniform(random) - 1.0, 2.0 * uniform(random) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * (-2.0 * libm::log(square) / square).sqrt();
        }
    }
}
