//! The append-only log: every act of a person is a statement, signed over canonical bytes, appended in the same
//! transaction that changes the tables.
//!
//! Owns the tables `log_*`. Two levels (rulings 1): the *statement* is the full signed bytes; the *entry* is a
//! commitment of at most 200 bytes that holds the statement's SHA-256 and is the Merkle leaf. Only entries, proofs and
//! checkpoints are ever published. One log per participant and calendar year, and one for the scheme (rulings 2).
//! Never updates or deletes a row; never interprets a statement.

mod append;
mod copy;
mod day_reached;
mod desk;
mod entries_taken_over;
mod entry;
mod exchange_file;
mod log_opened;
mod outside;
mod owner;
mod prove;
mod read;
mod read_ahead;
mod since;
mod statement;
mod take_over;
mod verify;

pub use append::{append, append_signed};
pub use copy::copy_log;
pub use day_reached::DayReached;
pub use desk::{Appended, Desk, DocumentKeys, DocumentSigner, Failure, NodeKeys, Signer, TRAINING, day_of};
pub use entries_taken_over::{EntriesTakenOver, ForkSeen, LogTaken};
pub use entry::{CREDENTIAL_SIGNED, Entry};
pub use exchange_file::{Carried, ExchangeFile, Section};
pub use log_opened::LogOpened;
pub use outside::{EarlierHashes, Kept, Outside, ensure_after};
pub use owner::{CAPITAL, LogName, LogOwner, OfficeName};
pub use prove::{Head, Place, Proof, leaf_hashes, leaves_of_log, log_heads, place_of, prove_inclusion};
pub use read::{
    earlier_of_kind, entries_after, entries_of_kind, entries_of_subject, entry_at, entry_of_log,
    last_entry_of_kind, last_position, signed_at,
};
pub use read_ahead::read_ahead;
pub use since::first_entries_since;
pub use statement::Statement;
pub use take_over::{Fork, TakeFault, Taken, checkpoint_verifier, logs_of_node, section_of_log, take_over};
pub use verify::{Fault, KeyBook, LogReport, compare_heads_with_entries, compare_with_outside, verify};
