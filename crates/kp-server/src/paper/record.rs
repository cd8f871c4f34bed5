//! The record that a paper lies beside: found under its address, for whoever may see it, and for nobody else.

use kp_accounts::rights::Class;
use kp_attached::{BelongsTo, MediaType, Paper, Seen, Store};
use kp_db::Tx;
use kp_terms::CertificateNumber;

use crate::{
    app::App,
    case::show::seen_case,
    certificate::show::parties,
    guard::Visit,
    problem::{Problem, Said},
};

/// A record with the papers beside it.
pub(crate) struct Beside {
    pub(crate) belongs_to: BelongsTo,
    pub(crate) record: String,
    /// Whose it is: for the note of who looked at what.
    pub(crate) bodies: Vec<String>,
    pub(crate) papers: Vec<Paper>,
}

/// The folder of papers; a node without one keeps none.
pub(crate) fn store(app: &App) -> Result<Store, Problem> {
    app.node.papers().ok_or_else(|| Problem::not_found("paper-no-folder"))
}

/// What can be shown of a paper's file without opening it; nothing where its file is not here. A fault of the disk is noted, and
/// leaves the record with plain cards: its page does not go with its pictures.
pub(crate) fn seen(app: &App, sha256: &str, media_type: MediaType) -> Option<Seen> {
    app.node.papers()?.seen(sha256, media_type).unwrap_or_else(|error| {
        tracing::error!(sha256, "{error:#}");
        None
    })
}

/// A certificate with its papers and those of its application.
pub(crate) fn of_certificate(tx: &mut Tx<'_>, typed: &str, visit: &Visit) -> Result<Beside, Problem> {
    let number: CertificateNumber = typed.parse().map_err(|error| Problem::address_not_read(typed, error))?;
    let found = kp_trade::certificate_by_number(tx, &number)?;
    let thing = found.as_ref().map(|certificate| parties(tx, certificate)).transpose()?.unwrap_or_default();
    let Some(certificate) = found.filter(|_| visit.may_see(Class::Certificate, &thing)) else {
        return Err(Problem::not_found(Said::of("problem-no-certificate").with("number", number)));
    };
    let record = certificate.number.to_string();
    let mut papers =
        kp_attached::papers_of_record(tx, BelongsTo::Application, &certificate.application.application)?;
    papers.extend(kp_attached::papers_of_record(tx, BelongsTo::Certificate, &record)?);
    papers.sort_by_key(|paper| paper.position);
    Ok(Beside { belongs_to: BelongsTo::Certificate, record, bodies: thing.bodies, papers })
}

/// A case with its papers.
pub(crate) fn of_case(tx: &mut Tx<'_>, number: &str, visit: &Visit) -> Result<Beside, Problem> {
    let case = seen_case(tx, number, visit)?;
    let papers = kp_attached::papers_of_record(tx, BelongsTo::Case, &case.case_number)?;
    let bodies = vec![case.asked.to_string(), "scheme".to_owned()];
    Ok(Beside { belongs_to: BelongsTo::Case, record: case.case_number, bodies, papers })
}

/// The record under an address of either sort.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    belongs_to: BelongsTo,
    typed: &str,
    visit: &Visit,
) -> Result<Beside, Problem> {
    match belongs_to {
        BelongsTo::Certificate | BelongsTo::Application => of_certificate(tx, typed, visit),
        BelongsTo::Case => of_case(tx, typed, visit),
    }
}

impl Beside {
    /// Where its page is.
    pub(crate) fn path(&self) -> String {
        match self.belongs_to {
            BelongsTo::Certificate | BelongsTo::Application => format!("/certificates/{}", self.record),
            BelongsTo::Case => format!("/cases/{}", self.record),
        }
    }

    /// The paper whose statement stands at this place.
    pub(crate) fn paper(&self, position: &str) -> Result<&Paper, Problem> {
        let found = self.papers.iter().find(|paper| paper.position.to_string() == position);
        found.ok_or_else(|| Problem::not_found("paper-none"))
    }
}
