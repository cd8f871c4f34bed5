//! Open a period again: what two have approved may be restated, and somebody says why.
//!
//! Ours (peers 1.E10). Appends `period_opened`; the approvals before it stand in the log and count no more.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Period, Refuse};

use crate::{
    annex_table::AnnexTable,
    approve_period::{self, PeriodOpened, approvals},
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Which table.
        table: AnnexTable, "production";
        /// Which period.
        period: Period, "2025-H2";
        /// Why it is opened.
        reason: String, "XA found a mine that was left out";
    }
}

kp_terms::refusals! {
    /// Why a period is not opened.
    pub enum Refusal {
        /// It is open.
        NotApproved { period: Period } = "period_not_approved", "nobody has approved {period}; it is open", "peers 1.E10";
        /// No words.
        NoReason = "no_reason", "say why the period is opened", "L53: restatements are listed with their reason";
    }
}

/// Opens a period.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn open_period(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let approved = !approvals(tx, request.table, request.period)?.is_empty();
    let statement = decide(&officer, approved, request)?;
    let entry = append(tx, desk, &statement)?;
    approve_period::apply_opened(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, approved: bool, request: &Request) -> Result<PeriodOpened, Box<dyn Refuse>> {
    may_act::of_scheme(officer, Role::Statistics)?;
    if !approved {
        return Err(Refusal::NotApproved { period: request.period }.into());
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    Ok(PeriodOpened {
        table: request.table,
        period: request.period,
        reason: request.reason.clone(),
        opened_by: officer.id.clone(),
    })
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::*;
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let period = "2025-H2".parse().unwrap();
        let request = Request { table: AnnexTable::Production, period, reason: " ".into() };
        let mut world = (officer("XA", Role::FocalPoint), false, request);
        refused_in_order(
            &mut world,
            |(officer, approved, asked)| keyed(decide(officer, *approved, asked)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0 = officer("scheme", Role::Statistics)),
                ("period_not_approved", |w| w.1 = true),
                ("no_reason", |w| w.2.reason = "a mine was left out".into()),
            ],
        );
    }
}
