//! Canonical bytes and signatures of statements, and keys. Pure: no clock, no disk, no randomness.
