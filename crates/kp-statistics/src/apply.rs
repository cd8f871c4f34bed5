//! Statement to tables: used when an act is done, and again when everything is rebuilt from the log.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, Statement};

use crate::{
    approve_period::{self, PeriodApproved, PeriodOpened},
    calendar::{self, CalendarBegun, ReturnStepReached},
    declare_return::{self, ReturnDeclared},
    load_returns::{self, ReturnsLoaded},
    submit_return::{self, ReturnSubmitted},
};

/// The tables this crate owns and rebuilds, from statements and by counting.
pub const TABLES: &[&str] = &[
    "statistics_return",
    "statistics_cell",
    "statistics_certificate_count",
    "statistics_shipment",
    "statistics_problem",
    "statistics_declared",
    "statistics_forced",
    "statistics_comment",
    "statistics_calendar",
    "statistics_return_step",
    "statistics_approval",
    "statistics_posting",
    "statistics_certificate_posting",
    "statistics_presentation",
];

/// Brings one entry into the tables of returns. Entries of other rooms are passed over.
///
/// # Errors
/// Where the database fails or the entry's body does not read.
pub fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match entry.kind.as_str() {
        ReturnSubmitted::KIND => submit_return::apply(tx, entry),
        ReturnDeclared::KIND => declare_return::apply(tx, entry),
        CalendarBegun::KIND => calendar::apply(tx, entry),
        ReturnStepReached::KIND => calendar::apply_step(tx, entry),
        PeriodApproved::KIND => approve_period::apply(tx, entry),
        PeriodOpened::KIND => approve_period::apply_opened(tx, entry),
        ReturnsLoaded::KIND => load_returns::apply(tx, entry),
        _ => Ok(()),
    }
}

/// Empties the tables of this crate, before they are filled again from the log.
///
/// # Errors
/// Where the database fails.
pub fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.batch(
        "DELETE FROM statistics_return; \
         DELETE FROM statistics_cell; \
         DELETE FROM statistics_certificate_count; \
         DELETE FROM statistics_shipment; \
         DELETE FROM statistics_problem; \
         DELETE FROM statistics_declared; \
         DELETE FROM statistics_forced; \
         DELETE FROM statistics_comment; \
         DELETE FROM statistics_calendar; \
         DELETE FROM statistics_return_step; \
         DELETE FROM statistics_approval; \
         DELETE FROM statistics_posting; \
         DELETE FROM statistics_certificate_posting; \
         DELETE FROM statistics_presentation; \
         DELETE FROM statistics_cursor;",
    )
}
