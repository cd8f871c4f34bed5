//! Seal and validate: the goods are weighed against the certificate, closed under numbered seals, and the exporting
//! authority puts its stamp.
//!
//! Scheme: Section I (validation is the exporting authority's act), Section IV(c) (tamper-resistant containers), EU2368
//! Art 12(2), Annex II.19. Closes: L18 together with the weighing on arrival. Appends `certificate_validated`; where the
//! participant has a document key, the certificate as signed bytes follows in the same transaction (sign_certificate.rs).

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_registry::{Goods, Officer, Overrides, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, CertificateState,
    issue_certificate::exporter_of,
    moves::{self, Act},
    queries,
    rules::{
        eligible::{Side, Trade, may_trade},
        four_eyes,
        valued::Valued,
        weight, who_valued,
    },
    sign_certificate,
};

const RECORD_VALIDATION: Sql = sql!("record_validation");

/// Most characters of a seal's number. Ours.
const LONGEST_SEAL: usize = 40;

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The issued certificate's number.
        number: CertificateNumber, "XA-000001";
        /// Carats weighed just before sealing.
        carats_weighed: Carats, "1200.00";
        /// Number of each seal.
        seals: Vec<String>, "77120-A";
    }
}

/// A certificate is validated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateValidated {
    /// Its number.
    pub number: CertificateNumber,
    /// Issuing participant.
    pub participant: ParticipantCode,
    /// Carats weighed just before sealing.
    pub carats_weighed: Carats,
    /// Seal numbers.
    pub seals: Vec<String>,
    /// Who validated.
    pub validated_by: String,
    /// When.
    pub validated_on: Date,
    /// Orders that set a refusal aside, each by its log and its place there.
    pub overrides: Option<Vec<String>>,
}

impl Statement for CertificateValidated {
    const KIND: &'static str = "certificate_validated";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a certificate is not validated.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// Not issued, or already validated.
        WrongState { number: CertificateNumber, state: CertificateState } = "certificate_not_issued", "certificate {number} is {state}; only an issued certificate is validated, and once", "domain 4.1";
        /// The drafter.
        SameOfficerDraftedAndValidated { number: CertificateNumber, officer: String } = "same_officer_drafted_and_validated", "{officer} drafted {number}; another officer must validate it", "four eyes (L19)";
        /// Too late.
        Expired { number: CertificateNumber, expires_on: Date } = "certificate_expired", "certificate {number} expired on {expires_on}; it must be returned to the issuing authority", "EU2368 Art 12(5)";
        /// No seal.
        NoSeal { number: CertificateNumber } = "no_seal", "goods under {number} travel in a sealed container; give the number of each seal", "CD Section IV(c); CA-Reg s.5(1)(f)";
        /// A seal's number that cannot be one.
        NotASeal { seal: String } = "not_a_seal", "{seal} is not the number of a seal; it has at most 40 characters", "CD Section IV(c); limit ours";
        /// The weights differ.
        WeightDiffers { number: CertificateNumber, stated: Carats, weighed: Carats } = "weight_differs", "{weighed} ct were weighed, {stated} ct stand on certificate {number}; replace the certificate, do not seal", "EU2368 Art 12(2): contents match; tolerance ours (rules/weight.rs)";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    goods: Goods,
    issuer: Side,
    destination: Side,
    valued: Valued,
    overrides: Overrides,
}

/// Seals and validates.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn validate_certificate(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        goods: Goods::default(),
        issuer: Side::default(),
        destination: Side::default(),
        valued: Valued::default(),
        overrides: Overrides::of(tx, "validate_certificate", &request.number, desk.now)?,
    };
    if let Some(application) = facts.certificate.as_ref().map(|certificate| &certificate.application) {
        facts.goods = queries::goods_of_application(tx, application)?;
        facts.issuer = queries::side(tx, application.participant)?;
        facts.destination = queries::side(tx, application.destination)?;
        facts.valued = Valued::load(tx, application.participant, &application.application, desk.today())?;
    }
    let statement = decide(&facts, request, desk.now)?;
    // Found out before anything is written: a certificate that cannot be signed is not validated either.
    let prepared = match &facts.certificate {
        Some(certificate) => prepare(tx, desk, certificate, &statement.seals)?,
        None => None,
    };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    if let Some(prepared) = prepared {
        sign_certificate::sign(tx, desk, prepared, &entry)?;
    }
    Ok(entry)
}

fn prepare(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    certificate: &Certificate,
    seals: &[String],
) -> Result<Option<sign_certificate::Preparation>, Failure> {
    let application = &certificate.application;
    let lines = queries::lines_of_application(tx, &application.application)?;
    let licensed = kp_registry::exporter_by_licence(tx, &application.licence_number)?;
    let (exporter, _) = exporter_of(application, licensed.as_ref());
    let facts = sign_certificate::Facts { certificate, lines: &lines, exporter: &exporter, seals };
    sign_certificate::prepare(tx, desk, &facts)
}

fn decide(facts: &Facts, request: &Request, now: Timestamp) -> Result<CertificateValidated, Box<dyn Refuse>> {
    let (number, today) = (request.number.clone(), day_of(now));
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let application = &certificate.application;
    may_act::of_participant(&facts.officer, Role::Customs, application.participant)?;
    if !moves::allows(certificate.state, Act::Validate) {
        return Err(Refusal::WrongState { number, state: certificate.state }.into());
    }
    if !four_eyes::is_second_person(&facts.officer.id, &certificate.drafted_by) {
        let officer = facts.officer.id.clone();
        return Err(Refusal::SameOfficerDraftedAndValidated { number, officer }.into());
    }
    let trade = Trade {
        issuer: application.participant,
        from: &facts.issuer,
        destination: application.destination,
        to: &facts.destination,
        goods: &facts.goods,
    };
    may_trade(&trade, now)?;
    if let Some(expires_on) = certificate.expires_on.filter(|day| *day < today) {
        return Err(Refusal::Expired { number, expires_on }.into());
    }
    let seals = clean_seals(&request.seals);
    if seals.is_empty() {
        return Err(Refusal::NoSeal { number }.into());
    }
    if let Some(seal) = seals.iter().find(|seal| seal.chars().count() > LONGEST_SEAL) {
        return Err(Refusal::NotASeal { seal: seal.chars().take(LONGEST_SEAL).collect() }.into());
    }
    if !weight::agrees(application.carats, request.carats_weighed, application.parcels) {
        let (stated, weighed) = (application.carats, request.carats_weighed);
        return Err(Refusal::WeightDiffers { number, stated, weighed }.into());
    }
    let rests_on = check_weighings(facts, certificate, request.carats_weighed)?;
    Ok(CertificateValidated {
        number,
        participant: application.participant,
        carats_weighed: request.carats_weighed,
        seals,
        validated_by: facts.officer.id.clone(),
        validated_on: today,
        overrides: (!rests_on.is_empty()).then_some(rests_on),
    })
}

/// Persons and weighings of the lot; what a director has set aside passes and is named. Returns the orders.
fn check_weighings(
    facts: &Facts,
    certificate: &Certificate,
    weighed: Carats,
) -> Result<Vec<String>, Box<dyn Refuse>> {
    let issued_by = certificate.issued_by.as_deref().unwrap_or_default();
    let signs = [certificate.drafted_by.as_str(), issued_by, facts.officer.id.as_str()];
    let mut rests_on = Vec::new();
    who_valued::check(&facts.valued.valuers(), &signs, &certificate.number)?;
    facts.valued.check_who_seals(&facts.officer.id)?;
    facts.overrides.unless(facts.valued.check_weighings(weighed), &signs, &mut rests_on)?;
    Ok(rests_on)
}

/// Seal numbers without blanks inside, sorted, each once.
pub(crate) fn clean_seals(seals: &[String]) -> Vec<String> {
    let mut clean: Vec<String> =
        seals.iter().map(|s| s.split_whitespace().collect::<String>()).filter(|s| !s.is_empty()).collect();
    clean.sort();
    clean.dedup();
    clean
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CertificateValidated = entry.body()?;
    tx.execute(
        RECORD_VALIDATION,
        &[
            (&body.number.to_string()).into(),
            (&body.validated_by).into(),
            (&body.validated_on.to_string()).into(),
            (&body.seals.join(" ")).into(),
        ],
    )?;
    for order in body.overrides.iter().flatten() {
        kp_registry::use_override(tx, order, entry)?;
    }
    moves::advance(tx, &body.number, Act::Validate)
}

#[cfg(test)]
mod tests {
    use kp_registry::{Goods, Overrides, Role, UnderWayRule};
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{
        CertificateState,
        rules::{eligible::Side, valued::Valued},
        testing::*,
    };

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::Customs),
            certificate: None,
            goods: Goods::default(),
            issuer: Side::default(),
            destination: open("XB"),
            valued: Valued::default(),
            overrides: Overrides::default(),
        };
        let request =
            Request { number: number("XA-1"), carats_weighed: carats(119_879), seals: vec![" ".into()] };
        let mut world = (facts, request);
        let validated = refused_in_order(
            &mut world,
            |(facts, asked)| keyed(decide(facts, asked, now())),
            &[
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Validated))),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| {
                    w.0.officer = officer("XA", Role::Customs);
                    w.0.officer.id = "xa-clerk-1".into();
                }),
                ("certificate_not_issued", |w| {
                    let mut late = certificate(CertificateState::Issued);
                    late.expires_on = Some(day("2026-02-02"));
                    w.0.certificate = Some(late);
                }),
                ("same_officer_drafted_and_validated", |w| w.0.officer.id = "xa-customs-1".into()),
                ("issuer_not_a_participant", |w| w.0.issuer = suspended("XA", NOW, UnderWayRule::Release)),
                ("issuer_barred", |w| w.0.issuer = open("XA")),
                ("certificate_expired", |w| w.0.certificate = Some(certificate(CertificateState::Issued))),
                ("no_seal", |w| w.1.seals = vec!["7".repeat(41)]),
                ("not_a_seal", |w| w.1.seals = vec!["77 121".into(), "77120-A".into(), "77121".into()]),
                ("weight_differs", |w| w.1.carats_weighed = carats(119_880)),
            ],
        );
        assert_eq!(validated.seals, ["77120-A", "77121"], "sorted, without blanks, each once");
    }

    #[test]
    fn it_is_validated_on_its_last_day_still() {
        let mut last_day = certificate(CertificateState::Issued);
        last_day.expires_on = Some(day("2026-02-03"));
        let facts = Facts {
            officer: officer("XA", Role::Customs),
            certificate: Some(last_day),
            goods: Goods::default(),
            issuer: open("XA"),
            destination: open("XB"),
            valued: Valued::default(),
            overrides: Overrides::default(),
        };
        let request =
            Request { number: number("XA-1"), carats_weighed: carats(120_000), seals: vec!["1".into()] };
        decide(&facts, &request, now()).unwrap();
    }
}
