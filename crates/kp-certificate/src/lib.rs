//! The certificate as signed bytes: content, credential, receipt, check code, and the lists that verifiers carry.
//!
//! The format is `specs/certificate.md` (the two symbols on the paper) and `specs/lists.md` (what a verifier carries).
//! Sources: CD Annex I (what a certificate says), RFC 9052, 8949, 9285, 9942, security 1.2, 1.3, 2.2 and 9.2. Closes
//! L21, L22 and L24 as far as bytes can. Pure: no clock, disk, network or randomness; it never says whether a certificate is to
//! be believed, which is `kp-verify`'s work.

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::float_arithmetic, clippy::indexing_slicing))]

mod base45;
mod cbor;
mod check_code;
mod content;
mod credential;
mod leaf;
pub mod lists;
mod names;
mod receipt;
mod seals;
mod signature;

pub use base45::{Base45Fault, decode as decode_base45, encode as encode_base45};
pub use check_code::{CheckCode, CheckCodeFault};
pub use content::{
    Content, ContentFault, Field, Flags, Kind, LONGEST_VALIDITY_SECONDS, Line, Origins, Party, Purpose,
    record_hash,
};
pub use credential::{CREDENTIAL_PREFIX, Credential, CredentialFault, LARGEST_CREDENTIAL, TextFault};
pub use leaf::{CREDENTIAL_SIGNED, is_log_of, leaf_of, log_of};
pub use names::shorten;
pub use receipt::{Placed, RECEIPT_PREFIX, Receipt, ReceiptFault};
pub use seals::{plain_seal, ranges as seal_ranges};

#[cfg(test)]
mod tests;
