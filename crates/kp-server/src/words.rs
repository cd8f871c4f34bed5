//! How names are written for people: `carats_weighed` as "Carats weighed", acts, states and roles in plain words, all
//! in the language of the page.
//!
//! English is what the code says (titles of acts, help of fields) where `locales/en.ftl` has nothing; the other
//! languages have everything, by test.

use std::fmt::Display;

use jiff::Timestamp;
use kp_cases::{Case, Level};
use kp_detect::finding::Severity;
use kp_language::{Texts, Values};
use kp_node::{Act, act_by_name};
use kp_registry::Role;
use kp_terms::{Field, HsCode};
use kp_trade::CertificateState;

/// `carats_weighed` as `Carats weighed`.
pub(crate) fn spoken(name: &str) -> String {
    let mut words = name.replace(['_', '-'], " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// A text with values.
pub(crate) fn with(texts: Texts, key: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut args = Values::new();
    for (name, value) in values {
        args.set(*name, value.to_string());
    }
    texts.say(key, &args)
}

/// A text with a number that may decide its form.
pub(crate) fn count(texts: Texts, key: &str, count: impl Display) -> String {
    let mut args = Values::new();
    args.set("count", count.to_string().parse::<i64>().unwrap_or(i64::MAX));
    texts.say(key, &args)
}

/// The title of an act.
pub(crate) fn act(texts: Texts, name: &str) -> String {
    let english = || act_by_name(name).map_or_else(|| spoken(name), |act| act.title.to_owned());
    texts.found(&format!("act-{name}"), None).unwrap_or_else(english)
}

/// The name of a room of acts.
pub(crate) fn room(texts: Texts, name: &str) -> String {
    texts.found(&format!("room-{name}"), None).unwrap_or_else(|| spoken(name))
}

/// A role.
pub(crate) fn role(texts: Texts, role: &Role) -> String {
    texts.found(&format!("role-{}", role.word()), None).unwrap_or_else(|| role.word().to_owned())
}

/// What a statement records: `certificate_issued` as "Certificate issued".
pub(crate) fn kind(texts: Texts, name: &str) -> String {
    texts.found(&format!("kind-{name}"), None).unwrap_or_else(|| spoken(name))
}

/// The label of a form's field.
pub(crate) fn label(texts: Texts, name: &str) -> String {
    texts.found(&format!("field-{name}"), None).unwrap_or_else(|| english_label(name))
}

/// The help of a field: what this act says, else what all acts say of a field of this name.
pub(crate) fn help(texts: Texts, act: &Act, field: &Field) -> String {
    let keys = [format!("field-help-{}-{}", act.name, field.name), format!("field-help-{}", field.name)];
    keys.iter().find_map(|key| texts.found(key, None)).unwrap_or_else(|| field.help.to_owned())
}

fn english_label(name: &str) -> String {
    let text = spoken(name);
    match text.strip_suffix(" usd") {
        Some(rest) => format!("{rest}, US$"),
        None => text.strip_suffix(" id").map_or(text.clone(), |rest| format!("{rest}'s id")),
    }
}

/// The word of a line of goods, a customs class with what it means.
pub(crate) fn goods(texts: Texts, word: &str) -> String {
    match HsCode::ALL.into_iter().find(|hs| hs.code() == word) {
        Some(hs) => {
            let key = format!("class-{}", word.replace('.', "-"));
            format!("{word} {}", texts.found(&key, None).unwrap_or_else(|| hs.meaning().to_owned()))
        }
        None => spoken(&texts.word(word)),
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
pub(crate) fn state(texts: Texts, state: &CertificateState) -> String {
    texts.text(&format!("certificate-state-{state}"))
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
pub(crate) fn badge(texts: Texts, severity: &Severity) -> String {
    kp_report::severity_badge(*severity, texts)
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
    use kp_language::Language;

    use super::*;

    #[test]
    fn names_are_spoken() {
        assert_eq!(spoken("carats_weighed"), "Carats weighed");
        assert_eq!(spoken(""), "");
        let english = Texts::of(Language::English);
        assert_eq!(label(english, "value_usd"), "Value, US$");
        assert_eq!(label(english, "officer_id"), "Officer's id");
        assert_eq!(label(english, "member_from"), "Member from");
        assert_eq!(goods(english, "7102.31"), "7102.31 non-industrial");
        assert_eq!(goods(english, "nil"), "Nil");
        let french = Texts::of(Language::French);
        assert_eq!(label(french, "carats_weighed"), "Carats pesés");
        assert!(badge(french, &Severity::Urgent).contains(">Urgent<"));
        assert!(badge(french, &Severity::Ask).contains(">À demander<"));
    }
}
