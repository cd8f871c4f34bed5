//! The Merkle tree of a transparency log: hashes, proofs, tiles, checkpoints. Knows nothing of diamonds.
//!
//! Sources: RFC 6962 and RFC 9162 (the SHA-256 tree and its proofs), and the C2SP texts `signed-note`,
//! `tlog-checkpoint`, `tlog-tiles` and `tlog-proof`. Our rules and vectors stand in `specs/tlog.md`.
//! Pure: no clock, no disk, no network, no randomness, and no idea what an entry means. Hashes that live in storage
//! come in through [`HashReader`].
//!
//! ```
//! use kp_tlog::{Frontier, inclusion_proof, leaf_hash, verify_inclusion};
//!
//! let leaves: Vec<_> = [&b"first"[..], b"second", b"third"].iter().map(|entry| leaf_hash(entry)).collect();
//! let mut frontier = Frontier::new();
//! for leaf in &leaves {
//!     frontier.append(*leaf);
//! }
//! let proof = inclusion_proof(&leaves, 1)?;
//! verify_inclusion(leaf_hash(b"second"), 1, 3, &proof, frontier.root())?;
//! assert!(verify_inclusion(leaf_hash(b"altered"), 1, 3, &proof, frontier.root()).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![deny(missing_docs)]

mod checkpoint;
mod frontier;
mod hash;
mod key;
mod note;
mod prove;
mod tiles;
mod tlog_proof;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointFault};
pub use frontier::{Frontier, FrontierFault};
pub use hash::{Hash, HashFault, empty_root, leaf_hash, node_hash};
pub use key::{CheckpointKey, KeyFault, VerifierKey};
pub use note::{NoteFault, OpenedNote, open_note, sign_note};
pub use prove::{
    HashReader, ProveError, consistency_proof, consistency_proof_from, inclusion_proof, inclusion_proof_from,
    root_of, root_of_range,
};
pub use tiles::{
    Bundle, BundleFault, TILE_WIDTH, Tile, bundles_between, entry_bundle, read_entry_bundle, tile_bytes,
    tiles_between, tiles_of,
};
pub use tlog_proof::{TlogProof, TlogProofFault};
pub use verify::{ProofFault, root_from_inclusion, verify_consistency, verify_inclusion};
