//! Whose a certificate and an entry are, and who may see them: one answer for pages, for calls and for what is sent out.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Entry, LogName};
use kp_terms::CertificateNumber;
use kp_trade::Certificate;

use crate::rights::{self, Class, Thing, Viewer};

/// Whose a certificate is: both authorities', and those it passed through or arrived at.
///
/// # Errors
/// Where the database fails.
pub fn parties(tx: &mut Tx<'_>, certificate: &Certificate) -> Result<Thing<'static>> {
    let mut bodies = vec![
        certificate.application.participant.to_string(),
        certificate.application.destination.to_string(),
    ];
    bodies.extend(kp_trade::transits_of_number(tx, &certificate.number)?.iter().map(|t| t.at.to_string()));
    bodies.extend(kp_trade::arrivals_of_number(tx, &certificate.number)?.iter().map(|a| a.at.to_string()));
    Ok(Thing { bodies, ..Thing::default() })
}

/// Whose an entry is, where whoever looks may see it: its signer, its body, the parties of its certificate; what stands in
/// the scheme's log is shared by all officers.
///
/// # Errors
/// Where the database fails.
pub fn shown_to(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    entry: &Entry,
    signer: &str,
) -> Result<Option<Vec<String>>> {
    let owner = match entry.log_id.parse::<LogName>() {
        Ok(name) => name.owner.to_string(),
        Err(_) => String::new(),
    };
    if owner == "scheme" && rights::may_see(viewer, Class::Shared, &Thing::default()) {
        return Ok(Some(vec![owner]));
    }
    let mut thing = Thing { signer: Some(signer), ..Thing::of(owner) };
    if rights::may_see(viewer, Class::Entry, &thing) {
        return Ok(Some(thing.bodies));
    }
    if let Ok(number) = entry.subject.parse::<CertificateNumber>()
        && let Some(certificate) = kp_trade::certificate_by_number(tx, &number)?
    {
        thing = parties(tx, &certificate)?;
        return Ok(rights::may_see(viewer, Class::Certificate, &thing).then_some(thing.bodies));
    }
    Ok(None)
}
