//! Record a confirmation: a paper slip, a telephone call or a mended row, typed by the exporting authority's clerk.
//!
//! Scheme: Section III(b). The same checks as for a row of a file, but here they refuse: who types can mend at once. One is
//! taken in all the same, and waits in the queue: that a second participant says the goods came there (L22).
//! Appends `confirmations_received` with one row.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, UsdCents};

use crate::{
    CameBy, RowId, RowState,
    confirmation_queue::{QueuedConfirmation, confirmation_row_by_id, on_register},
    receive_confirmations::{self, ConfirmationsReceived, ToldConfirmation},
    rules::outside_answer::{Judged, Misfit, OnRegister, judge},
};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// Whose certificate: the exporting participant.
        participant: ParticipantCode, "XA";
        /// The number on the slip.
        number: CertificateNumber, "XA-000001";
        /// Who confirms: the importing participant.
        at: ParticipantCode, "XF";
        /// Carats weighed on arrival.
        carats: Carats, "1200.00";
        /// The day of arrival.
        arrived_on: Option<Date>, "2026-02-05";
        /// How many parcels were counted.
        parcels: Option<u32>, "1";
        /// Value as measured there, US$.
        value: Option<UsdCents>, "420000.00";
        /// How it came: file, message, slip, portal or telephone.
        came_by: CameBy, "slip";
        /// Who sent it, when, and under which reference.
        sent_by: String, "import desk of XF, slip 77 of 2026-02-06";
        /// The row of the queue that this stands for, where it mends one.
        mends: Option<RowId>, "41-17";
        /// Anything else that is written there.
        remarks: Option<String>, "seal broken by customs, sealed again";
    }
}

kp_terms::refusals! {
    /// Why a confirmation is not recorded, besides what is said of a row.
    pub enum Refusal {
        /// Own officers answer with their own act.
        SignsItself { at: ParticipantCode } = "importer_signs_itself", "{at} has officers here who confirm with their own signature; ask them to, an answer of theirs is not typed by others", "CD Section III(b): the importing authority confirms; L27";
        /// No such row.
        NoSuchRow { row: String } = "no_such_row", "there is no row {row} that waits in this queue", "one row, one end";
        /// No sender.
        NoSender = "confirmations_without_sender", "say who sent this confirmation, and when, so that they can be asked", "CD Section III(b)";
    }
}

struct Facts {
    officer: Officer,
    found: OnRegister,
    mended: Option<QueuedConfirmation>,
}

/// Records a confirmation that is typed.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn record_confirmation(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let row = told(request);
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        found: on_register(tx, request.participant, &row)?,
        mended: match request.mends {
            Some(id) => confirmation_row_by_id(tx, id)?,
            None => None,
        },
    };
    let statement = decide(&facts, request, row, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    receive_confirmations::apply(tx, &entry)?;
    Ok(entry)
}

fn told(request: &Request) -> ToldConfirmation {
    ToldConfirmation {
        row: 1,
        sheet: None,
        raw: request.number.printed().to_owned(),
        number: Some(request.number.clone()),
        at: Some(request.at),
        carats: Some(request.carats),
        value: request.value,
        parcels: request.parcels,
        arrived_on: request.arrived_on,
        remarks: request.remarks.clone().unwrap_or_default(),
        unread: None,
    }
}

fn decide(
    facts: &Facts,
    request: &Request,
    row: ToldConfirmation,
    today: Date,
) -> Result<ConfirmationsReceived, Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Clerk, request.participant)?;
    match judge(request.participant, &row, &facts.found, today) {
        Err(refusal) if refusal.key() != "answered_by_another" => return Err(refusal),
        Ok(Judged::Same { answer }) => return Err(Misfit::from(&answer).into()),
        _ => {}
    }
    if facts.found.signs_itself {
        return Err(Refusal::SignsItself { at: request.at }.into());
    }
    if request.sent_by.trim().is_empty() {
        return Err(Refusal::NoSender.into());
    }
    let waits =
        |row: &QueuedConfirmation| row.state == RowState::ToMend && row.participant == request.participant;
    if let Some(id) = request.mends.filter(|_| !facts.mended.as_ref().is_some_and(waits)) {
        return Err(Refusal::NoSuchRow { row: id.to_string() }.into());
    }
    Ok(ConfirmationsReceived {
        participant: request.participant,
        came_by: request.came_by,
        sent_by: request.sent_by.clone(),
        file: String::new(),
        file_sha256: String::new(),
        mends: request.mends.map(|id| id.to_string()),
        rows: vec![row],
        received_by: facts.officer.id.clone(),
    })
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{CameBy, Facts, OnRegister, Request, decide, told};
    use crate::{CertificateState, Confirmation, RowId, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request {
            participant: code("XA"),
            number: number("XA-1"),
            at: code("XF"),
            carats: carats(120_000),
            arrived_on: None,
            parcels: None,
            value: None,
            came_by: CameBy::Slip,
            sent_by: "  ".into(),
            mends: Some(RowId { position: 41, place: 17 }),
            remarks: None,
        };
        let found = OnRegister { signs_itself: true, ..OnRegister::default() };
        let facts = Facts { officer: officer("XF", Role::Clerk), found, mended: None };
        let mut world = (facts, request);
        let recorded = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, told(asked), day("2026-03-01"))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("number_never_issued", |w| {
                    w.0.found.certificate = Some(certificate(CertificateState::Departed));
                    w.1.at = code("XA");
                }),
                ("exporter_answers_itself", |w| {
                    w.1.at = code("XF");
                    w.1.carats = carats(0);
                }),
                ("confirmation_of_nothing", |w| {
                    w.1.carats = carats(120_000);
                    w.0.found.confirmation = Some(answer_of("XF"));
                }),
                // The same again, and the same with another weight.
                ("number_already_used", |w| w.1.carats = carats(119_000)),
                ("number_already_used", |w| w.0.found.confirmation = None),
                ("importer_signs_itself", |w| w.0.found.signs_itself = false),
                ("confirmations_without_sender", |w| w.1.sent_by = "desk of XF, slip 77".into()),
                ("no_such_row", |w| w.1.mends = None),
            ],
        );
        assert_eq!((recorded.rows.len(), recorded.file.as_str()), (1, ""));
    }

    fn answer_of(at: &str) -> Confirmation {
        Confirmation {
            number: number("XA-1"),
            at: code(at),
            outcome: CertificateState::Confirmed,
            carats_confirmed: carats(120_000),
            explanation: kp_terms::Sentence::from(""),
            confirmed_on: day("2026-02-10"),
            confirmed_by: "xa-clerk-1".into(),
        }
    }

    /// L22: the goods of one number in two places are no slip of the pen, and nobody is sent away with that.
    #[test]
    fn what_a_second_participant_says_is_taken_in() {
        let request = Request {
            participant: code("XA"),
            number: number("XA-1"),
            at: code("XG"),
            carats: carats(120_000),
            arrived_on: None,
            parcels: None,
            value: None,
            came_by: CameBy::Slip,
            sent_by: "desk of XG".into(),
            mends: None,
            remarks: None,
        };
        let found = OnRegister {
            certificate: Some(certificate(CertificateState::Confirmed)),
            confirmation: Some(answer_of("XF")),
            ..OnRegister::default()
        };
        let facts = Facts { officer: officer("XA", Role::Clerk), found, mended: None };
        let recorded = decide(&facts, &request, told(&request), day("2026-03-01")).unwrap();
        assert_eq!((recorded.rows[0].at, recorded.rows.len()), (Some(code("XG")), 1));
    }
}
