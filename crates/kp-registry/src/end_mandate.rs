//! End a mandate before its last day: the exporter who gave it, or the broker who has it.
//!
//! Appends `mandate_ended`. From that day on nothing is filed under it; what was filed before stays filed.

use anyhow::Result;
use jiff::civil::Date;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_terms::{ParticipantCode, Refuse};

use crate::{Mandate, Officer, Role, mandate_by_reference, queries, rules::may_act};

const END_MANDATE: Sql = sql!("end_mandate");

kp_terms::form! {
    /// A mandate is ended.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct MandateEnded {
        /// The participant that licensed both.
        participant: ParticipantCode, "XA";
        /// Reference of the mandate.
        mandate: String, "XA-M-1";
        /// Why it ends.
        reason: String, "we file our own applications again";
    }
}

impl Statement for MandateEnded {
    const KIND: &'static str = "mandate_ended";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    /// Empty, as where it was granted.
    fn subject(&self) -> String {
        String::new()
    }
}

kp_terms::refusals! {
    /// Why a mandate is not ended.
    pub enum Refusal {
        /// There is none, or it is between others: one answer.
        NoSuchMandate { mandate: String } = "no_such_mandate", "there is no mandate {mandate} that you gave or have", "either side ends a mandate, nobody else";
        /// It has ended.
        EndedBefore { mandate: String, on: Date } = "mandate_ended_before", "mandate {mandate} was ended on {on} already", "a mandate ends once";
    }
}

/// Ends a mandate.
///
/// # Errors
/// Refuses where the signer is of neither side, or it has ended.
pub fn end_mandate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &MandateEnded) -> Result<Entry, Failure> {
    let officer = queries::officer_at_desk(tx, desk)?;
    let mandate = mandate_by_reference(tx, &request.mandate)?;
    decide(&officer, mandate.as_ref(), request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    mandate: Option<&Mandate>,
    request: &MandateEnded,
) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Trader, request.participant)?;
    let side = |m: &&Mandate| {
        let of = officer.licence.as_ref();
        m.participant == request.participant && (of == Some(&m.licence_number) || of == Some(&m.broker))
    };
    let reference = request.mandate.clone();
    match mandate.filter(side) {
        None => Err(Refusal::NoSuchMandate { mandate: reference }.into()),
        Some(Mandate { ended_on: Some(on), .. }) => {
            Err(Refusal::EndedBefore { mandate: reference, on: *on }.into())
        }
        Some(_) => Ok(()),
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: MandateEnded = entry.body()?;
    tx.execute(END_MANDATE, &[(&body.mandate).into(), (&entry.on().to_string()).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kp_testkit::refused_in_order;

    use super::{MandateEnded, decide};
    use crate::{Mandate, Officer, Role, testing::*};

    fn ended() -> Mandate {
        Mandate {
            mandate: "XA-M-1".into(),
            participant: code("XA"),
            licence_number: "XA-EXP-7".into(),
            broker: "XA-BRK-2".into(),
            destinations: Vec::new(),
            most_carats: None,
            most_value: None,
            valid_from: date(2026, 1, 1),
            valid_until: date(2026, 12, 31),
            ended_on: Some(date(2026, 2, 3)),
        }
    }

    #[test]
    fn either_side_ends_it_once_and_nobody_else_does() {
        let of = |licence: &str| Officer { licence: Some(licence.into()), ..officer("XA", Role::Trader) };
        let request =
            MandateEnded { participant: code("XA"), mandate: "XA-M-1".into(), reason: "done".into() };
        refused_in_order(
            &mut (officer("XB", Role::Clerk), None, request.clone()),
            |(officer, mandate, request): &(_, Option<Mandate>, _)| {
                keyed(decide(officer, mandate.as_ref(), request))
            },
            &[
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| {
                    w.0 = Officer { licence: Some("XA-EXP-9".into()), ..officer("XA", Role::Trader) };
                }),
                ("no_such_mandate", |w| w.1 = Some(ended())),
                ("no_such_mandate", |w| w.0.licence = Some("XA-BRK-2".into())),
                ("mandate_ended_before", |w| {
                    if let Some(mandate) = &mut w.1 {
                        mandate.ended_on = None;
                    }
                }),
            ],
        );
        let open = Mandate { ended_on: None, ..ended() };
        assert!(decide(&of("XA-EXP-7"), Some(&open), &request).is_ok());
        assert!(decide(&of("XA-BRK-2"), Some(&open), &request).is_ok());
    }
}
