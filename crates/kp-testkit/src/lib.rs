//! For tests only: what a test needs from the machine it runs on, and one way to say that it was not there.
//!
//! Knows nothing of the scheme and no crate of ours, so that every crate's tests may use it. A test that needs
//! PostgreSQL asks [`postgres::database`], one that needs a browser [`chromium::chromium`]; where there is none, the part is skipped, said so on standard error in one
//! form, and with `KPCS_REQUIRE_ALL=1` it fails instead.

pub mod chromium;
pub mod confirmations;
pub mod dice;
pub mod film;
mod in_order;
mod open_document;
pub mod postgres;
mod skipped;
pub mod smtp;

pub use in_order::{Mend, refused_in_order};
pub use open_document::open_document;
pub use skipped::{Missing, find_program, skipped};
