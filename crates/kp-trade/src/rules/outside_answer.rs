//! What a confirmation from outside comes to: the certificate it answers, or why it answers none.
//!
//! Scheme: Section III(b). One column of checks in the order in which a clerk would look, the same for a row of a file and
//! for a slip that is typed. What differs on arrival (weight, parcels, place) is no reason against it: it is the answer,
//! and it is kept as a difference. Whoever exported never answers itself (L27), and a number has one answer: the same again
//! is noted, another names who said what.

use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, Sentence, sentence};

use crate::{
    Certificate, Confirmation,
    moves::{self, Act},
    receive_confirmations::ToldConfirmation,
    rules::weight,
};

kp_terms::refusals! {
    /// Why a confirmation answers no certificate.
    pub enum Misfit {
        /// Its cells do not read.
        Unread { sentence: String } = "row_unread", "{sentence}", "CD Section III(b)";
        /// The same number stands further up.
        RepeatsRow { number: CertificateNumber, row: u32 } = "row_repeats", "row {row} of this file answers {number} already; nothing is to be done if it is the same, else ask which of the two is right", "CD Section II(a): a certificate covers one shipment, once";
        /// Unknown.
        NotInRegister { number: CertificateNumber, hint: Sentence } = "number_never_issued", "{number} is not in our register; compare with the paper{hint}. If the paper says so, the goods came under a number that nobody issued: ask the sender to hold them", "CD Section III(b); L21";
        /// Somebody else's.
        NotOurs { number: CertificateNumber, issuer: String, ours: ParticipantCode } = "certificate_not_ours", "{number} is not ours ({ours}) but of {issuer}; send it on to them", "CD Section III(b): the exporting authority is told";
        /// Whoever exported answers itself.
        ExporterAnswers { number: CertificateNumber, at: ParticipantCode } = "exporter_answers_itself", "{number} is a certificate of {at} itself, and {at} is named as who confirms it; whoever exported cannot answer: name the importing participant that sent the confirmation", "CD Section III(b): confirmation comes from the importing authority; L27";
        /// The goods of one number in two places.
        AnsweredByAnother { number: CertificateNumber, at: ParticipantCode, on: Date, carats: Carats, other: ParticipantCode } = "answered_by_another", "{number} is answered already: {at} answered on {on}, {carats} ct; and now {other} says that the goods came there. Ask both what they hold and under which paper", "CD Section II(a): a certificate covers one shipment, once; L22";
        /// The number is done.
        Answered { number: CertificateNumber, at: ParticipantCode, on: Date, carats: Carats } = "number_already_used", "{number} is answered already: {at} answered on {on}, {carats} ct. Nothing is to be done where this says the same; else ask {at} which of the two is right", "CD Section II(a): a certificate covers one shipment, once";
        /// Nobody confirms.
        NoSender { number: CertificateNumber } = "confirmation_without_sender", "it does not say who confirms {number}; write the importing participant's code", "CD Section III(b)";
        /// Nothing weighed.
        NoCarats { number: CertificateNumber } = "confirmation_without_carats", "the carats of {number} are missing; write what was weighed on arrival", "CD Section III(b): the confirmation names the carats";
        /// Nothing came.
        NothingWeighed { number: CertificateNumber, carats: Carats } = "confirmation_of_nothing", "{carats} ct of {number} is nothing, and a confirmation of nothing is none; write what was weighed, or ask the sender what became of the goods", "CD Section III(b): the confirmation names the carats";
        /// Not gone.
        NotDeparted { number: CertificateNumber, state: String } = "certificate_not_departed", "{number} is {state}: it has not left by our books. Record its departure, or ask what arrived; the row is looked at again when it leaves", "CD Section III(a)";
        /// Too early.
        BeforeDeparture { number: CertificateNumber, arrived_on: Date, departed_on: Date } = "arrival_before_departure", "{number} is said to have arrived on {arrived_on}, before it left on {departed_on}; ask for the day, most often the year or the month is a slip", "CD Section III(b)";
        /// Too late.
        InTheFuture { number: CertificateNumber, arrived_on: Date, today: Date } = "arrival_in_the_future", "{number} is said to arrive on {arrived_on}, and today is {today}; ask for the day", "a confirmation is of what has arrived";
    }
}

/// What is on file about the number of a row.
#[derive(Debug, Default)]
pub struct OnRegister {
    /// The certificate, where there is one.
    pub certificate: Option<Certificate>,
    /// Its answer, where it has one.
    pub confirmation: Option<Confirmation>,
    /// The row of the same file that answers it already.
    pub earlier_row: Option<u32>,
    /// A certificate of ours that is under way with the very same carats, where the number is unknown.
    pub alike: Option<CertificateNumber>,
    /// Whether the importing authority has officers of its own here.
    pub signs_itself: bool,
}

/// What a row comes to.
#[derive(Debug)]
pub enum Judged {
    /// It answers this certificate; what differs, in words, or nothing.
    Answers {
        /// In words; empty where it arrived as certified.
        differs: Sentence,
    },
    /// It is on file; the importing authority signs its own answers here.
    Noted {
        /// In words; empty where it arrived as certified.
        differs: Sentence,
    },
    /// It says again what the answer on file says.
    Same {
        /// Who answered, when and with what weight.
        answer: Confirmation,
    },
}

/// What is said of a row that says an answer again.
pub fn same_as(answer: &Confirmation) -> Sentence {
    sentence!(
        "differs-not-from-answer",
        "the same as the answer on file: {at} answered on {on}, {carats} ct",
        at = answer.at,
        on = answer.confirmed_on,
        carats = answer.carats_confirmed,
    )
}

impl From<&Confirmation> for Misfit {
    fn from(answer: &Confirmation) -> Self {
        let (at, on, carats) = (answer.at, answer.confirmed_on, answer.carats_confirmed);
        Self::Answered { number: answer.number.clone(), at, on, carats }
    }
}

/// Looks at one row.
///
/// # Errors
/// The first reason why it answers no certificate.
pub fn judge(
    ours: ParticipantCode,
    row: &ToldConfirmation,
    found: &OnRegister,
    today: Date,
) -> Result<Judged, Box<dyn Refuse>> {
    let Some(number) = row.number.clone().filter(|_| row.unread.is_none()) else {
        return Err(Misfit::Unread { sentence: row.unread.clone().unwrap_or_default() }.into());
    };
    let Some(certificate) = &found.certificate else {
        return Err(unknown(ours, number, found));
    };
    let issuer = certificate.application.participant;
    if issuer != ours {
        return Err(Misfit::NotOurs { number, issuer: issuer.to_string(), ours }.into());
    }
    if let Some(row) = found.earlier_row {
        return Err(Misfit::RepeatsRow { number, row }.into());
    }
    if let Some(at) = row.at.filter(|at| *at == issuer) {
        return Err(Misfit::ExporterAnswers { number, at }.into());
    }
    if certificate.state.is_before_departure() {
        return Err(Misfit::NotDeparted { number, state: certificate.state.to_string() }.into());
    }
    if let Some(confirmation) = &found.confirmation {
        return answered(number, row, confirmation);
    }
    moves::permit(&number, certificate.state, Act::AnswerOutside)?;
    let Some(at) = row.at else { return Err(Misfit::NoSender { number }.into()) };
    let Some(carats) = row.carats else { return Err(Misfit::NoCarats { number }.into()) };
    if carats <= Carats::ZERO {
        return Err(Misfit::NothingWeighed { number, carats }.into());
    }
    check_day(&number, row, certificate, today)?;
    let differs = differences(row, certificate, at, carats);
    Ok(if found.signs_itself { Judged::Noted { differs } } else { Judged::Answers { differs } })
}

/// A number has one answer: the same again changes nothing, another is told with both.
fn answered(
    number: CertificateNumber,
    row: &ToldConfirmation,
    answer: &Confirmation,
) -> Result<Judged, Box<dyn Refuse>> {
    match row.at {
        Some(other) if other != answer.at => {
            let (at, on, carats) = (answer.at, answer.confirmed_on, answer.carats_confirmed);
            Err(Misfit::AnsweredByAnother { number, at, on, carats, other }.into())
        }
        Some(_) if row.carats == Some(answer.carats_confirmed) => Ok(Judged::Same { answer: answer.clone() }),
        _ => Err(Misfit::from(answer).into()),
    }
}

fn unknown(ours: ParticipantCode, number: CertificateNumber, found: &OnRegister) -> Box<dyn Refuse> {
    if number.prefix() != ours {
        return Misfit::NotOurs { issuer: number.prefix().to_string(), number, ours }.into();
    }
    let hint = match &found.alike {
        Some(alike) => {
            sentence!("differs-alike", " ({alike} is under way with the same carats)", alike = alike)
        }
        None => String::new().into(),
    };
    Misfit::NotInRegister { number, hint }.into()
}

fn check_day(
    number: &CertificateNumber,
    row: &ToldConfirmation,
    certificate: &Certificate,
    today: Date,
) -> Result<(), Box<dyn Refuse>> {
    let Some(arrived_on) = row.arrived_on else { return Ok(()) };
    let number = number.clone();
    if let Some(departed_on) = certificate.departed_on.filter(|day| arrived_on < *day) {
        return Err(Misfit::BeforeDeparture { number, arrived_on, departed_on }.into());
    }
    if arrived_on > today {
        return Err(Misfit::InTheFuture { number, arrived_on, today }.into());
    }
    Ok(())
}

fn differences(
    row: &ToldConfirmation,
    certificate: &Certificate,
    at: ParticipantCode,
    received: Carats,
) -> Sentence {
    let application = &certificate.application;
    let mut found = Vec::new();
    if at != application.destination {
        found.push(sentence!(
            "differs-arrived-at",
            "arrived at {at}, issued for {destination}",
            at = at,
            destination = application.destination,
        ));
    }
    if !weight::agrees(application.carats, received, application.parcels) {
        found.push(sentence!(
            "differs-weighed",
            "{received} ct weighed, {certified} ct certified",
            received = received,
            certified = application.carats,
        ));
    }
    if let Some(parcels) = row.parcels.filter(|parcels| *parcels != application.parcels) {
        found.push(sentence!(
            "differs-counted",
            "{parcels} parcels counted, {certified} certified",
            parcels = parcels,
            certified = application.parcels,
        ));
    }
    Sentence::row(found, "; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CertificateState, testing::*};

    fn row() -> ToldConfirmation {
        ToldConfirmation {
            row: 14,
            sheet: None,
            raw: "xa 1; 1200".into(),
            number: Some(number("XA-1")),
            at: None,
            carats: None,
            value: None,
            parcels: None,
            arrived_on: Some(day("2025-02-05")),
            remarks: String::new(),
            unread: Some("carats: the carats are missing".into()),
        }
    }

    fn came(row: &ToldConfirmation, found: &OnRegister) -> String {
        match judge(code("XA"), row, found, day("2026-03-01")) {
            Err(refusal) => refusal.key().to_owned(),
            Ok(Judged::Answers { differs }) => format!("answers {differs}"),
            Ok(Judged::Noted { differs }) => format!("noted {differs}"),
            Ok(Judged::Same { answer }) => format!("same {}", same_as(&answer)),
        }
    }

    /// Each reason in its order; each step puts right what the one before was told.
    #[test]
    fn each_reason_in_its_order() {
        type Mend = fn(&mut (ToldConfirmation, OnRegister));
        let mut world = (row(), OnRegister { earlier_row: Some(9), ..OnRegister::default() });
        let steps: [(&str, Mend); 14] = [
            ("row_unread", |w| w.0.unread = None),
            ("number_never_issued", |w| w.0.number = Some(number("XC-1"))),
            ("certificate_not_ours", |w| {
                w.0.number = Some(number("XA-1"));
                w.1.certificate = Some(certificate(CertificateState::Validated));
            }),
            ("row_repeats", |w| {
                w.1.earlier_row = None;
                w.0.at = Some(code("XA"));
            }),
            ("exporter_answers_itself", |w| w.0.at = None),
            ("certificate_not_departed", |w| {
                w.1.certificate = Some(certificate(CertificateState::Confirmed));
                w.1.confirmation = Some(answer_of("XF", 118_000));
            }),
            // Nobody is named: it may be the same answer.
            ("number_already_used", |w| w.0.at = Some(code("XG"))),
            ("answered_by_another", |w| {
                w.1.certificate = Some(certificate(CertificateState::Invalidated));
                w.1.confirmation = None;
                w.0.at = None;
            }),
            ("certificate_ended", |w| w.1.certificate = Some(certificate(CertificateState::Departed))),
            ("confirmation_without_sender", |w| w.0.at = Some(code("XF"))),
            ("confirmation_without_carats", |w| w.0.carats = Some(carats(0))),
            ("confirmation_of_nothing", |w| w.0.carats = Some(carats(119_000))),
            ("arrival_before_departure", |w| w.0.arrived_on = Some(day("2026-03-02"))),
            ("arrival_in_the_future", |w| w.0.arrived_on = Some(day("2026-03-01"))),
        ];
        for (key, mend) in steps {
            assert_eq!(came(&world.0, &world.1), key);
            mend(&mut world);
        }
        // What differs is no reason against an answer.
        let differs = "arrived at XF, issued for XB; 1190.00 ct weighed, 1200.00 ct certified";
        assert_eq!(came(&world.0, &world.1), format!("answers {differs}"));
        world.1.signs_itself = true;
        assert_eq!(came(&world.0, &world.1), format!("noted {differs}"));
    }

    fn answer_of(at: &str, hundredths: i64) -> Confirmation {
        Confirmation {
            number: number("XA-1"),
            at: code(at),
            outcome: CertificateState::Confirmed,
            carats_confirmed: carats(hundredths),
            explanation: Sentence::from(""),
            confirmed_on: day("2026-02-10"),
            confirmed_by: "xa-clerk-1".into(),
        }
    }

    #[test]
    fn a_number_has_one_answer_and_what_is_said_again_names_it() {
        let found = OnRegister {
            certificate: Some(certificate(CertificateState::Confirmed)),
            confirmation: Some(answer_of("XF", 120_000)),
            ..OnRegister::default()
        };
        let said = |at: &str, hundredths: i64| {
            let row = ToldConfirmation {
                unread: None,
                at: Some(code(at)),
                carats: Some(carats(hundredths)),
                ..row()
            };
            match judge(code("XA"), &row, &found, day("2026-03-01")) {
                Ok(Judged::Same { answer }) => same_as(&answer).to_string(),
                Ok(other) => format!("{other:?}"),
                Err(refusal) => refusal.to_string(),
            }
        };
        let answered = "XF answered on 2026-02-10, 1200.00 ct";
        assert_eq!(said("XF", 120_000), format!("the same as the answer on file: {answered}"));
        for (at, hundredths, now) in [("XF", 119_000, "ask XF"), ("XG", 120_000, "now XG says")] {
            let told = said(at, hundredths);
            assert!(told.contains(answered) && told.contains(now) && !told.contains('_'), "{told}");
        }
    }

    #[test]
    fn an_unknown_number_is_told_what_it_may_be() {
        let found = OnRegister { alike: Some(number("XA-17")), ..OnRegister::default() };
        let row = ToldConfirmation { unread: None, ..row() };
        let refused = judge(code("XA"), &row, &found, day("2026-03-01")).unwrap_err().to_string();
        assert!(refused.contains("XA-000017 is under way with the same carats"), "{refused}");
    }
}
