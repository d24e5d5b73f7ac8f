//! Proximity to single-peakedness.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Rankings;

/// The axis on which most people's rankings are single-peaked.
///
/// A ranking is single-peaked on an axis when, from a person's best option outwards, it only gets worse; with ties, when
/// the options at least as good as any given one lie side by side. Where all are, majorities cannot go round in circles. Source: List, Luskin, Fishkin and McLean, *Journal of Politics* 75(1),
/// 2013, whose S is [`share`](Self::share).
///
/// Four people and one ranking that fits no axis of the other three:
///
/// ```
/// use kleroterion::evidence::opinion::Rankings;
/// let left_right = [[1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [3.0, 2.0, 1.0], [1.0, 3.0, 2.0]];
/// let found = Rankings::new(&left_right)?.single_peaked()?;
/// assert_eq!((found.people, found.axis, found.share), (3, vec![0, 1, 2], 0.75)); // the last has option 1, the middle, below both ends
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SinglePeaked {
    /// How many people's rankings are single-peaked on the axis: the most for any axis.
    pub people: usize,
    /// Their share of all people.
    pub share: f64,
    /// The options along the axis; the first in alphabetical order of positions where several axes do equally well.
    pub axis: Vec<usize>,
    /// On how many axes as many people's rankings are single-peaked; an axis and its reverse count once.
    pub axes: usize,
}

pub(super) fn best(rankings: &Rankings) -> SinglePeaked {
    let mut kinds: BTreeMap<&[i64], usize> = BTreeMap::new();
    for ranks in &rankings.ranks {
        *kinds.entry(&ranks.0).or_default() += 1;
    }
    let mut axis: Vec<usize> = (0..rankings.options()).collect();
    let (mut most, mut found, mut axes) = (0, axis.clone(), 0);
    loop {
        if axis[0] < axis[axis.len() - 1] {
            let fits = kinds.iter().filter(|(ranks, _)| is_peaked(ranks, &axis));
            let people = fits.map(|(_, people)| people).sum();
            if people > most {
                (most, axes) = (people, 0);
                found.clone_from(&axis);
            }
            axes += usize::from(people == most);
        }
        if !next(&mut axis) {
            break;
        }
    }
    SinglePeaked {
        people: most,
        share: most as f64 / rankings.people() as f64,
        axis: found,
        axes,
    }
}

/// Along the axis, ranks fall (get better) and then rise: never down again after going up.
fn is_peaked(ranks: &[i64], axis: &[usize]) -> bool {
    let mut rising = false;
    for pair in axis.windows(2) {
        let (here, next) = (ranks[pair[0]], ranks[pair[1]]);
        if next > here {
            rising = true;
        } else if next < here && rising {
            return false;
        }
    }
    true
}

/// The next order of the alphabet; false after the last.
fn next(order: &mut [usize]) -> bool {
    let Some(at) = (1..order.len()).rev().find(|&i| order[i - 1] < order[i]) else {
        return false;
    };
    let larger = (at..order.len()).rev().find(|&i| order[i] > order[at - 1]);
    order.swap(at - 1, larger.unwrap_or(at));
    order[at..].reverse();
    true
}
