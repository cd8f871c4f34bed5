//! How machine names are written for people: `carats_weighed` as "Carats weighed", states and roles in plain words.

use jiff::Timestamp;
use kp_cases::{Case, Level};
use kp_detect::finding::Severity;
use kp_terms::HsCode;
use kp_trade::CertificateState;

/// `carats_weighed` as `Carats weighed`.
pub(crate) fn spoken(name: &str) -> String {
    let mut words = name.replace(['_', '-'], " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// The label of a form's field.
pub(crate) fn label(name: &str) -> String {
    let text = spoken(name);
    let text = text.strip_suffix(" on").map_or(text.clone(), |rest| format!("{rest} on"));
    match text.strip_suffix(" usd") {
        Some(rest) => format!("{rest}, US$"),
        None => text.strip_suffix(" id").map_or(text.clone(), |rest| format!("{rest}'s id")),
    }
}

/// The word of a line of goods, a customs class with what it means.
pub(crate) fn goods(word: &str) -> String {
    match HsCode::ALL.into_iter().find(|hs| hs.code() == word) {
        Some(hs) => format!("{word} {}", hs.meaning()),
        None => spoken(word),
    }
}

/// How a verdict is coloured and shaped; its word always stands beside it.
pub(crate) const fn verdict_class(state: kp_verify::State) -> &'static str {
    match state {
        kp_verify::State::Green => "good",
        kp_verify::State::Amber => "waiting",
        kp_verify::State::Grey => "unknown",
        kp_verify::State::Red => "odd",
    }
}

/// A certificate's state in words.
pub(crate) const fn state(state: &CertificateState) -> &'static str {
    match state {
        CertificateState::Drafted => "Drafted",
        CertificateState::Issued => "Issued",
        CertificateState::Validated => "Sealed and validated",
        CertificateState::Departed => "Departed",
        CertificateState::InTransit => "In transit",
        CertificateState::Arrived => "Arrived, not confirmed",
        CertificateState::Detained => "Detained",
        CertificateState::Seized => "Seized",
        CertificateState::Returning => "Ordered back",
        CertificateState::Confirmed => "Confirmed",
        CertificateState::ConfirmedWithDifference => "Confirmed with a difference",
        CertificateState::Forfeited => "Forfeited",
        CertificateState::Returned => "Returned to the issuer",
        CertificateState::ReturnedUnused => "Returned unused",
        CertificateState::Replaced => "Replaced",
        CertificateState::Invalidated => "Invalidated",
        CertificateState::Spoiled => "Paper spoiled",
        CertificateState::Lost => "Paper lost",
        CertificateState::Stolen => "Paper stolen",
    }
}

/// The class a state's chip is drawn with; the word always stands beside the colour.
pub(crate) const fn state_class(state: &CertificateState) -> &'static str {
    match state {
        CertificateState::Drafted => "quiet",
        CertificateState::Issued | CertificateState::Validated => "going",
        CertificateState::Departed | CertificateState::InTransit | CertificateState::Arrived => "waiting",
        CertificateState::Confirmed => "good",
        CertificateState::ReturnedUnused | CertificateState::Replaced | CertificateState::Spoiled => "quiet",
        CertificateState::ConfirmedWithDifference
        | CertificateState::Detained
        | CertificateState::Seized
        | CertificateState::Returning
        | CertificateState::Forfeited
        | CertificateState::Returned
        | CertificateState::Invalidated
        | CertificateState::Lost
        | CertificateState::Stolen => "odd",
    }
}

/// How soon to ask, as a word with a shape; HTML.
pub(crate) fn badge(severity: &Severity) -> String {
    kp_report::severity_badge(*severity)
}

/// The class a case's chip is drawn with.
pub(crate) fn case_class(case: &Case) -> &'static str {
    match (case.state.as_str(), case.level) {
        ("closed", _) => "good",
        ("answered", _) => "going",
        (_, Level::Query) => "waiting",
        _ => "odd",
    }
}

/// An instant to the minute, UTC: `2026-02-03 12:00 UTC`.
pub(crate) fn instant(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spoken() {
        assert_eq!(spoken("carats_weighed"), "Carats weighed");
        assert_eq!(spoken(""), "");
        assert_eq!(label("value_usd"), "Value, US$");
        assert_eq!(label("officer_id"), "Officer's id");
        assert_eq!(label("member_from"), "Member from");
        assert_eq!(goods("7102.31"), "7102.31 non-industrial");
        assert_eq!(goods("nil"), "Nil");
    }
}
