//! The quota table's counts, with every number hidden that could point to somebody.

use super::ReportInput;
use super::pairs;
use crate::quota::Quota;

/// Fewest people a printed count may speak of.
pub(super) const SMALLEST: u64 = 5;

/// A count of people that may be printed, or why it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// At least [`SMALLEST`] people.
    Shown(u64),
    /// Fewer than [`SMALLEST`].
    Few,
    /// Large enough, but a [`Cell::Few`] could be had from it by subtraction.
    Withheld,
}

/// Seats on the drawn panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seats {
    /// The number.
    Shown(u64),
    /// Not shown; the quota is met.
    Met,
    /// Not shown; the quota is not met.
    Missed,
    /// Not shown, nor whether the quota is met: of a panel that no quota binds, that could give the number.
    Hidden,
}

/// One quota, in source order.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) feature: &'a str,
    pub(super) value: &'a str,
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) pool: Cell,
    /// Average chance of the people with the value, where their number is shown.
    pub(super) average: Option<f64>,
    pub(super) panel: Option<Seats>,
}

impl Row<'_> {
    /// Number of people with the value, where it may be printed.
    pub(super) fn people(&self) -> Option<u64> {
        match self.pool {
            Cell::Shown(people) => Some(people),
            _ => None,
        }
    }
}

/// The quota table.
#[derive(Debug, Clone)]
pub(super) struct Cells<'a> {
    /// Source order.
    pub(super) rows: Vec<Row<'a>>,
    /// Row of each quota of the canonical order; `None` for people outside the listed cells of a pair of features.
    pub(super) canonical: Vec<Option<usize>>,
}

impl<'a> Cells<'a> {
    /// Counts, then hides, when everybody knows that the panel meets the quotas.
    pub(super) fn new(input: &ReportInput<'a>) -> Self {
        Self::known(input, |quota| (quota.min, quota.max))
    }

    /// Counts, then hides, when the draw asked for no quotas.
    pub(super) fn unbound(input: &ReportInput<'a>) -> Self {
        let mut cells = Self::known(input, |_| (0, input.instance.size()));
        for (row, quota) in cells.rows.iter_mut().zip(input.instance.given_quotas()) {
            (row.min, row.max) = (quota.min, quota.max);
            if let Some(Seats::Met | Seats::Missed) = row.panel {
                row.panel = Some(Seats::Hidden);
            }
        }
        cells
    }

    /// What everybody knows about the seats of each quota: fewest and most.
    fn known(input: &ReportInput<'a>, range: impl Fn(&Quota) -> (u32, u32)) -> Self {
        let instance = input.instance;
        let given = instance.given_quotas();
        let canonical: Vec<Option<usize>> = (0..instance.quotas().len())
            .map(|quota| instance.given_position(quota))
            .collect();
        let counts = Counts::new(input, &canonical, given.len());
        let mut rows: Vec<Row<'a>> = Vec::with_capacity(given.len());
        for (at, quota) in given.iter().enumerate() {
            let (min, max) = range(quota);
            rows.push(Row {
                feature: &quota.feature,
                value: &quota.value,
                min,
                max,
                pool: Cell::Shown(counts.pool[at]),
                average: (counts.pool[at] > 0).then(|| counts.chance[at] / counts.pool[at] as f64),
                panel: input.draw.is_some().then(|| Seats::Shown(counts.panel[at])),
            });
        }
        for (feature, rows_of) in features(input).into_iter().enumerate() {
            match instance.joint_parts(feature) {
                None => {
                    hide_pool(&mut rows, &rows_of);
                    hide_panel(&mut rows, &rows_of);
                }
                Some(parts) => pairs::hide(input, parts, &mut rows, &rows_of),
            }
        }
        Self { rows, canonical }
    }
}

/// Rows of each feature in canonical order.
fn features(input: &ReportInput<'_>) -> Vec<Vec<usize>> {
    let instance = input.instance;
    let mut features: Vec<Vec<usize>> = vec![vec![]; instance.features().len()];
    let mut feature = 0;
    for (at, quota) in instance.quotas().iter().enumerate() {
        while instance.features()[feature] != quota.feature {
            feature += 1;
        }
        features[feature].extend(instance.given_position(at));
    }
    features.iter_mut().for_each(|rows| rows.sort_unstable());
    features
}

/// People, expected seats and drawn seats by quota in source order.
struct Counts {
    pool: Vec<u64>,
    chance: Vec<f64>,
    panel: Vec<u64>,
}

impl Counts {
    fn new(input: &ReportInput<'_>, canonical: &[Option<usize>], quotas: usize) -> Self {
        let mut counts = Self {
            pool: vec![0; quotas],
            chance: vec![0.0; quotas],
            panel: vec![0; quotas],
        };
        let mut panel: Vec<&str> = input
            .draw
            .map_or(&[][..], |draw| draw.panel)
            .iter()
            .map(String::as_str)
            .collect();
        panel.sort_unstable();
        let people = u32::try_from(input.instance.len()).unwrap_or(u32::MAX);
        for (person, chance) in (0..people).zip(input.probabilities) {
            let seated = u64::from(
                panel
                    .binary_search(&input.instance.person(person).id())
                    .is_ok(),
            );
            for &quota in input.instance.profile(person) {
                let Some(at) = canonical[quota as usize] else {
                    continue;
                };
                counts.pool[at] += 1;
                counts.chance[at] += chance.to_f64();
                counts.panel[at] += seated;
            }
        }
        counts
    }
}

/// Hides counts under [`SMALLEST`] and one more of the same feature: as everybody has one value per feature, a single
/// hidden count would be the pool minus the others. The second is the smallest from which, with the first, nothing
/// about the small counts follows: each could still be anything from 0 to 4. Without such a count all are hidden.
fn hide_pool(rows: &mut [Row<'_>], feature: &[usize]) {
    let count = |rows: &[Row<'_>], at: usize| rows[at].people().unwrap_or(0);
    let few: Vec<usize> = feature
        .iter()
        .copied()
        .filter(|&at| count(rows, at) < SMALLEST)
        .collect();
    if few.is_empty() {
        return;
    }
    let missing: u64 = few.iter().map(|&at| SMALLEST - 1 - count(rows, at)).sum();
    let large = |at: &usize| count(rows, *at) >= SMALLEST;
    let enough = |at: &usize| count(rows, *at) >= SMALLEST + missing;
    let second = feature
        .iter()
        .copied()
        .filter(enough)
        .min_by_key(|&at| count(rows, at));
    let withheld: Vec<usize> = match second {
        Some(at) => vec![at],
        None => feature.iter().copied().filter(large).collect(),
    };
    for (hidden, cell) in [(few, Cell::Few), (withheld, Cell::Withheld)] {
        for at in hidden {
            rows[at].pool = cell;
            rows[at].average = None;
        }
    }
}

/// Says of small numbers of seats only whether the quota is met, and of as many others as it takes that no small one
/// follows from the rest, the total and the quotas. What the quotas alone determine is printed: everybody knows it.
fn hide_panel(rows: &mut [Row<'_>], feature: &[usize]) {
    let seats = |at: usize| match rows[at].panel {
        Some(Seats::Shown(seats)) => seats,
        _ => 0,
    };
    if feature.iter().any(|&at| rows[at].panel.is_none()) {
        return;
    }
    let mut free: Vec<usize> = feature
        .iter()
        .copied()
        .filter(|&at| rows[at].min < rows[at].max)
        .collect();
    free.sort_by_key(|&at| (seats(at), at));
    let few = free.iter().take_while(|&&at| seats(at) < SMALLEST).count();
    if few == 0 || free.len() < 2 {
        return;
    }
    let hidden = (few..free.len())
        .find(|&count| (0..few).all(|at| is_open(rows, &free[..count], at)))
        .unwrap_or(free.len());
    for at in free.into_iter().take(hidden) {
        let range = u64::from(rows[at].min)..=u64::from(rows[at].max);
        if let Some(Seats::Shown(seats)) = rows[at].panel {
            rows[at].panel = Some(if range.contains(&seats) {
                Seats::Met
            } else {
                Seats::Missed
            });
        }
    }
}

/// True when the number of seats of `hidden[which]` does not follow from the sum of all the hidden and their quotas.
fn is_open(rows: &[Row<'_>], hidden: &[usize], which: usize) -> bool {
    let (mut lowest, mut highest, mut sum) = (0u64, 0u64, 0u64);
    for (at, row) in hidden.iter().map(|&at| &rows[at]).enumerate() {
        if at != which {
            lowest += u64::from(row.min);
            highest += u64::from(row.max);
        }
        if let Some(Seats::Shown(seats)) = row.panel {
            sum += seats;
        }
    }
    let row = &rows[hidden[which]];
    let low = u64::from(row.min).max(sum.saturating_sub(highest));
    let high = u64::from(row.max).min(sum.saturating_sub(lowest));
    low < high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[(u32, u32, u64, u64)]) -> Vec<Row<'static>> {
        let row = |&(min, max, pool, panel)| Row {
            feature: "f",
            value: "v",
            min,
            max,
            pool: Cell::Shown(pool),
            average: None,
            panel: Some(Seats::Shown(panel)),
        };
        cells.iter().map(row).collect()
    }

    fn pool(counts: &[u64]) -> Vec<Cell> {
        let mut rows = rows(
            &counts
                .iter()
                .map(|&count| (0, 1, count, 0))
                .collect::<Vec<_>>(),
        );
        hide_pool(&mut rows, &(0..counts.len()).collect::<Vec<_>>());
        rows.iter().map(|row| row.pool).collect()
    }

    fn panel(cells: &[(u32, u32, u64)]) -> Vec<Option<u64>> {
        let mut rows = rows(
            &cells
                .iter()
                .map(|&(min, max, seats)| (min, max, 9, seats))
                .collect::<Vec<_>>(),
        );
        hide_panel(&mut rows, &(0..cells.len()).collect::<Vec<_>>());
        let shown = |row: &Row<'_>| match row.panel {
            Some(Seats::Shown(seats)) => Some(seats),
            _ => None,
        };
        rows.iter().map(shown).collect()
    }

    #[test]
    fn five_people_are_shown_and_four_are_not() {
        use Cell::{Few, Shown, Withheld};
        assert_eq!(pool(&[5, 100]), [Shown(5), Shown(100)]);
        assert_eq!(pool(&[4, 100, 20]), [Few, Shown(100), Withheld]);
        assert_eq!(
            pool(&[0, 8, 20]),
            [Few, Shown(8), Withheld],
            "8 less than the pool's rest would give at most 3"
        );
        assert_eq!(pool(&[3, 5]), [Few, Withheld]);
        assert_eq!(pool(&[1, 2, 12]), [Few, Few, Withheld]);
    }

    #[test]
    fn a_small_number_of_seats_does_not_follow_from_the_others() {
        assert_eq!(
            panel(&[(17, 18, 17), (17, 18, 18), (0, 1, 0)]),
            [None, None, None]
        );
        assert_eq!(
            panel(&[(5, 20, 10), (5, 20, 12), (0, 9, 3)]),
            [None, Some(12), None]
        );
        assert_eq!(
            panel(&[(5, 20, 10), (3, 3, 3)]),
            [Some(10), Some(3)],
            "the quotas say it already"
        );
        assert_eq!(panel(&[(5, 20, 10), (5, 9, 5)]), [Some(10), Some(5)]);
    }
}
