//! When two weighings of the same goods differ too much: the rule stands with the parcels, and serves wherever goods are
//! weighed. Never a second rule.

pub use kp_custody::rules::weight::{agrees, tolerance};
