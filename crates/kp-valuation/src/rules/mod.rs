//! Rules that acts of this room share, one per file.

pub mod blind;
pub mod explained;
pub mod spread;
pub mod weighings;
