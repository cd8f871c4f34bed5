//! Approve a period: two officers of the Working Group on Statistics close a table for a period; one opens it again.
//!
//! Ours (peers 1.E10). Closes with L53: after two approvals by different officers nobody restates silently; to restate, the
//! period is opened first, with a reason, and both stand in the log. Appends `period_approved` and `period_opened`.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, Period, Refuse};
use serde::{Deserialize, Serialize};

use crate::annex_table::AnnexTable;

const RECORD_APPROVAL: Sql = sql!("record_approval");
const APPROVALS: Sql = sql!("approvals");
const FORGET_APPROVALS: Sql = sql!("forget_approvals");

/// Approvals by different officers that lock a period.
const APPROVALS_NEEDED: usize = 2;

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Which table.
        table: AnnexTable, "production";
        /// Which period.
        period: Period, "2025-H2";
    }
}

/// A period is approved by one officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodApproved {
    /// Which table.
    pub table: AnnexTable,
    /// Which period.
    pub period: Period,
    /// Who approves.
    pub approved_by: String,
}

impl Statement for PeriodApproved {
    const KIND: &'static str = "period_approved";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        format!("period {} {}", self.table, self.period)
    }
}

/// A period is opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodOpened {
    /// Which table.
    pub table: AnnexTable,
    /// Which period.
    pub period: Period,
    /// Why.
    pub reason: String,
    /// Who opens it.
    pub opened_by: String,
}

impl Statement for PeriodOpened {
    const KIND: &'static str = "period_opened";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        format!("period {} {}", self.table, self.period)
    }
}

kp_terms::refusals! {
    /// Why a period is not approved.
    pub enum Refusal {
        /// Not such a period.
        NotItsPeriod { table: AnnexTable, period: Period } = "not_its_period", "{table} are not returned for {period}", "CD Annex III";
        /// Too early.
        NotDue { table: AnnexTable, period: Period, due: Date } = "period_not_due", "{table} of {period} can still come in time until {due}; approve them after that", "CD Annex III: two months";
        /// Twice by one.
        ApprovedAlready { period: Period } = "approved_by_you_already", "you have approved {period} already; the second approval is another officer's", "two approve: peers 1.E10";
        /// Locked.
        Locked { period: Period } = "period_locked", "{period} is approved by two and locked already", "two approve: peers 1.E10";
    }
}

/// Who has approved a table for a period, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn approvals(tx: &mut Tx<'_>, table: AnnexTable, period: Period) -> Result<Vec<(String, Date)>> {
    tx.rows(APPROVALS, &[table.word().into(), (&period.to_string()).into()], |row| {
        Ok((row.get(0)?, row.word(1)?))
    })
}

/// Whether two officers have approved it.
///
/// # Errors
/// Where the database fails.
pub fn is_locked(tx: &mut Tx<'_>, table: AnnexTable, period: Period) -> Result<bool> {
    Ok(approvals(tx, table, period)?.len() >= APPROVALS_NEEDED)
}

/// Approves a period.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn approve_period(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let approved: Vec<String> =
        approvals(tx, request.table, request.period)?.into_iter().map(|(by, _)| by).collect();
    let statement = decide(&officer, &approved, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    approved: &[String],
    request: &Request,
    today: Date,
) -> Result<PeriodApproved, Box<dyn Refuse>> {
    may_act::of_scheme(officer, Role::Statistics)?;
    let (table, period) = (request.table, request.period);
    if !table.fits(period) {
        return Err(Refusal::NotItsPeriod { table, period }.into());
    }
    let due = table.due_on(period);
    if due >= today {
        return Err(Refusal::NotDue { table, period, due }.into());
    }
    if approved.len() >= APPROVALS_NEEDED {
        return Err(Refusal::Locked { period }.into());
    }
    if approved.contains(&officer.id) {
        return Err(Refusal::ApprovedAlready { period }.into());
    }
    Ok(PeriodApproved { table, period, approved_by: officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PeriodApproved = entry.body()?;
    tx.execute(
        RECORD_APPROVAL,
        &[
            i64::try_from(entry.position)?.into(),
            body.table.word().into(),
            (&body.period.to_string()).into(),
            (&body.approved_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn apply_opened(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PeriodOpened = entry.body()?;
    tx.execute(FORGET_APPROVALS, &[body.table.word().into(), (&body.period.to_string()).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_testkit::refused_in_order;

    use super::*;
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { table: AnnexTable::Production, period: "2026-Q1".parse().unwrap() };
        let both = vec!["scheme-statistics-1".to_owned(), "another".to_owned()];
        let mut world = (officer("XA", Role::FocalPoint), both, request);
        let today = jiff::civil::date(2026, 8, 31);
        refused_in_order(
            &mut world,
            |(officer, approved, asked)| keyed(decide(officer, approved, asked, today)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0 = officer("scheme", Role::Statistics)),
                ("not_its_period", |w| w.2.period = "2026-H1".parse().unwrap()),
                ("period_not_due", |w| w.2.period = "2025-H2".parse().unwrap()),
                ("period_locked", |w| {
                    w.1.pop();
                }),
                ("approved_by_you_already", |w| w.1 = vec!["another".into()]),
            ],
        );
    }
}
