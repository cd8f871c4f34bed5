//! Search: what somebody types leads to what it means, accents and spelling forgiven.
//!
//! Owns the tables `search_*`: an index of words, nothing else. Derived: follows the log with a cursor, can run twice
//! without harm, and gives the same rows from the same entries. Never a full scan: a word is looked up by equality or by
//! its beginning, a misspelt one by the words that are one letter away ([`fold`]); both engines answer alike, because
//! texts sort by their bytes on both. Source: needs.md 5, peers 4.1 (autocomplete ignores accents, proposes spelling).
//!
//! Every row says whose it is, and a search names the bodies it looks in: who may see what is decided by the door, which
//! asks here only for what can be seen. Numbers of certificates, applications and cases are not here: their own tables
//! find them.

mod find;
mod fold;
mod follow;

pub use find::{Found, Hit, MOST_WORDS, Place, find, seals_beginning};
pub use fold::{squeezed, words};
pub use follow::{Parties, follow, follow_entries, followed_to, index_party};

use anyhow::Result;
use kp_db::Tx;

/// The tables this crate owns and rebuilds.
pub const TABLES: &[&str] = &["search_word", "search_near", "search_seal"];

/// Whose the rows are that belong to nobody in particular: participants and their authorities.
pub const EVERYBODY: &str = "";

/// What can be found by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A participant, by name or code. Everybody's.
    Participant,
    /// An authority, by name or id. Everybody's.
    Authority,
    /// A licensed exporter, by holder or licence. The licensing participant's.
    Exporter,
    /// An officer, by name or id. The body's.
    Officer,
    /// Whom an application names as importer, or as exporter without a licence. Both participants'.
    Party,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Exporter, Self::Party, Self::Officer, Self::Participant, Self::Authority];

    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Authority => "authority",
            Self::Exporter => "exporter",
            Self::Officer => "officer",
            Self::Party => "party",
        }
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM search_word; \
         DELETE FROM search_near; \
         DELETE FROM search_seal; \
         DELETE FROM search_cursor;",
    )
}
