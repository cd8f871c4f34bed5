//! The copy outside the database, as plain files: `kp.XA-2026.checkpoint` and `kp.XA-2026.hashes` (32 bytes an entry).
//!
//! Written after the commit and before the act is acknowledged. A power cut may leave them older than the database,
//! which is consistent; they are caught up at the next start. A checkpoint is written only after the hashes it is over
//! are durable, so that whole hashes stand behind every checkpoint that is found.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use kp_log::{Appended, EarlierHashes, Kept, Outside};
use kp_tlog::Hash;

use crate::folder::{Folder, sync_folder, write_whole};

/// Bytes of a leaf hash.
const HASH: u64 = 32;

/// Checkpoints and leaf hashes in a folder.
#[derive(Debug, Clone)]
pub struct OutsideFiles {
    folder: PathBuf,
}

impl OutsideFiles {
    /// In the data folder's `outside/`.
    pub fn of(folder: &Folder) -> Self {
        Self { folder: folder.outside() }
    }

    fn file(&self, log_id: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", log_id.replace('/', "-")))
    }

    /// Writes hashes at their places, those that are missing before them first: the file is never with a gap.
    fn keep_hashes(
        &self,
        log_id: &str,
        appended: &[&Appended],
        earlier: &mut EarlierHashes<'_>,
    ) -> Result<()> {
        let path = self.file(log_id, "hashes");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))?;
        let kept = file.metadata()?.len() / 32;
        if let Some(first) = appended.first().filter(|first| first.entry_number > kept) {
            let missing = usize::try_from(first.entry_number - kept)?;
            file.seek(SeekFrom::Start(kept * 32))?;
            for hash in earlier(log_id, kept)?.iter().take(missing) {
                file.write_all(hash.as_bytes())?;
            }
        }
        for entry in appended {
            file.seek(SeekFrom::Start(entry.entry_number * HASH))?;
            file.write_all(entry.leaf_hash.as_bytes())?;
        }
        // If power fails here, the file may have grown while what was written into it is lost: see `whole_hashes`.
        file.sync_data().with_context(|| format!("writing {}", path.display()))?;
        Ok(())
    }

    /// Writes the checkpoint, unless another process has kept a later one meanwhile.
    fn keep_checkpoint(&self, log_id: &str, last: &Appended) -> Result<()> {
        let path = self.file(log_id, "checkpoint");
        let there = std::fs::read_to_string(&path).ok();
        let size_there: u64 =
            there.as_deref().and_then(|t| t.lines().nth(1)).and_then(|l| l.parse().ok()).unwrap_or(0);
        if size_there > last.entry_number + 1 {
            return Ok(());
        }
        write_whole(&path, last.checkpoint.as_bytes(), false)
    }
}

impl Outside for OutsideFiles {
    /// By the length of the file: no hash is read for it.
    fn fits(&self, appended: &[Appended]) -> Result<()> {
        let mut seen = BTreeSet::new();
        for first in appended.iter().filter(|entry| seen.insert(entry.log_id.as_str())) {
            let path = self.file(&first.log_id, "hashes");
            let length = match std::fs::metadata(&path) {
                Ok(metadata) => metadata.len(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
                Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
            };
            kp_log::ensure_after(first, length / HASH)?;
        }
        Ok(())
    }

    fn keep(&self, appended: &[Appended], earlier: &mut EarlierHashes<'_>) -> Result<()> {
        if appended.is_empty() {
            return Ok(());
        }
        // Several processes may share the folder (a command beside a running server): one at a time.
        let lock = std::fs::File::create(self.folder.join("lock"))?;
        lock.lock()?;
        let new = appended.iter().any(|entry| !self.file(&entry.log_id, "checkpoint").exists());
        let mut by_log: BTreeMap<&str, Vec<&Appended>> = BTreeMap::new();
        for entry in appended {
            by_log.entry(&entry.log_id).or_default().push(entry);
        }
        for (log_id, entries) in by_log {
            self.keep_hashes(log_id, &entries, earlier)?;
            if let Some(last) = entries.last() {
                self.keep_checkpoint(log_id, last)?;
            }
        }
        // A copy that has been acknowledged once never vanishes by itself: one that is gone was removed.
        if new {
            sync_folder(&self.folder)?;
        }
        Ok(())
    }

    fn kept(&self, log_id: &str) -> Result<Kept> {
        let read = |path: PathBuf| match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let hashes = read(self.file(log_id, "hashes"))?.unwrap_or_default();
        let checkpoint =
            read(self.file(log_id, "checkpoint"))?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let leaf_hashes = whole_hashes(&hashes).map(Hash::from_slice).collect::<Result<_, _>>()?;
        Ok(Kept { checkpoint, leaf_hashes })
    }

    fn logs(&self) -> Result<Vec<String>> {
        let mut logs = Vec::new();
        for file in
            std::fs::read_dir(&self.folder).with_context(|| format!("reading {}", self.folder.display()))?
        {
            let name = file?.file_name().to_string_lossy().into_owned();
            // Either file alone is enough: what is left of a copy still speaks.
            let log = name.strip_suffix(".checkpoint").or_else(|| name.strip_suffix(".hashes"));
            if let Some((log, year)) = log.and_then(|log| log.rsplit_once('-')) {
                logs.push(format!("{log}/{year}"));
            }
        }
        logs.sort();
        logs.dedup();
        Ok(logs)
    }
}

/// The hashes up to the first that never reached the disk. A file that grew when power failed reads as zeros where
/// nothing arrived; no SHA-256 is all zeros, and no hash lies across two sectors.
fn whole_hashes(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.chunks_exact(32).take_while(|hash| hash.iter().any(|byte| *byte != 0))
}

/// No outside copy: for stories in memory.
#[derive(Debug, Clone, Copy)]
pub struct OutsideNowhere;

impl Outside for OutsideNowhere {
    fn keep(&self, _appended: &[Appended], _earlier: &mut EarlierHashes<'_>) -> Result<()> {
        Ok(())
    }

    fn kept(&self, _log_id: &str) -> Result<Kept> {
        Ok(Kept::default())
    }

    fn logs(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}
