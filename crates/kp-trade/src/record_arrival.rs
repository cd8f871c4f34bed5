//! Record an arrival: a container with a certificate number is presented to an importing authority, and weighed.
//!
//! Scheme: Section III(b), Annex II.22-23 (seals checked, contents opened and inspected). Never refused for what it
//! says of the world (rulings 13): an unknown number, a second presentation, a day that cannot be right or broken seals
//! are evidence, kept as they are; what is odd becomes a finding or a problem of the count. Only who may record is
//! checked, and that the weight is one that a scale can show. Appends `arrival_recorded` to the importer's log.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Channel, Line, TransitEnd,
    kept::keep,
    moves::{self, Act},
    queries, record_transit_exit,
    rules::{
        amounts::MOST_CARATS,
        discrepancy::{OnFile, discrepancies},
        eligible::Eligibility,
    },
    validate_certificate::clean_seals,
};

const RECORD_ARRIVAL: Sql = sql!("record_arrival");
const RECORD_ARRIVAL_LINE: Sql = sql!("record_arrival_line");
const RECORD_DISCREPANCY: Sql = sql!("record_discrepancy");

kp_terms::closed_words! {
    /// Yes or no.
    pub enum YesNo, "yes or no" {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper presented.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
        /// Carats weighed on arrival.
        carats_received: Carats, "1200.00";
        /// Whether container and seals were intact; yes where nothing is said.
        seals_intact: Option<YesNo>, "yes";
        /// The day of arrival; today where none is given.
        arrived_on: Option<Date>, "2026-02-05";
        /// Class, carats and US$ of each class as measured here, the importer's own; add up to the weight.
        lines: Option<Vec<Line>>, "7102.31 1200.00 420000.00";
        /// How many parcels were counted.
        parcels: Option<u32>, "1";
        /// The container's number as it was read.
        container: Option<String>, "BOX-17";
        /// Each seal's number as it was read.
        seals: Option<Vec<String>>, "77120-A";
        /// Opened, or released closed under a risk plan.
        channel: Option<Channel>, "opened";
        /// Who takes the goods in, as the papers name it.
        importer: Option<String>, "Harbour Gems BV";
    }
}

/// An arrival is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalRecorded {
    /// The number presented.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// Carats weighed.
    pub carats_received: Carats,
    /// Seals.
    pub seals_intact: YesNo,
    /// The day.
    pub arrived_on: Date,
    /// Who recorded.
    pub recorded_by: String,
    /// Class, carats, US$ as measured.
    #[serde(default)]
    pub lines: Option<Vec<Line>>,
    /// Parcels counted.
    #[serde(default)]
    pub parcels: Option<u32>,
    /// The container's number as it was read.
    #[serde(default)]
    pub container: Option<String>,
    /// Seals as they were read, sorted, each once.
    #[serde(default)]
    pub seals: Option<Vec<String>>,
    /// Opened or released closed.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Who takes the goods in.
    #[serde(default)]
    pub importer: Option<String>,
}

impl Statement for ArrivalRecorded {
    const KIND: &'static str = "arrival_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why an arrival is not recorded: never for what it says of the world.
    pub enum Refusal {
        /// No scale shows that.
        NotAWeight { carats: Carats } = "not_a_weight", "{carats} ct is not what a scale shows: weigh again and write 0.00 to 1,000,000,000.00 ct", "CD Annex II.23: the contents are inspected; limit ours (rules/amounts.rs)";
        /// The classes are of other goods.
        LinesDifferFromWeight { lines: Carats, weight: Carats } = "lines_differ_from_weight", "the classes add up to {lines} ct and the scale shows {weight} ct; they are the same goods, look for a slip", "CD Annex II.23: the contents are inspected";
    }
}

/// Records an arrival.
///
/// # Errors
/// Refuses only where the officer is not an importing officer of that participant, or the weight cannot be one.
pub fn record_arrival(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let statement = decide(&officer, request, desk.today())?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &Request, today: Date) -> Result<ArrivalRecorded, Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Importer, request.at)?;
    let carats = request.carats_received;
    if carats < Carats::ZERO || carats > MOST_CARATS {
        return Err(Refusal::NotAWeight { carats }.into());
    }
    let lines = request.lines.clone().filter(|lines| !lines.is_empty());
    if let Some(measured) = &lines {
        let total = Line::total_carats(measured).unwrap_or(MOST_CARATS);
        if total != carats || measured.iter().any(|line| line.carats < Carats::ZERO) {
            return Err(Refusal::LinesDifferFromWeight { lines: total, weight: carats }.into());
        }
    }
    Ok(ArrivalRecorded {
        number: request.number.clone(),
        at: request.at,
        carats_received: carats,
        seals_intact: request.seals_intact.unwrap_or(YesNo::Yes),
        arrived_on: request.arrived_on.unwrap_or(today),
        recorded_by: officer.id.clone(),
        lines,
        parcels: request.parcels,
        container: request.container.clone(),
        seals: request.seals.as_deref().map(clean_seals).filter(|seals| !seals.is_empty()),
        channel: request.channel,
        importer: request.importer.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ArrivalRecorded = entry.body()?;
    let position = i64::try_from(entry.position)?;
    let known = on_file(tx, entry, &body)?;
    let seals = body.seals.as_ref().map(|seals| seals.join(" "));
    tx.execute(
        RECORD_ARRIVAL,
        &[
            position.into(),
            (&body.number.to_string()).into(),
            body.at.as_str().into(),
            body.carats_received.hundredths().into(),
            body.seals_intact.word().into(),
            (&body.arrived_on.to_string()).into(),
            (&body.recorded_by).into(),
            body.parcels.map(i64::from).into(),
            body.container.as_deref().into(),
            seals.as_deref().into(),
            body.channel.map(|channel| channel.word()).into(),
            body.importer.as_deref().into(),
        ],
    )?;
    for line in body.lines.iter().flatten() {
        let (carats, cents) = (line.carats.hundredths(), line.value.cents());
        tx.execute(
            RECORD_ARRIVAL_LINE,
            &[position.into(), line.hs.code().into(), carats.into(), cents.into()],
        )?;
    }
    for found in discrepancies(&known, &body) {
        tx.execute(
            RECORD_DISCREPANCY,
            &[position.into(), found.code.word().into(), (&keep(&found.says)).into()],
        )?;
    }
    // What was to pass through and is presented here instead was an import.
    record_transit_exit::end(tx, &body.number, body.at, TransitEnd::Imported, body.arrived_on)?;
    moves::advance(tx, &body.number, Act::Arrive)
}

/// What was known of the number when the goods were presented.
fn on_file(tx: &mut Tx<'_>, entry: &Entry, body: &ArrivalRecorded) -> Result<OnFile> {
    let mut known = OnFile {
        presented: queries::arrivals_of_number(tx, &body.number)?
            .iter()
            .map(|a| (a.at, a.arrived_on))
            .collect(),
        notices: queries::notices_of_number(tx, &body.number)?.iter().map(|notice| notice.what).collect(),
        ..OnFile::default()
    };
    let transits = queries::transits_of_number(tx, &body.number)?;
    known.transits = transits.iter().map(|transit| (transit.at, transit.ended_as.is_some())).collect();
    let Some(certificate) = queries::certificate_by_number(tx, &body.number)? else { return Ok(known) };
    known.lines = queries::lines_of_application(tx, &certificate.application.application)?;
    let issuer = queries::side(tx, certificate.application.participant)?;
    known.issuer_barred = match issuer.eligibility(kp_registry::Direction::Export, entry.at) {
        Eligibility::Barred { legal_act, .. } => Some(legal_act),
        Eligibility::NotAParticipant => Some("not a participant".to_owned()),
        Eligibility::Eligible => None,
    };
    known.certificate = Some(certificate);
    Ok(known)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{MOST_CARATS, Request, YesNo, decide};
    use crate::testing::*;

    fn request() -> Request {
        Request {
            number: number("xz 900"),
            at: code("XB"),
            carats_received: carats(-1),
            seals_intact: None,
            arrived_on: None,
            lines: Some(vec!["7102.31 0.01 1.00".parse().unwrap()]),
            parcels: None,
            container: None,
            seals: Some(vec!["2".into(), "1".into(), "2".into()]),
            channel: None,
            importer: None,
        }
    }

    #[test]
    fn only_who_records_and_what_a_scale_shows_are_asked() {
        let mut world = (officer("XA", Role::Importer), request());
        let today = day("2026-02-03");
        let arrived = refused_in_order(
            &mut world,
            |(officer, asked)| keyed(decide(officer, asked, today)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("XB", Role::Customs)),
                ("role_missing", |w| w.0 = officer("XB", Role::Importer)),
                ("not_a_weight", |w| w.1.carats_received = carats(MOST_CARATS.hundredths() + 1)),
                ("not_a_weight", |w| w.1.carats_received = carats(0)),
                ("lines_differ_from_weight", |w| w.1.lines = Some(Vec::new())),
            ],
        );
        assert_eq!((arrived.arrived_on, arrived.seals_intact), (today, YesNo::Yes), "where nothing is said");
        assert_eq!((arrived.lines, arrived.seals), (None, Some(vec!["1".to_owned(), "2".to_owned()])));
    }

    /// rulings 13: evidence is kept as it is.
    #[test]
    fn a_day_that_cannot_be_right_is_kept_as_it_was_typed() {
        for typed in ["1999-01-01", "2062-02-03"] {
            let request = Request { carats_received: carats(1), arrived_on: Some(day(typed)), ..request() };
            let arrived = decide(&officer("XB", Role::Importer), &request, day("2026-02-03")).unwrap();
            assert_eq!(arrived.arrived_on, day(typed));
        }
    }
}
