//! A day has come: the node's own statement, so that everything that depends on "today" depends on entries alone.
//!
//! rulings 4: clocks of cases and confirmations run on these statements, never on the wall clock of a rebuild.

use kp_terms::Date;
use serde::{Deserialize, Serialize};

use crate::{LogOwner, Statement};

/// The node's clock reached a civil day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayReached {
    /// The day.
    pub day: Date,
}

impl Statement for DayReached {
    const KIND: &'static str = "day_reached";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        String::new()
    }
}
