//! Texts for people in English, French and Portuguese: one Fluent file per language in `locales/`, which a person who
//! does not program can edit.
//!
//! Needs section 5 (languages). English is complete by test, and so is every other language. Pure: files are part of the
//! program; no clock, no disk. Never decides in which language somebody is spoken to: the doors do. No direction marks
//! are put around values: the texts also go to terminals and to paper.

use std::sync::OnceLock;

mod parts;
mod refusal;

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentArgs as Values;

pub use crate::{
    parts::{ChoiceCase, Part},
    refusal::refusal_keys,
};

/// A language of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::French, Self::Portuguese];

    /// `en`, `fr`, `pt`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Portuguese => "pt",
        }
    }

    /// Its own name, for whoever chooses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::Portuguese => "Português",
        }
    }

    /// Which way it is written, as HTML says it: `ltr` or `rtl`.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::French | Self::Portuguese => "ltr",
        }
    }

    /// The first of these that a browser's `Accept-Language` prefers; none where it wants others only.
    ///
    /// ```
    /// use kp_language::Language;
    /// assert_eq!(Language::preferred("de, fr-CA;q=0.8, en;q=0.9"), Some(Language::English));
    /// assert_eq!(Language::preferred("pt-AO"), Some(Language::Portuguese));
    /// assert_eq!(Language::preferred("de"), None);
    /// ```
    pub fn preferred(accepted: &str) -> Option<Self> {
        let mut wanted: Vec<(u32, Self)> = Vec::new();
        for part in accepted.split(',') {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let primary = tag.trim().split('-').next().unwrap_or_default();
            let language =
                Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary));
            wanted.extend(language.map(|language| (thousandths(weight), language)));
        }
        // The first of the heaviest; `max_by_key` would give the last.
        wanted.into_iter().rev().max_by_key(|(weight, _)| *weight).map(|(_, language)| language)
    }

    const fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("../../../locales/en.ftl"),
            Self::French => include_str!("../../../locales/fr.ftl"),
            Self::Portuguese => include_str!("../../../locales/pt.ftl"),
        }
    }
}

/// `0.8` as 800; what is no weight weighs nothing.
fn thousandths(weight: &str) -> u32 {
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let read = |digits: &str| digits.parse::<u32>().ok();
    match (read(whole), read(&part)) {
        (Some(whole @ 0..=1), Some(part)) => whole * 1000 + part,
        _ => 0,
    }
}

impl std::str::FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|language| language.code() == text);
        found.ok_or_else(|| format!("{text:?} is not a language that kpcs speaks; write en, fr or pt"))
    }
}

/// The texts of one language. Cheap to copy: they are read once.
#[derive(Clone, Copy)]
pub struct Texts {
    language: Language,
    bundle: &'static FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({:?})", self.language)
    }
}

impl Texts {
    /// The texts of a language.
    pub fn of(language: Language) -> Self {
        static READ: [OnceLock<FluentBundle<FluentResource>>; 3] = [const { OnceLock::new() }; 3];
        let [english, french, portuguese] = &READ;
        let read = match language {
            Language::English => english,
            Language::French => french,
            Language::Portuguese => portuguese,
        };
        Self { language, bundle: read.get_or_init(|| bundle_of(language)) }
    }

    /// Which language this is.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text behind a key; the key itself where it is missing, so that nothing is ever silent.
    pub fn text(self, key: &str) -> String {
        self.found(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The text behind a key, with values; the key itself where it is missing.
    pub fn say(self, key: &str, values: &Values<'_>) -> String {
        self.found(key, Some(values)).unwrap_or_else(|| key.to_owned())
    }

    /// The text behind a key, with texts as values.
    ///
    /// ```
    /// use kp_language::{Language, Texts};
    /// let said = Texts::of(Language::French).with("verdict-altered", &[("number", "XA-000001")]);
    /// assert!(said.contains("XA-000001"), "{said}");
    /// ```
    pub fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = Values::new();
        for (name, value) in values {
            args.set(*name, *value);
        }
        self.say(key, &args)
    }

    /// The text behind a key as HTML: values are escaped, and each `<a>` of the text leads to the next of the links.
    /// What else of marks a text may hold (`<b>`, `<code>`) is kept by a test of the files.
    ///
    /// ```
    /// use kp_language::{Language, Texts};
    /// let texts = Texts::of(Language::English);
    /// let said = texts.marked("desk-no-participants", &[], &["/act/admit_participant"]);
    /// assert!(said.contains("<a href=\"/act/admit_participant\">admit a participant</a>"), "{said}");
    /// ```
    pub fn marked(self, key: &str, values: &[(&str, &str)], links: &[&str]) -> String {
        let safe: Vec<(&str, String)> = values.iter().map(|(name, text)| (*name, escaped(text))).collect();
        let values: Vec<(&str, &str)> = safe.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let text = self.with(key, &values);
        let mut parts = text.split("<a>");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (at, part) in parts.enumerate() {
            let link = escaped(links.get(at).copied().unwrap_or_default());
            out.push_str(&format!("<a href=\"{link}\">{part}"));
        }
        out
    }

    /// All texts whose keys begin with one of these, taken apart, in the order of the file.
    ///
    /// ```
    /// use kp_language::{Language, Part, Texts};
    /// let texts = Texts::of(Language::English).parts(&["verdict-altered"]);
    /// assert_eq!(texts[0].1[1], Part::Value("number".into()));
    /// ```
    pub fn parts(self, prefixes: &[&str]) -> Vec<(String, Vec<Part>)> {
        let file = FluentResource::try_new(self.language.file().to_owned()).unwrap_or_else(|(read, _)| read);
        parts::with_prefixes(&file, prefixes)
    }

    /// The text behind a key where there is one.
    pub fn found(self, key: &str, values: Option<&Values<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        // What could not be filled in stays visible in braces; a test of all keys finds it.
        let mut faults = Vec::new();
        Some(self.bundle.format_pattern(pattern, values, &mut faults).into_owned())
    }
}

/// A text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn bundle_of(language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    // What could not be read of a file is missing, and found missing by the test of all keys.
    let resource = FluentResource::try_new(language.file().to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        for (text, expected) in
            [("1", 1000), ("0.8", 800), ("0.85", 850), ("1.000", 1000), ("0", 0), ("x", 0)]
        {
            assert_eq!(thousandths(text), expected, "{text}");
        }
        assert_eq!(Language::preferred("fr, en"), Some(Language::French));
        assert_eq!(Language::preferred("EN-gb;q=0.1,PT;q=0.2"), Some(Language::Portuguese));
        assert_eq!(Language::preferred(""), None);
    }

    #[test]
    fn a_missing_text_shows_its_key() {
        assert_eq!(Texts::of(Language::English).text("there-is-no-such-key"), "there-is-no-such-key");
    }
}
