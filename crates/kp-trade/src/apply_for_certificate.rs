//! Apply for a certificate: a licensed exporter brings goods and declares them free of conflict; a clerk takes it down.
//!
//! Scheme: Annex II.17-18 (application and declaration before validation), Annex I.A (content). Appends
//! `application_received`. Gives no number and promises none: whether the issuer itself may trade is asked at issue, so
//! that an office that is barred for a time can still take down what it is asked for.

mod content;
#[cfg(test)]
mod tests;

pub(crate) use content::{forget, record};

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append, day_of};
use kp_registry::{
    Exporter, Goods, Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{
    Carats, CertificateNumber, Date, HsCode, Origin, ParticipantCode, Refuse, Timestamp, UsdCents,
};

use crate::{
    Application, CertificateKind, Line, ParcelLine, Purpose, SourceDraw,
    filing::{self, Filing},
    queries,
    rules::{
        amounts::{MOST_CARATS, MOST_VALUE},
        drawn_as_held,
        eligible::{Side, Trade, may_be_sent},
        mandate, parcels,
        sources::{self, Sources},
        technical,
    },
};

/// Most characters of a reference: it stands in the published commitment. Ours.
const LONGEST_REFERENCE: usize = 24;

kp_terms::form! {
    /// An application is received.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ApplicationReceived {
        /// The participant applied to.
        participant: ParticipantCode, "XA";
        /// The office's own reference, starting with the participant's code.
        application: String, "XA-A-17";
        /// The exporter's licence number.
        licence_number: String, "XA-EXP-7";
        /// Who imports.
        importer: String, "Harbour Gems BV";
        /// The importer's address.
        importer_address: String, "5 Quay Street, Port Sample";
        /// To which participant the goods go.
        destination: ParticipantCode, "XB";
        /// Where they were mined: one code, or mixed with its composition.
        origin: Origin, "XA";
        /// How many parcels.
        parcels: u32, "1";
        /// Class, carats and US$ of each class.
        lines: Vec<Line>, "7102.31 1200.00 420000.00";
        /// Who declared the goods free of conflict.
        declared_by: String, "M. Exporter";
        /// How many containers; one where nothing is said.
        containers: Option<u32>, "1";
        /// Class and carats of each parcel, for at most five parcels.
        parcel_list: Option<Vec<ParcelLine>>, "7102.31 600.00";
        /// Through where the goods pass, if through a third territory: the paper says it.
        transit_purpose: Option<String>, "transit through XC by air";
        /// For a re-export: each import certificate and the carats drawn from it. Not printed.
        sources: Option<Vec<SourceDraw>>, "XB-000017 100.00";
        /// The certificate that this one is to replace.
        replaces: Option<CertificateNumber>, "XA-000001";
        /// Normal, or technical for goods that move and are not traded.
        certificate_kind: Option<CertificateKind>, "normal";
        /// What a technical certificate is for.
        purpose: Option<Purpose>, "seized";
        /// The lot, project or number that a technical certificate is about.
        file_reference: Option<String>, "XA-L-3";
        /// Who exports under a technical certificate; otherwise the licence says.
        exporter: Option<String>, "Customs store of XA";
        /// The exporter's address, where it is not the licence's.
        exporter_address: Option<String>, "1 Customs Road";
        /// The parcels the goods are, by reference; asked for where the participant's own rule asks for sources.
        from_parcels: Option<Vec<String>>, "XA-P-7";
        /// The mandate under which a broker files it for the exporter.
        mandate: Option<String>, "XA-M-1";
    }
}

/// Most parcels that are described one by one: what a printed sheet shows.
pub const MOST_PARCELS_DESCRIBED: usize = 5;

impl Statement for ApplicationReceived {
    const KIND: &'static str = "application_received";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.application.clone()
    }
}

kp_terms::refusals! {
    /// Why an application is not taken.
    pub enum Refusal {
        /// The reference is in use.
        ReferenceTaken { reference: String } = "application_reference_taken", "application {reference} exists already; give the next free reference", "one application, one reference";
        /// The reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { reference: String, code: ParticipantCode } = "application_reference_not_of_participant",
            "the reference {reference} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// No such licence here.
        NoSuchLicence { licence_number: String } = "no_such_licence", "{licence_number} is not a licence of this participant", "CD Annex II.13";
        /// The licence is not in force.
        LicenceNotActive { licence_number: String, on: Date } = "licence_not_active", "licence {licence_number} is not in force on {on}", "CD Annex II.13; L02";
        /// Nothing to certify.
        NoLines = "no_lines", "the application names no goods; give class, carats and US$", "CD Annex I.A";
        /// A class twice.
        ClassTwice { hs: HsCode } = "class_twice", "class {hs} stands twice; add the two lines up", "CD Annex I.A; UAE366: one cell per class";
        /// Nothing or less.
        NotPositive { hs: HsCode } = "line_not_positive", "class {hs} must have more than 0.00 carats and more than US$ 0.00", "CD Annex I.A; carats are zero if and only if value is";
        /// More than the world has.
        TooLarge { hs: HsCode } = "line_too_large", "class {hs} has more than 1,000,000,000.00 carats or US$ 100,000,000,000.00; look for a slip", "limit ours (rules/amounts.rs): the world digs some 120 million carats a year";
        /// The composition is of another weight.
        OriginDiffers { origin: Carats, lines: Carats } = "origin_differs_from_lines", "the mixed origin adds up to {origin} ct and the lines to {lines} ct; they are the same goods", "CD Section I: parcel of mixed origin; the composition is kept";
        /// More described than shown.
        TooManyDescribed { described: usize } = "too_many_parcels_described", "{described} parcels are described; at most 5 are, give the others as their number", "CD Annex I.B: description is optional; what a sheet shows";
        /// The parcels described are not the goods.
        ParcelsDiffer { hs: HsCode, parcels: Carats, lines: Carats } = "parcels_differ_from_lines", "the parcels described have {parcels} ct of class {hs} and the lines {lines} ct; describe all parcels, or fewer than there are", "CD Section I: parcel, shipment";
        /// No container.
        NoContainer = "no_container", "a shipment travels in at least one container", "CD Section IV(c)";
        /// No parcel.
        NoParcel = "no_parcel", "a shipment has at least one parcel", "CD Section I: shipment";
        /// Leaving for home.
        DestinationIsOrigin { code: ParticipantCode } = "destination_is_own", "goods do not need a certificate from {code} to itself", "CD Section I: export";
        /// The declaration is missing.
        NoDeclaration = "no_declaration", "somebody must declare that the goods do not finance conflict", "CD Annex II.18";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Application>,
    exporter: Option<Exporter>,
    issuer: Side,
    destination: Side,
    sources: Sources,
}

/// Takes an application.
///
/// # Errors
/// Refuses where the application is not in order, each reason with its rule.
pub fn apply_for_certificate(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    crate::rules::reference_of_office::check(desk, &request.application)?;
    decide(&facts, request, desk.now)?;
    if let Some(named) = &request.mandate {
        // A broker at the counter: the clerk sees the mandate's paper, the register says what it allows.
        let facts = mandate::load(tx, desk, named, &request.application)?;
        mandate::check(&facts, named, request, None, desk.today())?;
    }
    parcels::check_application(tx, request, desk.today())?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ApplicationReceived) -> Result<Facts, Failure> {
    Ok(Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        existing: queries::application_by_reference(tx, &request.application)?,
        exporter: kp_registry::exporter_by_licence(tx, &request.licence_number)?,
        issuer: queries::side(tx, request.participant)?,
        destination: queries::side(tx, request.destination)?,
        sources: sources::load(tx, request)?,
    })
}

fn decide(facts: &Facts, request: &ApplicationReceived, now: Timestamp) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Clerk, request.participant)?;
    check_reference(facts, request)?;
    check_content(facts, request, now)
}

/// The content of an application without its reference; asked again of content that cures a deficiency.
fn check_content(
    facts: &Facts,
    request: &ApplicationReceived,
    now: Timestamp,
) -> Result<(), Box<dyn Refuse>> {
    match request.certificate_kind.unwrap_or_default() {
        CertificateKind::Normal => {
            let licence_number = &request.licence_number;
            check_licence(facts.exporter.as_ref(), request.participant, licence_number, day_of(now))?;
        }
        // Whoever sends seized goods, samples or returns is no trader.
        CertificateKind::Technical => {}
    }
    check_goods(request)?;
    check_parcels(request)?;
    technical::check(&facts.sources, request)?;
    sources::check(&facts.sources, request)?;
    if request.destination == request.participant {
        return Err(Refusal::DestinationIsOrigin { code: request.participant }.into());
    }
    let goods = Goods { classes: request.lines.iter().map(|line| line.hs).collect(), ..Goods::default() };
    let trade = Trade {
        issuer: request.participant,
        from: &facts.issuer,
        destination: request.destination,
        to: &facts.destination,
        goods: &goods,
    };
    may_be_sent(&trade, now)
}

fn check_reference(facts: &Facts, request: &ApplicationReceived) -> Result<(), Box<dyn Refuse>> {
    let reference = request.application.clone();
    if !reference::belongs_to(&reference, request.participant, LONGEST_REFERENCE) {
        return Err(Refusal::ReferenceNotOfParticipant { reference, code: request.participant }.into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::ReferenceTaken { reference }.into());
    }
    Ok(())
}

/// Whether the licence is this participant's and in force; asked again when the certificate is issued.
pub(crate) fn check_licence(
    exporter: Option<&Exporter>,
    participant: ParticipantCode,
    licence_number: &str,
    today: Date,
) -> Result<(), Box<dyn Refuse>> {
    let licence_number = licence_number.to_owned();
    match exporter.filter(|e| e.participant == participant) {
        None => Err(Refusal::NoSuchLicence { licence_number }.into()),
        Some(exporter) if !exporter.is_active_on(today) => {
            Err(Refusal::LicenceNotActive { licence_number, on: today }.into())
        }
        Some(_) => Ok(()),
    }
}

fn check_goods(request: &ApplicationReceived) -> Result<(), Box<dyn Refuse>> {
    if request.lines.is_empty() {
        return Err(Refusal::NoLines.into());
    }
    for (index, line) in request.lines.iter().enumerate() {
        if request.lines.iter().skip(index + 1).any(|other| other.hs == line.hs) {
            return Err(Refusal::ClassTwice { hs: line.hs }.into());
        }
        if line.carats <= Carats::ZERO || line.value <= UsdCents::ZERO {
            return Err(Refusal::NotPositive { hs: line.hs }.into());
        }
        if line.carats > MOST_CARATS || line.value > MOST_VALUE {
            return Err(Refusal::TooLarge { hs: line.hs }.into());
        }
    }
    if let (Origin::Mixed(composition), Some(lines)) = (&request.origin, Line::total_carats(&request.lines))
        && composition.total() != lines
    {
        return Err(Refusal::OriginDiffers { origin: composition.total(), lines }.into());
    }
    if request.parcels == 0 {
        return Err(Refusal::NoParcel.into());
    }
    if request.containers == Some(0) {
        return Err(Refusal::NoContainer.into());
    }
    if request.declared_by.trim().is_empty() {
        return Err(Refusal::NoDeclaration.into());
    }
    Ok(())
}

fn check_parcels(request: &ApplicationReceived) -> Result<(), Box<dyn Refuse>> {
    let described = request.parcel_list.as_deref().unwrap_or_default();
    if described.len() > MOST_PARCELS_DESCRIBED {
        return Err(Refusal::TooManyDescribed { described: described.len() }.into());
    }
    let all = u32::try_from(described.len()) == Ok(request.parcels);
    for hs in HsCode::ALL {
        let of_class = described.iter().filter(|parcel| parcel.hs == hs).map(|parcel| parcel.carats);
        let parcels = Carats::sum(of_class).unwrap_or(MOST_CARATS);
        let lines = request.lines.iter().find(|line| line.hs == hs).map_or(Carats::ZERO, |line| line.carats);
        if parcels > lines || (all && parcels != lines) {
            return Err(Refusal::ParcelsDiffer { hs, parcels, lines }.into());
        }
    }
    Ok(())
}

/// Content that somebody else than a clerk files: everything is asked but who it is.
pub(crate) fn check_new(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<(), Failure> {
    let facts = load(tx, desk, request)?;
    crate::rules::reference_of_office::check(desk, &request.application)?;
    check_reference(&facts, request)?;
    check_content(&facts, request, desk.now)?;
    parcels::check_application(tx, request, desk.today())
}

/// New content for an application that was found deficient: everything is asked again but whether the reference is free.
pub(crate) fn check_new_content(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<(), Failure> {
    let facts = load(tx, desk, request)?;
    check_content(&facts, request, desk.now)?;
    mandate::check_cure(tx, desk, request)?;
    parcels::check_application(tx, request, desk.today())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ApplicationReceived = entry.body()?;
    record(tx, &body, entry.on())?;
    if let Some(named) = &body.mandate {
        let given = kp_registry::mandate_by_reference(tx, named)?;
        filing::record(
            tx,
            &Filing {
                application: body.application.clone(),
                filed_by: String::new(),
                filed_under: given.map(|given| given.broker).unwrap_or_default(),
                mandate: Some(named.clone()),
            },
        )?;
    }
    drawn_as_held::look(tx, entry, &body)
}
