//! From two files to a checked instance.

use std::path::Path;

use crate::error::{ErrorKind, Result};
use crate::feasibility::Case;
use crate::instance::{Instance, Part, Settled};
use crate::lottery::Columns;
use crate::pool::{Pool, PoolDraft};
use crate::quota::{Quotas, QuotasDraft};

use super::pool_file::{self, Roles};
use super::quota_file;
use super::settled_file;
use super::source::Source;

/// Reads quotas.
///
/// The header must have `feature,value,min,max` or `category,name,min,max` or `category,feature,min,max`, in any case
/// and order; `min_flex` and `max_flex` are read where present; other columns are passed over. A row
/// `gender × age,woman × 16-29,2,4` is a [joint quota](crate::quota).
///
/// # Errors
/// [`Io`](crate::ErrorKind::Io) when the file cannot be read; [`Input`](crate::ErrorKind::Input) with every problem
/// that the file has in itself: for the row `age,16-29,9,x` that `x` is no number.
pub fn read_quotas(path: impl AsRef<Path>) -> Result<Quotas> {
    let source = Source::path(path.as_ref());
    quota_file::read(&source.label(), &source.read()?).sound()
}

/// Reads a pool: the id is in the first column, nobody shares a household. [`Files`] has more choice.
///
/// # Errors
/// [`Io`](crate::ErrorKind::Io) when the file cannot be read; [`Input`](crate::ErrorKind::Input) with every problem
/// that the file has in itself, such as a row without an id. Values are compared with the quotas by [`Instance::new`].
pub fn read_pool(path: impl AsRef<Path>, quotas: &Quotas) -> Result<Pool> {
    let source = Source::path(path.as_ref());
    let features = quotas.features();
    pool_file::read(
        &source.label(),
        &source.read()?,
        &Roles::default(),
        &features,
    )
    .sound()
}

/// Both files of a draw, read together, so that everything wrong with them is reported at once.
///
/// ```
/// use kleroterion::io::Files;
///
/// let quotas = "feature,value,min,max\nsex,woman,1,1\nsex,man,1,1\n";
/// let pool = "id;sex;street\np1;Woman;1 Oak Street\np2;man;2 Oak Street\n";
/// let instance = Files::bundled(("quotas.csv", quotas), ("pool.csv", pool)).household_columns(["street"]).read(2)?;
/// assert_eq!(instance.len(), 2);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Files {
    quotas: Source,
    pool: Source,
    roles: Roles,
    settled: Vec<(Part, Source)>,
}

impl Files {
    /// The files at these paths.
    #[must_use]
    pub fn new(quotas: impl AsRef<Path>, pool: impl AsRef<Path>) -> Self {
        Self {
            quotas: Source::path(quotas.as_ref()),
            pool: Source::path(pool.as_ref()),
            roles: Roles::default(),
            settled: vec![],
        }
    }

    /// Contents that are at hand already: a name for messages and the bytes, of the quotas and of the pool.
    #[must_use]
    pub fn bundled(quotas: (&str, impl AsRef<[u8]>), pool: (&str, impl AsRef<[u8]>)) -> Self {
        let quotas = Source::bytes(quotas.0, quotas.1);
        let pool = Source::bytes(pool.0, pool.1);
        Self {
            quotas,
            pool,
            roles: Roles::default(),
            settled: vec![],
        }
    }

    /// The column that holds the ids; without this call, or with a blank name, the first column.
    #[must_use]
    pub fn id_column(mut self, header: impl Into<String>) -> Self {
        self.roles.id = Some(header.into());
        self
    }

    /// The columns that together name a household: people who agree in all of them share one, people for whom all of
    /// them are blank live alone. Without columns there is no household rule.
    #[must_use]
    pub fn household_columns<S: Into<String>>(
        mut self,
        headers: impl IntoIterator<Item = S>,
    ) -> Self {
        self.roles.household = headers.into_iter().map(Into::into).collect();
        self
    }

    /// Most people of one household on a panel; 1 without this call.
    #[must_use]
    pub fn household_most(mut self, most: u32) -> Self {
        self.roles.household_most = Some(most);
        self
    }

    /// The columns and the household rule that a commitment names.
    #[must_use]
    pub fn committed_columns(mut self, columns: &Columns) -> Self {
        self.roles.household_most = columns.most;
        self.id_column(&columns.id)
            .household_columns(columns.household.clone().unwrap_or_default())
    }

    /// People who sit already: a CSV file with the pool's id column, such as `selected.csv` of an earlier draw without
    /// those who left. See [`Instance::settle`].
    #[must_use]
    pub fn seated(mut self, path: impl AsRef<Path>) -> Self {
        self.settled
            .push((Part::Seated, Source::path(path.as_ref())));
        self
    }

    /// People who are left out: a CSV file with the pool's id column. See [`Instance::settle`].
    #[must_use]
    pub fn excluded(mut self, path: impl AsRef<Path>) -> Self {
        self.settled
            .push((Part::Excluded, Source::path(path.as_ref())));
        self
    }

    /// Reads all files and checks them together with the panel size, which counts the seats of those who sit already.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) when a file cannot be read; else [`Input`](crate::ErrorKind::Input) with every
    /// problem of quotas, pool and panel size, or when these are sound, with every problem of the lists of people who
    /// sit already or are left out, and of what is left.
    pub fn read(&self, size: u32) -> Result<Instance> {
        self.join(|_| size)
    }

    /// The same, for so many seats that are left to draw.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_left(&self, seats: u32) -> Result<Instance> {
        self.join(|settled| seats.saturating_add(settled.seats_taken()))
    }

    /// As [`read`](Self::read), but takes what does not fit together as a finding, to be explained. With lists of people
    /// who sit already or are left out, quotas and pool have to fit before these are taken off.
    ///
    /// # Errors
    /// As [`Case::new`]; [`Io`](crate::ErrorKind::Io) when a file cannot be read.
    pub fn read_case(&self, size: u32) -> Result<Case> {
        if !self.settled.is_empty() {
            let (instance, settled) = self.whole(|_| size)?;
            let (pool, quotas, seats) = instance.left(&settled)?;
            return Case::from_drafts(pool, quotas.into(), seats);
        }
        let (pool, quotas) = self.drafts()?;
        Case::from_drafts(pool, quotas, size)
    }

    fn join(&self, size: impl FnOnce(&Settled) -> u32) -> Result<Instance> {
        let (instance, settled) = self.whole(size)?;
        if self.settled.is_empty() {
            return Ok(instance);
        }
        instance.settle(&settled)
    }

    /// Everybody, and whose part is settled.
    fn whole(&self, size: impl FnOnce(&Settled) -> u32) -> Result<(Instance, Settled)> {
        let (pool, quotas) = self.drafts()?;
        let id = pool.pool.as_ref().map(|pool| pool.id_column().to_owned());
        let (mut settled, mut problems) = (Settled::new(), Vec::new());
        for (part, source) in &self.settled {
            let (label, bytes) = (source.label(), source.read()?);
            if let Some(id) = &id {
                let ids = settled_file::read(&label, &bytes, id);
                problems.extend(ids.problems);
                for (row, id) in ids.rows {
                    settled.add(*part, id, Some((&label, row)));
                }
            }
        }
        let instance = Instance::from_drafts(pool, quotas, size(&settled))?;
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        Ok((instance, settled))
    }

    fn drafts(&self) -> Result<(PoolDraft, QuotasDraft)> {
        let (quota_bytes, pool_bytes) = (self.quotas.read()?, self.pool.read()?);
        let quotas: QuotasDraft = quota_file::read(&self.quotas.label(), &quota_bytes);
        let features = quotas
            .quotas
            .as_ref()
            .map(Quotas::features)
            .unwrap_or_default();
        let pool: PoolDraft =
            pool_file::read(&self.pool.label(), &pool_bytes, &self.roles, &features);
        Ok((pool, quotas))
    }
}
