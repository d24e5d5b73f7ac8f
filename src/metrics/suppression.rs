//! Which cells of a table of people may be printed.
//!
//! Readers know the totals of all rows and columns, and every printed cell. From these the hidden ones follow as far as the
//! equations say. A table may be printed when every hidden count below five could, for all that readers know, be anything
//! from 0 to 4 (or to its row's or column's total, if that is less).

use std::collections::VecDeque;

/// Fewest people a printed count may speak of.
const SMALLEST: u64 = 5;

type Place = (usize, usize);

/// For every cell of a table of counts, whether it may be printed. All rows must be of one length.
pub(crate) fn published(counts: &[Vec<u64>]) -> Vec<Vec<bool>> {
    let mut table = Table::new(counts);
    table.hide_small_lines();
    while let Some(cell) = table.guessable() {
        if !table.hide_beside(cell) {
            break;
        }
    }
    table.shown
}

struct Table<'a> {
    counts: &'a [Vec<u64>],
    shown: Vec<Vec<bool>>,
    rows: Vec<u64>,
    columns: Vec<u64>,
}

impl<'a> Table<'a> {
    /// Hides the counts below [`SMALLEST`].
    fn new(counts: &'a [Vec<u64>]) -> Self {
        let width = counts.first().map_or(0, Vec::len);
        Self {
            counts,
            shown: counts
                .iter()
                .map(|row| row.iter().map(|&c| c >= SMALLEST).collect())
                .collect(),
            rows: counts.iter().map(|row| row.iter().sum()).collect(),
            columns: (0..width)
                .map(|c| counts.iter().map(|row| row[c]).sum())
                .collect(),
        }
    }

    /// A total below [`SMALLEST`] is hidden elsewhere, together with the smallest of the others; here both lines are.
    fn hide_small_lines(&mut self) {
        for row in lines_to_hide(&self.rows) {
            self.shown[row].fill(false);
        }
        for column in lines_to_hide(&self.columns) {
            self.shown.iter_mut().for_each(|row| row[column] = false);
        }
    }

    fn hidden(&self) -> impl Iterator<Item = Place> + '_ {
        let cells = (0..self.rows.len()).flat_map(|r| (0..self.columns.len()).map(move |c| (r, c)));
        cells.filter(|&(r, c)| !self.shown[r][c])
    }

    /// A small hidden count whose range is narrower than it should be.
    fn guessable(&self) -> Option<Place> {
        self.hidden().find(|&(r, c)| {
            let count = self.counts[r][c];
            let most = (SMALLEST - 1).min(self.rows[r]).min(self.columns[c]);
            count < SMALLEST
                && (!self.moves((r, c), Toward::Less, count)
                    || !self.moves((r, c), Toward::More, most.saturating_sub(count)))
        })
    }

    /// Hides the other corners of a rectangle that gives the cell its range, the one that hides fewest cells, then
    /// fewest people; without such a rectangle the smallest printed cell of the table. False when none is printed.
    fn hide_beside(&mut self, cell: Place) -> bool {
        let places =
            (0..self.rows.len()).flat_map(|r| (0..self.columns.len()).map(move |c| (r, c)));
        let rectangle = places
            .clone()
            .filter_map(|corner| self.rectangle(cell, corner))
            .min();
        let printed = |&(r, c): &Place| self.shown[r][c];
        let smallest = || {
            places
                .filter(printed)
                .min_by_key(|&(r, c)| (self.counts[r][c], r, c))
        };
        let hidden = match rectangle {
            Some((_, corners)) => corners,
            None => smallest().into_iter().collect(),
        };
        hidden.iter().for_each(|&(r, c)| self.shown[r][c] = false);
        !hidden.is_empty()
    }

    /// The corners to hide of the rectangle between two opposite corners, with their number and their people; `None` when
    /// nothing is to hide or when people cannot move along it as far as they should.
    fn rectangle(&self, (row, column): Place, (r, c): Place) -> Option<((usize, u64), Vec<Place>)> {
        let count = self.counts[row][column];
        let most = (SMALLEST - 1).min(self.rows[row]).min(self.columns[column]);
        let more = most.saturating_sub(count);
        let wide = self.counts[row][c] >= more
            && self.counts[r][column] >= more
            && self.counts[r][c] >= count;
        let corners = [(row, c), (r, column), (r, c)]
            .into_iter()
            .filter(|&(r, c)| self.shown[r][c]);
        let corners: Vec<Place> = corners.collect();
        let people = corners.iter().map(|&(r, c)| self.counts[r][c]).sum();
        (wide && r != row && c != column && !corners.is_empty())
            .then_some(((corners.len(), people), corners))
    }

    /// Whether the hidden cells can be changed, all totals kept and none negative, so that this one moves by so much:
    /// unit steps along paths of alternately lowered and raised cells.
    fn moves(&self, cell: Place, toward: Toward, by: u64) -> bool {
        let mut counts = self.counts.to_vec();
        (0..by).all(|_| self.step(&mut counts, cell, toward))
    }

    fn step(&self, counts: &mut [Vec<u64>], (row, column): Place, toward: Toward) -> bool {
        // Raising a cell leads from its row to its column, lowering it the other way; a circle through `cell` is closed.
        let height = self.rows.len();
        let (start, end) = match toward {
            Toward::More => (height + column, row),
            Toward::Less => (row, height + column),
        };
        let mut reached_from: Vec<Option<usize>> = vec![None; height + self.columns.len()];
        let mut queue = VecDeque::from([start]);
        reached_from[start] = Some(start);
        while let Some(line) = queue.pop_front() {
            for (next, (r, c)) in self.neighbours(line) {
                let lowers = line >= height;
                let usable = (r, c) != (row, column) && (!lowers || counts[r][c] > 0);
                if usable && reached_from[next].is_none() {
                    reached_from[next] = Some(line);
                    queue.push_back(next);
                }
            }
        }
        if reached_from[end].is_none() {
            return false;
        }
        let mut line = end;
        while let Some(before) = reached_from[line].filter(|_| line != start) {
            let (lowered, r, c) = if before >= height {
                (true, line, before - height)
            } else {
                (false, before, line - height)
            };
            counts[r][c] = if lowered {
                counts[r][c] - 1
            } else {
                counts[r][c] + 1
            };
            line = before;
        }
        true
    }

    /// Lines that share a hidden cell with this one; rows come first, columns after them.
    fn neighbours(&self, line: usize) -> Vec<(usize, Place)> {
        let height = self.rows.len();
        let cells: Vec<(usize, Place)> = if line < height {
            (0..self.columns.len())
                .map(|c| (height + c, (line, c)))
                .collect()
        } else {
            (0..height).map(|r| (r, (r, line - height))).collect()
        };
        cells
            .into_iter()
            .filter(|&(_, (r, c))| !self.shown[r][c])
            .collect()
    }
}

#[derive(Clone, Copy)]
enum Toward {
    More,
    Less,
}

/// Lines whose total is below [`SMALLEST`] and, if there are any, the smallest other line.
pub(crate) fn lines_to_hide(totals: &[u64]) -> Vec<usize> {
    let small = (0..totals.len()).filter(|&line| totals[line] < SMALLEST);
    let mut hidden: Vec<usize> = small.collect();
    if !hidden.is_empty() {
        let large = (0..totals.len()).filter(|&line| totals[line] >= SMALLEST);
        hidden.extend(large.min_by_key(|&line| (totals[line], line)));
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(counts: &[&[u64]]) -> Vec<Vec<u8>> {
        let counts: Vec<Vec<u64>> = counts.iter().map(|row| row.to_vec()).collect();
        published(&counts)
            .iter()
            .map(|row| row.iter().map(|&s| u8::from(s)).collect())
            .collect()
    }

    /// Every hidden count below five has, over all tables that fit what is printed, every value it should have.
    fn check(counts: &[Vec<u64>]) {
        let shown = published(counts);
        let hidden: Vec<Place> = (0..counts.len())
            .flat_map(|r| (0..counts[0].len()).map(move |c| (r, c)))
            .filter(|&(r, c)| !shown[r][c])
            .collect();
        if hidden.len() == counts.len() * counts[0].len() {
            return;
        }
        let left = |line: usize, of: fn(Place) -> usize| -> u64 {
            hidden
                .iter()
                .filter(|&&p| of(p) == line)
                .map(|&(r, c)| counts[r][c])
                .sum()
        };
        let rows = (0..counts.len()).map(|r| left(r, |p| p.0)).collect();
        let columns = (0..counts[0].len()).map(|c| left(c, |p| p.1)).collect();
        let mut seen: Vec<Vec<u64>> = vec![vec![]; hidden.len()];
        fill(&hidden, (rows, columns), &mut vec![], &mut seen);
        for (&(r, c), values) in hidden
            .iter()
            .zip(&seen)
            .filter(|((r, c), _)| counts[*r][*c] < 5)
        {
            let row: u64 = counts[r].iter().sum();
            let column: u64 = counts.iter().map(|row| row[c]).sum();
            let expected = (0..=4).filter(|&v| v <= row && v <= column);
            assert!(
                expected.into_iter().all(|v| values.contains(&v)),
                "{counts:?} {r} {c}: {values:?}"
            );
        }
    }

    /// All ways to fill the hidden cells so that rows and columns use up what is left for them.
    fn fill(
        hidden: &[Place],
        (rows, columns): (Vec<u64>, Vec<u64>),
        values: &mut Vec<u64>,
        seen: &mut [Vec<u64>],
    ) {
        let Some(&(r, c)) = hidden.get(values.len()) else {
            if rows.iter().chain(&columns).all(|&left| left == 0) {
                values.iter().zip(seen).for_each(|(&value, seen)| {
                    if !seen.contains(&value) {
                        seen.push(value);
                    }
                });
            }
            return;
        };
        for value in 0..=rows[r].min(columns[c]) {
            let (mut rows, mut columns) = (rows.clone(), columns.clone());
            rows[r] -= value;
            columns[c] -= value;
            values.push(value);
            fill(hidden, (rows, columns), values, seen);
            values.pop();
        }
    }

    #[test]
    fn large_counts_are_all_shown() {
        assert_eq!(shown(&[&[5, 9], &[20, 6]]), [[1, 1], [1, 1]]);
        assert_eq!(shown(&[]), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn one_small_count_hides_a_rectangle() {
        assert_eq!(
            shown(&[&[3, 9, 30], &[20, 40, 50], &[7, 60, 70]]),
            [[0, 0, 1], [0, 0, 1], [1, 1, 1]]
        );
        assert_eq!(shown(&[&[3, 9], &[20, 6]]), [[0, 0], [0, 0]]);
    }

    #[test]
    fn nothing_small_can_be_worked_out() {
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        for _ in 0..60 {
            let counts: Vec<Vec<u64>> = (0..3).map(|_| (0..3).map(|_| next(8)).collect()).collect();
            check(&counts);
        }
    }
}
