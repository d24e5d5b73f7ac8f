//! A register of any length, read once while letters are drawn from it.

mod gate;
mod head;
mod mailing;
mod rows;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::Sources;
use crate::pool::key;
use crate::recruitment::{Candidate, Design, Noted, RegisterFile, Sampler, Unit, too_many_strata};

use super::places::Places;
use super::sheet::no_rows;
use super::source::Source;
use head::Head;
pub use mailing::Mailing;
use rows::{Columns, Rows};

/// Doubles looked for again to say where they stand.
const LOCATED: usize = 10_000;

/// A register to invite people from: a CSV file in UTF-8 with one row per person, which may be far larger than memory.
///
/// Read as other files are (separator, byte order mark, `sep=;`, blank rows), with two differences, since it is read once and
/// never held: what is not UTF-8 is an error, and of each kind of problem ten are listed and the others counted.
///
/// ```
/// use kleroterion::io::FrameFile;
/// use kleroterion::lottery::Sources;
/// use kleroterion::recruitment::Design;
///
/// let register = "id,district\na,North\nb,North\nc,South\nd,South\n";
/// let file = FrameFile::bundled("register.csv", register).strata_columns(["district"]);
/// let mailing = file.draw(Design::new(2), &Sources::new(["dice 3-5"])?)?;
/// assert_eq!(mailing.invitation().invited().len(), 2); // one of each district
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct FrameFile {
    source: Source,
    id: Option<String>,
    strata: Vec<String>,
    address: Vec<String>,
}

impl FrameFile {
    /// A file; nothing is read yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::path(path))
    }

    /// The same from memory, with a name for messages.
    pub fn bundled(label: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Self::of(Source::bytes(label, bytes))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            id: None,
            strata: vec![],
            address: vec![],
        }
    }

    /// The column of the ids; without this the first.
    #[must_use]
    pub fn id_column(mut self, name: impl Into<String>) -> Self {
        self.id = Some(name.into());
        self
    }

    /// The columns whose values make a stratum; without this there is one for all.
    #[must_use]
    pub fn strata_columns<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.strata = names.into_iter().map(Into::into).collect();
        self
    }

    /// The columns that make an address, of which one person at most is invited. White space and case do not matter;
    /// people with all of them blank live alone.
    #[must_use]
    pub fn address_columns<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.address = names.into_iter().map(Into::into).collect();
        self
    }

    /// Draws the letters in one pass. With [address columns](Self::address_columns) there is one letter per address.
    ///
    /// The register is read a second time only to say where doubles stand.
    ///
    /// # Cost
    /// O(n) for n people; eight bytes of memory for each (sixteen with addresses) and what the rows of the letters take.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the file cannot be read. [`ErrorKind::Input`] with every problem, ten of each kind and a count of the
    /// others: those of [`Sampler::new`] and [`Sampler::finish`], located; `E-FRAME-VALUE` for a blank cell of a stratum;
    /// `E-FRAME-ID` for a blank id; `E-FILE-…`, `E-COLUMN-…` and `E-ROW-…` as in other files.
    pub fn draw(&self, design: Design, sources: &Sources) -> Result<Mailing> {
        let unit = if self.address.is_empty() {
            Unit::Person
        } else {
            Unit::Address
        };
        let design = design.unit(unit);
        let mut noted = Noted::default();
        design.problems().into_iter().for_each(|p| noted.note(p));
        let Some(mut rows) = self.open(&mut noted)?.filter(|_| noted.is_empty()) else {
            return Err(ErrorKind::Input(noted.into_problems()).into());
        };
        let mut sampler = Sampler::new(design, sources)?;
        while let Some(person) = rows.next(&mut noted)? {
            let candidate = Candidate {
                id: person.id,
                address: person.address,
                row: Some(person.row),
            };
            let offered = sampler.offer(&candidate, person.strata(), || person.packed());
            if offered.is_err() {
                noted.note(too_many_strata().at(Some(person.label), Some(person.row), None));
            }
        }
        let form = rows.finish();
        if sampler.people() == 0 && noted.is_empty() {
            noted.note(no_rows().at(Some(&form.label), None, None));
            return Err(ErrorKind::Input(noted.into_problems()).into());
        }
        self.locate_doubles(&mut sampler, &mut noted)?;
        let mut problems = noted.into_problems();
        if sampler.people() > 0 {
            let whole = sampler.further_problems().into_iter();
            problems.extend(whole.map(|p| p.at(Some(&form.label), None, None)));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        let register = RegisterFile {
            id: form.name(form.columns.id),
            strata: form.names(&form.columns.strata),
            address: form.names(&form.columns.address),
            ..RegisterFile::new(self.source.name(), form.digest, sampler.people())
        };
        Ok(Mailing::new(sampler.invite()?, register, form))
    }

    /// The rows of the file from the first below the header on; `None` when it has problems that were noted.
    fn open(&self, noted: &mut Noted) -> Result<Option<Rows<'_>>> {
        let wanted: Vec<&str> = self
            .id
            .iter()
            .chain(&self.strata)
            .chain(&self.address)
            .map(String::as_str)
            .collect();
        let label = self.source.label();
        let head = Head::read(self.source.open()?, &label, &wanted)?;
        match head {
            Ok(head) => Ok(self
                .columns(&head, noted)
                .map(|c| Rows::new(head, label, c))),
            Err(problem) => {
                noted.note(problem.at(Some(&label), None, None));
                Ok(None)
            }
        }
    }

    fn columns(&self, head: &Head<'_>, noted: &mut Noted) -> Option<Columns> {
        let label = self.source.label();
        let mut places = Places::new(&label, head.row, &head.header);
        let id = places.id(self.id.as_deref());
        let strata = places.several(&self.strata, "a column of the strata");
        let address = places.several(&self.address, "a column of the address");
        places.problems.into_iter().for_each(|p| noted.note(p));
        let columns = Columns {
            id: id?,
            strata,
            address,
        };
        noted.is_empty().then_some(columns)
    }

    /// Says in which rows ids stand twice, and addresses in two strata; reads the register again if there are any.
    fn locate_doubles(&self, sampler: &mut Sampler, noted: &mut Noted) -> Result<()> {
        let (mut ids, mut homes) = (sampler.doubles(), sampler.split_addresses());
        ids.truncate(LOCATED);
        homes.truncate(LOCATED);
        if ids.is_empty() && homes.is_empty() {
            return Ok(());
        }
        let mut known = Noted::default();
        let Some(mut rows) = self.open(&mut known)? else {
            return Ok(());
        };
        let mut first: BTreeMap<u64, (String, u64)> = BTreeMap::new();
        let mut home: BTreeMap<Vec<u8>, (Vec<String>, u64)> = BTreeMap::new();
        while let Some(person) = rows.next(&mut known)? {
            let mark = sampler.mark_of(person.id);
            if ids.binary_search(&mark).is_ok() {
                let seen = first
                    .entry(mark)
                    .or_insert_with(|| (person.id.to_owned(), person.row));
                if seen.1 != person.row && seen.0 == person.id {
                    let found = format!("{:?}, as in row {}", person.id, seen.1);
                    let problem = Problem::new("E-FRAME-DUPLICATE", found, "one row per person");
                    noted.note(person.at(problem, person.columns.id));
                }
            }
            let mark = sampler.mark_of_address(person.address);
            if !person.address.is_empty() && homes.binary_search(&mark).is_ok() {
                let stratum: Vec<String> = person.strata().map(key::fold).collect();
                let seen = home
                    .entry(person.address.to_owned())
                    .or_insert_with(|| (stratum.clone(), person.row));
                if seen.0 != stratum {
                    let found = format!("an address that is in another stratum in row {}", seen.1);
                    let expected = "all people of an address in one stratum";
                    let problem = Problem::new("E-FRAME-ADDRESS", found, expected);
                    noted.note(person.at(problem, person.columns.address[0]));
                }
            }
        }
        Ok(())
    }
}
