//! From two files to a checked instance.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::feasibility::Case;
use crate::instance::Instance;
use crate::pool::{Pool, PoolDraft};
use crate::quota::{Quotas, QuotasDraft};

use super::pool_file::{self, Roles};
use super::quota_file;
use super::write::read_bytes;

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
    quota_file::read(&source.label(), &source.bytes()?).sound()
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
        &source.bytes()?,
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
}

impl Files {
    /// The files at these paths.
    #[must_use]
    pub fn new(quotas: impl AsRef<Path>, pool: impl AsRef<Path>) -> Self {
        Self {
            quotas: Source::path(quotas.as_ref()),
            pool: Source::path(pool.as_ref()),
            roles: Roles::default(),
        }
    }

    /// Contents that are at hand already: a name for messages and the bytes, of the quotas and of the pool.
    #[must_use]
    pub fn bundled(quotas: (&str, impl AsRef<[u8]>), pool: (&str, impl AsRef<[u8]>)) -> Self {
        let quotas = Source::Bytes {
            label: quotas.0.to_owned(),
            bytes: quotas.1.as_ref().to_vec(),
        };
        let pool = Source::Bytes {
            label: pool.0.to_owned(),
            bytes: pool.1.as_ref().to_vec(),
        };
        Self {
            quotas,
            pool,
            roles: Roles::default(),
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

    /// Reads both files and checks them together with the panel size.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) when a file cannot be read; else [`Input`](crate::ErrorKind::Input) with every
    /// problem of both files and of the panel size.
    pub fn read(&self, size: u32) -> Result<Instance> {
        let (pool, quotas) = self.drafts()?;
        Instance::from_drafts(pool, quotas, size)
    }

    /// As [`read`](Self::read), but takes what does not fit together as a finding, to be explained.
    ///
    /// # Errors
    /// As [`Case::new`]; [`Io`](crate::ErrorKind::Io) when a file cannot be read.
    pub fn read_case(&self, size: u32) -> Result<Case> {
        let (pool, quotas) = self.drafts()?;
        Case::from_drafts(pool, quotas, size)
    }

    fn drafts(&self) -> Result<(PoolDraft, QuotasDraft)> {
        let (quota_bytes, pool_bytes) = (self.quotas.bytes()?, self.pool.bytes()?);
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

#[derive(Clone)]
enum Source {
    Path(PathBuf),
    Bytes { label: String, bytes: Vec<u8> },
}

/// Prints where the data come from, never the data.
impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?})", self.label())
    }
}

impl Source {
    fn path(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }

    fn label(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Bytes { label, .. } => label.clone(),
        }
    }

    fn bytes(&self) -> Result<std::borrow::Cow<'_, [u8]>> {
        match self {
            Self::Path(path) => read_bytes(path).map(Into::into),
            Self::Bytes { bytes, .. } => Ok(bytes.as_slice().into()),
        }
    }
}
