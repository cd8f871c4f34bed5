//! Lists on disk: the pinned root keys, the newest bundle, the pictures of papers.
//!
//! ```text
//! lists/roots.txt            which keys are believed, and how many of them must sign
//! lists/kpcs.lists           the newest bundle that was accepted or published
//! lists/pictures/<sha256>    pictures of papers, named by their hash
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use kp_certificate::lists::{Bundle, Roots};
use kp_verify::TrustData;

use super::roots::roots_from_text;
use crate::folder::write_whole;

/// Largest picture of a paper, bytes.
const LARGEST_PICTURE: u64 = 4 * 1024 * 1024;

/// The folder of lists.
#[derive(Debug, Clone)]
pub struct ListStore(PathBuf);

impl ListStore {
    /// The store in a folder, which is made when something is first kept.
    pub fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The file of the newest bundle.
    pub fn bundle_file(&self) -> PathBuf {
        self.0.join("kpcs.lists")
    }

    fn roots_file(&self) -> PathBuf {
        self.0.join("roots.txt")
    }

    /// The pinned root keys; nothing where none are pinned.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn roots(&self) -> Result<Option<Roots>> {
        let file = self.roots_file();
        if !file.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        roots_from_text(&text).with_context(|| format!("reading {}", file.display())).map(Some)
    }

    /// Pins root keys. Whoever pins others starts afresh: what was believed under the old ones is not carried over.
    ///
    /// # Errors
    /// Where the text does not pin keys or cannot be kept.
    pub fn pin(&self, text: &str) -> Result<Roots> {
        let roots = roots_from_text(text)?;
        if self.roots()?.is_some_and(|pinned| pinned != roots) && self.bundle_file().exists() {
            std::fs::remove_file(self.bundle_file())?;
        }
        std::fs::create_dir_all(&self.0).with_context(|| format!("making {}", self.0.display()))?;
        write_whole(&self.roots_file(), text.as_bytes(), false)?;
        Ok(roots)
    }

    /// The newest bundle kept here, checked again; nothing where there is none.
    ///
    /// # Errors
    /// Where it cannot be read or is not signed as the pinned keys ask.
    pub fn bundle(&self, roots: &Roots) -> Result<Option<Bundle>> {
        let file = self.bundle_file();
        if !file.exists() {
            return Ok(None);
        }
        let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        Bundle::open(&bytes, roots).with_context(|| format!("reading {}", file.display())).map(Some)
    }

    /// Keeps a bundle as the newest.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(&self, bundle: &Bundle) -> Result<()> {
        std::fs::create_dir_all(&self.0).with_context(|| format!("making {}", self.0.display()))?;
        write_whole(&self.bundle_file(), &bundle.to_bytes(), false)
    }

    /// What a verifier goes by: the newest bundle under the pinned root keys; nothing where either is missing.
    ///
    /// # Errors
    /// As [`ListStore::roots`] and [`ListStore::bundle`].
    pub fn trust(&self) -> Result<Option<TrustData>> {
        match self.roots()? {
            Some(roots) => Ok(self.bundle(&roots)?.map(TrustData::new)),
            None => Ok(None),
        }
    }

    /// Where a picture of this hash lies, whether or not it does.
    pub fn picture(&self, sha256: &str) -> PathBuf {
        self.0.join("pictures").join(sha256)
    }

    /// Keeps a picture; returns its SHA-256, hexadecimal.
    ///
    /// # Errors
    /// Where it is no PNG or JPEG, too large, or cannot be kept.
    pub fn keep_picture(&self, file: &Path) -> Result<String> {
        let size = std::fs::metadata(file).with_context(|| format!("reading {}", file.display()))?.len();
        ensure!(size <= LARGEST_PICTURE, "{} is larger than 4 MiB; make it smaller", file.display());
        let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let known = bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff");
        ensure!(known, "{} is neither a PNG nor a JPEG picture", file.display());
        let hash = kp_sign::hex(&kp_sign::sha256(&bytes));
        let place = self.picture(&hash);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        write_whole(&place, &bytes, false)?;
        Ok(hash)
    }
}
