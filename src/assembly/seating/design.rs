//! Seatings in which nobody meets anybody twice, by algebra.

use super::field::Ring;

/// A table for every point in every round; points are the seats of a plan, and anybody may be any point.
pub(super) type Design = Vec<Vec<u16>>;

/// As many rounds as a construction gives in which no two points meet twice, at most `rounds` of them.
///
/// - *Lines.* Cut the points into rows of as many as there are tables. The point in row i and column j sits in round s at table j + s·i, in the field
///   of as many elements as there are tables, or in the product of the fields of its prime powers. Two points of one row never meet. Two points of rows i ≠ i' meet
///   when j − j' = s·(i' − i), which one s at most does, since the slopes s differ by elements with an inverse. Every table has at most one point of each
///   row, and the table sizes differ by one at most, since only the last row may be short. As many rounds as the smallest prime power of the number of tables; all
///   of it for a prime, and for a prime power.
/// - *Rows.* When the rows are full and the tables' size divides their length, rows cut into tables make further rounds: nobody of a row has met. With q tables of q that
///   is the last parallel class of the affine plane.
/// - *Turns.* One round of few tables, found by search, turned round a circle: Kirkman's 15 schoolgirls and its relatives.
/// - *Pairs.* Tables of two: one stays, the others go round the circle.
///
/// O(rounds · points). Sources: Bose 1938 (planes and squares from fields), MacNeish (products), Kirkman (schoolgirls).
pub(super) fn rounds_without_repeats(points: usize, tables: usize, rounds: usize) -> Design {
    let options = [
        turned(points, tables, rounds),
        pairs(points, tables, rounds),
        lines(points, tables, rounds),
    ];
    // The first of the longest.
    let longest = options.iter().map(Vec::len).max().unwrap_or(0);
    options
        .into_iter()
        .find(|o| o.len() == longest)
        .unwrap_or_default()
}

fn lines(points: usize, tables: usize, rounds: usize) -> Design {
    if tables == 0 || points > tables * tables || tables > 1000 {
        return split(points, tables, rounds.min(1));
    }
    let ring = Ring::new(tables);
    let line = |s: usize| {
        let seat = |p: usize| ring.line(p % tables, ring.slope(s), p / tables) as u16;
        (0..points).map(seat).collect()
    };
    let mut found: Design = (0..ring.slopes().min(rounds)).map(line).collect();
    let size = points / tables;
    if points.is_multiple_of(tables) && size > 1 && tables.is_multiple_of(size) {
        let per_row = tables / size;
        for inner in rounds_without_repeats(tables, per_row, rounds - found.len()) {
            let seat = |p: usize| (p / tables * per_row) as u16 + inner[p % tables];
            found.push((0..points).map(seat).collect());
        }
    }
    found
}

/// One round, or none.
fn split(points: usize, tables: usize, rounds: usize) -> Design {
    let seat = |p: usize| (p % tables.max(1)) as u16;
    vec![(0..points).map(seat).collect(); if tables == 0 { 0 } else { rounds }]
}

/// The circle method for tables of two.
fn pairs(points: usize, tables: usize, rounds: usize) -> Design {
    if points != 2 * tables || tables == 0 {
        return Vec::new();
    }
    let circle = points - 1;
    let round = |r: usize| {
        let seat = |p: usize| {
            if p == circle {
                return 0;
            }
            let step = (p + circle - r % circle) % circle;
            step.min(circle - step) as u16
        };
        (0..points).map(seat).collect()
    };
    (0..rounds.min(circle)).map(round).collect()
}

/// The first round of a turned design: blocks of points. Point x of orbit i is written `i·turn + x`; points beyond the orbits stay where they are.
struct Turned {
    turn: usize,
    orbits: usize,
    blocks: &'static [&'static [usize]],
}

/// All pairs of each, turned, are different: a test turns them. They were found by a depth-first search over differences.
const TURNED: [Turned; 5] = [
    Turned {
        turn: 7,
        orbits: 2,
        blocks: &[
            &[14, 10, 4],
            &[0, 2, 3],
            &[1, 13, 11],
            &[5, 12, 9],
            &[6, 7, 8],
        ],
    },
    Turned {
        turn: 13,
        orbits: 2,
        blocks: &[
            &[26, 4, 20],
            &[0, 21, 18],
            &[1, 2, 16],
            &[3, 11, 22],
            &[5, 8, 12],
            &[6, 15, 13],
            &[7, 19, 9],
            &[10, 14, 23],
            &[17, 24, 25],
        ],
    },
    Turned {
        turn: 9,
        orbits: 3,
        blocks: &[
            &[27, 10, 18, 1],
            &[0, 22, 2, 12],
            &[3, 4, 19, 7],
            &[5, 16, 13, 9],
            &[6, 20, 25, 11],
            &[8, 15, 26, 14],
            &[17, 24, 21, 23],
        ],
    },
    Turned {
        turn: 11,
        orbits: 2,
        blocks: &[
            &[22, 6, 18],
            &[23, 11, 1],
            &[0, 2, 7],
            &[3, 4, 21],
            &[5, 8, 16],
            &[9, 13, 14],
            &[10, 12, 19],
            &[15, 20, 17],
        ],
    },
    Turned {
        turn: 7,
        orbits: 3,
        blocks: &[
            &[21, 3, 20, 10],
            &[22, 5, 11, 19],
            &[23, 1, 16, 12],
            &[0, 6, 18, 2],
            &[4, 7, 13, 9],
            &[8, 15, 14, 17],
        ],
    },
];

fn turned(points: usize, tables: usize, rounds: usize) -> Design {
    let fits = |t: &&Turned| {
        t.blocks.len() == tables && t.blocks.iter().map(|b| b.len()).sum::<usize>() == points
    };
    let Some(Turned {
        turn,
        orbits,
        blocks,
    }) = TURNED.iter().find(fits)
    else {
        return Vec::new();
    };
    let round = |r: usize| {
        let mut seats = vec![0; points];
        for (table, block) in blocks.iter().enumerate() {
            for &point in *block {
                let moved = if point < turn * orbits {
                    point / turn * turn + (point % turn + r) % turn
                } else {
                    point
                };
                seats[moved] = table as u16;
            }
        }
        seats
    };
    (0..rounds.min(*turn)).map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::{TURNED, rounds_without_repeats};

    /// Nobody meets anybody twice, and table sizes differ by one at most.
    fn check(points: usize, tables: usize, rounds: usize) -> usize {
        let design = rounds_without_repeats(points, tables, rounds);
        assert!(design.len() <= rounds);
        let mut met = std::collections::BTreeSet::new();
        for round in &design {
            let mut sizes = vec![0; tables];
            round.iter().for_each(|&t| sizes[usize::from(t)] += 1);
            let (fewest, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
            assert!(most - fewest <= 1, "{points} at {tables}: {sizes:?}");
            for (a, b) in (0..points).flat_map(|b| (0..b).map(move |a| (a, b))) {
                if round[a] == round[b] {
                    assert!(
                        met.insert((a, b)),
                        "{points} at {tables}: {a} and {b} meet twice"
                    );
                }
            }
        }
        design.len()
    }

    #[test]
    fn lines_and_rows_never_repeat() {
        for q in [2, 3, 4, 5, 7, 8, 9, 11, 13, 16] {
            assert_eq!(check(q * q, q, 50), q + 1, "affine plane of order {q}");
        }
        assert_eq!(check(36, 7, 50), 7);
        assert_eq!(check(99, 11, 11), 11);
        assert_eq!(check(99, 13, 8), 8);
        assert_eq!(check(150, 19, 7), 7);
        assert_eq!(check(36, 6, 9), 3);
        assert_eq!(check(32, 8, 20), 9);
        assert_eq!(check(64, 16, 50), 21); // all pairs: 63 / 3
        assert_eq!(check(100, 12, 9), 3);
        assert_eq!(check(30, 5, 4), 1);
        assert_eq!(check(3, 3, 4), 3);
        for points in 1..26 {
            for tables in 1..=points {
                check(points, tables, 9);
            }
        }
    }

    #[test]
    fn turns_and_pairs_use_every_pair() {
        for turned in &TURNED {
            let points: usize = turned.blocks.iter().map(|b| b.len()).sum();
            assert_eq!(check(points, turned.blocks.len(), 99), turned.turn);
        }
        assert_eq!(check(15, 5, 9), 7);
        for tables in 1..9 {
            assert_eq!(check(2 * tables, tables, 99), 2 * tables - 1);
        }
    }
}
