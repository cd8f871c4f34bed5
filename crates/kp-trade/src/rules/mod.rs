//! Rules that acts of this room share, one per file.

pub mod amounts;
pub mod discrepancy;
pub mod eligible;
pub mod expiry;
pub mod four_eyes;
pub mod sources;
pub mod technical;
pub mod weight;
