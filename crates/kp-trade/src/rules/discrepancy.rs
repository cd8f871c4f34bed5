//! What differs between a shipment as it was presented and what is known of its number.
//!
//! Scheme: domain 3.7 (the codes; parcels and seals exact, carats within tolerance, value never blocks), Annex II.22-23.
//! Closes part of L17, L28. Worked out when an arrival is recorded, from the statement and from what is on file then,
//! and kept: what the desk could know on that day. `ORIGIN_IMPLAUSIBLE` is an officer's own remark: what is worked out
//! is the finding `origin_without_production`.

use std::collections::BTreeSet;

use kp_certificate::plain_seal;
use kp_terms::{Carats, Date, HsCode, ParticipantCode, Sentence, sentence};

use crate::{
    Certificate, CertificateState, Line, NoticeOf, record_arrival::ArrivalRecorded, record_arrival::YesNo,
    rules::weight,
};

kp_terms::closed_words! {
    /// What can differ. The words are those of the scheme's papers.
    pub enum DiscrepancyCode, "a discrepancy" {
        /// No departure under the number was announced.
        NoPreadvice = "NO_PREADVICE",
        /// The number is not in the register.
        NumberUnknown = "NUMBER_UNKNOWN",
        /// The number was presented before, or is answered or ended.
        NumberReused = "NUMBER_REUSED",
        /// The certificate's last day had passed when the goods left.
        Expired = "EXPIRED",
        /// It was issued for another participant.
        DestMismatch = "DEST_MISMATCH",
        /// Another importer than the certificate names.
        PartyMismatch = "PARTY_MISMATCH",
        /// Container or seals were not intact.
        SealBroken = "SEAL_BROKEN",
        /// Other seal numbers than those recorded.
        SealMismatch = "SEAL_MISMATCH",
        /// Another number of parcels.
        ParcelCount = "PARCEL_COUNT",
        /// Another weight, beyond tolerance.
        CaratDiff = "CARAT_DIFF",
        /// Another value. A fact of statistics, never a reason to stop goods.
        ValueDiff = "VALUE_DIFF",
        /// Other customs classes, or other carats of a class.
        HsDiff = "HS_DIFF",
        /// The origin cannot be right.
        OriginImplausible = "ORIGIN_IMPLAUSIBLE",
        /// The paper itself is in doubt: reported lost, stolen or counterfeit.
        ForgerySuspect = "FORGERY_SUSPECT",
        /// The issuer may not trade.
        IssuerNotEligible = "ISSUER_NOT_ELIGIBLE",
        /// It passed through a third territory and its certificate does not say so, or it never left there.
        TransitNotAttested = "TRANSIT_NOT_ATTESTED",
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Which.
    pub code: DiscrepancyCode,
    /// In a sentence, with the figures.
    pub says: Sentence,
}

/// What is on file about a number when goods are presented under it.
#[derive(Debug, Clone, Default)]
pub struct OnFile {
    /// The certificate, where the register has it.
    pub certificate: Option<Certificate>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Earlier presentations: where and when.
    pub presented: Vec<(ParticipantCode, Date)>,
    /// Reports about the paper.
    pub notices: Vec<NoticeOf>,
    /// Why the issuer may not trade, where it may not.
    pub issuer_barred: Option<String>,
    /// Territories that the goods entered in transit, and whether they left them.
    pub transits: Vec<(ParticipantCode, bool)>,
}

/// Everything that differs, each code once, in the order of the codes.
pub fn discrepancies(known: &OnFile, arrival: &ArrivalRecorded) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    let mut say = |code, says: Sentence| found.push(Discrepancy { code, says });
    about_the_number(known, arrival, &mut say);
    if arrival.seals_intact == YesNo::No {
        say(DiscrepancyCode::SealBroken, sentence!("differs-broken", "container or seals were not intact"));
    }
    if let Some(certificate) = &known.certificate {
        about_the_papers(known, certificate, arrival, &mut say);
        about_the_goods(certificate, &known.lines, arrival, &mut say);
    }
    found.sort_by_key(|d| d.code);
    found
}

fn about_the_number(
    known: &OnFile,
    arrival: &ArrivalRecorded,
    say: &mut impl FnMut(DiscrepancyCode, Sentence),
) {
    let state = known.certificate.as_ref().map(|c| c.state);
    if known.certificate.is_none() {
        say(
            DiscrepancyCode::NumberUnknown,
            sentence!("differs-unknown", "{number} is not in the register", number = arrival.number),
        );
    }
    if state.is_none_or(CertificateState::is_before_departure) {
        say(
            DiscrepancyCode::NoPreadvice,
            sentence!("differs-unannounced", "no departure under the number was announced"),
        );
    }
    let ended = state.filter(|state| state.is_end());
    match (known.presented.first(), ended) {
        (Some((at, on)), _) => {
            say(
                DiscrepancyCode::NumberReused,
                sentence!("differs-before", "it was presented before, at {at} on {day}", at = at, day = on),
            );
        }
        (None, Some(state)) => say(
            DiscrepancyCode::NumberReused,
            sentence!("differs-ended", "the certificate is {state}", state = state),
        ),
        (None, None) => {}
    }
    if let Some(what) = known.notices.first() {
        say(
            DiscrepancyCode::ForgerySuspect,
            sentence!("differs-reported", "the paper of this number was reported: {what}", what = what),
        );
    }
    if let Some(legal_act) = &known.issuer_barred {
        say(
            DiscrepancyCode::IssuerNotEligible,
            sentence!("differs-barred", "the issuer may not trade ({legal_act})", legal_act = legal_act),
        );
    }
}

fn about_the_papers(
    known: &OnFile,
    certificate: &Certificate,
    arrival: &ArrivalRecorded,
    say: &mut impl FnMut(DiscrepancyCode, Sentence),
) {
    let application = &certificate.application;
    let used_on = certificate.departed_on.unwrap_or(arrival.arrived_on);
    if let Some(last) = certificate.expires_on.filter(|last| *last < used_on) {
        say(DiscrepancyCode::Expired, sentence!("differs-expired", "its last day was {last}", last = last));
    }
    if application.destination != arrival.at {
        say(
            DiscrepancyCode::DestMismatch,
            sentence!(
                "differs-destination",
                "it was issued for {destination}",
                destination = application.destination
            ),
        );
    }
    let named = arrival.importer.as_deref().filter(|named| !same_words(named, &application.importer));
    if let Some(named) = named {
        say(
            DiscrepancyCode::PartyMismatch,
            sentence!(
                "differs-importer",
                "{named} imports; the certificate names {importer}",
                named = named,
                importer = application.importer,
            ),
        );
    }
    let still = known.transits.iter().find(|(at, left)| !left && *at != arrival.at);
    match (still, known.transits.first(), &application.transit_purpose) {
        (Some((at, _)), _, _) => {
            say(
                DiscrepancyCode::TransitNotAttested,
                sentence!(
                    "differs-transit-open",
                    "it entered {at} in transit and is not recorded to have left",
                    at = at
                ),
            );
        }
        (None, Some((at, _)), None) => {
            say(
                DiscrepancyCode::TransitNotAttested,
                sentence!(
                    "differs-transit-unsaid",
                    "it passed through {at}; the certificate shows no transit",
                    at = at
                ),
            );
        }
        _ => {}
    }
}

fn about_the_goods(
    certificate: &Certificate,
    lines: &[Line],
    arrival: &ArrivalRecorded,
    say: &mut impl FnMut(DiscrepancyCode, Sentence),
) {
    let application = &certificate.application;
    let (stated, received) = (application.carats, arrival.carats_received);
    if !weight::agrees(stated, received, application.parcels) {
        say(
            DiscrepancyCode::CaratDiff,
            sentence!(
                "differs-carats",
                "{received} ct arrived; the certificate states {stated} ct",
                received = received,
                stated = stated,
            ),
        );
    }
    if let Some(counted) = arrival.parcels.filter(|counted| *counted != application.parcels) {
        say(
            DiscrepancyCode::ParcelCount,
            sentence!(
                "differs-parcels",
                "{counted} parcels; the certificate states {stated}",
                counted = counted,
                stated = application.parcels,
            ),
        );
    }
    if let Some(seals) = other_seals(certificate, arrival) {
        say(DiscrepancyCode::SealMismatch, seals);
    }
    let Some(measured) = &arrival.lines else { return };
    if let Some(class) = other_classes(lines, measured, application.parcels) {
        say(DiscrepancyCode::HsDiff, class);
    }
    if let Some(value) = Line::total_value(measured).filter(|value| *value != application.value) {
        let says = sentence!(
            "differs-value",
            "US$ {value} by the importing side; the certificate states US$ {stated}",
            value = value,
            stated = application.value,
        );
        say(DiscrepancyCode::ValueDiff, says);
    }
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(one) == words(other)
}

/// The seals read, where they are not those recorded. What was not read is not compared; hyphens, blanks and small letters
/// make no other seal: the code on the paper has them in their plain form.
pub fn other_seals(certificate: &Certificate, arrival: &ArrivalRecorded) -> Option<Sentence> {
    let read = arrival.seals.as_deref().unwrap_or_default();
    let plain = |seals: &[String]| -> BTreeSet<String> {
        seals.iter().map(|seal| plain_seal(seal).unwrap_or_else(|| seal.clone())).collect()
    };
    let differ =
        !read.is_empty() && !certificate.seals.is_empty() && plain(read) != plain(&certificate.seals);
    differ.then(|| {
        sentence!(
            "differs-seals",
            "seals {read} instead of {recorded}",
            read = read.join(" "),
            recorded = certificate.seals.join(" "),
        )
    })
}

/// The first class whose carats differ beyond tolerance, in a sentence (L17).
pub fn other_classes(stated: &[Line], measured: &[Line], parcels: u32) -> Option<Sentence> {
    let of = |lines: &[Line], hs: HsCode| {
        lines
            .iter()
            .filter(|line| line.hs == hs)
            .fold(0_i64, |sum, line| sum.saturating_add(line.carats.hundredths()))
    };
    HsCode::ALL.into_iter().find_map(|hs| {
        let (stated, measured) = (of(stated, hs), of(measured, hs));
        let (stated, measured) = (Carats::from_hundredths(stated), Carats::from_hundredths(measured));
        let agrees = weight::agrees(stated, measured, parcels);
        (!agrees).then(|| {
            sentence!(
                "differs-class",
                "class {hs}: {measured} ct on arrival; the certificate states {stated} ct",
                hs = hs,
                measured = measured,
                stated = stated,
            )
        })
    })
}
