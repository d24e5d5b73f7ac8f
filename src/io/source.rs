//! Where the bytes of a table come from.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

use super::write::read_bytes;

/// A file, or bytes that are at hand already with a name for messages.
#[derive(Clone)]
pub(super) enum Source {
    Path(PathBuf),
    Bytes { label: String, bytes: Vec<u8> },
}

/// Prints where the data come from, never the data.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?})", self.label())
    }
}

impl Source {
    pub(super) fn path(path: impl Into<PathBuf>) -> Self {
        Self::Path(path.into())
    }

    pub(super) fn bytes(label: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Self::Bytes {
            label: label.into(),
            bytes: bytes.as_ref().to_vec(),
        }
    }

    /// The name for messages.
    pub(super) fn label(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Bytes { label, .. } => label.clone(),
        }
    }

    /// The label without folders.
    pub(super) fn name(&self) -> String {
        let label = self.label();
        let name = Path::new(&label).file_name();
        name.map_or(label.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// All bytes at once.
    pub(super) fn read(&self) -> Result<Cow<'_, [u8]>> {
        match self {
            Self::Path(path) => read_bytes(path).map(Into::into),
            Self::Bytes { bytes, .. } => Ok(bytes.as_slice().into()),
        }
    }

    /// The bytes as they pass by.
    pub(super) fn open(&self) -> Result<Box<dyn Read + '_>> {
        match self {
            Self::Path(path) => Ok(Box::new(File::open(path).map_err(|e| Error::io(path, e))?)),
            Self::Bytes { bytes, .. } => Ok(Box::new(Cursor::new(bytes))),
        }
    }
}
