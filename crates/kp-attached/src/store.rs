//! The files: each kept once under its SHA-256, and those that are still coming in.
//!
//! ```text
//! attached/<sha256>            a file that was looked at and kept
//! attached/small/<sha256>.png  its small picture, painted anew; may be deleted
//! attached/small/<sha256>.seen how many pages it has; may be deleted
//! attached/coming/<id>         bytes that have come so far
//! attached/coming/<id>.about   who sends it and how long it will be
//! ```
//!
//! What has come is what lies there: a broken link or a power cut loses at most what was not written. A file is flushed and
//! renamed before a statement speaks of it; if power fails between, a file lies there that nobody speaks of.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Mutex,
    time::SystemTime,
};

use anyhow::{Context, Result};
use jiff::Timestamp;
use kp_terms::Fields;
use sha2::{Digest, Sha256};

use crate::{MediaType, NotTaken, media::LOOKED_AT};

/// Longest file, bytes: a scan of eighty pages.
pub const MOST_BYTES: u64 = 100 << 20;
/// Files that one officer may have coming in at a time.
const MOST_COMING: usize = 20;
/// After so many seconds without a byte, what came in part goes.
const FORGOTTEN_AFTER: i64 = 7 * 86_400;

/// One writer at a time: where a broken link comes back while the old one is still dying, the second finds another offset.
static WRITING: Mutex<()> = Mutex::new(());

/// Where files lie.
#[derive(Debug, Clone)]
pub struct Store(PathBuf);

/// A file that is coming in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name while it is coming: 32 hexadecimal digits that nobody guesses.
    pub id: String,
    /// Who sends it.
    pub owner: String,
    /// How long it will be.
    pub length: u64,
    /// How much has come.
    pub offset: u64,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What it is.
    pub media_type: MediaType,
    /// Its length.
    pub bytes: u64,
}

impl Kept {
    /// What the form of [`attach_paper`](crate::attach_paper) says of a file, filled in.
    pub fn into_fields(self) -> Fields {
        let fields = [
            ("file_sha256", self.sha256),
            ("media_type", self.media_type.word().to_owned()),
            ("file_bytes", self.bytes.to_string()),
        ];
        fields.into_iter().map(|(name, text)| (name.to_owned(), vec![text])).collect()
    }
}

/// Why bytes are not taken.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// Longer than any file may be.
    #[error("a file has at least one byte and at most {MOST_BYTES}; scan it in fewer dots or in parts")]
    TooLarge,
    /// Too many at a time.
    #[error("{MOST_COMING} files are coming in from you already; finish or cancel one of them")]
    TooMany,
    /// No such upload, or somebody else's.
    #[error("there is no such file coming in; it was finished, cancelled, or lay for a week; begin again")]
    NotComing,
    /// These bytes do not follow those that are here.
    #[error("{here} bytes are here; go on from there")]
    Elsewhere {
        /// How many are here.
        here: u64,
    },
    /// Not all has come.
    #[error("{here} of {length} bytes are here; send the rest")]
    Unfinished {
        /// How many are here.
        here: u64,
        /// How many there will be.
        length: u64,
    },
    /// Not a file that is kept.
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    /// Something broke.
    #[error(transparent)]
    Broke(#[from] anyhow::Error),
}

impl Store {
    /// The store in a folder, which is made when something first comes in.
    pub fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Where a file of this hash lies, whether or not it does.
    pub fn file(&self, sha256: &str) -> PathBuf {
        self.0.join(sha256)
    }

    /// Where its small picture lies, whether or not it does.
    pub fn small(&self, sha256: &str) -> PathBuf {
        self.0.join("small").join(format!("{sha256}.png"))
    }

    fn coming(&self) -> PathBuf {
        self.0.join("coming")
    }

    fn data_of(&self, id: &str) -> PathBuf {
        self.coming().join(id)
    }

    fn about_of(&self, id: &str) -> PathBuf {
        self.coming().join(format!("{id}.about"))
    }

    /// Begins a file of this length. What lay forgotten since long before `now` goes first.
    ///
    /// # Errors
    /// Where it will be too long, too many are coming from the same officer, or the folder cannot be written.
    pub fn begin(&self, owner: &str, length: u64, now: Timestamp) -> Result<Upload, StoreFault> {
        if length == 0 || length > MOST_BYTES {
            return Err(StoreFault::TooLarge);
        }
        make_private(&self.coming())?;
        self.sweep(now)?;
        if self.count_of(owner)? >= MOST_COMING {
            return Err(StoreFault::TooMany);
        }
        let mut random = [0; 16];
        getrandom::fill(&mut random).context("asking for random bytes")?;
        let id = kp_sign::hex(&random);
        private_file(&self.data_of(&id)).context("making a file for what comes in")?;
        let mut about = private_file(&self.about_of(&id)).context("making a file for what comes in")?;
        write!(about, "{owner}\n{length}\n").context("noting who sends a file")?;
        Ok(Upload { id, owner: owner.to_owned(), length, offset: 0 })
    }

    /// A file that this officer is sending.
    ///
    /// # Errors
    /// Where there is none, or it is somebody else's: one answer for both.
    pub fn upload(&self, id: &str, owner: &str) -> Result<Upload, StoreFault> {
        let is_id = id.len() == 32 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_id {
            return Err(StoreFault::NotComing);
        }
        let Ok(about) = std::fs::read_to_string(self.about_of(id)) else { return Err(StoreFault::NotComing) };
        let mut lines = about.lines();
        let (sender, length) = (lines.next(), lines.next().and_then(|text| text.parse::<u64>().ok()));
        let Some(length) = length.filter(|_| sender == Some(owner)) else {
            return Err(StoreFault::NotComing);
        };
        let offset = std::fs::metadata(self.data_of(id)).map_err(|_| StoreFault::NotComing)?.len();
        Ok(Upload { id: id.to_owned(), owner: owner.to_owned(), length, offset })
    }

    /// Adds bytes at the end of what has come; returns how much is here then.
    ///
    /// # Errors
    /// Where the bytes begin elsewhere, or more come than were announced.
    pub fn append(&self, upload: &Upload, offset: u64, bytes: &[u8]) -> Result<u64, StoreFault> {
        let _alone = WRITING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let file = OpenOptions::new().append(true).open(self.data_of(&upload.id));
        let mut file = file.map_err(|_| StoreFault::NotComing)?;
        let here = file.metadata().context("looking at what has come")?.len();
        if here != offset {
            return Err(StoreFault::Elsewhere { here });
        }
        let after = here + bytes.len() as u64;
        if after > upload.length {
            return Err(StoreFault::TooLarge);
        }
        file.write_all(bytes).context("writing what came; make room on the disk")?;
        Ok(after)
    }

    /// Looks at a file that has come whole, and keeps it. The same file again is the same file.
    ///
    /// # Errors
    /// Where not all has come, or it is no file that is kept; then it is gone.
    pub fn finish(&self, upload: &Upload) -> Result<Kept, StoreFault> {
        let here = self.upload(&upload.id, &upload.owner)?.offset;
        if here != upload.length {
            return Err(StoreFault::Unfinished { here, length: upload.length });
        }
        let path = self.data_of(&upload.id);
        let looked = look(&path).and_then(|(sha256, media_type)| {
            self.put(&path, &sha256)?;
            Ok(Kept { sha256, media_type, bytes: here })
        });
        self.cancel(upload)?;
        looked
    }

    /// Moves a whole file to its place: flushed, renamed, and the folder flushed.
    fn put(&self, from: &Path, sha256: &str) -> Result<(), StoreFault> {
        let to = self.file(sha256);
        if !to.exists() {
            let file = File::open(from).context("opening what came")?;
            file.sync_all().context("flushing what came")?;
            std::fs::rename(from, &to).context("keeping what came")?;
            sync_folder(&self.0).context("flushing the folder of papers")?;
        }
        Ok(())
    }

    /// Forgets a file that is coming in.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn cancel(&self, upload: &Upload) -> Result<(), StoreFault> {
        for path in [self.data_of(&upload.id), self.about_of(&upload.id)] {
            if path.exists() {
                std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
            }
        }
        Ok(())
    }

    fn sweep(&self, now: Timestamp) -> Result<()> {
        for entry in std::fs::read_dir(self.coming())? {
            let entry = entry?;
            let touched = entry.metadata()?.modified()?;
            let touched = touched.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
            if now.as_second().saturating_sub_unsigned(touched) > FORGOTTEN_AFTER {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn count_of(&self, owner: &str) -> Result<usize> {
        let mut count = 0;
        for entry in std::fs::read_dir(self.coming())? {
            let path = entry?.path();
            let is_theirs = |text: String| text.lines().next() == Some(owner);
            if path.extension().is_some() && std::fs::read_to_string(&path).is_ok_and(is_theirs) {
                count += 1;
            }
        }
        Ok(count)
    }
}

/// Hash and sort of a file, read once from end to end.
fn look(path: &Path) -> Result<(String, MediaType), StoreFault> {
    let mut file = File::open(path).context("opening what came")?;
    let mut hash = Sha256::new();
    let mut first = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut buffer).context("reading what came")?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        if first.len() < LOOKED_AT {
            first.extend_from_slice(part);
        }
        hash.update(part);
    }
    let length = file.metadata().context("looking at what came")?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LOOKED_AT as u64))).context("reading what came")?;
    let mut last = Vec::new();
    file.read_to_end(&mut last).context("reading what came")?;
    Ok((kp_sign::hex(&hash.finalize()), MediaType::of(&first, &last)?))
}

fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(crate) fn make_private(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("making {}", folder.display()))
}

fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7 an invoice %%EOF\n";
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(&folder.path().join("papers"));
        (folder, store)
    }

    fn send(store: &Store, bytes: &[u8]) -> Result<Kept, StoreFault> {
        let upload = store.begin("xa-clerk-1", bytes.len() as u64, NOW)?;
        store.append(&upload, 0, bytes)?;
        store.finish(&upload)
    }

    #[test]
    fn a_file_comes_in_parts_over_a_broken_link_and_is_kept_once() {
        let (_folder, store) = store();
        let upload = store.begin("xa-clerk-1", PDF.len() as u64, NOW).unwrap();
        assert_eq!(store.append(&upload, 0, &PDF[..10]).unwrap(), 10);
        // The link broke and the sender does not know what arrived.
        assert!(matches!(store.append(&upload, 0, &PDF[..10]), Err(StoreFault::Elsewhere { here: 10 })));
        assert!(matches!(store.finish(&upload), Err(StoreFault::Unfinished { here: 10, .. })));
        let again = Store::at(&_folder.path().join("papers")).upload(&upload.id, "xa-clerk-1").unwrap();
        assert_eq!((again.offset, again.length), (10, PDF.len() as u64));
        assert!(matches!(store.upload(&upload.id, "xb-clerk-1"), Err(StoreFault::NotComing)));
        store.append(&again, 10, &PDF[10..]).unwrap();
        assert!(matches!(store.append(&again, PDF.len() as u64, b"x"), Err(StoreFault::TooLarge)));
        let kept = store.finish(&again).unwrap();
        assert_eq!((kept.media_type, kept.bytes), (MediaType::Pdf, PDF.len() as u64));
        assert_eq!(std::fs::read(store.file(&kept.sha256)).unwrap(), PDF);
        assert!(matches!(store.finish(&again), Err(StoreFault::NotComing)));
        assert_eq!(send(&store, PDF).unwrap(), kept, "the same file again is the same file");
        let names: Vec<_> =
            std::fs::read_dir(store.0.clone()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert_eq!(std::fs::read_dir(store.coming()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_not_kept_leaves_nothing() {
        let (_folder, store) = store();
        assert!(matches!(send(&store, b"<script>"), Err(StoreFault::NotTaken(NotTaken::OtherSort))));
        assert!(matches!(send(&store, b"%PDF-1.7 half"), Err(StoreFault::NotTaken(NotTaken::CutOff))));
        assert!(matches!(store.begin("xa-clerk-1", 0, NOW), Err(StoreFault::TooLarge)));
        assert!(matches!(store.begin("xa-clerk-1", MOST_BYTES + 1, NOW), Err(StoreFault::TooLarge)));
        assert_eq!(std::fs::read_dir(store.coming()).unwrap().count(), 0);
        for name in ["../../keys/node.pem", "", "0123", &"Z".repeat(32)] {
            assert!(matches!(store.upload(name, "xa-clerk-1"), Err(StoreFault::NotComing)), "{name}");
        }
    }

    #[test]
    fn nobody_fills_the_disk_with_beginnings_and_forgotten_ones_go() {
        let (_folder, store) = store();
        for _ in 0..MOST_COMING {
            store.begin("xa-clerk-1", 10, NOW).unwrap();
        }
        assert!(matches!(store.begin("xa-clerk-1", 10, NOW), Err(StoreFault::TooMany)));
        assert!(store.begin("xa-clerk-2", 10, NOW).is_ok());
        let much_later: Timestamp = "2999-01-01T00:00:00Z".parse().unwrap();
        assert!(store.begin("xa-clerk-1", 10, much_later).is_ok());
        assert_eq!(std::fs::read_dir(store.coming()).unwrap().count(), 2);
    }
}
