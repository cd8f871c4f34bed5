//! Certificates for programs: a list by number with a cursor, and one with everything on file about it.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use kp_language::{Language, Texts};
use kp_trade::Certificate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    certificate::{
        list::seen_by,
        show::{Whole, whole},
    },
    endpoint::Parameter,
    guard::Visit,
    paged,
    paper::{self, api::PaperBody},
    problem::Problem,
};

/// Certificates in order of number.
#[derive(Serialize, ToSchema)]
pub(crate) struct Certificates {
    /// At most `limit`.
    certificates: Vec<CertificateBody>,
    /// Give this as `after` for the next ones; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A certificate.
#[derive(Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(crate) struct CertificateBody {
    /// Its number.
    number: String,
    /// Where it is in its life.
    state: String,
    /// The application it answers.
    application: String,
    /// Issuing participant.
    participant: String,
    /// To which participant.
    destination: String,
    /// Exporter's licence.
    licence_number: String,
    /// Who imports.
    importer: String,
    /// Where the goods were mined.
    origin: String,
    /// How many parcels.
    parcels: u32,
    /// Carats in all.
    carats: String,
    /// US$ in all.
    value_usd: String,
    /// Who drafted.
    drafted_by: String,
    /// When.
    drafted_on: String,
    /// Who issued.
    issued_by: Option<String>,
    /// When.
    issued_on: Option<String>,
    /// Last day on which the goods may leave.
    expires_on: Option<String>,
    /// Who validated.
    validated_by: Option<String>,
    /// When.
    validated_on: Option<String>,
    /// Seal numbers.
    seals: Vec<String>,
    /// The day the goods left.
    departed_on: Option<String>,
}

/// A certificate with everything on file about it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CertificateDetail {
    /// The certificate.
    certificate: CertificateBody,
    /// Who filed the application, where a trader did; for officers of its own participant only.
    filing: Option<FilingBody>,
    /// By class.
    lines: Vec<LineBody>,
    /// Every presentation of the number, in the order of the log.
    arrivals: Vec<ArrivalBody>,
    /// The importing authority's answer.
    confirmation: Option<ConfirmationBody>,
    /// Who did what when.
    timeline: Vec<EntryBody>,
    /// Ids of findings about this number.
    findings: Vec<String>,
    /// Papers and photographs beside it and its application.
    papers: Vec<PaperBody>,
}

/// How an application came to the desk, where a trader's person filed it or a broker brought it.
#[derive(Serialize, ToSchema)]
#[schema(as = Filing)]
pub(crate) struct FilingBody {
    /// The trader's person; absent where a clerk took it down for a broker at the counter.
    filed_by: Option<String>,
    /// The licence the person acts for: the exporter's own, or the broker's.
    filed_under: String,
    /// The mandate that let a broker file it; absent where the exporter filed for itself.
    mandate: Option<String>,
}

/// One class of goods.
#[derive(Serialize, ToSchema)]
#[schema(as = Line)]
pub(crate) struct LineBody {
    /// 7102.10, 7102.21 or 7102.31.
    hs: String,
    /// Carats.
    carats: String,
    /// US$.
    value_usd: String,
}

/// One presentation of a number.
#[derive(Serialize, ToSchema)]
#[schema(as = Arrival)]
pub(crate) struct ArrivalBody {
    /// Importing participant.
    at: String,
    /// Carats weighed.
    carats_received: String,
    /// Whether the seals were intact.
    seals_intact: bool,
    /// The day.
    arrived_on: String,
    /// Who recorded.
    recorded_by: String,
}

/// The importing authority's answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Confirmation)]
pub(crate) struct ConfirmationBody {
    /// Importing participant.
    at: String,
    /// `confirmed` or `confirmed_with_difference`.
    outcome: String,
    /// Carats confirmed.
    carats_confirmed: String,
    /// The difference in words, or empty.
    explanation: String,
    /// The day.
    confirmed_on: String,
    /// Who confirmed.
    confirmed_by: String,
}

/// An entry of the log, without what it says.
#[derive(Serialize, ToSchema)]
#[schema(as = Entry)]
pub(crate) struct EntryBody {
    /// Order of arrival at this node.
    position: u64,
    /// What was done.
    what: String,
    /// When.
    at: String,
    /// Who signed.
    by: String,
    /// Which log.
    log_id: String,
    /// Place in it.
    entry_number: u64,
}

fn body(c: &Certificate) -> CertificateBody {
    let day = |day: &Option<kp_terms::Date>| day.map(|day| day.to_string());
    CertificateBody {
        number: c.number.to_string(),
        state: c.state.to_string(),
        application: c.application.application.clone(),
        participant: c.application.participant.to_string(),
        destination: c.application.destination.to_string(),
        licence_number: c.application.licence_number.clone(),
        importer: c.application.importer.clone(),
        origin: c.application.origin.to_string(),
        parcels: c.application.parcels,
        carats: c.application.carats.to_string(),
        value_usd: c.application.value.to_string(),
        drafted_by: c.drafted_by.clone(),
        drafted_on: c.drafted_on.to_string(),
        issued_by: c.issued_by.clone(),
        issued_on: day(&c.issued_on),
        expires_on: day(&c.expires_on),
        validated_by: c.validated_by.clone(),
        validated_on: day(&c.validated_on),
        seals: c.seals.clone(),
        departed_on: day(&c.departed_on),
    }
}

/// Query parameters of the list.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "after", about: "Only numbers after this one.", example: "XA-000001" },
    Parameter { name: "limit", about: "How many, 1 to 500; 100 where nothing is said.", example: "100" },
];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Certificates>, Problem> {
    asked.only_those(LISTED_BY)?;
    let limit = paged::limit(&asked, 100)?;
    let after = asked.text("after").to_owned();
    app.read(move |_, tx| {
        let (found, more) = seen_by(tx, &after, limit, &visit)?;
        let next = found.last().filter(|_| more).map(|certificate| certificate.number.to_string());
        Ok(Json(Certificates { certificates: found.iter().map(body).collect(), next }))
    })
    .await
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Result<Json<CertificateDetail>, Problem> {
    app.read(move |app, tx| {
        let whole = whole(app, tx, Texts::of(Language::English), &number, &visit)?;
        let beside = paper::record::of_certificate(tx, &number, &visit)?;
        Ok(Json(detail(whole, paper::api::papers(&beside), Texts::of(visit.language))))
    })
    .await
}

fn detail(whole: Whole, papers: Vec<PaperBody>, texts: Texts) -> CertificateDetail {
    let line = |line: kp_trade::Line| LineBody {
        hs: line.hs.to_string(),
        carats: line.carats.to_string(),
        value_usd: line.value.to_string(),
    };
    CertificateDetail {
        certificate: body(&whole.certificate),
        filing: whole.filing.map(filing),
        lines: whole.lines.into_iter().map(line).collect(),
        arrivals: whole.arrivals.into_iter().map(arrival).collect(),
        confirmation: whole.confirmation.map(|answer| confirmation(answer, texts)),
        timeline: whole.timeline.into_iter().map(entry).collect(),
        findings: whole.findings.into_iter().map(|row| row.finding.id).collect(),
        papers,
    }
}

fn filing(filing: kp_trade::Filing) -> FilingBody {
    FilingBody {
        filed_by: Some(filing.filed_by).filter(|id| !id.is_empty()),
        filed_under: filing.filed_under,
        mandate: filing.mandate,
    }
}

fn arrival(arrival: kp_trade::Arrival) -> ArrivalBody {
    ArrivalBody {
        at: arrival.at.to_string(),
        carats_received: arrival.carats_received.to_string(),
        seals_intact: arrival.seals_intact,
        arrived_on: arrival.arrived_on.to_string(),
        recorded_by: arrival.recorded_by,
    }
}

fn confirmation(confirmation: kp_trade::Confirmation, texts: Texts) -> ConfirmationBody {
    ConfirmationBody {
        at: confirmation.at.to_string(),
        outcome: confirmation.outcome.to_string(),
        carats_confirmed: confirmation.carats_confirmed.to_string(),
        explanation: texts.sentence(&confirmation.explanation),
        confirmed_on: confirmation.confirmed_on.to_string(),
        confirmed_by: confirmation.confirmed_by,
    }
}

fn entry(line: crate::act::receipt::EntryLine) -> EntryBody {
    EntryBody {
        position: line.position,
        what: line.what,
        at: line.at,
        by: line.who,
        log_id: line.log_id,
        entry_number: line.entry_number,
    }
}
