//! Sentences as tables keep them: somebody's own words as they are, what was worked out as JSON with the key and values by
//! which every language says it.
//!
//! What does not fit of an entry is worked out once, when it is applied, and read years later in any language.

use kp_terms::{MadeOf, Sentence, whole_sentence::Whole};

/// A sentence for a column.
pub fn keep(sentence: &Sentence) -> String {
    if *sentence.made_of() == MadeOf::Itself && !looks_worked_out(sentence) {
        return sentence.to_string();
    }
    serde_json::to_string(&Whole(sentence.clone()))
        .expect("because it holds texts, and lists and maps of them")
}

/// A sentence that stands within something that is kept whole, such as a finding, made ready to be kept.
pub fn as_kept(sentence: &Sentence) -> Sentence {
    Sentence::from(keep(sentence))
}

/// A sentence of a column; what was kept before sentences had keys stands there as it was written, in English.
pub fn kept(text: String) -> Sentence {
    if !looks_worked_out(&text) {
        return text.into();
    }
    serde_json::from_str::<Whole>(&text).map_or_else(|_| text.into(), |whole| whole.0)
}

/// Whether a text begins like JSON; somebody's own words that do are kept as JSON too.
fn looks_worked_out(text: &str) -> bool {
    text.starts_with(['{', '"'])
}

#[cfg(test)]
mod tests {
    use kp_terms::{Sentence, sentence};

    use super::{keep, kept};

    #[test]
    fn what_is_kept_is_read_and_so_is_what_was_kept_before() {
        let said = sentence!("misfit-never-drafted", "{number} was never drafted here", number = "XA-000001");
        assert_eq!(kept(keep(&said)), said);
        assert_eq!(kept("XA-000001 was answered before".into()), *"XA-000001 was answered before");
        for own in ["why?", "\"quoted\" at first", "{\"key\": 1}", ""] {
            assert_eq!(kept(keep(&Sentence::from(own))), Sentence::from(own));
        }
        assert_eq!(keep(&Sentence::from("why?")), "why?");
    }
}
