//! Where links lead: on the report everything is on one page; the pages of a node have addresses of their own.

use kp_detect::finding::Finding;
use kp_terms::ParticipantCode;

/// Where the findings and participants shown in a section are explained.
#[derive(Debug, Clone, Copy)]
pub struct Links {
    /// Of a finding.
    pub finding: fn(&Finding) -> String,
    /// Of a participant's charts.
    pub participant: fn(ParticipantCode) -> String,
}

impl Links {
    /// Everything is on the page itself.
    pub const ON_THE_PAGE: Self = Self { finding: to_finding, participant: to_participant };
}

fn to_finding(finding: &Finding) -> String {
    format!("#{}", crate::html::anchor(&finding.id))
}

fn to_participant(code: ParticipantCode) -> String {
    format!("#participant-{code}")
}
