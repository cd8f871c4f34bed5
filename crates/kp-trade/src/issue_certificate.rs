//! Issue a certificate: the exporting authority vouches for one shipment. Another officer than the one who drafted.
//!
//! Scheme: Section II, Annex I.A. Closes: L19, L22, L24. Appends `certificate_issued`, which repeats the whole
//! content so that the signature covers what is vouched for. Moves no goods.

#[cfg(test)]
mod tests;

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_registry::{
    Exporter, Goods, NationalRule, Officer, Overrides, Role, RuleSet, rule_on, rules::may_act,
};
use kp_terms::{CertificateNumber, Date, Origin, ParticipantCode, Refuse, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Application, Certificate, CertificateKind, CertificateState, Line, Purpose,
    apply_for_certificate::check_licence,
    moves::{self, Act},
    queries,
    rules::{
        eligible::{Side, Trade, may_trade},
        expiry, four_eyes,
        parcels::Parcels,
        valued::Valued,
        who_valued,
    },
};

const RECORD_ISSUE: Sql = sql!("record_issue");
const STATE_VALUE: Sql = sql!("state_value");
const STATE_LINE: Sql = sql!("state_line");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The drafted certificate's number.
        number: CertificateNumber, "XA-000001";
        /// Last day on which the goods may leave; where none is given, the last that the issuer's own rule allows.
        expires_on: Option<Date>, "2026-04-04";
    }
}

/// A certificate is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateIssued {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// The application it answers.
    pub application: String,
    /// Exporter's licence.
    pub licence_number: String,
    /// Who exports.
    pub exporter: String,
    /// Who imports.
    pub importer: String,
    /// Where to.
    pub destination: ParticipantCode,
    /// Where the goods were mined.
    pub origin: Origin,
    /// How many parcels.
    pub parcels: u32,
    /// Class, carats, US$.
    pub lines: Vec<Line>,
    /// Who issued.
    pub issued_by: String,
    /// When.
    pub issued_on: Date,
    /// Last day on which the goods may leave.
    pub expires_on: Date,
    /// The lot the goods were valued as.
    pub lot: Option<String>,
    /// Orders that set a refusal aside, each by its log and its place there.
    pub overrides: Option<Vec<String>>,
    /// Where the exporter is.
    #[serde(default)]
    pub exporter_address: String,
    /// Where the importer is.
    #[serde(default)]
    pub importer_address: String,
    /// How many containers.
    #[serde(default = "one")]
    pub containers: u32,
    /// Through where the goods pass, where the certificate says so (EU2368 Art 18).
    #[serde(default)]
    pub transit_purpose: Option<String>,
    /// Normal or technical.
    #[serde(default)]
    pub certificate_kind: CertificateKind,
    /// What a technical certificate is for.
    #[serde(default)]
    pub purpose: Option<Purpose>,
    /// The lot, project or number that a technical certificate is about.
    #[serde(default)]
    pub file_reference: Option<String>,
}

/// Statements from before containers were counted speak of one.
const fn one() -> u32 {
    1
}

impl Statement for CertificateIssued {
    const KIND: &'static str = "certificate_issued";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not issued, in the order in which a clerk would check.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no draft of certificate {number}", "CD Section II";
        /// The number has served.
        NumberAlreadyUsed { number: CertificateNumber, state: CertificateState } = "number_already_used", "certificate number {number} was used already: it is {state}", "CD Annex I.A: unique number; L22";
        /// The same person.
        SameOfficerDraftedAndIssued { number: CertificateNumber, officer: String } = "same_officer_drafted_and_issued",
            "{officer} drafted {number}; another officer must issue it", "four eyes (L19); rulings 11";
        /// One approval is not enough here.
        SecondApprovalMissing { number: CertificateNumber } = "second_approval_missing", "{number} needs a first approval by another approver before it is issued", "the issuer's rule second-approval; rulings 11";
        /// The same person.
        SameOfficerApprovedAndIssued { number: CertificateNumber, officer: String } = "same_officer_approved_and_issued", "{officer} approved {number}; another approver must issue it", "the issuer's rule second-approval; rulings 11";
        /// What it replaces is still in use.
        ReplacedStillStands { number: CertificateNumber, replaced: CertificateNumber } = "replaced_certificate_still_stands", "{number} is to replace {replaced}, which is still in use; replace that first, against its paper", "CA-Act s.11: the old certificate is handed in";
        /// Longer than the law.
        ExpiresAfterRule { expires_on: Date, latest: Date } = "expires_after_rule", "{expires_on} is later than the issuer's own rule allows: the last day is {latest}", "EU2368 Art 12(5): two months; CA-Reg s.6, BR-GOV: 60 days";
        /// Over before it begins.
        ExpiresBeforeIssue { expires_on: Date, today: Date } = "expires_before_issue", "the certificate would expire on {expires_on}, before today, {today}", "CD Annex I.A: date of expiry";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    lines: Vec<Line>,
    exporter: Option<Exporter>,
    goods: Goods,
    issuer: Side,
    destination: Side,
    parcels: Parcels,
    valued: Valued,
    overrides: Overrides,
    rules: Vec<RuleSet>,
    /// The certificate that this one is to replace.
    replaced: Option<Certificate>,
}

/// Issues a certificate.
///
/// # Errors
/// Refuses with the first reason that applies, with its rule.
pub fn issue_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    crate::rules::blank_not_missing::check(tx, &request.number)?;
    let statement = decide(&facts, request, desk.now)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Facts, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let Some(application) = certificate.as_ref().map(|c| &c.application) else {
        return Err(Failure::refused(Refusal::NoSuchCertificate { number: request.number.clone() }));
    };
    Ok(Facts {
        officer,
        lines: queries::lines_of_application(tx, &application.application)?,
        goods: queries::goods_of_application(tx, application)?,
        exporter: kp_registry::exporter_by_licence(tx, &application.licence_number)?,
        issuer: queries::side(tx, application.participant)?,
        destination: queries::side(tx, application.destination)?,
        parcels: Parcels::of_application(
            tx,
            application.participant,
            &application.application,
            desk.today(),
        )?,
        valued: Valued::load(tx, application.participant, &application.application, desk.today())?,
        overrides: Overrides::of(tx, "issue_certificate", &request.number, desk.now)?,
        rules: kp_registry::national_rules_of_participant(tx, application.participant)?,
        replaced: match &application.replaces {
            Some(replaced) => queries::certificate_by_number(tx, replaced)?,
            None => None,
        },
        certificate,
    })
}

fn decide(facts: &Facts, request: &Request, now: Timestamp) -> Result<CertificateIssued, Box<dyn Refuse>> {
    let (number, today) = (request.number.clone(), day_of(now));
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let application = &certificate.application;
    may_act::of_participant(&facts.officer, Role::Approver, application.participant)?;
    if !moves::allows(certificate.state, Act::Issue) {
        return Err(Refusal::NumberAlreadyUsed { number, state: certificate.state }.into());
    }
    if !four_eyes::is_second_person(&facts.officer.id, &certificate.drafted_by) {
        let officer = facts.officer.id.clone();
        return Err(Refusal::SameOfficerDraftedAndIssued { number, officer }.into());
    }
    check_approval(facts, certificate, today)?;
    let rests_on = check_goods(facts, certificate, today)?;
    let trade = Trade {
        issuer: application.participant,
        from: &facts.issuer,
        destination: application.destination,
        to: &facts.destination,
        goods: &facts.goods,
    };
    may_trade(&trade, now)?;
    // Else both would stand, and what the old one drew on an import would be drawn twice.
    if let Some(old) = &facts.replaced
        && !(old.state.is_end() && old.departed_on.is_none())
    {
        return Err(Refusal::ReplacedStillStands { number, replaced: old.number.clone() }.into());
    }
    let latest = expiry::latest(&facts.rules, today);
    let expires_on = request.expires_on.unwrap_or(latest);
    if expires_on < today {
        return Err(Refusal::ExpiresBeforeIssue { expires_on, today }.into());
    }
    if expires_on > latest {
        return Err(Refusal::ExpiresAfterRule { expires_on, latest }.into());
    }
    let issued = issued(facts, certificate, today, expires_on);
    Ok(CertificateIssued { overrides: (!rests_on.is_empty()).then_some(rests_on), ..issued })
}

fn check_approval(facts: &Facts, certificate: &Certificate, today: Date) -> Result<(), Box<dyn Refuse>> {
    if rule_on(&facts.rules, NationalRule::SecondApproval, today) != "yes" {
        return Ok(());
    }
    let number = certificate.number.clone();
    match &certificate.approved_by {
        None => Err(Refusal::SecondApprovalMissing { number }.into()),
        Some(first) if !four_eyes::is_second_person(&facts.officer.id, first) => {
            let officer = facts.officer.id.clone();
            Err(Refusal::SameOfficerApprovedAndIssued { number, officer }.into())
        }
        Some(_) => Ok(()),
    }
}

fn issued(facts: &Facts, certificate: &Certificate, today: Date, expires_on: Date) -> CertificateIssued {
    let application = certificate.application.clone();
    let (exporter, exporter_address) = exporter_of(&application, facts.exporter.as_ref());
    CertificateIssued {
        number: certificate.number.clone(),
        participant: application.participant,
        application: application.application,
        licence_number: application.licence_number,
        exporter,
        importer: application.importer,
        destination: application.destination,
        origin: application.origin,
        parcels: application.parcels,
        lines: facts.valued.lines(&facts.lines),
        issued_by: facts.officer.id.clone(),
        issued_on: today,
        expires_on,
        lot: facts.valued.lot.as_ref().map(|lot| lot.lot.clone()),
        overrides: None,
        exporter_address,
        importer_address: application.importer_address,
        containers: application.containers,
        transit_purpose: application.transit_purpose,
        certificate_kind: application.kind,
        purpose: application.purpose,
        file_reference: application.file_reference,
    }
}

/// Name and address of who exports: as the application of a technical certificate says, else as the licence does.
pub fn exporter_of(application: &Application, licensed: Option<&Exporter>) -> (String, String) {
    let licensed = |part: fn(&Exporter) -> &String| licensed.map(|e| part(e).clone()).unwrap_or_default();
    (
        application.exporter.clone().unwrap_or_else(|| licensed(|e| &e.holder)),
        application.exporter_address.clone().unwrap_or_else(|| licensed(|e| &e.address)),
    )
}

/// Licence, persons, parcels and values; what a director has set aside passes and is named. Returns the orders.
fn check_goods(
    facts: &Facts,
    certificate: &Certificate,
    today: Date,
) -> Result<Vec<String>, Box<dyn Refuse>> {
    let application = &certificate.application;
    let signs = [certificate.drafted_by.as_str(), facts.officer.id.as_str()];
    let mut rests_on = Vec::new();
    let mut unless = |decided| facts.overrides.unless(decided, &signs, &mut rests_on);
    let exporter = facts.exporter.as_ref();
    if application.kind == CertificateKind::Normal {
        unless(check_licence(exporter, application.participant, &application.licence_number, today))?;
    }
    who_valued::check(&facts.valued.valuers(), &signs, &certificate.number)?;
    facts.parcels.check_again(application.participant, today)?;
    unless(facts.valued.check_values(&application.application))?;
    facts.valued.check_goods(&facts.lines, application.parcels)?;
    Ok(rests_on)
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateIssued = entry.body()?;
    tx.execute(
        RECORD_ISSUE,
        &[
            (&body.number.to_string()).into(),
            (&body.issued_by).into(),
            (&body.issued_on.to_string()).into(),
            (&body.expires_on.to_string()).into(),
        ],
    )?;
    // The certificate bears the highest value; from here on the goods are stated at it everywhere.
    let value = Line::total_value(&body.lines).unwrap_or_default();
    tx.execute(STATE_VALUE, &[(&body.application).into(), value.cents().into()])?;
    for line in &body.lines {
        let stated = [(&body.application).into(), line.hs.code().into(), line.value.cents().into()];
        tx.execute(STATE_LINE, &stated)?;
    }
    for order in body.overrides.iter().flatten() {
        kp_registry::use_override(tx, order, entry)?;
    }
    moves::advance(tx, &body.number, Act::Issue)
}
