//! Rules that acts of this room share, one per file.

pub mod amounts;
pub mod eligible;
pub mod expiry;
pub mod four_eyes;
pub mod parcels;
pub mod valued;
pub mod weight;
pub mod who_valued;
