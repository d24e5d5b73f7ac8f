//! Correlations of every pair of people.

use super::super::ranks::Ranks;
use super::Formula;
use super::answers::{Answers, PARTS};

/// r and p of all pairs, as full symmetric matrices: looked up very often by the permutation tests.
#[derive(Debug, Clone)]
pub(super) struct Correlations {
    people: usize,
    considerations: Vec<f64>,
    preferences: Vec<f64>,
}

impl Correlations {
    /// Of answers without problems. O(n²·k).
    pub(super) fn of<'a>(answers: impl Iterator<Item = &'a Answers> + Clone) -> Self {
        let people = answers.clone().count();
        let [considerations, preferences] = PARTS.map(|part| {
            let ranks: Vec<Ranks> = answers.clone().map(|a| Ranks::of(a.part(part))).collect();
            let mut matrix = vec![1.0; people * people];
            for i in 0..people {
                for j in 0..i {
                    let correlation = ranks[i].spearman(&ranks[j]);
                    matrix[i * people + j] = correlation;
                    matrix[j * people + i] = correlation;
                }
            }
            matrix
        });
        Self {
            people,
            considerations,
            preferences,
        }
    }

    pub(super) fn people(&self) -> usize {
        self.people
    }

    /// r and p of two people.
    pub(super) fn pair(&self, i: usize, j: usize) -> (f64, f64) {
        let at = i * self.people + j;
        (self.considerations[at], self.preferences[at])
    }

    /// What each pair takes off the index, as a full matrix.
    pub(super) fn losses(&self, formula: Formula) -> Losses {
        let pairs = self.considerations.iter().zip(&self.preferences);
        let losses = pairs.map(|(&r, &p)| formula.loss(r, p)).collect();
        Losses {
            people: self.people,
            losses,
        }
    }

    /// The mean loss when the preferences of person `i` are those of person `order[i]`.
    pub(super) fn crossed(&self, formula: Formula, order: &[usize]) -> f64 {
        let mut sum = 0.0;
        for i in 0..self.people {
            let (own, other) = (i * self.people, order[i] * self.people);
            for (j, &of) in order[..i].iter().enumerate() {
                let (r, p) = (self.considerations[own + j], self.preferences[other + of]);
                sum += formula.loss(r, p);
            }
        }
        sum / pairs(self.people)
    }
}

/// What each pair takes off the index.
#[derive(Debug, Clone)]
pub(super) struct Losses {
    people: usize,
    losses: Vec<f64>,
}

impl Losses {
    /// The index of these people: 1 − the mean loss of their pairs. At least two people.
    pub(super) fn index(&self, people: &[usize]) -> f64 {
        let mut sum = 0.0;
        for (at, &i) in people.iter().enumerate() {
            let row = &self.losses[i * self.people..][..self.people];
            for &j in &people[..at] {
                sum += row[j];
            }
        }
        1.0 - sum / pairs(people.len())
    }

    /// The index over the pairs that one person is part of.
    pub(super) fn individual(&self, person: usize) -> f64 {
        let row = &self.losses[person * self.people..][..self.people];
        let others = (0..self.people).filter(|&j| j != person);
        let sum: f64 = others.map(|j| row[j]).sum();
        1.0 - sum / (self.people - 1) as f64
    }
}

fn pairs(people: usize) -> f64 {
    (people * (people - 1) / 2) as f64
}
