//! The strata met so far in a register, by their values.

use std::collections::BTreeMap;

use crate::pool::key;

/// Most strata of one register. More come from a column that tells people apart, such as a street.
pub(super) const MOST_STRATA: usize = 10_000;
/// Spellings remembered as they stand; further ones are folded every time.
const MOST_SPELLINGS: usize = 100_000;

/// Finds the number of a stratum from its cells; numbers are given as strata appear.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// Raw cells, joined.
    spellings: BTreeMap<Box<[u8]>, u32>,
    folded: BTreeMap<Vec<String>, u32>,
    names: Vec<Vec<String>>,
    joined: Vec<u8>,
}

impl Register {
    /// The stratum's number, and whether it is new. `None` when there are too many strata.
    pub(super) fn find<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(usize, bool)> {
        self.joined.clear();
        for cell in cells.clone() {
            self.joined.extend_from_slice(cell.as_bytes());
            self.joined.push(0);
        }
        if let Some(&number) = self.spellings.get(self.joined.as_slice()) {
            return Some((number as usize, false));
        }
        let values: Vec<String> = cells.clone().map(key::fold).collect();
        let names: Vec<String> = cells.map(key::clean).collect();
        let known = self.folded.get(&values).copied();
        if known.is_none() && self.names.len() == MOST_STRATA {
            return None;
        }
        let number = known.unwrap_or(self.names.len() as u32);
        match self.names.get_mut(number as usize) {
            // The spelling that sorts first, in whatever order the rows stand.
            Some(name) => {
                for (old, new) in name.iter_mut().zip(names) {
                    if new < *old {
                        *old = new;
                    }
                }
            }
            None => {
                self.folded.insert(values, number);
                self.names.push(names);
            }
        }
        if self.spellings.len() < MOST_SPELLINGS {
            self.spellings.insert(self.joined.as_slice().into(), number);
        }
        Some((number as usize, known.is_none()))
    }

    /// Folded values of every stratum with its number and its spelling, in the order of the values.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (&[String], usize, &[String])> {
        self.folded.iter().map(|(values, &number)| {
            let name = &self.names[number as usize];
            (values.as_slice(), number as usize, name.as_slice())
        })
    }
}
