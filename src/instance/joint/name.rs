//! Whether a text of the quotas is a pair, and of what.

use std::collections::{BTreeMap, BTreeSet};

use super::{Joint, Part, Reading, Sources, position};
use crate::error::Problem;
use crate::pool::{Pool, columns, key};
use crate::quota::joint;

/// What a feature of the quotas is.
pub(super) enum Name {
    /// A column, or nothing that is known.
    Ordinary,
    /// The pair at this index, and whether the row names it in the other order.
    Joint(usize, bool),
    /// A pair that has a problem.
    Wrong,
}

type Values = BTreeMap<String, BTreeSet<String>>;

impl Reading {
    /// What every folded feature of the quotas is. A name is a pair only if the pool has no column of this name.
    pub(super) fn names(&mut self, sources: Sources<'_>) -> BTreeMap<String, Name> {
        let headers: BTreeSet<String> = sources.pool.columns.iter().map(|h| key::fold(h)).collect();
        let mut names = BTreeMap::new();
        let mut joint = Vec::new();
        let mut own = Values::new();
        for quota in sources.given {
            let folded = key::fold(&quota.feature);
            if names.contains_key(&folded) {
                // Known from an earlier row.
            } else if headers.contains(&folded) || !looks_joint(&quota.feature, &headers) {
                names.insert(folded.clone(), Name::Ordinary);
            } else {
                names.insert(folded.clone(), Name::Wrong);
                joint.push(quota);
            }
            let values = own.entry(folded).or_default();
            values.insert(key::fold(&quota.value));
        }
        for quota in joint {
            let read = pair(&quota.feature, &headers);
            let named = read.map(|pair| self.pair(sources, pair, (&own, &headers)));
            let name = named.unwrap_or_else(|problem| {
                let (file, header) = (sources.given.file.as_deref(), &sources.given.headers);
                self.quota_problems
                    .push(problem.at(file, quota.row, Some(&header.feature)));
                Name::Wrong
            });
            names.insert(key::fold(&quota.feature), name);
        }
        names
    }

    /// The index of the pair, which is new here or known in this or the other order.
    fn pair(
        &mut self,
        sources: Sources<'_>,
        written: [&str; 2],
        (own, headers): (&Values, &BTreeSet<String>),
    ) -> Name {
        let ordered = in_order(written);
        let turned = ordered != written;
        let name = key::fold(&joint::join(ordered[0], ordered[1]));
        if let Some(index) = position(&self.joints, &name) {
            return Name::Joint(index, turned);
        }
        // A row without a value may name the pair in any spelling.
        let same = |text: &String| {
            pair(text, headers).is_ok_and(|written| {
                let [first, second] = in_order(written);
                key::fold(&joint::join(first, second)) == name
            })
        };
        let complete = !sources.draft.gaps && !sources.draft.doubtful.iter().any(same);
        let mut found = Vec::new();
        for spelled in ordered {
            let values = own.get(&key::fold(spelled));
            match Part::new(sources, spelled, values) {
                Ok(part) => found.push(part),
                // Two columns of one name are told where the feature's own quotas are read.
                Err(problem) if values.is_none() => self.column(sources.pool, spelled, *problem),
                Err(_) => {}
            }
        }
        let Ok(parts) = <[Part; 2]>::try_from(found) else {
            return Name::Wrong;
        };
        self.joints.push(Joint {
            name,
            parts,
            cells: BTreeMap::new(),
            complete,
            places: vec![],
            others: Default::default(),
        });
        Name::Joint(self.joints.len() - 1, turned)
    }
}

impl Reading {
    /// A column of a part that cannot be told, once for all pairs that need it.
    fn column(&mut self, pool: &Pool, spelled: &str, problem: Problem) {
        let told = |p: &Problem| p.column.as_deref().map(key::fold) == Some(key::fold(spelled));
        if !self.pool_problems.iter().any(told) {
            let name = key::clean(spelled);
            self.pool_problems
                .push(problem.at(pool.file.as_deref(), pool.header_row, Some(&name)));
        }
    }
}

/// Two names in ascending order of their folded texts.
fn in_order([first, second]: [&str; 2]) -> [&str; 2] {
    if key::fold(first) > key::fold(second) {
        [second, first]
    } else {
        [first, second]
    }
}

/// True when a sign stands beside the name of a column.
fn looks_joint(feature: &str, headers: &BTreeSet<String>) -> bool {
    let known = |half: &str| headers.contains(&key::fold(half));
    joint::splits(feature)
        .into_iter()
        .any(|halves| halves.into_iter().any(known))
}

/// The two columns that a name stands for, as it is spelled. Not even in canonical spelling may it stand for others.
fn pair<'a>(feature: &'a str, headers: &BTreeSet<String>) -> Result<[&'a str; 2], Box<Problem>> {
    let found = format!("{feature:?}");
    let [first, second] = match candidates(feature, &|half, _| headers.contains(half))[..] {
        [only] => only,
        [one, another, ..] => return Err(Box::new(ambiguous(&found, one, another))),
        [] => return Err(Box::new(unknown_part(feature, headers))),
    };
    if key::fold(first) == key::fold(second) {
        let expected = "two different features";
        return Err(Box::new(Problem::new("E-JOINT-SAME", found, expected)));
    }
    for turned in [[first, second], [second, first]] {
        let name = joint::join(turned[0], turned[1]);
        if headers.contains(&key::fold(&name)) {
            let expected =
                format!("{name:?}, which is a column of the pool, or a pool without that column");
            return Err(Box::new(Problem::new("E-JOINT-COLUMN", found, expected)));
        }
        if let [one, another, ..] = candidates(&name, &|half, _| headers.contains(half))[..] {
            return Err(Box::new(ambiguous(&found, one, another)));
        }
    }
    Ok([first, second])
}

/// The readings of a text as two texts that are both `known`, which is asked with a folded text and its side.
fn candidates<'a>(text: &'a str, known: &dyn Fn(&str, usize) -> bool) -> Vec<[&'a str; 2]> {
    let fits =
        |[left, right]: &[&str; 2]| known(&key::fold(left), 0) && known(&key::fold(right), 1);
    joint::splits(text).into_iter().filter(fits).collect()
}

fn ambiguous(found: &str, [a, b]: [&str; 2], [c, d]: [&str; 2]) -> Problem {
    let expected = format!("one way to read it, not both {a:?} × {b:?} and {c:?} × {d:?}");
    Problem::new("E-JOINT-AMBIGUOUS", found, expected)
}

fn unknown_part(feature: &str, headers: &BTreeSet<String>) -> Problem {
    let known = |half: &str| headers.contains(&key::fold(half));
    let strange: Vec<String> = joint::splits(feature)
        .into_iter()
        .filter(|halves| halves.iter().any(|half| known(half)))
        .flatten()
        .filter(|half| !known(half))
        .map(str::to_owned)
        .collect();
    let expected = format!(
        "two columns of the pool around the sign; it has none for {}",
        columns::quoted(&strange)
    );
    Problem::new("E-JOINT-FEATURE", format!("{feature:?}"), expected)
}

/// The two values of a cell, in the order of the parts given; without a problem where a missing row may be the reason.
pub(super) fn cell<'a>(
    value: &'a str,
    parts: [&Part; 2],
) -> Result<[&'a str; 2], Option<Box<Problem>>> {
    let found = format!("{value:?}");
    let known = |half: &str, side: usize| parts[side].values.contains(half);
    let told = |problem| Err(Some(Box::new(problem)));
    let [first, second] = match candidates(value, &known)[..] {
        [only] => only,
        [one, another, ..] => return told(ambiguous(&found, one, another)),
        [] if parts.iter().all(|part| part.complete) => {
            return told(unknown_value(value, parts));
        }
        [] => return Err(None),
    };
    let turned = joint::join(second, first);
    let known = |half: &str, side: usize| parts[1 - side].values.contains(half);
    if let [one, another, ..] = candidates(&turned, &known)[..] {
        return told(ambiguous(&found, one, another));
    }
    let straight = joint::join(first, second);
    let known = |half: &str, side: usize| parts[side].values.contains(half);
    if let [one, another, ..] = candidates(&straight, &known)[..] {
        return told(ambiguous(&found, one, another));
    }
    Ok([first, second])
}

fn unknown_value(value: &str, parts: [&Part; 2]) -> Problem {
    let mut expected = format!(
        "a value of {:?} and a value of {:?} with × between them",
        parts[0].spelled, parts[1].spelled
    );
    let splits = joint::splits(value);
    let knows = |(part, half): (&Part, &&str)| part.values.contains(&key::fold(half));
    let half_known = splits
        .iter()
        .find(|halves| parts.into_iter().zip(halves.iter()).any(knows));
    for (part, half) in half_known
        .or(splits.first())
        .into_iter()
        .flat_map(|halves| parts.into_iter().zip(halves))
    {
        if !part.values.contains(&key::fold(half)) {
            let spelled = &part.spelled;
            expected += &if part.has_quotas {
                format!("; {half:?} has no quota of {spelled:?}")
            } else {
                format!("; nobody in the pool has {half:?} for {spelled:?}")
            };
        }
    }
    Problem::new("E-JOINT-VALUE", format!("{value:?}"), expected)
}
