//! Rules that acts of this room share, one per file.

pub mod amounts;
pub mod blank_moves;
pub(crate) mod blank_not_missing;
pub(crate) mod blank_span;
pub mod discrepancy;
pub mod drawn_as_held;
pub mod eligible;
pub mod expiry;
pub mod four_eyes;
pub(crate) mod mandate;
pub mod outside_answer;
pub mod parcels;
pub(crate) mod provenance;
pub(crate) mod reference_of_office;
pub mod sources;
pub mod technical;
pub mod valued;
pub mod weight;
pub mod who_valued;
