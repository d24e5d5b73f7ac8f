//! The list of letters as a table, and its record.

use std::fmt;

use super::rows::{Form, unpacked};
use crate::error::{Problem, Result};
use crate::io::Table;
use crate::io::csv_writer::CsvWriter;
use crate::io::tables::{formula, harmless};
use crate::lottery::Sources;
use crate::recruitment::{Invitation, InvitationRecord, RegisterFile};

/// An invitation drawn from a file.
pub struct Mailing {
    invitation: Invitation,
    register: RegisterFile,
    form: Form,
}

/// Prints counts, never people.
impl fmt::Debug for Mailing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailing")
            .field("invitation", &self.invitation)
            .field("register", &self.register)
            .finish_non_exhaustive()
    }
}

impl Mailing {
    pub(super) fn new(invitation: Invitation, register: RegisterFile, form: Form) -> Self {
        Self {
            invitation,
            register,
            form,
        }
    }

    /// Who is invited, with what chance.
    #[must_use]
    pub fn invitation(&self) -> &Invitation {
        &self.invitation
    }

    /// What was odd but harmless in the file.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.form.warnings
    }

    /// What was drawn from what, for these sources, which must be those of the draw.
    #[must_use]
    pub fn record(&self, sources: &Sources) -> InvitationRecord {
        self.invitation.record(self.register.clone(), sources)
    }

    /// The list of letters: the register's own columns for those invited, in ascending order of ids, then
    /// `invitation_numerator`, `invitation_denominator` and `invitation_probability`: the chance that each of them had.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) when a row cannot be written; no input is known.
    pub fn table(&self) -> Result<Table> {
        let mut writer = CsvWriter::new("invited", self.form.separator);
        let mut warnings = Vec::new();
        let added = ["numerator", "denominator", "probability"].map(|n| format!("invitation_{n}"));
        let header = self.form.header.iter().map(|h| harmless(h).into_owned());
        writer.row(header.chain(added))?;
        for person in self.invitation.invited() {
            let mut cells: Vec<Vec<u8>> = Vec::with_capacity(self.form.header.len() + 3);
            for (cell, header) in unpacked(&person.cells).into_iter().zip(&self.form.header) {
                // A cell that is not needed may be in any encoding; it is passed on as it is.
                let Ok(text) = std::str::from_utf8(cell) else {
                    cells.push(cell.to_vec());
                    continue;
                };
                if let Some(problem) = formula(text) {
                    warnings.push(problem.at(Some(&self.form.label), person.row, Some(header)));
                }
                cells.push(harmless(text).as_bytes().to_vec());
            }
            cells.resize(self.form.header.len(), vec![]);
            let chance = person.chance;
            cells.push(chance.numerator.to_string().into());
            cells.push(chance.denominator.to_string().into());
            cells.push(format!("{:.9}", chance.to_f64()).into());
            writer.row(&cells)?;
        }
        let bytes = writer.bytes()?;
        Ok(Table { bytes, warnings })
    }
}
