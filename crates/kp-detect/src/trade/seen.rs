//! What a detector over numbers and logs has seen, made into a finding: the parts that all of them fill in alike.

use kp_terms::{Carats, Date, ParticipantCode, Period, Sentence, UsdCents};

use super::detectors::rank;
use crate::{
    detector_doc::DetectorDoc,
    finding::{ArithmeticLine, Evidence, Finding, Severity, Threshold},
};

/// What was seen.
pub(super) struct Seen<'a> {
    /// The detector's own source, whose header says what would explain it.
    pub(super) source: &'a str,
    /// What it is about: a number, numbers, a log, a month. With the detector and the participant it makes the id.
    pub(super) about: String,
    /// The certificate number, where it is about one.
    pub(super) number: Option<String>,
    /// Who is asked.
    pub(super) asked: ParticipantCode,
    /// The day.
    pub(super) on: Date,
    pub(super) title: Sentence,
    pub(super) question: Sentence,
    pub(super) arithmetic: ArithmeticLine,
    pub(super) threshold: Threshold,
    pub(super) evidence: Vec<(Sentence, Sentence)>,
    pub(super) severity: Severity,
    /// How many sheets, numbers or acts it is about.
    pub(super) count: u64,
}

impl Seen<'_> {
    /// The finding.
    pub(super) fn finding(self) -> Finding {
        let docs = DetectorDoc::from_header(self.source);
        let beyond = i64::try_from(self.count).unwrap_or(i64::MAX).saturating_mul(100);
        Finding {
            id: format!("{}:{}:{}", docs.name, self.asked, self.about),
            detector: docs.name.clone(),
            participant: self.asked,
            participant_name: self.asked.to_string(),
            subject: self.number,
            periods: vec![Period::Year(self.on.year())],
            title: self.title,
            question: self.question,
            arithmetic: vec![self.arithmetic],
            thresholds: vec![self.threshold],
            innocent_explanations: docs.explanations(),
            answer_must_contain: docs.answers(),
            evidence: self.evidence.into_iter().map(|(place, states)| Evidence { place, states }).collect(),
            supporting: Vec::new(),
            rank: rank(self.severity, Carats::default(), UsdCents::ZERO, beyond),
        }
    }
}
