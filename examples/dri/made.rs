//! Made-up answers of two forums, from streams keyed by their names: the same on every machine, and nobody's.
//!
//! Everybody stands somewhere on two axes. Considerations follow the first. Before, the ranking of options follows the second, which nobody
//! was asked about; in one forum it follows the first after deliberation, in the other nothing but noise changes.

use std::fmt::Write as _;

use kleroterion::lottery::{Digest, Stream};

/// Name, members, and how much (of 10) the ranking follows the considerations' axis after deliberation.
const FORUMS: [(&str, usize, i64); 2] = [("Made-up harbour", 24, 9), ("Made-up budget", 18, 3)];
const BEFORE: i64 = 3;
const CONSIDERATIONS: usize = 20;
const OPTIONS: usize = 6;

/// The file: `case,stage_id,pnum,C1…,P1…`.
pub(super) fn answers_csv() -> String {
    let mut text = String::from("case,stage_id,pnum");
    (1..=CONSIDERATIONS).for_each(|c| write!(text, ",C{c}").expect("text grows"));
    (1..=OPTIONS).for_each(|p| write!(text, ",P{p}").expect("text grows"));
    text.push('\n');
    for (case, people, follows) in FORUMS {
        let key = Digest::of("kleroterion/made-up answers v1", &[case.as_bytes()]);
        let mut stream = Stream::from_key(key.0);
        let axes: Vec<[i64; 2]> = (0..people)
            .map(|_| [bell(&mut stream), bell(&mut stream)])
            .collect();
        for (stage, follows) in [(1, BEFORE), (2, follows)] {
            for (person, [asked, unasked]) in (1..).zip(&axes) {
                let row = considerations(*asked, &mut stream);
                let stand = (follows * asked + (10 - follows) * unasked) / 10;
                let row = [row, ranks(stand, &mut stream)].concat();
                let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
                writeln!(text, "{case},{stage},{person},{}", cells.join(",")).expect("text grows");
            }
        }
    }
    text
}

/// A bell-shaped number with mean 0 and standard deviation about 1 000: twelve even throws.
fn bell(stream: &mut Stream) -> i64 {
    (0..12)
        .map(|_| stream.below(1001).cast_signed() - 500)
        .sum()
}

/// Agreement from 1 to 7: half the considerations speak for one side, half for the other.
fn considerations(stand: i64, stream: &mut Stream) -> Vec<i64> {
    let agreement = |c: usize| {
        let side = if c.is_multiple_of(2) { stand } else { -stand };
        (4 + (side + bell(stream)).div_euclid(800)).clamp(1, 7)
    };
    (0..CONSIDERATIONS).map(agreement).collect()
}

/// Ranks 1 (best) to 6 of options that lie along an axis, by their distance from where somebody stands.
fn ranks(stand: i64, stream: &mut Stream) -> Vec<i64> {
    let place = |option: usize| (2 * option as i64 - OPTIONS as i64 + 1) * 500;
    let distances: Vec<i64> = (0..OPTIONS)
        .map(|option| (place(option) - 2 * stand + bell(stream) / 2).abs())
        .collect();
    let better = |option: usize| {
        let own = (distances[option], option);
        (0..OPTIONS)
            .filter(|&other| (distances[other], other) < own)
            .count()
    };
    (0..OPTIONS)
        .map(|option| better(option) as i64 + 1)
        .collect()
}
