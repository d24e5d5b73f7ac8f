//! One pass over a register of any length.

use std::collections::BTreeSet;

use super::invitation::{Invitation, Invited, Outcome};
use super::kept::{Kept, Outlook, Stratum};
use super::register::{MOST_STRATA, Register};
use super::strata::{Share, share_out};
use super::{Design, Noted, Priorities, Unit};
use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::Sources;
use crate::pool::key;
use crate::ratio::Ratio;

/// Draws a mailing from people who pass by once, in any order, with memory for the letters and for eight bytes per person.
///
/// Every stratum's letters go to its units of lowest [priority](Priorities). Same people, design and sources: same invitation,
/// whatever the order of the rows. The letters are shared out at the end, when every stratum has been counted.
///
/// ```
/// use kleroterion::lottery::Sources;
/// use kleroterion::recruitment::{Design, Sampler};
///
/// let mut sampler = Sampler::new(Design::new(3), &Sources::new(["dice 3-5-4-6"])?)?;
/// for number in 0..12 {
///     let district = if number < 8 { "North" } else { "South" };
///     sampler.person(&format!("r{number}"), &[district], &[]);
/// }
/// let invitation = sampler.finish()?;
/// let letters: Vec<u64> = invitation.strata().iter().map(|s| s.letters).collect();
/// assert_eq!(letters, [2, 1]); // 8 and 4 people share 3 letters
/// assert!(invitation.invited().iter().all(|i| i.chance.to_f64() == 0.25));
/// # Ok::<(), kleroterion::Error>(())
/// ```
///
/// # What is noticed of double rows
/// Ids and addresses are remembered as 64 bits of their hash. Every id that stands in two rows is noticed, and so is every address
/// whose people are in different strata. Two different ids have the same 64 bits somewhere in n rows with a chance of n²/2^65
/// (10^-6 for six million): then an error is reported that is none, never a wrong invitation given.
///
/// # Cost
/// One or two SHA-256 blocks per person; O(letters · log letters) for what is kept, then one sort of the marks.
#[derive(Debug)]
pub struct Sampler {
    design: Design,
    people: Priorities,
    addresses: Priorities,
    alone: Priorities,
    register: Register,
    strata: Vec<Stratum>,
    outlook: Outlook,
    marks: Vec<u64>,
    noted: Noted,
}

/// One row of a register.
pub(crate) struct Candidate<'a> {
    pub(crate) id: &'a str,
    /// The folded address; empty for somebody alone.
    pub(crate) address: &'a [u8],
    pub(crate) row: Option<u64>,
}

/// A person's stratum would be one too many.
#[derive(Debug)]
pub(crate) struct TooManyStrata;

impl Sampler {
    /// For a design and the public sources of the invitation, which must not be those of the panel's draw.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem of the design: `E-INVITE-LETTERS` for 0 letters, `E-INVITE-FACTOR` for the factor 0.
    pub fn new(design: Design, sources: &Sources) -> Result<Self> {
        let problems = design.problems();
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        Ok(Self {
            design,
            people: Priorities::new("person", sources),
            addresses: Priorities::new("address", sources),
            alone: Priorities::new("alone", sources),
            register: Register::default(),
            strata: vec![],
            outlook: Outlook::default(),
            marks: vec![],
            noted: Noted::default(),
        })
    }

    /// Offers a person: an id, the values that make the stratum (none: one stratum for all), the cells of the address
    /// (none or all blank: alone). Problems are reported by [`finish`](Self::finish).
    pub fn person(&mut self, id: &str, stratum: &[&str], address: &[&str]) {
        let id = id.trim();
        if id.is_empty() {
            let found = format!("no id as number {}", self.marks.len() + 1);
            self.noted.note(Problem::new("E-FRAME-ID", found, "an id"));
            return;
        }
        let home = key::household(address.iter().copied()).unwrap_or_default();
        let candidate = Candidate {
            id,
            address: home.as_bytes(),
            row: None,
        };
        if self
            .offer(&candidate, stratum.iter().copied(), Vec::new)
            .is_err()
        {
            self.noted.note(too_many_strata());
        }
    }

    /// Offers a person; `cells` is asked for what to keep of the row only when the person may be drawn.
    pub(crate) fn offer<'a>(
        &mut self,
        person: &Candidate<'_>,
        stratum: impl Iterator<Item = &'a str> + Clone,
        cells: impl FnOnce() -> Vec<u8>,
    ) -> std::result::Result<(), TooManyStrata> {
        let (number, is_new) = self.register.find(stratum.clone()).ok_or(TooManyStrata)?;
        if is_new {
            let folded: Vec<String> = stratum.map(key::fold).collect();
            self.strata.push(Stratum::new(self.design.weight(&folded)));
        }
        let stratum = &mut self.strata[number];
        stratum.people += 1;
        self.outlook.count(stratum.weight);
        let own = self.people.hash(person.id.as_bytes());
        self.marks.push(own.mark);
        let unit = match self.design.unit_of_lot() {
            Unit::Person => own,
            Unit::Address => {
                let unit = match person.address {
                    [] => self.alone.hash(person.id.as_bytes()),
                    address => self.addresses.hash(address),
                };
                stratum.home(unit.mark);
                unit
            }
        };
        if !stratum.is_open_to(unit.priority) {
            return Ok(());
        }
        let kept = Kept {
            id: person.id.into(),
            priority: own.priority,
            row: person.row,
            cells: cells().into(),
            members: 1,
        };
        stratum.add(unit.priority, kept);
        if stratum.kept.len() as u64 > 64 {
            let letters = self.design.letters();
            let most = self
                .outlook
                .needed(letters, stratum, self.design.unit_of_lot());
            stratum.shrink(most);
        }
        Ok(())
    }

    /// People offered so far.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.marks.len() as u64
    }

    #[cfg(feature = "csv")]
    /// The same mark that [`doubles`](Self::doubles) are listed by.
    pub(crate) fn mark_of(&self, id: &str) -> u64 {
        self.people.hash(id.as_bytes()).mark
    }

    #[cfg(feature = "csv")]
    /// The mark of an address, likewise.
    pub(crate) fn mark_of_address(&self, address: &[u8]) -> u64 {
        self.addresses.hash(address).mark
    }

    /// Marks of ids that were offered more than once, ascending.
    pub(crate) fn doubles(&mut self) -> Vec<u64> {
        self.marks.sort_unstable();
        repeated(&self.marks)
    }

    /// Marks of addresses that are in several strata, ascending.
    pub(crate) fn split_addresses(&mut self) -> Vec<u64> {
        let unit = self.design.unit_of_lot();
        if unit == Unit::Person || self.strata.len() < 2 {
            return vec![];
        }
        let mut all = Vec::new();
        for stratum in &mut self.strata {
            stratum.units(unit);
            all.extend_from_slice(&stratum.homes);
        }
        all.sort_unstable();
        repeated(&all)
    }

    /// Shares out the letters and says who gets them.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-FRAME-ID` for a blank id, `E-FRAME-STRATA` for the 10001st stratum,
    /// `E-FRAME-DUPLICATE` when an id was offered twice, `E-FRAME-ADDRESS` when an address has people in two strata,
    /// `E-INVITE-FEW` for more letters than people or addresses, `E-INVITE-FACTOR` for a factor of a value that nobody has.
    /// [`ErrorKind::LimitReached`] when too few units of a stratum were kept: with a letter per person, by a chance below
    /// 10^-15; with a letter per address, also where a stratum has less than about a quarter of the people per address
    /// of the whole register, such as one of single people beside one of large institutions. Then draw them apart.
    pub fn finish(mut self) -> Result<Invitation> {
        let mut problems = std::mem::take(&mut self.noted).into_problems();
        let (doubles, split) = (self.doubles().len(), self.split_addresses().len());
        problems.extend(counted(
            doubles,
            "E-FRAME-DUPLICATE",
            "id",
            "one row per person",
        ));
        problems.extend(counted(
            split,
            "E-FRAME-ADDRESS",
            "address",
            "all people of an address in one stratum",
        ));
        problems.extend(self.further_problems());
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        self.invite()
    }

    /// Problems that only the whole register shows, beside doubles.
    pub(crate) fn further_problems(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let unit = self.design.unit_of_lot();
        let units: u64 = self.strata.iter_mut().map(|s| s.units(unit)).sum();
        if units < self.design.letters() {
            let what = match unit {
                Unit::Person => "people",
                Unit::Address => "addresses",
            };
            let found = format!("{} letters for {units} {what}", self.design.letters());
            let expected = "at most one letter each";
            problems.push(Problem::new("E-INVITE-FEW", found, expected));
        }
        for (value, _) in self.design.factors() {
            let folded = key::fold(value);
            let columns = self.columns_with(&folded);
            if columns == 0 {
                let found = format!("a factor for {value:?}, which no stratum has");
                problems.push(Problem::new(
                    "E-INVITE-FACTOR",
                    found,
                    "a value of a stratum",
                ));
            }
            if columns > 1 {
                let found = format!(
                    "a factor for {value:?}, which stands in {columns} columns of the strata"
                );
                let expected = "a value that stands in one of them: others would be multiplied too";
                problems.push(Problem::new("E-INVITE-FACTOR", found, expected));
            }
        }
        problems
    }

    /// How many columns of the strata have the value.
    fn columns_with(&self, folded: &String) -> usize {
        let mut columns: BTreeSet<usize> = BTreeSet::new();
        for (values, ..) in self.register.in_order() {
            columns.extend(
                (0..)
                    .zip(values)
                    .filter(|(_, v)| *v == folded)
                    .map(|(at, _)| at),
            );
        }
        columns.len()
    }

    /// Shares out the letters; whoever calls has asked for the problems.
    pub(crate) fn invite(mut self) -> Result<Invitation> {
        let unit = self.design.unit_of_lot();
        let order: Vec<(usize, Vec<String>)> = self
            .register
            .in_order()
            .map(|(_, number, name)| (number, name.to_vec()))
            .collect();
        let shares: Vec<Share> = order
            .iter()
            .map(|&(number, _)| Share {
                units: self.strata[number].units(unit),
                weight: self.strata[number].weight,
            })
            .collect();
        let letters = share_out(self.design.letters(), &shares);
        let (mut outcomes, mut invited) = (Vec::new(), Vec::new());
        for (at, (number, values)) in order.into_iter().enumerate() {
            let (units, letters) = (shares[at].units, letters[at]);
            let stratum = &mut self.strata[number];
            if (stratum.kept.len() as u64) < letters {
                let doing = "keeping enough of a stratum in one pass".to_owned();
                let work = self.marks.len() as u64;
                return Err(ErrorKind::LimitReached { doing, work }.into());
            }
            let drawn = std::mem::take(&mut stratum.kept)
                .into_values()
                .take(letters as usize);
            invited.extend(drawn.map(|kept| Invited::new(kept, at, (letters, units))));
            outcomes.push(Outcome {
                values,
                people: stratum.people,
                units,
                weight: stratum.weight,
                letters,
                chance: Ratio::new(letters, units.max(1)),
            });
        }
        invited.sort_by(|a, b| a.id.cmp(&b.id));
        let keys = [&self.people, &self.addresses, &self.alone].map(Priorities::key);
        Ok(Invitation::new(self.design, keys, outcomes, invited))
    }
}

/// The problem of one stratum too many.
pub(crate) fn too_many_strata() -> Problem {
    let expected = "columns with few values, such as a district or an age group";
    Problem::new(
        "E-FRAME-STRATA",
        format!("more than {MOST_STRATA} strata"),
        expected,
    )
}

fn counted(count: usize, code: &str, what: &str, expected: &str) -> Option<Problem> {
    let (plural, stand) = match what {
        "id" if count == 1 => ("1 id", "that stands in several rows"),
        "id" => ("ids", "that stand in several rows"),
        _ if count == 1 => ("1 address", "with people in several strata"),
        _ => ("addresses", "with people in several strata"),
    };
    let found = match count {
        0 => return None,
        1 => format!("{plural} {stand}"),
        _ => format!("{count} {plural} {stand}"),
    };
    Some(Problem::new(code, found, expected))
}

/// Values that stand several times in ascending ones, each once.
fn repeated(sorted: &[u64]) -> Vec<u64> {
    let mut found: Vec<u64> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::Sampler;
    use crate::lottery::Sources;
    use crate::recruitment::{Design, Unit};

    /// However the rows stand, little more is kept than the letters: ten standard deviations and a hundred per stratum.
    #[test]
    fn memory_is_for_the_letters() {
        for sorted in 0..2 {
            for (unit, most) in [(Unit::Person, 1_000.0), (Unit::Address, 4_000.0)] {
                let design = Design::new(1_000).unit(unit);
                let mut sampler = Sampler::new(design, &Sources::new(["d"]).unwrap()).unwrap();
                for number in 0..60_000 {
                    let stratum = [number % 20, number / 3_000][sorted];
                    let home = format!("{stratum} {}", number % 3_000 / 2);
                    sampler.person(&number.to_string(), &[&stratum.to_string()], &[&home]);
                }
                let kept: usize = sampler.strata.iter().map(|s| s.kept.len()).sum();
                // A stratum that is read first looks like everything and keeps more: harmonic sum for 20 of them.
                let share: f64 = if sorted == 1 { 3.6 } else { 1.0 };
                let bound = share * most + 20.0 * (10.0 * (share * most / 20.0).sqrt() + 100.0);
                // What is needed is worked out again after every 32nd part of the rows, so a little more stays.
                assert!((kept as f64) < 1.05 * bound, "{kept} kept, bound {bound}");
                assert_eq!(sampler.finish().unwrap().invited().len(), 1_000);
            }
        }
    }

    #[test]
    fn a_stratum_of_which_too_little_was_kept_is_an_error() {
        let mut sampler = Sampler::new(Design::new(50), &Sources::new(["d"]).unwrap()).unwrap();
        for number in 0..200 {
            sampler.person(&number.to_string(), &[], &[]);
        }
        sampler.strata[0].shrink(49);
        let text = sampler.finish().unwrap_err().to_string();
        assert!(
            text.starts_with("work limit reached after 200 units while keeping enough"),
            "{text}"
        );
    }
}
