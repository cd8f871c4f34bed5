//! What can be done next about a thing, as buttons that open prefilled forms.

use kp_node::act_by_name;
use kp_registry::Role;
use kp_trade::{Application, ApplicationState, Certificate, CertificateState};

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NextAct {
    pub(crate) act: &'static str,
    pub(crate) link: String,
    /// Who may do it.
    pub(crate) role: Role,
}

impl NextAct {
    /// A button for an act of the catalogue, with fields filled in; none where the catalogue has no such act.
    pub(crate) fn of(act: &str, filled: &[(&str, &str)]) -> Option<Self> {
        let act = act_by_name(act)?;
        let mut link = format!("/act/{}", act.name);
        for (index, (name, text)) in filled.iter().enumerate() {
            link.push(if index == 0 { '?' } else { '&' });
            link.push_str(name);
            link.push('=');
            link.push_str(&escaped(text));
        }
        Some(Self { act: act.name, link, role: act.role })
    }
}

/// A text as part of a query.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// For an application, by where it is.
pub(crate) fn of_application(application: &Application) -> Vec<NextAct> {
    let acts: &[&str] = match application.state {
        ApplicationState::Applied => &["draft_certificate", "find_deficiency"],
        ApplicationState::Deficient => &["cure_application", "reject_application"],
        ApplicationState::Rejected | ApplicationState::Drafted => &[],
    };
    acts.iter().filter_map(|act| NextAct::of(act, &[("application", &application.application)])).collect()
}

/// For a certificate, by where it is in its life.
pub(crate) fn of_certificate(certificate: &Certificate) -> Vec<NextAct> {
    let number = certificate.number.to_string();
    let at = certificate.application.destination.to_string();
    let acts: &[&str] = match certificate.state {
        CertificateState::Drafted => &["issue_certificate"],
        CertificateState::Issued => &["validate_certificate"],
        CertificateState::Validated => &["depart_shipment"],
        CertificateState::Departed | CertificateState::InTransit => &["record_arrival"],
        CertificateState::Arrived => &["confirm_receipt", "report_difference", "detain_shipment"],
        CertificateState::Detained => &["release_shipment", "order_return", "seize_shipment"],
        CertificateState::Seized => &["release_seized", "forfeit_goods"],
        CertificateState::Returning => &["record_return"],
        CertificateState::Forfeited => &["dispose_forfeited"],
        _ => &[],
    };
    let abroad = !certificate.state.is_before_departure();
    let filled = [("number", number.as_str()), ("at", at.as_str())];
    let filled = if abroad { &filled[..] } else { &filled[..1] };
    acts.iter().filter_map(|act| NextAct::of(act, filled)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_opens_the_form_filled_in() {
        let button = NextAct::of("issue-certificate", &[("number", "XA 1&2")]).unwrap();
        assert_eq!(button.link, "/act/issue_certificate?number=XA%201%262");
        assert_eq!(button.role, Role::Approver);
        assert!(NextAct::of("burn_certificate", &[]).is_none());
    }
}
