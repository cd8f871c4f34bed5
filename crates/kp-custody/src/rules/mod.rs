//! Rules that acts of this room share, one per file.

pub mod classes;
pub mod holder;
pub mod measures;
pub mod shares;
pub mod weight;
