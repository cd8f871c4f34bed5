//! The Merkle tree of a transparency log: hashes, proofs, tiles, checkpoints. Knows nothing of diamonds.
