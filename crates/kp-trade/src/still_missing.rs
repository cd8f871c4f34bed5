//! What an application or draft still lacks: every reason for which drafting or issuing would be refused today, at once.
//!
//! An act refuses with its first reason. Whoever prepares wants to know all of them before asking (needs.md P5: "knows
//! before the appointment what will be refused"; peers 4.1), so each rule is asked by itself here, and answers with the
//! same refusal that the act would give. Says nothing about who acts: that is known when somebody does. Decides nothing.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Failure, OfficeName, day_of};
use kp_registry::{NationalRule, rule_on};
use kp_terms::{Refuse, Timestamp};

use crate::{
    Application, ApplicationState, Certificate, CertificateKind, CertificateState,
    apply_for_certificate::check_licence,
    blank_stock, draft_certificate, issue_certificate, queries,
    rules::{
        eligible::{Trade, may_trade},
        parcels::{self, Parcels},
        valued::Valued,
    },
    series::Series,
};

/// What was found.
#[derive(Debug, Default)]
pub struct StillMissing {
    /// Each reason, with its rule, in the order in which the acts ask.
    pub reasons: Vec<Box<dyn Refuse>>,
    /// How many things were asked; what is not among the reasons is in order.
    pub asked: usize,
}

impl StillMissing {
    fn note(&mut self, answer: Result<(), Box<dyn Refuse>>) {
        self.asked += 1;
        if let Err(reason) = answer {
            self.reasons.push(reason);
        }
    }
}

/// What an application, with its draft where it has one, still lacks before the certificate can be issued at a desk.
/// Nothing is asked of what is issued or turned down.
///
/// # Errors
/// Where the database fails.
pub fn still_missing(
    tx: &mut Tx<'_>,
    application: &Application,
    certificate: Option<&Certificate>,
    office: Option<OfficeName>,
    now: Timestamp,
) -> Result<StillMissing> {
    let mut missing = StillMissing::default();
    let is_past = certificate.is_some_and(|it| it.state != CertificateState::Drafted)
        || application.state == ApplicationState::Rejected;
    if is_past {
        return Ok(missing);
    }
    let reference = application.application.clone();
    missing.note(match application.state {
        ApplicationState::Deficient => Err(draft_certificate::Refusal::Deficient { reference }.into()),
        _ => Ok(()),
    });
    of_goods(tx, application, now, &mut missing)?;
    of_route(tx, application, now, &mut missing)?;
    match certificate {
        None => of_number(tx, application, office, now, &mut missing)?,
        Some(draft) => of_approval(tx, draft, now, &mut missing)?,
    }
    Ok(missing)
}

/// Licence, parcels, values.
fn of_goods(
    tx: &mut Tx<'_>,
    application: &Application,
    now: Timestamp,
    missing: &mut StillMissing,
) -> Result<()> {
    let (reference, code, today) = (&application.application, application.participant, day_of(now));
    if application.kind == CertificateKind::Normal {
        let exporter = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
        missing.note(check_licence(exporter.as_ref(), code, &application.licence_number, today));
    }
    missing.note(Parcels::of_application(tx, code, reference, today)?.check_again(code, today));
    let valued = Valued::load(tx, code, reference, today)?;
    missing.note(valued.check_values(reference));
    let lines = queries::lines_of_application(tx, reference)?;
    missing.note(valued.check_goods(&lines, application.parcels));
    Ok(())
}

/// Both participants, the goods' origin, and the certificate that this one is to replace.
fn of_route(
    tx: &mut Tx<'_>,
    application: &Application,
    now: Timestamp,
    missing: &mut StillMissing,
) -> Result<()> {
    let (issuer, destination) =
        (queries::side(tx, application.participant)?, queries::side(tx, application.destination)?);
    let goods = queries::goods_of_application(tx, application)?;
    let trade = Trade {
        issuer: application.participant,
        from: &issuer,
        destination: application.destination,
        to: &destination,
        goods: &goods,
    };
    missing.note(may_trade(&trade, now));
    Ok(())
}

/// A number, and where the law asks for it a sheet, that this desk may give; parcels that nobody else took meanwhile.
fn of_number(
    tx: &mut Tx<'_>,
    application: &Application,
    office: Option<OfficeName>,
    now: Timestamp,
    missing: &mut StillMissing,
) -> Result<()> {
    let (code, today) = (application.participant, day_of(now));
    match parcels::check_draft(tx, code, &application.application, today) {
        Ok(()) => missing.note(Ok(())),
        Err(Failure::Refused(reason)) => missing.note(Err(reason)),
        Err(Failure::Error(error)) => return Err(error),
    }
    let series = Series::load(tx, code, office, today)?;
    let next = series.next(tx)?;
    let blank = match &next {
        Some(number) => blank_stock::blank_of_number(tx, number)?,
        None => None,
    };
    missing.note(series.given(next.as_ref()).and_then(|number| series.check(number, blank.as_ref())));
    Ok(())
}

/// The first approval, where the issuer's law asks for two.
fn of_approval(
    tx: &mut Tx<'_>,
    draft: &Certificate,
    now: Timestamp,
    missing: &mut StillMissing,
) -> Result<()> {
    let rules = kp_registry::national_rules_of_participant(tx, draft.application.participant)?;
    let asks_for_two = rule_on(&rules, NationalRule::SecondApproval, day_of(now)) == "yes";
    missing.note(match &draft.approved_by {
        None if asks_for_two => {
            Err(issue_certificate::Refusal::SecondApprovalMissing { number: draft.number.clone() }.into())
        }
        _ => Ok(()),
    });
    Ok(())
}
