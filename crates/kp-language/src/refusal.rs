//! A refusal, or a sentence that was worked out, in another language: its key gives the text, its values stand in it.
//!
//! A key may stand for several sentences, in several files: `refusal-no_reason` is what all of them share, and
//! `refusal-no_reason-in-order_return` what only that file says. English is what the code says; the rule's source is
//! never translated.

use kp_terms::{MadeOf, Refuse, Sentence};

use crate::{Language, Texts};

impl Texts {
    /// The sentence of a refusal.
    ///
    /// ```
    /// kp_terms::refusals! {
    ///     /// Why a case is not answered.
    ///     pub enum Refusal {
    ///         /// Nothing was written.
    ///         NoAnswer = "no_answer", "write the answer", "ours";
    ///     }
    /// }
    /// use kp_language::{Language, Texts};
    /// assert_eq!(Texts::of(Language::English).refusal(&Refusal::NoAnswer), "write the answer");
    /// assert_ne!(Texts::of(Language::French).refusal(&Refusal::NoAnswer), "write the answer");
    /// ```
    pub fn refusal(self, refusal: &dyn Refuse) -> String {
        if self.language() == Language::English {
            return refusal.to_string();
        }
        self.sentence(&Sentence::from(refusal))
    }

    /// A sentence that the machine worked out.
    ///
    /// ```
    /// use kp_language::{Language, Texts};
    /// use kp_terms::sentence;
    /// let nil = sentence!("found-from-nil", "from nil");
    /// assert_eq!(Texts::of(Language::English).sentence(&nil), "from nil");
    /// assert_eq!(Texts::of(Language::French).sentence(&nil), "à partir de zéro");
    /// ```
    pub fn sentence(self, sentence: &Sentence) -> String {
        if self.language() == Language::English {
            return sentence.to_string();
        }
        match sentence.made_of() {
            MadeOf::Itself => sentence.to_string(),
            MadeOf::Row { parts, between } => {
                parts.iter().map(|part| self.value(part)).collect::<Vec<_>>().join(between)
            }
            MadeOf::Key { key, values } => {
                let mut args = crate::Values::new();
                for (name, value) in values {
                    match (value.made_of(), value.parse::<i64>()) {
                        // A number may decide the form of what is counted; `007` is none.
                        (MadeOf::Itself, Ok(number)) if number.to_string() == value.as_str() => {
                            args.set(name.as_str(), number);
                        }
                        _ => args.set(name.as_str(), self.value(value)),
                    }
                }
                self.behind(key, &args).unwrap_or_else(|| sentence.to_string())
            }
        }
    }

    /// A sentence within another one; a word of states or forms in its own language.
    fn value(self, value: &Sentence) -> String {
        match value.made_of() {
            MadeOf::Itself => self.word(value),
            _ => self.sentence(value),
        }
    }

    /// The text behind a key; behind `refusal-no_reason-in-order_return`, or what all share behind `refusal-no_reason`.
    fn behind(self, key: &str, args: &crate::Values<'_>) -> Option<String> {
        let shared = || {
            let (shared, _) = key.split_once("-in-").filter(|_| key.starts_with("refusal-"))?;
            self.found(shared, Some(args))
        };
        self.found(key, Some(args)).or_else(shared)
    }

    /// A word of the forms and of states (`valuer`, `held`) in this language; anything else as it is.
    pub fn word(self, word: &str) -> String {
        let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let found = is_word
            .then(|| ["word-", "role-"].iter().find_map(|of| self.found(&format!("{of}{word}"), None)));
        found.flatten().unwrap_or_else(|| word.to_owned())
    }
}

/// The keys under which a refusal's text may stand, the closer one first.
pub fn refusal_keys(key: &str, place: &str) -> [String; 2] {
    let file = place.rsplit("::").next().unwrap_or_default();
    [format!("refusal-{key}-in-{file}"), format!("refusal-{key}")]
}
