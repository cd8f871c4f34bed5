//! The tree, its proofs and its texts, against published vectors, a second implementation, and damage of every kind.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod checkpoints;
mod oracle;
mod published;
mod specification;
mod tampering;
mod tiles;
mod tlog_proofs;
