//! Papers and photographs beside a record: an invoice, a transport paper, a picture of the seals.
//!
//! Owns the tables `attached_*` and, in the data folder, `attached/`. Its statement: `paper_attached`, which names a file by
//! its SHA-256; the file itself is never in the log. A file is kept once however often it is attached, is one of four sorts
//! that its own first bytes say, and is never shown as it is: it is handed out for saving, and beside it stands a small
//! picture painted anew, without what cameras write into theirs. Never judges what a paper says.

mod apply;
pub mod attach_paper;
mod belongs_to;
mod media;
mod queries;
mod seen;
mod store;
mod thumbnail;

pub use apply::{TABLES, apply, clear};
pub use belongs_to::BelongsTo;
pub use media::{MediaType, NotTaken, PaperSort};
pub use queries::*;
pub use seen::Seen;
pub use store::{Kept, MOST_BYTES, Store, StoreFault, Upload};
pub use thumbnail::{Glimpse, LARGEST_SIDE, glimpse};

#[cfg(test)]
mod testing;
