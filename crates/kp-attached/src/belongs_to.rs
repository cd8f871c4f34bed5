//! What a paper belongs to, and whose that is.
//!
//! A paper is seen by whoever may see its record (domain 2, P2 and P3), and attached by those of them who work with it.

use anyhow::Result;
use kp_db::Tx;
use kp_registry::Role;
use kp_terms::CertificateNumber;

kp_terms::closed_words! {
    /// A sort of record that papers are attached to.
    pub enum BelongsTo, "a record that papers are attached to" {
        /// A certificate, by its number.
        Certificate = "certificate",
        /// An application, by its reference.
        Application = "application",
        /// A case, by its number.
        Case = "case",
    }
}

/// A record that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// As it is written, not as it was typed.
    pub(crate) subject: String,
    /// Whose: participants' codes, or `scheme`.
    pub(crate) bodies: Vec<String>,
    /// Over: nothing is attached any more.
    pub(crate) is_closed: bool,
}

impl BelongsTo {
    /// Who of a record's bodies attaches papers to it.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Certificate | Self::Application => {
                &[Role::Clerk, Role::Approver, Role::Customs, Role::Importer, Role::FocalPoint]
            }
            Self::Case => &[Role::FocalPoint, Role::Approver, Role::Statistics, Role::Monitoring],
        }
    }

    /// The record of this name; nothing where there is none.
    ///
    /// # Errors
    /// Where the database fails.
    pub(crate) fn record(self, tx: &mut Tx<'_>, subject: &str) -> Result<Option<Record>> {
        match self {
            Self::Certificate => certificate(tx, subject),
            Self::Application => {
                Ok(kp_trade::application_by_reference(tx, subject.trim())?.map(|found| Record {
                    subject: found.application.clone(),
                    bodies: vec![found.participant.to_string()],
                    is_closed: false,
                }))
            }
            Self::Case => Ok(kp_cases::case_by_number(tx, subject.trim())?.map(|found| Record {
                subject: found.case_number.clone(),
                bodies: vec![found.asked.to_string(), "scheme".to_owned()],
                is_closed: found.state == "closed",
            })),
        }
    }
}

/// The two authorities', and those that it passes or passed through: as whoever may see a certificate.
fn certificate(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Record>> {
    let Ok(number) = typed.parse::<CertificateNumber>() else { return Ok(None) };
    let Some(found) = kp_trade::certificate_by_number(tx, &number)? else { return Ok(None) };
    let mut bodies =
        vec![found.application.participant.to_string(), found.application.destination.to_string()];
    bodies.extend(kp_trade::transits_of_number(tx, &number)?.iter().map(|transit| transit.at.to_string()));
    bodies.extend(kp_trade::arrivals_of_number(tx, &number)?.iter().map(|arrival| arrival.at.to_string()));
    Ok(Some(Record { subject: found.number.to_string(), bodies, is_closed: false }))
}
