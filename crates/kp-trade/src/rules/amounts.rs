//! The most that one line or one weighing can hold.
//!
//! Ours: the world digs some 120 million carats a year. Ten times that in one line is a slip of the finger, and figures
//! that cannot be added up would stop the counting for everybody.

use kp_terms::{Carats, UsdCents};

/// Most carats of one line or weighing: 1,000,000,000.00 ct.
pub const MOST_CARATS: Carats = Carats::from_hundredths(100_000_000_000);
/// Most value of one line: US$ 100,000,000,000.00.
pub const MOST_VALUE: UsdCents = UsdCents::from_cents(10_000_000_000_000);
