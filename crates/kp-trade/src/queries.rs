//! Questions about certificates and shipments, one thin typed function per statement in `sql/`.

use anyhow::Result;
use jiff::{Timestamp, civil::Date};
use kp_db::{Row, Sql, Tx, sql};
use kp_registry::Goods;
use kp_terms::{Carats, CertificateNumber, Origin, ParticipantCode, Sentence, UsdCents};

use crate::{
    ApplicationState, CertificateKind, CertificateState, Channel, Line, Purpose,
    kept::kept,
    rules::{eligible::Side, provenance},
};

mod life;
mod named;
mod seized;
mod waiting;

pub use life::*;
pub use named::*;
pub use seized::*;
pub use waiting::*;

const APPLICATION_BY_REFERENCE: Sql = sql!("application_by_reference");
const APPLICATIONS_WITHOUT_DRAFT: Sql = sql!("applications_without_draft");
const APPLICATIONS_IN_STATE: Sql = sql!("applications_in_state");
const LINES_OF_APPLICATION: Sql = sql!("lines_of_application");
const CERTIFICATE_BY_NUMBER: Sql = sql!("certificate_by_number");
const CERTIFICATES: Sql = sql!("certificates");
const CERTIFICATES_EXPIRED_UNUSED: Sql = sql!("certificates_expired_unused");
const DESTINATION_OF_NUMBER: Sql = sql!("destination_of_number");
const STATE_OF_NUMBER: Sql = sql!("state_of_number");
const CERTIFICATE_OF_APPLICATION: Sql = sql!("certificate_of_application");
const ARRIVALS_OF_NUMBER: Sql = sql!("arrivals_of_number");
const ARRIVALS_OF_ISSUER: Sql = sql!("arrivals_of_issuer");
const ARRIVALS_AFTER: Sql = sql!("arrivals_after");
const ARRIVALS_UNCONFIRMED: Sql = sql!("arrivals_unconfirmed");
const CONFIRMATION_OF_NUMBER: Sql = sql!("confirmation_of_number");
const PRINTS_OF_NUMBER: Sql = sql!("prints_of_number");
const CREDENTIAL_OF_NUMBER: Sql = sql!("credential_of_number");
const CREDENTIALS: Sql = sql!("credentials");

/// An application for a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The office's own reference.
    pub application: String,
    /// The participant applied to.
    pub participant: ParticipantCode,
    /// The exporter's licence.
    pub licence_number: String,
    /// Who imports.
    pub importer: String,
    /// Where.
    pub importer_address: String,
    /// To which participant.
    pub destination: ParticipantCode,
    /// Where the goods were mined.
    pub origin: Origin,
    /// How many parcels.
    pub parcels: u32,
    /// Sum of the lines.
    pub carats: Carats,
    /// Sum of the lines.
    pub value: UsdCents,
    /// Who declared.
    pub declared_by: String,
    /// When.
    pub applied_on: Date,
    /// Where it is.
    pub state: ApplicationState,
    /// Ordinary or technical.
    pub kind: CertificateKind,
    /// What a technical certificate is for.
    pub purpose: Option<Purpose>,
    /// The lot, project or number that a technical certificate is about.
    pub file_reference: Option<String>,
    /// Through where the goods pass, as the certificate itself says (EU2368 Art 18).
    pub transit_purpose: Option<String>,
    /// Who exports under a technical certificate, where no licence stands behind.
    pub exporter: Option<String>,
    /// Where; otherwise the licence says.
    pub exporter_address: Option<String>,
    /// How many containers.
    pub containers: u32,
    /// The certificate that this one is to replace.
    pub replaces: Option<CertificateNumber>,
}

/// A certificate with what its application says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub number: CertificateNumber,
    /// Where it is in its life.
    pub state: CertificateState,
    /// What was applied for.
    pub application: Application,
    /// Who drafted.
    pub drafted_by: String,
    /// When.
    pub drafted_on: Date,
    /// Who issued.
    pub issued_by: Option<String>,
    /// When.
    pub issued_on: Option<Date>,
    /// Last day on which the goods may leave.
    pub expires_on: Option<Date>,
    /// Who validated.
    pub validated_by: Option<String>,
    /// When.
    pub validated_on: Option<Date>,
    /// Seal numbers.
    pub seals: Vec<String>,
    /// When the departure was stated.
    pub departed_at: Option<Timestamp>,
    /// The day the goods left.
    pub departed_on: Option<Date>,
    /// The first approver, where the issuer's law asks for two.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<Date>,
    /// The application that stands in its place, where it is replaced.
    pub replaced_by: Option<String>,
    /// When it was taken out of use: replaced, invalidated, given back, lost.
    pub ended_on: Option<Date>,
    /// Why.
    pub ended_because: Option<String>,
}

impl Certificate {
    /// Whether its last day has passed unused. No act makes a certificate expire; the calendar does (EU2368 Art 12(5)).
    pub fn is_expired_on(&self, day: Date) -> bool {
        matches!(self.state, CertificateState::Issued | CertificateState::Validated)
            && self.expires_on.is_some_and(|last| last < day)
    }
}

/// One presentation of a number at an importing authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Place of the statement in the log.
    pub position: u64,
    /// The number presented.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// Carats weighed.
    pub carats_received: Carats,
    /// Whether the seals were intact.
    pub seals_intact: bool,
    /// The day.
    pub arrived_on: Date,
    /// Who recorded.
    pub recorded_by: String,
    /// Parcels counted, where they were.
    pub parcels: Option<u32>,
    /// The container's number as it was read.
    pub container: Option<String>,
    /// Seal numbers as they were read; empty where none was written down.
    pub seals: Vec<String>,
    /// Opened, or released closed.
    pub channel: Option<Channel>,
    /// Who took the goods in, as the papers name it.
    pub importer: Option<String>,
}

/// The importing authority's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The number confirmed.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// With or without a difference.
    pub outcome: CertificateState,
    /// Carats confirmed.
    pub carats_confirmed: Carats,
    /// The difference in words, or empty.
    pub explanation: Sentence,
    /// The day.
    pub confirmed_on: Date,
    /// Who confirmed.
    pub confirmed_by: String,
}

const APPLICATION_COLUMNS: usize = 21;

fn application(row: &Row<'_>) -> Result<Application> {
    application_from(row, 0)
}

fn application_from(row: &Row<'_>, at: usize) -> Result<Application> {
    Ok(Application {
        application: row.get(at)?,
        participant: row.word(at + 1)?,
        licence_number: row.get(at + 2)?,
        importer: row.get(at + 3)?,
        importer_address: row.get(at + 4)?,
        destination: row.word(at + 5)?,
        origin: row.word(at + 6)?,
        parcels: u32::try_from(row.get::<i64>(at + 7)?)?,
        carats: Carats::from_hundredths(row.get(at + 8)?),
        value: UsdCents::from_cents(row.get(at + 9)?),
        declared_by: row.get(at + 10)?,
        applied_on: row.word(at + 11)?,
        state: row.word(at + 12)?,
        kind: row.word(at + 13)?,
        purpose: row.optional_word(at + 14)?,
        file_reference: row.get(at + 15)?,
        transit_purpose: row.get(at + 16)?,
        exporter: row.get(at + 17)?,
        exporter_address: row.get(at + 18)?,
        containers: u32::try_from(row.get::<i64>(at + 19)?)?,
        replaces: row.optional_word(at + 20)?,
    })
}

fn certificate(row: &Row<'_>) -> Result<Certificate> {
    let at = APPLICATION_COLUMNS;
    let seals: Option<String> = row.get(at + 9)?;
    Ok(Certificate {
        application: application_from(row, 0)?,
        number: row.word(at)?,
        state: row.word(at + 1)?,
        drafted_by: row.get(at + 2)?,
        drafted_on: row.word(at + 3)?,
        issued_by: row.get(at + 4)?,
        issued_on: row.optional_word(at + 5)?,
        expires_on: row.optional_word(at + 6)?,
        validated_by: row.get(at + 7)?,
        validated_on: row.optional_word(at + 8)?,
        seals: words(seals),
        departed_at: row.optional_word(at + 10)?,
        departed_on: row.optional_word(at + 11)?,
        approved_by: row.get(at + 12)?,
        approved_on: row.optional_word(at + 13)?,
        replaced_by: row.get(at + 14)?,
        ended_on: row.optional_word(at + 15)?,
        ended_because: row.get(at + 16)?,
    })
}

/// Words that were stored with blanks between.
fn words(stored: Option<String>) -> Vec<String> {
    stored.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// The application with this reference.
///
/// # Errors
/// Where the database fails.
pub fn application_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Application>> {
    tx.optional(APPLICATION_BY_REFERENCE, &[reference.into()], application)
}

/// Applications in order that wait for their number, oldest first: neither deficient nor rejected.
///
/// # Errors
/// Where the database fails.
pub fn applications_without_draft(tx: &mut Tx<'_>) -> Result<Vec<Application>> {
    tx.rows(APPLICATIONS_WITHOUT_DRAFT, &[], application)
}

/// Applications in a state, oldest first, at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn applications_in_state(
    tx: &mut Tx<'_>,
    state: ApplicationState,
    limit: u32,
) -> Result<Vec<Application>> {
    tx.rows(APPLICATIONS_IN_STATE, &[state.word().into(), i64::from(limit).into()], application)
}

/// The lines of an application, by class.
///
/// # Errors
/// Where the database fails.
pub fn lines_of_application(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<Line>> {
    tx.rows(LINES_OF_APPLICATION, &[reference.into()], |row| {
        Ok(Line {
            hs: row.word(0)?,
            carats: Carats::from_hundredths(row.get(1)?),
            value: UsdCents::from_cents(row.get(2)?),
        })
    })
}

/// The certificate with this number.
///
/// # Errors
/// Where the database fails.
pub fn certificate_by_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<Certificate>> {
    tx.optional(CERTIFICATE_BY_NUMBER, &[(&number.to_string()).into()], certificate)
}

/// Certificates whose last day has passed on a day and that were not used, of one issuer or (none) of everybody, by
/// number, at most `limit`. They go back to the issuer (EU2368 Art 12(5)).
///
/// # Errors
/// Where the database fails.
pub fn certificates_expired_unused(
    tx: &mut Tx<'_>,
    day: Date,
    issuer: Option<ParticipantCode>,
    limit: u32,
) -> Result<Vec<Certificate>> {
    let issuer = issuer.map(|code| code.to_string()).unwrap_or_default();
    tx.rows(
        CERTIFICATES_EXPIRED_UNUSED,
        &[(&day.to_string()).into(), (&issuer).into(), i64::from(limit).into()],
        certificate,
    )
}

/// Where the certificate with this number is in its life.
///
/// # Errors
/// Where the database fails.
pub fn state_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<CertificateState>> {
    tx.optional(STATE_OF_NUMBER, &[(&number.to_string()).into()], |row| row.word(0))
}

/// Where the goods of the certificate with this number are bound for.
///
/// # Errors
/// Where the database fails.
pub fn destination_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<ParticipantCode>> {
    tx.optional(DESTINATION_OF_NUMBER, &[(&number.to_string()).into()], |row| row.word(0))
}

/// The number drafted for an application, where there is one.
///
/// # Errors
/// Where the database fails.
pub fn certificate_of_application(tx: &mut Tx<'_>, reference: &str) -> Result<Option<CertificateNumber>> {
    tx.optional(CERTIFICATE_OF_APPLICATION, &[reference.into()], |row| row.word(0))
}

/// Certificates in order of number, after a cursor (empty for the first), at most `limit`.
///
/// # Errors
/// Where the database fails.
pub fn certificates(tx: &mut Tx<'_>, after: &str, limit: u32) -> Result<Vec<Certificate>> {
    tx.rows(CERTIFICATES, &[after.into(), i64::from(limit).into()], certificate)
}

/// Every presentation of a number, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn arrivals_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Arrival>> {
    tx.rows(ARRIVALS_OF_NUMBER, &[(&number.to_string()).into()], arrival)
}

/// Every presentation of a number with this prefix, anywhere, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn arrivals_of_issuer(tx: &mut Tx<'_>, issuer: ParticipantCode) -> Result<Vec<Arrival>> {
    tx.rows(ARRIVALS_OF_ISSUER, &[(&format!("{issuer}-%")).into()], arrival)
}

/// Presentations of numbers that are not confirmed, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn arrivals_unconfirmed(tx: &mut Tx<'_>) -> Result<Vec<Arrival>> {
    tx.rows(ARRIVALS_UNCONFIRMED, &[], arrival)
}

/// Arrivals that stand after a position in the log, in its order, so many of them.
///
/// # Errors
/// Where the database fails.
pub fn arrivals_after(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Vec<Arrival>> {
    tx.rows(ARRIVALS_AFTER, &[i64::try_from(position)?.into(), i64::from(limit).into()], arrival)
}

fn arrival(row: &Row<'_>) -> Result<Arrival> {
    Ok(Arrival {
        position: u64::try_from(row.get::<i64>(0)?)?,
        number: row.word(1)?,
        at: row.word(2)?,
        carats_received: Carats::from_hundredths(row.get(3)?),
        seals_intact: row.get::<String>(4)? == "yes",
        arrived_on: row.word(5)?,
        recorded_by: row.get(6)?,
        parcels: row.get::<Option<i64>>(7)?.map(u32::try_from).transpose()?,
        container: row.get(8)?,
        seals: words(row.get(9)?),
        channel: row.optional_word(10)?,
        importer: row.get(11)?,
    })
}

/// The confirmation of a number, where there is one.
///
/// # Errors
/// Where the database fails.
pub fn confirmation_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<Confirmation>> {
    tx.optional(CONFIRMATION_OF_NUMBER, &[(&number.to_string()).into()], |row| {
        Ok(Confirmation {
            number: row.word(0)?,
            at: row.word(1)?,
            outcome: row.word(2)?,
            carats_confirmed: Carats::from_hundredths(row.get(3)?),
            explanation: kept(row.get(4)?),
            confirmed_on: row.word(5)?,
            confirmed_by: row.get(6)?,
        })
    })
}

/// What is known of one side of a trade.
///
/// # Errors
/// Where the database fails.
pub fn side(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Side> {
    Ok(Side {
        participant: kp_registry::participant_by_code(tx, code)?,
        changes: kp_registry::standing_changes_of_participant(tx, code)?,
        memberships: kp_registry::memberships_of_participant(tx, code)?,
        zones: kp_registry::zone_changes_of_participant(tx, code)?,
        own_list: kp_registry::own_list_of_participant(tx, code)?,
    })
}

/// What is known of the goods of an application, for the question who may trade them: classes, the conditions that are
/// recorded as met, and zones, mines and stock as the parcels say that stand behind it.
///
/// # Errors
/// Where the database fails.
pub fn goods_of_application(tx: &mut Tx<'_>, application: &Application) -> Result<Goods> {
    let reference = &application.application;
    let lines = lines_of_application(tx, reference)?;
    let goods = Goods {
        classes: lines.iter().map(|line| line.hs).collect(),
        met: kp_registry::conditions_met_of_application(tx, reference)?,
        ..Goods::default()
    };
    let named = kp_custody::parcels_named(tx, reference)?;
    let parcels = kp_custody::parcels_of_application(tx, reference)?;
    // One that is not known here says nothing of where its stones come from, and then nobody has said.
    if parcels.is_empty() || parcels.len() < named.len() {
        return Ok(goods);
    }
    let measures = kp_custody::measures_for(tx, &parcels.iter().collect::<Vec<_>>())?;
    Ok(provenance::say(goods, application.participant, &parcels, &measures))
}

/// One sheet of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// 1 the original; from 2 on a reprint.
    pub copy: u32,
    /// Why it was printed again; empty for the original.
    pub reason: String,
    /// Who printed.
    pub printed_by: String,
    /// When.
    pub printed_at: Timestamp,
}

/// Every sheet of a certificate, the original first.
///
/// # Errors
/// Where the database fails.
pub fn prints_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Vec<Print>> {
    tx.rows(PRINTS_OF_NUMBER, &[(&number.to_string()).into()], |row| {
        Ok(Print {
            number: row.word(0)?,
            copy: u32::try_from(row.get::<i64>(1)?)?,
            reason: row.get(2)?,
            printed_by: row.get(3)?,
            printed_at: row.word(4)?,
        })
    })
}

/// Where a certificate as signed bytes stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCertificate {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Its place in the order of arrival; `kp_log::signed_at` gives the bytes.
    pub position: u64,
    /// Which document key signed, hexadecimal.
    pub key_id: String,
    /// The check code, as it is printed.
    pub check_code: String,
    /// When.
    pub signed_at: Timestamp,
}

/// The signed bytes of a certificate, where it has any.
///
/// # Errors
/// Where the database fails.
pub fn credential_of_number(
    tx: &mut Tx<'_>,
    number: &CertificateNumber,
) -> Result<Option<SignedCertificate>> {
    tx.optional(CREDENTIAL_OF_NUMBER, &[(&number.to_string()).into()], signed_certificate)
}

/// Every certificate as signed bytes, in the order of the log.
///
/// # Errors
/// Where the database fails.
pub fn credentials(tx: &mut Tx<'_>) -> Result<Vec<SignedCertificate>> {
    tx.rows(CREDENTIALS, &[], signed_certificate)
}

fn signed_certificate(row: &Row<'_>) -> Result<SignedCertificate> {
    Ok(SignedCertificate {
        number: row.word(0)?,
        position: u64::try_from(row.get::<i64>(1)?)?,
        key_id: row.get(2)?,
        check_code: row.get(3)?,
        signed_at: row.word(4)?,
    })
}
