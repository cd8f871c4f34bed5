//! How a text is made comparable: accents, case, punctuation and one wrong letter make no difference.
//!
//! Words are compared in a folded form (`Société d'Étoile` is `societe`, `d`, `etoile`); codes lose everything but letters
//! and digits (`XA-EXP/7` is `xaexp7`). A misspelt word is found without comparing it with every word there is: for each
//! word the index keeps what is left when any one letter is taken out, and so does the search with what was typed; two
//! words one slip apart share one of these.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters of a word that count; what is longer is cut, so that nobody fills the index with one word.
const LONGEST: usize = 40;

/// From how many letters on a slip is forgiven: shorter words would be like too many others.
pub(crate) const SHORTEST_FORGIVEN: usize = 4;

/// The folded words of a text, in order, each at most forty letters.
///
/// ```
/// assert_eq!(kp_search::words("Société d'Étoile (Øst) N.V."), ["societe", "d", "etoile", "ost", "n", "v"]);
/// assert_eq!(kp_search::words("金刚石 Ltd"), ["金刚石", "ltd"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| part.chars().take(LONGEST).collect()).collect()
}

/// A code with nothing but its letters and digits.
///
/// ```
/// assert_eq!(kp_search::squeezed("XA-EXP/ 7"), "xaexp7");
/// ```
pub fn squeezed(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect()
}

fn folded(text: &str) -> String {
    let apart = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut out = String::with_capacity(text.len());
    for c in apart {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'þ' => out.push_str("th"),
            // The dot that `İ` leaves behind when it is made small.
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The word itself and what is left when any one letter is taken out.
pub(crate) fn near(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let without = |at: usize| letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
    (0..letters.len()).map(without).chain([word.to_owned()]).collect()
}

/// Whether two words are the same but for one slip: a letter too many, missing, wrong, or two that changed places.
pub(crate) fn is_one_slip_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], other) | (other, [_, rest @ ..]) if rest == other => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) => a1 == b2 && a2 == b1 && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips() {
        for (a, b) in
            [("river", "rivr"), ("rivr", "river"), ("river", "rivar"), ("river", "rievr"), ("river", "river")]
        {
            assert!(is_one_slip_apart(a, b), "{a} {b}");
            assert!(near(a).intersection(&near(b)).next().is_some(), "{a} {b} share nothing");
        }
        for (a, b) in [("river", "rvr"), ("river", "revir"), ("river", "stone"), ("abcd", "badc")] {
            assert!(!is_one_slip_apart(a, b), "{a} {b}");
        }
    }

    #[test]
    fn letters_of_many_lands() {
        assert_eq!(words("İstanbul Łódź"), ["istanbul", "lodz"]);
        assert_eq!(words("  -- "), Vec::<String>::new());
        assert_eq!(squeezed("ÀÉ-1"), "ae1");
        assert_eq!(words(&"x".repeat(99)).concat().len(), LONGEST);
    }

    proptest! {
        /// Whatever slip is made, the two words share one of what is left without a letter.
        #[test]
        fn every_slip_is_found(word in "[a-d]{4,9}", at in 0usize..9, letter in "[a-d]", slip in 0u8..4) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            match slip {
                0 => letters.insert(at, letter.chars().next().unwrap()),
                1 => { letters.remove(at); }
                2 => letters[at] = letter.chars().next().unwrap(),
                _ if at + 1 < letters.len() => letters.swap(at, at + 1),
                _ => {}
            }
            let typed: String = letters.into_iter().collect();
            prop_assert!(is_one_slip_apart(&word, &typed), "{} {}", word, typed);
            prop_assert!(near(&word).intersection(&near(&typed)).next().is_some());
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            let once = words(&text);
            prop_assert_eq!(words(&once.join(" ")), once);
        }
    }
}
