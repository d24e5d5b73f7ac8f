//! Random instances, built rather than filtered: every choice leads to an instance worth asking about.

use crate::case::{Case, Somebody};

/// Where choices come from. A choice of 0 is the simplest one.
pub(crate) trait Source {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize;

    /// True once in `n`; not the simplest choice.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// A number in `low..=high`.
    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Fisher and Yates; all zeros leave the order as it is.
    fn shuffle<T>(&mut self, items: &mut [T])
    where
        Self: Sized,
    {
        for i in 0..items.len().saturating_sub(1) {
            let j = i + self.below(items.len() - i);
            items.swap(i, j);
        }
    }
}

/// An endless seeded stream (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Stream(pub(crate) u64);

impl Source for Stream {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }
}

/// Choices read from bytes, 0 after their end: `proptest` shrinks the bytes and with them the instance.
#[derive(Debug)]
pub(crate) struct Tape<'a>(pub(crate) &'a [u8]);

impl Source for Tape<'_> {
    fn below(&mut self, n: usize) -> usize {
        let Some((&byte, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(byte) * n / 256
    }
}

/// How quotas are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `min = max`, met by a planted panel.
    Exact,
    /// Around a planted panel, with room.
    Slack,
    /// Each feature exact or with room.
    Mixed,
    /// Each feature around a panel of its own, so that all together may clash.
    Independent,
    /// Around a panel that may hold housemates, so that the household rule may clash.
    Housemates,
    /// As mixed; everybody of one value must be in.
    Everyone,
    /// As mixed; values that the planted panel lacks get a maximum of 0.
    Forbidden,
    /// No quota binds.
    Open,
}

const STYLES: [Style; 9] = [
    Style::Open,
    Style::Slack,
    Style::Exact,
    Style::Mixed,
    Style::Independent,
    Style::Independent,
    Style::Housemates,
    Style::Everyone,
    Style::Forbidden,
];

/// A small instance: up to 14 people, 6 seats, 4 features of 2 to 4 values, with and without households.
pub(crate) fn small(source: &mut impl Source) -> Case {
    let style = STYLES[source.below(STYLES.len())];
    styled(source, style)
}

/// A small instance whose quotas may well clash.
pub(crate) fn clashing(source: &mut impl Source) -> Case {
    let style = [Style::Independent, Style::Housemates][source.below(2)];
    styled(source, style)
}

fn styled(source: &mut impl Source, style: Style) -> Case {
    let n = source.between(3, 14).max(source.between(3, 14));
    let values: Vec<usize> = (0..source.between(1, 4))
        .map(|_| source.between(2, 4))
        .collect();
    let mut people = crowd(source, n, &values);
    if source.once_in(2) {
        move_together(source, &mut people);
    }
    source.shuffle(&mut people);
    let homes = Case {
        size: 0,
        quotas: vec![],
        people: people.clone(),
        most: 1,
    }
    .units()
    .len();
    let size = if source.once_in(24) {
        homes
    } else {
        source.between(1, homes.min(6))
    };
    let mut case = Case {
        size: size as u32,
        quotas: values.iter().map(|&v| vec![(0, size as u32); v]).collect(),
        people,
        most: 1,
    };
    set_quotas(source, &mut case, style);
    case
}

/// People around a few profiles, so that some are interchangeable and some are rare.
fn crowd(source: &mut impl Source, n: usize, values: &[usize]) -> Vec<Somebody> {
    // Two draws, the smaller one: low values are common, high ones rare.
    let one = |source: &mut dyn FnMut(usize) -> usize| -> Vec<usize> {
        values.iter().map(|&v| source(v).min(source(v))).collect()
    };
    let mut below = |n: usize| source.below(n);
    let types: Vec<Vec<usize>> = (0..=below(n)).map(|_| one(&mut below)).collect();
    (0..n)
        .map(|_| {
            let values = if below(4) == 3 {
                one(&mut below)
            } else {
                types[below(types.len())].clone()
            };
            Somebody { values, home: None }
        })
        .collect()
}

/// Up to four households of two or three: as they come, of one profile, or copies of the household before.
fn move_together(source: &mut impl Source, people: &mut [Somebody]) {
    let mut next = 0;
    let mut before: Option<(usize, usize)> = None;
    for home in 0..source.below(5) {
        let kind = source.below(4);
        let length = match before {
            Some((_, length)) if kind == 3 => length,
            _ => source.between(2, 3),
        };
        if next + length > people.len() {
            break;
        }
        for i in 0..length {
            let values = match (kind, before) {
                (2, _) => people[next].values.clone(),
                (3, Some((start, _))) => people[start + i].values.clone(),
                _ => people[next + i].values.clone(),
            };
            people[next + i] = Somebody {
                values,
                home: Some(home),
            };
        }
        before = Some((next, length));
        next += length;
    }
    for (i, person) in people.iter_mut().enumerate().skip(next) {
        person.home = source.once_in(2).then_some(100 + i);
    }
}

/// A panel of one person from each of `size` households, those in `first` before others.
pub(crate) fn plant(
    source: &mut impl Source,
    case: &Case,
    first: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut units = case.units();
    source.shuffle(&mut units);
    units.sort_by_key(|unit| !unit.iter().any(|&i| first(i)));
    units.truncate(case.size as usize);
    units
        .into_iter()
        .map(|unit| {
            let wanted: Vec<usize> = unit.iter().copied().filter(|&i| first(i)).collect();
            let from = if wanted.is_empty() { unit } else { wanted };
            from[source.below(from.len())]
        })
        .collect()
}

/// Any people, housemates or not; half of the time those of households first.
fn anybody(source: &mut impl Source, case: &Case) -> Vec<usize> {
    let mut people: Vec<usize> = (0..case.people.len()).collect();
    source.shuffle(&mut people);
    if source.once_in(2) {
        people.sort_by_key(|&i| case.people[i].home.unwrap_or(usize::MAX));
    }
    people.truncate(case.size as usize);
    people
}

fn set_quotas(source: &mut impl Source, case: &mut Case, style: Style) {
    let rare = rarest(case);
    let everyone = |i: usize| style == Style::Everyone && case.people[i].values[rare.0] == rare.1;
    let planted = match style {
        Style::Housemates => anybody(source, case),
        _ => plant(source, case, everyone),
    };
    for feature in 0..case.quotas.len() {
        let panel = if style == Style::Independent {
            anybody(source, case)
        } else {
            planted.clone()
        };
        let exact = match style {
            Style::Open => continue,
            Style::Exact | Style::Housemates => true,
            Style::Independent => !source.once_in(4),
            Style::Slack => false,
            _ => source.once_in(2),
        };
        for value in 0..case.quotas[feature].len() {
            let seats = panel
                .iter()
                .filter(|&&i| case.people[i].values[feature] == value)
                .count();
            let (less, more) = if exact {
                (0, 0)
            } else {
                (source.below(3), source.below(3))
            };
            let most = if seats == 0 && style == Style::Forbidden {
                0
            } else {
                (seats + more).min(case.size as usize)
            };
            case.quotas[feature][value] = (seats.saturating_sub(less) as u32, most as u32);
        }
    }
    if style == Style::Everyone {
        let holders = case
            .people
            .iter()
            .filter(|p| p.values[rare.0] == rare.1)
            .count() as u32;
        let quota = &mut case.quotas[rare.0][rare.1];
        // Only when the planted panel could take all of them.
        if planted
            .iter()
            .filter(|&&i| case.people[i].values[rare.0] == rare.1)
            .count() as u32
            == holders
        {
            *quota = (holders, quota.1.max(holders));
        }
    }
}

/// The feature and value with the fewest people, at least one.
fn rarest(case: &Case) -> (usize, usize) {
    let count = |f: usize, v: usize| case.people.iter().filter(|p| p.values[f] == v).count();
    let all = case
        .quotas
        .iter()
        .enumerate()
        .flat_map(|(f, values)| (0..values.len()).map(move |v| (f, v)));
    all.filter(|&(f, v)| count(f, v) > 0)
        .min_by_key(|&(f, v)| count(f, v))
        .expect("people have values")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_reaches_what_it_should() {
        let mut source = Stream(7);
        let cases: Vec<Case> = (0..600).map(|_| small(&mut source)).collect();
        let share = |what: &dyn Fn(&Case) -> bool| cases.iter().filter(|c| what(c)).count();
        let feasible = |c: &Case| !c.panels().is_empty();
        let excludes = |c: &Case| {
            let seen = c.panels().iter().fold(0, |all, panel| all | panel);
            seen != 0 && seen != (1 << c.people.len()) - 1
        };
        let most = cases.iter().map(|c| c.panels().len()).max().unwrap_or(0);
        println!(
            "feasible {} excluding {} more than 200 panels {} at most {most}",
            share(&feasible),
            share(&excludes),
            share(&|c| c.panels().len() > 200)
        );
        assert!(
            share(&feasible) > 450,
            "{} of 600 feasible",
            share(&feasible)
        );
        assert!(
            share(&|c| !feasible(c)) > 30,
            "{} of 600 infeasible",
            share(&|c| !feasible(c))
        );
        assert!(
            share(&excludes) > 60,
            "{} of 600 exclude somebody",
            share(&excludes)
        );
        assert!(
            share(&|c| c.units().iter().any(|u| u.len() > 1)) > 100,
            "households"
        );
        assert!(
            share(&|c| c.quotas.iter().all(|f| f.iter().all(|q| q.0 == q.1))) > 40,
            "exact quotas"
        );
        assert!(share(&|c| c.panels().len() > 200) > 30, "many panels");
        let couples = |c: &Case| {
            crate::leximin::interchangeable(c).iter().any(|class| {
                class
                    .iter()
                    .filter(|&&i| c.people[i].home.is_some_and(|h| h < 100))
                    .count()
                    > 1
            })
        };
        assert!(
            share(&couples) > 30,
            "interchangeable housemates or couples"
        );
    }

    #[test]
    fn an_empty_tape_is_a_small_open_case() {
        let case = small(&mut Tape(&[]));
        assert_eq!(
            (case.people.len(), case.size, case.panels().len()),
            (3, 1, 3)
        );
    }

    #[test]
    fn planted_styles_are_always_feasible() {
        for seed in 0..40 {
            for style in [
                Style::Exact,
                Style::Slack,
                Style::Mixed,
                Style::Everyone,
                Style::Forbidden,
                Style::Open,
            ] {
                let mut source = Stream(seed);
                let mut case = small(&mut source);
                let size = case.size;
                case.quotas
                    .iter_mut()
                    .flatten()
                    .for_each(|q| *q = (0, size));
                set_quotas(&mut source, &mut case, style);
                assert!(!case.panels().is_empty(), "{style:?}\n{case}");
            }
        }
    }
}
