//! A small instance as plain data, and every panel it has.

use std::collections::BTreeMap;
use std::fmt;

use kleroterion::{Instance, Pool, Quotas, Result};

/// One person: a value per feature and a household key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Somebody {
    pub(crate) values: Vec<usize>,
    pub(crate) home: Option<usize>,
}

/// An instance. Person i has the id `p00i`, feature f the name `f1`, value v the name `v0`, so that the canonical
/// order of people and of quotas is the order here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) size: u32,
    /// `quotas[feature][value]` = fewest and most seats.
    pub(crate) quotas: Vec<Vec<(u32, u32)>>,
    pub(crate) people: Vec<Somebody>,
    /// Most people of one household.
    pub(crate) most: u32,
}

/// A set of people as bits.
pub(crate) type Panel = u32;

impl Case {
    /// From people written as `"ax"` (one letter per feature) with quotas `[("a", 1, 2), ...]` per feature.
    pub(crate) fn letters(size: u32, quotas: &[&[(char, u32, u32)]], people: &[&str]) -> Self {
        let value = |f: usize, letter: char| {
            quotas[f]
                .iter()
                .position(|q| q.0 == letter)
                .expect("a value with a quota")
        };
        Self {
            size,
            quotas: quotas
                .iter()
                .map(|feature| feature.iter().map(|q| (q.1, q.2)).collect())
                .collect(),
            people: people
                .iter()
                .map(|text| Somebody {
                    values: text.chars().enumerate().map(|(f, c)| value(f, c)).collect(),
                    home: None,
                })
                .collect(),
            most: 1,
        }
    }

    /// The same with households.
    pub(crate) fn homes(mut self, homes: &[Option<usize>]) -> Self {
        for (somebody, &home) in self.people.iter_mut().zip(homes) {
            somebody.home = home;
        }
        self
    }

    pub(crate) fn has_household_rule(&self) -> bool {
        self.people.iter().any(|p| p.home.is_some())
    }

    /// Position of a quota in canonical order.
    pub(crate) fn quota_index(&self, feature: usize, value: usize) -> usize {
        self.quotas[..feature].iter().map(Vec::len).sum::<usize>() + value
    }

    /// Quotas in canonical order.
    pub(crate) fn flat_quotas(&self) -> Vec<(u32, u32)> {
        self.quotas.iter().flatten().copied().collect()
    }

    /// A person's quotas as positions in canonical order.
    pub(crate) fn quotas_of(&self, person: usize) -> Vec<usize> {
        self.people[person]
            .values
            .iter()
            .enumerate()
            .map(|(f, &v)| self.quota_index(f, v))
            .collect()
    }

    /// People of households not all of whom may sit, by household; everybody else as homes of one.
    pub(crate) fn units(&self) -> Vec<Vec<usize>> {
        let mut homes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut units = Vec::new();
        for (i, person) in self.people.iter().enumerate() {
            match person.home {
                Some(home) => homes.entry(home).or_default().push(i),
                None => units.push(vec![i]),
            }
        }
        for home in homes.into_values() {
            if home.len() > self.most as usize {
                units.push(home);
            } else {
                units.extend(home.into_iter().map(|i| vec![i]));
            }
        }
        units
    }

    /// The crate's instance with the people in the given order of rows; quotas are turned around with odd orders.
    pub(crate) fn instance(&self, rows: &[usize]) -> Result<Instance> {
        let sorted = rows.is_sorted();
        let mut pool = Pool::builder().household_most(self.most);
        for &row in rows {
            let person = &self.people[row];
            let names: Vec<(String, String)> = person
                .values
                .iter()
                .enumerate()
                .map(|(f, v)| (format!("f{}", f + 1), format!("v{v}")))
                .collect();
            let pairs = names.iter().map(|(f, v)| (f.as_str(), v.as_str()));
            let id = format!("p{row:04}");
            pool = match person.home {
                Some(home) => pool.housemate(id, &format!("home {home}"), pairs),
                None => pool.person(id, pairs),
            };
        }
        let mut list: Vec<(usize, usize)> = self
            .quotas
            .iter()
            .enumerate()
            .flat_map(|(f, values)| (0..values.len()).map(move |v| (f, v)))
            .collect();
        if !sorted {
            list.reverse();
        }
        let mut quotas = Quotas::builder();
        for (f, v) in list {
            let (min, max) = self.quotas[f][v];
            quotas = quotas
                .feature(&format!("f{}", f + 1))
                .value(&format!("v{v}"), min..=max);
        }
        Instance::new(pool.build()?, quotas.build()?, self.size)
    }

    /// All panels that meet the quotas for which `keep(position)` holds, and the household rule if asked.
    pub(crate) fn panels_under(
        &self,
        keep: impl Fn(usize) -> bool,
        households: bool,
    ) -> Vec<Panel> {
        assert!(self.people.len() < 32, "too many people to try every panel");
        let quotas = self.flat_quotas();
        let mut masks: Vec<(Panel, u32, u32)> =
            quotas.iter().map(|&(min, max)| (0, min, max)).collect();
        for person in 0..self.people.len() {
            for quota in self.quotas_of(person) {
                masks[quota].0 |= 1 << person;
            }
        }
        let mut at = 0;
        masks.retain(|_| {
            at += 1;
            keep(at - 1)
        });
        if households {
            let units = self.units().into_iter().filter(|unit| unit.len() > 1);
            masks.extend(units.map(|unit| {
                let mask = unit.iter().fold(0, |mask, &i| mask | 1 << i);
                (mask, 0, self.most)
            }));
        }
        let meets = |panel: Panel| {
            masks.iter().all(|&(mask, min, max)| {
                let seats = (panel & mask).count_ones();
                min <= seats && seats <= max
            })
        };
        subsets(self.people.len(), self.size)
            .filter(|&panel| meets(panel))
            .collect()
    }

    /// All panels.
    pub(crate) fn panels(&self) -> Vec<Panel> {
        self.panels_under(|_| true, true)
    }

    /// Checks one panel person by person.
    pub(crate) fn admits(&self, panel: &[usize]) -> std::result::Result<(), String> {
        if panel.len() != self.size as usize {
            return Err(format!(
                "{} people on a panel of {}",
                panel.len(),
                self.size
            ));
        }
        for (f, values) in self.quotas.iter().enumerate() {
            for (v, &(min, max)) in values.iter().enumerate() {
                let seats = panel
                    .iter()
                    .filter(|&&i| self.people[i].values[f] == v)
                    .count() as u32;
                if seats < min || seats > max {
                    return Err(format!(
                        "{seats} people with f{} = v{v}, quota {min}..{max}",
                        f + 1
                    ));
                }
            }
        }
        for (at, &i) in panel.iter().enumerate() {
            if panel[at + 1..].contains(&i) {
                return Err(format!("person {i} sits twice"));
            }
            let home = self.people[i].home;
            let others = panel[at + 1..].iter();
            let others = others.filter(|&&j| self.people[j].home == home).count();
            if home.is_some() && others >= self.most as usize {
                return Err(format!("{} people of home {home:?}", others + 1));
            }
        }
        Ok(())
    }
}

/// All subsets of `size` of the first `people` bits, ascending.
fn subsets(people: usize, size: u32) -> impl Iterator<Item = Panel> {
    let first = if size as usize > people {
        None
    } else {
        Some((1u64 << size) - 1)
    };
    std::iter::successors(first, |&set| {
        if set == 0 {
            return None;
        }
        let low = set & set.wrapping_neg();
        let carried = set + low;
        Some((((carried ^ set) >> 2) / low) | carried)
    })
    .take_while(move |&set| set < 1 << people)
    .map(|set| set as Panel)
}

/// Enough to type it in again.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "panel of {} from {} people, at most {} of a household",
            self.size,
            self.people.len(),
            self.most
        )?;
        for (feature, values) in self.quotas.iter().enumerate() {
            write!(f, "  quotas f{}:", feature + 1)?;
            for (v, (min, max)) in values.iter().enumerate() {
                write!(f, " v{v} {min}..{max}")?;
            }
            writeln!(f)?;
        }
        for (i, person) in self.people.iter().enumerate() {
            let home = person.home.map_or(String::new(), |h| format!(" home {h}"));
            writeln!(f, "  p{i:04} values {:?}{home}", person.values)?;
        }
        writeln!(f, "as code: {}", self.code())
    }
}

impl Case {
    fn code(&self) -> String {
        let people: Vec<String> = self
            .people
            .iter()
            .map(|p| {
                format!(
                    "Somebody {{ values: vec!{:?}, home: {:?} }}",
                    p.values, p.home
                )
            })
            .collect();
        let quotas: Vec<String> = self.quotas.iter().map(|q| format!("vec!{q:?}")).collect();
        format!(
            "Case {{ size: {}, quotas: vec![{}], people: vec![{}], most: {} }}",
            self.size,
            quotas.join(", "),
            people.join(", "),
            self.most
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_all_and_once() {
        assert_eq!(subsets(5, 2).count(), 10);
        assert_eq!(subsets(4, 4).collect::<Vec<_>>(), [15]);
        assert_eq!(subsets(3, 4).count(), 0);
        assert!(subsets(14, 6).all(|s| s.count_ones() == 6));
    }

    #[test]
    fn every_enumerated_panel_and_no_other_is_admitted() {
        let case = Case::letters(2, &[&[('a', 1, 1), ('b', 1, 2)]], &["a", "b", "a", "b"])
            .homes(&[Some(1), Some(1), None, Some(2)]);
        let panels = case.panels();
        for set in subsets(4, 2) {
            let people: Vec<usize> = (0..4).filter(|i| set >> i & 1 == 1).collect();
            assert_eq!(case.admits(&people).is_ok(), panels.contains(&set));
        }
        assert_eq!(panels, [0b0110, 0b1001, 0b1100]);
    }
}
