//! Cases: a question with an owner and a clock; asked, answered, closed.
//!
//! Owns the tables `cases_*`. Its statements: `case_opened`, `question_asked`, `case_answered`, `case_reminded`,
//! `case_escalated`, `case_closed`. The node's own statements open, remind and escalate (rulings 4); answering and
//! closing are people's acts. Never changes a certificate, a licence or a balance, and a case is never closed by the
//! party questioned alone.
//!
//! ```text
//! allowed moves   open -> answered -> closed      open -> closed (not explained)      answered -> open (asked again)
//! level           query -> answer_owed (due date passed) -> visible (30 days later) -> public (60 days later)
//! ```

pub mod answer_case;
pub mod ask_question;
pub mod clock;
pub mod close_case;
pub mod open_case;

mod apply;
mod as_known;
mod level;
mod queries;
#[cfg(test)]
mod testing;

pub use apply::{TABLES, apply, clear};
pub use as_known::{case_as_known_on, cases_as_known_on};
pub use level::Level;
pub use queries::*;
