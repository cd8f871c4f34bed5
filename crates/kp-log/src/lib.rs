//! The append-only log: statements, entries, heads, checkpoints.
