//! What surrounds a section: the language in which it is read, and where its links lead. On the report everything is on one
//! page, in English; the pages of a node have addresses of their own and speak the reader's language.

use kp_detect::finding::Finding;
use kp_language::{Language, Texts};
use kp_terms::{ParticipantCode, Sentence};

use crate::words::shown;

/// In which language a section is read, and where the findings and participants shown in it are explained.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The texts of the reader's language.
    pub texts: Texts,
    /// Where a finding is explained.
    pub finding: fn(&Finding) -> String,
    /// Where a participant's charts are.
    pub participant: fn(ParticipantCode) -> String,
}

impl Setting {
    /// Everything is on the page itself, and in English.
    pub fn of_report() -> Self {
        Self { texts: Texts::of(Language::English), finding: to_finding, participant: to_participant }
    }

    /// The text behind a key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }

    /// The text behind a key, with values.
    pub(crate) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.texts.with(key, values)
    }

    /// The text behind a key, with a number that decides its form.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        let mut values = kp_language::Values::new();
        values.set("count", i64::try_from(number).unwrap_or(i64::MAX));
        values.set("number", crate::words::count(number));
        self.texts.say(key, &values)
    }

    /// A sentence of a finding, as it is set on a page.
    pub(crate) fn say(&self, sentence: &Sentence) -> String {
        shown(&self.texts.sentence(sentence))
    }

    /// A detector's name for people.
    pub(crate) fn detector(&self, name: &str) -> String {
        self.texts.sentence(&kp_detect::detector_doc::name_in_words(name))
    }
}

fn to_finding(finding: &Finding) -> String {
    format!("#{}", crate::html::anchor(&finding.id))
}

fn to_participant(code: ParticipantCode) -> String {
    format!("#participant-{code}")
}
