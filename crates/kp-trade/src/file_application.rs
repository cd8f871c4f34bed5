//! File an application: a licensed exporter's own person, or a broker under the exporter's mandate, without a clerk.
//!
//! Scheme: Annex II.17-18. Appends `application_filed`, which carries the whole content, who filed it and for which licence:
//! the application names both the exporter and the broker. Everything is asked that is asked when a clerk takes one down; a
//! clerk then drafts from it as from any other, and finds it deficient or rejects it as any other.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::Refuse;
use serde::{Deserialize, Serialize};

use crate::{
    apply_for_certificate::{self, ApplicationReceived},
    filing::{self, Filing},
    rules::{drawn_as_held, mandate},
};

/// An application is filed by a trader's person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFiled {
    /// The content, as a clerk would have taken it down; names the mandate, where a broker files it.
    pub content: ApplicationReceived,
    /// The person.
    pub filed_by: String,
    /// The licence that the person acts for.
    pub filed_under: String,
}

impl Statement for ApplicationFiled {
    const KIND: &'static str = "application_filed";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.content.participant)
    }

    fn subject(&self) -> String {
        self.content.application.clone()
    }
}

kp_terms::refusals! {
    /// Why an application is not filed.
    pub enum Refusal {
        /// Another's licence, and no mandate named.
        OfAnother { licence_number: String, own: String } = "application_of_another_licence", "{licence_number} is not {own}, which you act for; name the mandate under which you file for it", "CD Annex II.17: the application is the exporter's; peers 24";
        /// A mandate for one's own.
        NeedsNoMandate { licence_number: String } = "application_needs_no_mandate", "you act for {licence_number} yourself; leave the mandate out", "a mandate is another's word for the exporter";
        /// Not a trader's business.
        Technical = "technical_filed_by_trader", "a technical certificate is the authority's own; a clerk takes it down", "technical certificates are for goods that are not traded";
    }
}

/// Files an application.
///
/// # Errors
/// Refuses where the person is no trader's, acts for another without a mandate or beyond it, or the application is not in order.
pub fn file_application(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let facts = match &request.mandate {
        Some(named) => Some((named, mandate::load(tx, desk, named, &request.application)?)),
        None => None,
    };
    let filed_under = decide(&officer, request)?;
    if let Some((named, facts)) = &facts {
        mandate::check(facts, named, request, Some(&filed_under), desk.today())?;
    }
    apply_for_certificate::check_new(tx, desk, request)?;
    let statement = ApplicationFiled { content: request.clone(), filed_by: officer.id, filed_under };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// Whether this person may file this application at all; the licence that the person acts for.
fn decide(officer: &Officer, request: &ApplicationReceived) -> Result<String, Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Trader, request.participant)?;
    // A trader is named with a licence; one without could not have been named.
    let own = officer.licence.clone().unwrap_or_default();
    if request.certificate_kind.unwrap_or_default() != crate::CertificateKind::Normal {
        return Err(Refusal::Technical.into());
    }
    let licence_number = request.licence_number.clone();
    match (licence_number == own, request.mandate.is_some()) {
        (true, false) | (false, true) => Ok(own),
        (true, true) => Err(Refusal::NeedsNoMandate { licence_number }.into()),
        (false, false) => Err(Refusal::OfAnother { licence_number, own }.into()),
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ApplicationFiled = entry.body()?;
    apply_for_certificate::record(tx, &body.content, entry.on())?;
    filing::record(
        tx,
        &Filing {
            application: body.content.application.clone(),
            filed_by: body.filed_by,
            filed_under: body.filed_under,
            mandate: body.content.mandate.clone(),
        },
    )?;
    drawn_as_held::look(tx, entry, &body.content)
}

#[cfg(test)]
mod tests {
    use kp_registry::{Officer, Role};
    use kp_testkit::refused_in_order;

    use super::decide;
    use crate::{CertificateKind, testing::*};

    #[test]
    fn a_person_files_for_the_own_licence_or_names_a_mandate() {
        let request = crate::apply_for_certificate::ApplicationReceived {
            certificate_kind: Some(CertificateKind::Technical),
            ..received()
        };
        let under = refused_in_order(
            &mut (officer("XB", Role::Clerk), request),
            |(officer, request)| keyed(decide(officer, request)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| {
                    w.0 = Officer { licence: Some("XA-BRK-2".into()), ..officer("XA", Role::Trader) };
                }),
                ("technical_filed_by_trader", |w| w.1.certificate_kind = None),
                ("application_of_another_licence", |w| {
                    w.0.licence = Some("XA-EXP-7".into());
                    w.1.mandate = Some("XA-M-1".into());
                }),
                ("application_needs_no_mandate", |w| w.1.mandate = None),
            ],
        );
        assert_eq!(under, "XA-EXP-7");
        let broker = Officer { licence: Some("XA-BRK-2".into()), ..officer("XA", Role::Trader) };
        let request = crate::apply_for_certificate::ApplicationReceived {
            mandate: Some("XA-M-1".into()),
            ..received()
        };
        assert_eq!(decide(&broker, &request).unwrap(), "XA-BRK-2");
    }
}
