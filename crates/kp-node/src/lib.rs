//! The rooms put together: a data folder, a database, keys, the catalogue of acts, stages that catch up, rebuild.
//!
//! Every door (command line, API, pages, stories) goes through [`Node::perform`]. Decides nothing itself: rules are in
//! the rooms. Knows no HTTP and no HTML. Reads no clock: the moment of an act comes in as an argument.

mod act;
pub mod address;
mod catalogue;
pub mod confirmations;
mod court_extract;
pub mod declared;
mod exchange;
mod folder;
mod keyring;
pub mod lists;
mod node;
pub mod offline;
mod outside_files;
pub mod pre_advice;
pub mod public_tables;
mod rebuild;
pub mod returns;
mod sheets;
mod signed_copy;
mod stages;
pub mod stream;
mod token;

pub use act::{Act, ActFailure, Receipt};
pub use catalogue::{ACTS, act_by_name};
pub use exchange::TakenOver;
pub use folder::Folder;
pub use keyring::{DocumentKeyFile, Kept, Keyring};
pub use node::{Node, Once, Settings};
pub use outside_files::{OutsideFiles, OutsideNowhere};
pub use rebuild::{Difference, Progress, RebuildReport, rebuilt_tables};
pub use signed_copy::SignedCopy;
#[cfg(feature = "hsm")]
pub use token::{TokenKey, TokenPlace};
