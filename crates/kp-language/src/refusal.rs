//! A refusal in another language: its key gives the text, its values stand in it.
//!
//! A key may stand for several sentences, in several files: `refusal-no_reason` is what all of them share, and
//! `refusal-no_reason-in-order_return` what only that file says. English is what the code says; the rule's source is
//! never translated.

use kp_terms::Refuse;

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
        let mut args = crate::Values::new();
        for (name, text) in refusal.values() {
            args.set(name, self.word(&text));
        }
        let keys = refusal_keys(refusal.key(), refusal.place());
        keys.iter().find_map(|key| self.found(key, Some(&args))).unwrap_or_else(|| refusal.to_string())
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
