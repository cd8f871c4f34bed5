//! Begin the calendar of returns: from which day on returns are due. The act of [`calendar`](crate::calendar).

pub use crate::calendar::{CalendarBegun, begin_calendar};
