//! Record a pre-advice: what another participant's exporting authority has told about a shipment that comes here.
//!
//! Scheme: Annex II.19 and 21 (before or on arrival the importing authority has carats, value, origin or provenance,
//! exporter and serial number). For issuers whose register is kept elsewhere: by e-mail, file, telephone, or read from the
//! certificate's own code. From then on the certificate stands here as departed, and its arrival is compared, confirmed,
//! detained or answered with a difference like any other. What an own register says is never typed by others. Closes:
//! L27, L30 on the importing side. Appends `pre_advice_received` to the importer's log; exports of the issuer are not
//! counted by it.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, Date, HsCode, Origin, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    ApplicationState, CameBy, Certificate, CertificateState, Line,
    apply_for_certificate::{self, ApplicationReceived},
    moves::{self, Act},
    queries,
    rules::amounts::{MOST_CARATS, MOST_VALUE},
    validate_certificate::clean_seals,
};

const RECORD_DRAFT: Sql = sql!("record_draft");
const RECORD_ISSUE: Sql = sql!("record_issue");
const RECORD_VALIDATION: Sql = sql!("record_validation");
const RECORD_DEPARTURE: Sql = sql!("record_departure");
const MOVE_APPLICATION: Sql = sql!("move_application");
const MOVE_CERTIFICATE: Sql = sql!("move_certificate");

kp_terms::form! {
    /// What the officer types, or what was read from the code.
    pub struct Request {
        /// The certificate's number; its first letters say who issued it.
        number: CertificateNumber, "XC-000123";
        /// Where it comes to: the importing participant.
        at: ParticipantCode, "XB";
        /// The day of issue on the paper.
        issued_on: Date, "2026-02-01";
        /// The last day on which it could leave, where that was told.
        expires_on: Option<Date>, "2026-04-01";
        /// The day the goods left; the day of issue where it was not told.
        departed_on: Option<Date>, "2026-02-03";
        /// Who exports, as told.
        exporter: String, "River Stones Ltd";
        /// Who imports, as told.
        importer: String, "Harbour Gems BV";
        /// The importer's address, where it was told.
        importer_address: Option<String>, "5 Quay Street, Port Sample";
        /// Where the goods were mined.
        origin: Origin, "XC";
        /// Class, carats and US$ of each class.
        lines: Vec<Line>, "7102.31 1200.00 420000.00";
        /// How many parcels.
        parcels: u32, "1";
        /// Each seal's number, where it was told.
        seals: Option<Vec<String>>, "77120-A";
        /// How it came: file, message, slip, portal or telephone.
        came_by: CameBy, "message";
        /// Who sent it, when, and under which reference.
        sent_by: String, "export desk of XC, message of 2026-02-03";
    }
}

/// A pre-advice is received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreAdviceReceived {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Who issued it.
    pub issuer: ParticipantCode,
    /// Importing participant.
    pub at: ParticipantCode,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day on which it could leave.
    pub expires_on: Option<Date>,
    /// The day the goods left.
    pub departed_on: Date,
    /// Who exports.
    pub exporter: String,
    /// Who imports.
    pub importer: String,
    /// The importer's address; empty where it was not told.
    pub importer_address: String,
    /// Where the goods were mined.
    pub origin: Origin,
    /// Class, carats, US$.
    pub lines: Vec<Line>,
    /// How many parcels.
    pub parcels: u32,
    /// Seals, sorted, each once; empty where they were not told.
    pub seals: Vec<String>,
    /// How it came.
    pub came_by: CameBy,
    /// Who sent it, in words.
    pub sent_by: String,
    /// Who recorded it.
    pub recorded_by: String,
}

impl Statement for PreAdviceReceived {
    const KIND: &'static str = "pre_advice_received";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a pre-advice is not recorded.
    pub enum Refusal {
        /// On file already.
        OnFile { number: CertificateNumber, state: CertificateState } = "certificate_on_file", "certificate {number} is on file here and {state}; a correction of what it says is the issuer's act", "CD Annex II.19; L34";
        /// Its register is kept here.
        IssuerRegistersItself { issuer: ParticipantCode } = "issuer_registers_itself", "{issuer} keeps its register here and has no such number: hold the goods and ask it", "CD Section III(b); L21";
        /// Not an import.
        FromItself { at: ParticipantCode } = "pre_advice_from_itself", "goods that {at} certified do not come to {at} as an import", "CD Section I: import";
        /// Nothing told.
        NoGoods = "pre_advice_without_goods", "give class, carats and US$ of the goods, and the number of parcels; ask the exporting authority where they were not told", "CD Annex II.19";
        /// A class twice.
        ClassTwice { hs: HsCode } = "class_twice", "class {hs} stands twice; add the two lines up", "CD Annex I.A: one cell per class";
        /// Amounts that cannot be.
        NotAnAmount { hs: HsCode } = "line_not_an_amount", "class {hs} must have more than 0.00 carats and US$ 0.00, and less than 1,000,000,000.00 carats and US$ 100,000,000,000.00; look for a slip", "CD Annex I.A; limit ours (rules/amounts.rs)";
        /// A day that has not come.
        InTheFuture { day: Date, today: Date } = "pre_advice_of_the_future", "{day} has not come yet; today is {today}", "what is told has happened";
        /// Left before it was issued.
        LeftBeforeIssue { departed_on: Date, issued_on: Date } = "departure_before_issue", "the goods cannot have left on {departed_on} under a certificate of {issued_on}; ask the exporting authority", "CD Section III(a)";
        /// Nobody named.
        NoSender = "pre_advice_without_sender", "say who sent this pre-advice, and when, so that they can be asked", "CD Annex II.19";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    /// Whether officers of the issuer act at this node.
    issuer_is_here: bool,
}

/// Records a pre-advice.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn record_pre_advice(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let issuer = request.number.prefix();
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        issuer_is_here: kp_registry::officers_of_body_count(tx, issuer.as_str())? > 0,
    };
    let statement = decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request, today: Date) -> Result<PreAdviceReceived, Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Importer, request.at)?;
    let (number, issuer) = (request.number.clone(), request.number.prefix());
    if let Some(certificate) = &facts.certificate {
        return Err(Refusal::OnFile { number, state: certificate.state }.into());
    }
    if issuer == request.at {
        return Err(Refusal::FromItself { at: request.at }.into());
    }
    if facts.issuer_is_here {
        return Err(Refusal::IssuerRegistersItself { issuer }.into());
    }
    check_goods(request)?;
    let departed_on = request.departed_on.unwrap_or(request.issued_on);
    // A desk east of us may be a day ahead.
    let latest = today.tomorrow().unwrap_or(today);
    if let Some(day) = [request.issued_on, departed_on].into_iter().find(|day| *day > latest) {
        return Err(Refusal::InTheFuture { day, today }.into());
    }
    if departed_on < request.issued_on {
        return Err(Refusal::LeftBeforeIssue { departed_on, issued_on: request.issued_on }.into());
    }
    if request.sent_by.trim().is_empty() {
        return Err(Refusal::NoSender.into());
    }
    Ok(PreAdviceReceived {
        number,
        issuer,
        at: request.at,
        issued_on: request.issued_on,
        expires_on: request.expires_on,
        departed_on,
        exporter: request.exporter.trim().to_owned(),
        importer: request.importer.trim().to_owned(),
        importer_address: request.importer_address.clone().unwrap_or_default(),
        origin: request.origin.clone(),
        lines: request.lines.clone(),
        parcels: request.parcels,
        seals: request.seals.as_deref().map(clean_seals).unwrap_or_default(),
        came_by: request.came_by,
        sent_by: request.sent_by.trim().to_owned(),
        recorded_by: facts.officer.id.clone(),
    })
}

fn check_goods(request: &Request) -> Result<(), Box<dyn Refuse>> {
    if request.lines.is_empty() || request.parcels == 0 {
        return Err(Refusal::NoGoods.into());
    }
    for (at, line) in request.lines.iter().enumerate() {
        let hs = line.hs;
        if request.lines.iter().take(at).any(|earlier| earlier.hs == hs) {
            return Err(Refusal::ClassTwice { hs }.into());
        }
        let is_amount = line.carats.hundredths() > 0
            && line.value.cents() > 0
            && line.carats <= MOST_CARATS
            && line.value <= MOST_VALUE;
        if !is_amount {
            return Err(Refusal::NotAnAmount { hs }.into());
        }
    }
    Ok(())
}

/// The certificate stands here as its issuer told it: departed. Whatever was presented under it before has arrived.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PreAdviceReceived = entry.body()?;
    let number = body.number.to_string();
    apply_for_certificate::record(tx, &as_application(&body), body.issued_on)?;
    let (issuer, issued_on) = (body.issuer.as_str(), body.issued_on.to_string());
    tx.execute(
        RECORD_DRAFT,
        &[(&number).into(), (&number).into(), issuer.into(), issuer.into(), (&issued_on).into()],
    )?;
    let expires_on = body.expires_on.map(|day| day.to_string());
    tx.execute(
        RECORD_ISSUE,
        &[(&number).into(), issuer.into(), (&issued_on).into(), expires_on.as_deref().into()],
    )?;
    let seals = body.seals.join(" ");
    tx.execute(RECORD_VALIDATION, &[(&number).into(), issuer.into(), (&issued_on).into(), (&seals).into()])?;
    tx.execute(
        RECORD_DEPARTURE,
        &[(&number).into(), (&entry.at.to_string()).into(), (&body.departed_on.to_string()).into()],
    )?;
    tx.execute(MOVE_APPLICATION, &[(&number).into(), ApplicationState::Drafted.word().into()])?;
    tx.execute(MOVE_CERTIFICATE, &[(&number).into(), CertificateState::Departed.word().into()])?;
    let arrivals = queries::arrivals_of_number(tx, &body.number)?;
    if arrivals.iter().any(|arrival| arrival.at == body.at) {
        moves::advance(tx, &body.number, Act::Arrive)?;
    }
    Ok(())
}

/// What the tables keep of it: the number stands for the application that the issuer had.
pub(crate) fn as_application(body: &PreAdviceReceived) -> ApplicationReceived {
    ApplicationReceived {
        participant: body.issuer,
        application: body.number.to_string(),
        licence_number: String::new(),
        importer: body.importer.clone(),
        importer_address: body.importer_address.clone(),
        destination: body.at,
        origin: body.origin.clone(),
        parcels: body.parcels,
        lines: body.lines.clone(),
        declared_by: body.exporter.clone(),
        containers: None,
        parcel_list: None,
        transit_purpose: None,
        sources: None,
        replaces: None,
        certificate_kind: None,
        purpose: None,
        file_reference: None,
        exporter: Some(body.exporter.clone()),
        exporter_address: None,
        from_parcels: None,
        mandate: None,
    }
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            certificate: Some(certificate(CertificateState::Departed)),
            issuer_is_here: true,
        };
        let request = Request {
            number: number("XB-1"),
            at: code("XB"),
            issued_on: day("2026-02-09"),
            expires_on: None,
            departed_on: Some(day("2026-02-01")),
            exporter: "River Stones Ltd".into(),
            importer: "Harbour Gems BV".into(),
            importer_address: None,
            origin: "XC".parse().unwrap(),
            lines: Vec::new(),
            parcels: 1,
            seals: Some(vec!["2".into(), "1".into(), "2".into()]),
            came_by: crate::CameBy::Message,
            sent_by: " ".into(),
        };
        let mut world = (facts, request);
        let line = |text: &str| text.parse().unwrap();
        let received = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XB", Role::Importer)),
                ("certificate_on_file", |w| w.0.certificate = None),
                ("pre_advice_from_itself", |w| w.1.number = number("XC-1")),
                ("issuer_registers_itself", |w| w.0.issuer_is_here = false),
                ("pre_advice_without_goods", |w| {
                    w.1.lines =
                        vec!["7102.31 1.00 1.00".parse().unwrap(), "7102.31 1.00 1.00".parse().unwrap()];
                }),
                ("class_twice", |w| w.1.lines = vec!["7102.31 0.00 1.00".parse().unwrap()]),
                ("line_not_an_amount", |w| w.1.lines = vec!["7102.31 1.00 1.00".parse().unwrap()]),
                ("pre_advice_of_the_future", |w| w.1.issued_on = day("2026-02-02")),
                ("departure_before_issue", |w| w.1.departed_on = None),
                ("pre_advice_without_sender", |w| w.1.sent_by = "export desk of XC".into()),
            ],
        );
        assert_eq!((received.issuer, received.departed_on), (code("XC"), day("2026-02-02")));
        assert_eq!(received.seals, ["1", "2"]);
        assert_eq!(received.lines, [line("7102.31 1.00 1.00")]);
    }
}
