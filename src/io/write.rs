//! Files appear whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Problem, Result};

/// The contents of a file.
///
/// # Errors
/// [`Io`](crate::ErrorKind::Io) naming the file.
pub fn read_bytes(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
    fs::read(path).map_err(|e| Error::io(path, e))
}

/// Writes a file under a temporary name in its folder and renames it, so that nobody ever sees half of it. An existing
/// file is replaced. The folder must exist.
///
/// # Errors
/// [`Io`](crate::ErrorKind::Io); the file is then as it was before, and no temporary file is left.
pub fn write_atomically(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Result<()> {
    let path = path.as_ref();
    let temporary = write_beside(path, bytes.as_ref())?;
    fs::rename(&temporary, path).map_err(|e| {
        let _ = fs::remove_file(&temporary);
        Error::io(path, e)
    })?;
    sync_folder(folder_of(path));
    Ok(())
}

/// Files that belong together: all are written, or none is.
///
/// ```no_run
/// kleroterion::io::Batch::new("draw-out").file("a.txt", "one").file("b.txt", "two").write()?;
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "nothing is written before `write`"]
pub struct Batch {
    folder: PathBuf,
    files: Vec<(String, Vec<u8>)>,
    kept: Vec<PathBuf>,
}

/// Prints names and lengths, never contents.
impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(
                self.files
                    .iter()
                    .map(|(name, bytes)| (self.folder.join(name), bytes.len())),
            )
            .finish()
    }
}

impl Batch {
    /// No files yet, for this folder; it is made if it does not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            files: vec![],
            kept: vec![],
        }
    }

    /// No files yet, for the folder that this file is in.
    pub fn beside(file: impl AsRef<Path>) -> Self {
        Self::new(folder_of(file.as_ref()))
    }

    /// Adds a file with the name of this path, whatever folder stands before it.
    pub fn named(self, path: impl AsRef<Path>, contents: impl Into<Vec<u8>>) -> Self {
        let name = path.as_ref().file_name().unwrap_or_default();
        self.file(name.to_string_lossy(), contents)
    }

    /// Adds a file of the folder; a file of this name is replaced.
    pub fn file(mut self, name: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.into(), contents.into()));
        self
    }

    /// These files are never replaced: what was read must not be lost to what is written.
    pub fn keeping<P: Into<PathBuf>>(mut self, inputs: impl IntoIterator<Item = P>) -> Self {
        self.kept.extend(inputs.into_iter().map(Into::into));
        self
    }

    /// The files that would replace one to be [kept](Self::keeping).
    fn losses(&self) -> Vec<Problem> {
        let place = |path: &Path| fs::canonicalize(path).ok();
        let kept: Vec<PathBuf> = self.kept.iter().filter_map(|path| place(path)).collect();
        let paths = self.files.iter().map(|(name, _)| self.folder.join(name));
        let lost = paths.filter(|path| place(path).is_some_and(|p| kept.contains(&p)));
        let problem = |path: PathBuf| {
            let found = format!("{}, which was read", path.display());
            Problem::new("E-OUT-INPUT", found, "another place for what is written")
        };
        lost.map(problem).collect()
    }

    /// Writes all files under temporary names, then renames them all.
    ///
    /// # Errors
    /// [`Input`](crate::ErrorKind::Input) with `E-OUT-INPUT` for each file that would replace one to be [kept](Self::keeping). [`Io`](crate::ErrorKind::Io) naming the file; the folder then holds what it held before, and if it did not
    /// exist it is gone again.
    pub fn write(self) -> Result<()> {
        let losses = self.losses();
        if !losses.is_empty() {
            return Err(ErrorKind::Input(losses).into());
        }
        let mut undo = Undo::default();
        undo.make_folder(&self.folder)?;
        let mut pending = Vec::new();
        for (name, bytes) in &self.files {
            let path = self.folder.join(name);
            let temporary = write_beside(&path, bytes)?;
            undo.temporaries.push(temporary.clone());
            if path.is_file() {
                let backup = unused_name(&path);
                undo.temporaries.push(backup.clone());
                fs::copy(&path, &backup).map_err(|e| Error::io(&path, e))?;
                pending.push((temporary, path, Some(backup)));
            } else {
                pending.push((temporary, path, None));
            }
        }
        for (temporary, path, backup) in pending {
            fs::rename(&temporary, &path).map_err(|e| Error::io(&path, e))?;
            undo.renamed.push((path, backup));
        }
        undo.renamed.clear();
        undo.made.clear();
        sync_folder(&self.folder);
        Ok(())
    }
}

/// Puts everything back when dropped; when all went well, only backups are left to be removed.
#[derive(Default)]
struct Undo {
    /// Folders made, the outermost first.
    made: Vec<PathBuf>,
    temporaries: Vec<PathBuf>,
    /// Files in their place, with a copy of what they replaced.
    renamed: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Drop for Undo {
    fn drop(&mut self) {
        for (path, backup) in self.renamed.drain(..).rev() {
            let _ = match backup {
                Some(backup) => fs::rename(backup, path),
                None => fs::remove_file(path),
            };
        }
        for path in &self.temporaries {
            let _ = fs::remove_file(path);
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Undo {
    /// Makes a folder and what it lies in.
    fn make_folder(&mut self, folder: &Path) -> Result<()> {
        let missing = |f: &&Path| !f.as_os_str().is_empty() && !f.exists();
        let mut missing: Vec<&Path> = folder.ancestors().take_while(missing).collect();
        missing.reverse();
        for path in missing {
            fs::create_dir(path).map_err(|e| Error::io(path, e))?;
            self.made.push(path.to_owned());
        }
        Ok(())
    }
}

/// Writes and syncs a new file in the folder of `path`; leaves nothing behind when that fails.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let temporary = unused_name(path);
    let write = |mut file: File| file.write_all(bytes).and_then(|()| file.sync_all());
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary)
        .map_err(|e| Error::io(path, e))?;
    write(opened).map_err(|e| {
        let _ = fs::remove_file(&temporary);
        Error::io(path, e)
    })?;
    Ok(temporary)
}

/// A hidden name in the folder of `path` that no file has.
fn unused_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let mut names = (0u32..).map(|n| folder_of(path).join(format!(".{name}.{process}-{n}.tmp")));
    let free = |candidate: &PathBuf| candidate.symlink_metadata().is_err();
    names
        .find(free)
        .unwrap_or_else(|| path.with_extension("tmp"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes the new names durable where the system lets a folder be synced.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
