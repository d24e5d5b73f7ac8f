//! Who sits where, round by round.

use serde::Serialize;

use super::super::check::{self, sound};
use crate::error::Result;

/// A seating plan: for every round its tables, each as the positions of its members. Whoever is at no table in a round is absent from it.
///
/// ```
/// use kleroterion::evidence::simulate::Rounds;
/// let rounds = Rounds::new(4, vec![vec![vec![0, 1], vec![2, 3]], vec![vec![0, 2], vec![1, 3]]])?;
/// assert_eq!((rounds.people(), rounds.tables().len()), (4, 2));
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rounds {
    people: usize,
    rounds: Vec<Vec<Vec<usize>>>,
}

impl Rounds {
    /// From the tables of each round. O(seats).
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-SIM-SEAT` for every member who is not below `people`, or at two places in one round; the round is the problem's row, from 1.
    pub fn new(people: usize, rounds: Vec<Vec<Vec<usize>>>) -> Result<Self> {
        let mut problems = Vec::new();
        for (round, tables) in (1..).zip(&rounds) {
            let found = check::tables("E-SIM-SEAT", people, tables);
            let of_round = found
                .into_iter()
                .map(|p| p.at(Some("round"), Some(round), None));
            problems.extend(of_round);
        }
        sound(problems)?;
        Ok(Self { people, rounds })
    }

    /// How many members the plan is for.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people
    }

    /// The tables of every round.
    #[must_use]
    pub fn tables(&self) -> &[Vec<Vec<usize>>] {
        &self.rounds
    }
}
