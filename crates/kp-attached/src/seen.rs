//! What is remembered of a file that was looked at once: its small picture, and how many pages it has.
//!
//! A look may take seconds and a hundred megabytes, so it is taken once and one at a time. That it has begun is noted before:
//! if a file should ever bring the program down, it is not looked at again each time its record is shown. All of it lies in
//! `attached/small/` and may be deleted; then it is made anew.

use std::{
    io::ErrorKind,
    path::Path,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result};

use crate::{MediaType, Store, store::make_private, thumbnail::glimpse};

/// One file is looked at at a time.
static LOOKING: Mutex<()> = Mutex::new(());

/// In the note while a file is being looked at, and for good where that never ended.
const BEGUN: &str = "begun\n";

/// What can be shown of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Pages of a document or scan, where they could be counted.
    pub pages: Option<u32>,
    /// Whether its small picture lies at [`Store::small`].
    pub has_small: bool,
}

impl Store {
    /// What can be shown of a file; nothing where it is not here.
    ///
    /// # Errors
    /// Where the folder cannot be read or written.
    pub fn seen(&self, sha256: &str, media_type: MediaType) -> Result<Option<Seen>> {
        let picture = self.small(sha256);
        let note = picture.with_extension("seen");
        let _alone = LOOKING.lock().unwrap_or_else(PoisonError::into_inner);
        match std::fs::read_to_string(&note) {
            Ok(noted) => return Ok(Some(Seen { pages: pages(&noted), has_small: picture.is_file() })),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("reading {}", note.display())),
        }
        let bytes = match std::fs::read(self.file(sha256)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context("reading an attached file"),
        };
        if let Some(folder) = picture.parent() {
            make_private(folder)?;
        }
        put(&note, BEGUN.as_bytes())?;
        let found = glimpse(bytes, media_type);
        match &found.png {
            Some(png) => put(&picture, png)?,
            // One of an earlier version may lie there.
            None if picture.is_file() => {
                std::fs::remove_file(&picture).context("removing a small picture")?
            }
            None => {}
        }
        let said = found.pages.map_or("none".to_owned(), |pages| pages.to_string());
        put(&note, format!("pages {said}\n").as_bytes())?;
        Ok(Some(Seen { pages: found.pages, has_small: found.png.is_some() }))
    }
}

fn pages(note: &str) -> Option<u32> {
    note.trim().strip_prefix("pages ")?.parse().ok()
}

/// May be deleted at any time, so nothing is flushed; but half of one is never taken for a whole one.
fn put(place: &Path, bytes: &[u8]) -> Result<()> {
    let beside = place.with_extension("new");
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, place))
        .with_context(|| format!("writing {}", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7 no document at all\n%%EOF\n";

    #[test]
    fn a_file_is_looked_at_once_and_one_that_is_not_here_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let seen = || store.seen("0a", MediaType::Pdf).unwrap();
        assert_eq!(seen(), None);
        std::fs::write(store.file("0a"), PDF).unwrap();
        let nothing = Seen { pages: None, has_small: false };
        assert_eq!(seen(), Some(nothing));
        // What was noted is what is said from then on.
        let note = store.small("0a").with_extension("seen");
        assert_eq!(std::fs::read_to_string(&note).unwrap(), "pages none\n");
        std::fs::write(&note, "pages 80\n").unwrap();
        std::fs::write(store.small("0a"), b"a picture").unwrap();
        assert_eq!(seen(), Some(Seen { pages: Some(80), has_small: true }));
    }

    #[test]
    fn what_brought_the_program_down_is_not_looked_at_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        std::fs::write(store.file("0b"), PDF).unwrap();
        std::fs::create_dir(folder.path().join("small")).unwrap();
        let note = store.small("0b").with_extension("seen");
        std::fs::write(&note, BEGUN).unwrap();
        assert_eq!(store.seen("0b", MediaType::Pdf).unwrap(), Some(Seen { pages: None, has_small: false }));
        assert_eq!(std::fs::read_to_string(&note).unwrap(), BEGUN, "it was left alone");
    }
}
