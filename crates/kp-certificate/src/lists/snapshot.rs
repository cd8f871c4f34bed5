//! The snapshot: which versions of which lists belong together on one day.
//!
//! TUF's snapshot and timestamp in one (security 7.6): without it an attacker could pair today's trust list with last
//! month's status list. Its time is the age of the trust data that every verdict names.

use serde::{Deserialize, Serialize};

use super::{
    file::{Head, List, ListFault, ListFile},
    text::as_bytes,
};

/// The snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Version and times; the issuer is `scheme`.
    pub head: Head,
    /// In the order of content type and issuer.
    pub lists: Vec<Listed>,
}

/// One list in the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// What sort of list.
    pub content_type: String,
    /// Whose.
    pub issuer: String,
    /// Its version.
    pub version: u64,
    /// SHA-256 of the list without its signatures.
    #[serde(with = "as_bytes")]
    pub hash: [u8; 32],
}

impl List for Snapshot {
    const CONTENT_TYPE: &'static str = "application/kpc-snapshot+cbor";

    fn head(&self) -> &Head {
        &self.head
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.head.issuer != "scheme" {
            return Err("the snapshot is the scheme's");
        }
        let before = |a: &Listed, b: &Listed| (&a.content_type, &a.issuer) < (&b.content_type, &b.issuer);
        if self.lists.is_sorted_by(before) { Ok(()) } else { Err("lists are not in order, or there twice") }
    }
}

impl Snapshot {
    /// A snapshot of these lists.
    ///
    /// # Errors
    /// Where a file does not read as the list it says it is.
    pub fn of(head: Head, files: &[ListFile]) -> Result<Self, ListFault> {
        let mut lists = Vec::new();
        for file in files {
            let head = super::bundle::head_of(file)?;
            let (content_type, hash) = (file.content_type().to_owned(), file.hash());
            lists.push(Listed { content_type, issuer: head.issuer, version: head.version, hash });
        }
        lists.sort();
        Ok(Self { head, lists })
    }
}
