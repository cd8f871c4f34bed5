//! One server for each data folder: a lock that the system gives back when the process ends, however it ends.

use std::{
    fs::{File, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};

/// Held while a server runs on a data folder.
pub(crate) struct Instance {
    file: File,
}

impl Instance {
    /// Takes the folder for this process.
    ///
    /// # Errors
    /// Where another process serves it, with the address it wrote down.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join("serve.lock");
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.with_context(|| format!("opening {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => {
                let mut note = String::new();
                file.read_to_string(&mut note).unwrap_or_default();
                bail!(
                    "another kpcs serves {} already{}; stop it first, or name another folder with --data",
                    folder.display(),
                    note.trim_end()
                );
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("locking {}", path.display()))
            }
        }
    }

    /// Writes down where the pages are, for whoever tries to start a second server.
    pub(crate) fn note_address(&mut self, url: &str) -> Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        writeln!(self.file, " at {url}")?;
        Ok(self.file.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::Instance;

    #[test]
    fn a_second_one_is_told_where_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Instance::take(folder.path()).unwrap();
        first.note_address("http://127.0.0.1:7102/").unwrap();
        let said = Instance::take(folder.path()).err().unwrap().to_string();
        assert!(said.contains("serves") && said.contains("at http://127.0.0.1:7102/"), "{said}");
        drop(first);
        assert!(Instance::take(folder.path()).is_ok());
    }
}
