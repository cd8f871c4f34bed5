//! What is acknowledged is kept: `kpcs` is killed while it issues, its database server is killed, the power is cut, the
//! disk fails or is full.
//!
//! Source: security R01 to R04 in kind; rulings 30: `kill -9` proves the process, the power cut proves the disk.
//! Every test drives the real command in a data folder of its own. The moments are drawn from a seed that is printed;
//! `KPCS_CRASH_SEED` draws the same ones again.

#![allow(clippy::unwrap_used, reason = "all of this is a test")]

mod desk;
mod faults;
mod kills;
mod moments;
mod offices;
mod power;
mod soundness;
