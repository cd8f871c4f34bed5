//! What a password must be: long, and not one that everybody tries first. No other rules (NIST SP 800-63B, ASVS 6.2).

use unicode_normalization::UnicodeNormalization;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most bytes, so that nobody sends a book to be hashed.
const LONGEST: usize = 256;

/// Common passwords of at least twelve characters, from the list of twenty thousand that Django ships (BSD), made by Royce
/// Williams from published breaches.
const COMMON: &str = include_str!("../data/common_passwords.txt");

/// Words that passwords here would be made of.
const WORDS: &[&str] = &[
    "password",
    "passwort",
    "motdepasse",
    "senha",
    "contrasena",
    "qwerty",
    "azerty",
    "qwertz",
    "asdfgh",
    "zxcvbn",
    "letmein",
    "welcome",
    "bonjour",
    "bemvindo",
    "admin",
    "secret",
    "kimberley",
    "process",
    "diamond",
    "diamant",
    "diamante",
    "kpcs",
    "certificate",
    "officer",
    "customs",
    "clerk",
    "changeme",
    "iloveyou",
    "monkey",
    "dragon",
];

/// The same characters, however they were composed.
pub(crate) fn normal(typed: &str) -> String {
    typed.nfkc().collect()
}

/// What is wrong with a new password, in a sentence; `of` is the officer's id and name.
pub(crate) fn objection(password: &str, of: &[&str]) -> Option<&'static str> {
    if password.chars().count() < SHORTEST {
        return Some(
            "the password needs at least 12 characters; several words in a row are easy to keep in mind",
        );
    }
    if password.len() > LONGEST {
        return Some("the password is longer than 256 bytes");
    }
    let small = password.to_lowercase();
    let mut distinct: Vec<char> = small.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_common = COMMON.lines().any(|common| common == small)
        || distinct.len() < 5
        || runs(&small)
        || rest_without_words(&small, of).chars().filter(|c| c.is_alphabetic()).count() < 4;
    is_common.then_some(
        "this password is among those that are tried first; choose words that do not belong together",
    )
}

/// Whether the password is mostly a run: `abcdefgh`, `87654321`.
fn runs(small: &str) -> bool {
    let codes: Vec<i64> = small.chars().map(|c| i64::from(u32::from(c))).collect();
    let in_a_row = codes.windows(2).filter(|pair| matches!(pair, [a, b] if (a - b).abs() <= 1)).count();
    in_a_row * 4 >= small.chars().count() * 3
}

/// What is left when common words and the officer's own are taken out, letters read for digits that look like them.
fn rest_without_words(small: &str, of: &[&str]) -> String {
    let read = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        c => c,
    };
    let mut rest: String = small.chars().map(read).collect();
    let own = of.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let own = own.filter(|word| word.chars().count() >= 3).map(str::to_lowercase);
    for word in WORDS.iter().map(|word| (*word).to_owned()).chain(own) {
        rest = rest.replace(&word, "");
    }
    // Digits were read as letters: what stood between the words as a number is no word.
    let letters: Vec<char> = small.chars().filter(|c| c.is_alphabetic()).collect();
    rest.chars().filter(|c| letters.contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_passwords_are_taken_and_common_ones_are_not() {
        let of = ["xa-clerk-1", "Amina Sample"];
        for good in
            ["correct horse battery", "fünf grüne Flaschen", "ntsikelelo-ya-mvula", "7102 river stones x"]
        {
            assert_eq!(objection(good, &of), None, "{good}");
        }
        for bad in [
            "short",
            "aaaaaaaaaaaaaaaa",
            "abababababab",
            "password1234",
            "P@ssw0rd2026!",
            "Kimberley2026",
            "qwerty123456",
            "123456654321",
            "abcdefghijklmn",
            "AminaSample2026",
            "diamonddiamond",
            "clerkclerk1234",
            "telechargement",
        ] {
            assert!(objection(bad, &of).is_some(), "{bad} was taken");
        }
        assert!(objection(&"long words ".repeat(40), &of).is_some());
        assert_eq!(normal("u\u{308}"), "ü");
    }
}
