//! In JSON every word is its text, and a text that is no word is refused with its sentence.

use kp_terms::{Carats, CertificateNumber, Half, Origin, Zone};
use proptest::prelude::*;

use crate::strategies::{half, number, origin, zone};

proptest! {
    #[test]
    fn words_are_their_text_in_json(
        number in number(), origin in origin(), half in half(), zone in zone(), hundredths in any::<i64>(),
    ) {
        let words = (number, origin, half, zone, Carats::from_hundredths(hundredths));
        let json = serde_json::to_string(&words).unwrap();
        let texts = [words.0.to_string(), words.1.to_string(), words.2.to_string(), words.3.to_string(), words.4.to_string()];
        prop_assert_eq!(&json, &serde_json::to_string(&texts).unwrap());
        let back: (CertificateNumber, Origin, Half, Zone, Carats) = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back, words);
    }
}

#[test]
fn a_text_that_is_no_word_is_refused_with_its_sentence() {
    let refused = serde_json::from_str::<Origin>(r#""**""#).unwrap_err().to_string();
    assert!(refused.contains("mixed but not of what"), "{refused}");
}
