//! A certificate's number out of a cell: what `kp-terms` forgives, and the words that people write around it.
//!
//! `KP cert. no. XA-000123`, `#xa 0OO123`, and `123` where the list is known to be of one issuer's certificates.

use kp_terms::{CertificateNumber, ParticipantCode, ReadError, Reading};

/// Words before a number that are no part of it; the longest first.
const WORDS_BEFORE: [&str; 7] = ["certificate", "certificat", "certificado", "number", "kpcs", "cert", "kpc"];
/// Words that could be two letters of a number and are left out only before a mark: `No.`, never Norway's `NO 123`.
const SHORT_WORDS_BEFORE: [&str; 4] = ["no", "nr", "kp", "n"];

/// Reads a number; digits alone are of `ours`, where that is known.
///
/// # Errors
/// One sentence: what could not be read, and how a number is written.
pub(crate) fn read_certificate_number(
    text: &str,
    ours: Option<ParticipantCode>,
) -> Result<Reading, ReadError> {
    let bare = without_words(text);
    let alone = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    if let Some(code) = ours.filter(|_| alone) {
        let mut reading = CertificateNumber::read_explained(&format!("{code}-{bare}"))?;
        reading.explanations.insert(0, format!("took the letters in front to be {code}"));
        return Ok(reading);
    }
    match CertificateNumber::read_explained(bare) {
        Ok(reading) => Ok(reading),
        // The sentence is about what stands there, not about what we made of it.
        Err(_) => CertificateNumber::read_explained(text),
    }
}

fn without_words(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, '#' | '.' | ':' | '°' | 'º' | '(' | ')' | '\'' | '"' | '*');
    let around = |c: char| c.is_whitespace() || is_mark(c);
    let behind = |rest: &str, word: &str| {
        let head = rest.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| rest.get(word.len()..)?.chars().next()).flatten()
    };
    let mut rest = text.trim_matches(around);
    loop {
        let long = WORDS_BEFORE.iter().find(|word| behind(rest, word).is_some_and(around));
        let short = || SHORT_WORDS_BEFORE.iter().find(|word| behind(rest, word).is_some_and(is_mark));
        let followed =
            || ["kp certificate", "kp cert"].iter().any(|word| rest.to_lowercase().starts_with(word));
        let word = match long.or_else(short) {
            Some(word) => word.len(),
            None if followed() => 2,
            None => return rest,
        };
        rest = rest.get(word..).unwrap_or_default().trim_start_matches(around);
    }
}

#[cfg(test)]
mod tests {
    use super::read_certificate_number;

    #[test]
    fn what_stands_around_a_number_is_left_out() {
        let ours = "XA".parse().ok();
        for (text, number) in [
            ("XA-000123", "XA-000123"),
            ("xa 0OO 12I", "XA-000121"),
            ("KP cert. no. XA/000123", "XA-000123"),
            ("#XA.000.123", "XA-000123"),
            ("Certificate N° XA–000123", "XA-000123"),
            ("No. 123", "XA-000123"),
            ("123", "XA-000123"),
            ("NO 000123", "NO-000123"),
            ("NA-000123", "NA-000123"),
        ] {
            let read = read_certificate_number(text, ours).map(|r| r.number.to_string()).unwrap_or_default();
            assert_eq!(read, number, "{text}");
        }
        assert!(read_certificate_number("123", None).is_err());
        assert!(read_certificate_number("about 50 stones", ours).is_err());
    }
}
