//! The data folder: everything a node keeps on disk, in one place that can be copied.
//!
//! ```text
//! kpcs.db          the database, where no PostgreSQL address is given
//! keys/            the node's own keys; officers' keys under their passphrases
//! layouts/         the national layouts of the paper, which an authority changes
//! lists/           the lists that verifiers carry, and the root keys that are believed
//! attached/        papers and photographs beside records, each under its SHA-256; `coming/` is on its way in
//! received/        files that came from outside, each under its SHA-256
//! outside/         checkpoints and leaf hashes, kept outside the database (rulings 6)
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// Uses a folder, creating it and its parts where they are missing.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn at(path: &Path) -> Result<Self> {
        let folder = Self(path.to_owned());
        for part in [folder.keys(), folder.outside()] {
            make_private(&part).with_context(|| {
                format!("making the folder {}; check that you may write there", part.display())
            })?;
        }
        Ok(folder)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.0.join("kpcs.db")
    }

    /// Where keys lie.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// Where checkpoints lie.
    pub fn outside(&self) -> PathBuf {
        self.0.join("outside")
    }
}

/// Makes a folder that only its owner may look into: importers, values and keys lie there. One that exists stays as it is.
pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Flushes a folder's own entries, so that a file just made in it is still there after a power cut.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Writes a file so that a power cut leaves the old one or the new one whole: beside it, flushed, then renamed.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], private: bool) -> Result<()> {
    use std::io::Write;
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    let mut file = options.open(&beside).with_context(|| format!("writing {}", beside.display()))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path).with_context(|| format!("putting {} in place", path.display()))?;
    Ok(())
}
