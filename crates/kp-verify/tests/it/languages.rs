//! Every reason has a sentence of its own in every language.

use std::collections::BTreeSet;

use kp_language::Texts;
use kp_verify::{Language, Reason};

#[test]
fn every_reason_has_a_sentence_and_no_two_share_one() {
    for language in Language::ALL {
        let texts = Texts::of(language);
        let sentences: BTreeSet<String> = Reason::order()
            .into_iter()
            .map(|key| {
                let sentence = texts.found(&format!("verdict-{key}"), None);
                sentence.unwrap_or_else(|| panic!("{language:?} has no sentence for {key}"))
            })
            .collect();
        assert_eq!(sentences.len(), Reason::order().len(), "{language:?}: two reasons share a sentence");
    }
}
