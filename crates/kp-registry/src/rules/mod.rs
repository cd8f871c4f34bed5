//! Rules that acts of several rooms share, one per file.

pub mod may_act;
pub mod of_the_capital;
pub mod reference;
