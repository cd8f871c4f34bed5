//! The results, one file each: what is worked out, and how it is written.

pub(crate) mod class;
pub(crate) mod w1_quarters;
pub(crate) mod w2_match;
pub(crate) mod w2_write;
pub(crate) mod w3_balances;
pub(crate) mod w4_unit_values;
pub(crate) mod w5_repeats;
