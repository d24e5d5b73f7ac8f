//! What passes from the file to the reader: hashed, and stopped when a single row takes too much.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::lottery::Digest;

/// Most bytes of a single row.
pub(super) const LONGEST: u64 = 16 << 20;

/// Hashes all bytes that pass.
pub(super) struct Gate<R> {
    inner: R,
    sha: Sha256,
    /// Bytes since the latest row; whoever reads rows sets it back.
    row: Rc<Cell<u64>>,
}

impl<R: Read> Gate<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            sha: Sha256::new(),
            row: Rc::default(),
        }
    }

    /// The count of bytes since the latest row.
    pub(super) fn meter(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.row)
    }

    /// The digest of everything that passed.
    pub(super) fn digest(self) -> Digest {
        Digest(self.sha.finalize().into())
    }
}

impl<R: Read> Read for Gate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.row.get() > LONGEST {
            return Err(io::Error::other("a row of more than 16 MiB"));
        }
        let length = self.inner.read(buffer)?;
        self.sha.update(&buffer[..length]);
        self.row.set(self.row.get() + length as u64);
        Ok(length)
    }
}
