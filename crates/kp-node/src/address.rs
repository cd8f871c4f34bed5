//! A web address that somebody typed or scanned where the code of a certificate belongs.
//!
//! No address on a paper says anything of the paper: whoever forges one prints an address of his own beside it (L21). So none
//! is ever followed. What can be of use in it is read: a code, where the address holds a whole one, or a certificate's number,
//! which is then compared with a check code like every number that is typed.

use kp_terms::CertificateNumber;

/// Two letters, a hyphen and three digits: shorter words of an address are no numbers.
const SHORTEST_NUMBER: usize = 6;

/// A web address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The certificate's number that it names.
    pub number: Option<CertificateNumber>,
}

impl Address {
    /// What a text is, where it is nothing but an address.
    ///
    /// ```
    /// let address = kp_node::address::Address::of("https://kp.example/certificates/XA-000451?lang=fr").unwrap();
    /// assert_eq!(address.number.unwrap().to_string(), "XA-000451");
    /// assert_eq!(kp_node::address::Address::of("XA-000451"), None);
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let is_address = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
        if !is_address || text.contains(char::is_whitespace) {
            return None;
        }
        let plain = unescaped(text);
        let number = plain.split(['/', '?', '&', '=', '#']).filter(|word| is_like_a_number(word));
        Some(Self { number: number.filter_map(|word| word.parse().ok()).next() })
    }
}

/// `XA-000451`: numbers in addresses are written as they are printed, or they are other words.
fn is_like_a_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    word.len() >= SHORTEST_NUMBER
        && bytes.iter().take(2).all(u8::is_ascii_alphabetic)
        && bytes.get(2) == Some(&b'-')
        && bytes.iter().skip(3).all(u8::is_ascii_digit)
}

/// A text in which `%20` is a blank again and `%3A` a colon. What is no escape stays as it is.
pub(crate) fn unescaped(text: &str) -> String {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%').then(|| hex(bytes.get(at + 1)).zip(hex(bytes.get(at + 2)))).flatten();
        match escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_up_the_number_that_it_names_and_no_other_word() {
        let number = |text: &str| Address::of(text).map(|address| address.number.map(|n| n.to_string()));
        assert_eq!(number(" HTTPS://KP.EXAMPLE/XA-000451 "), Some(Some("XA-000451".into())));
        assert_eq!(number("www.kp.example/verify?number=xa-000451&x=1"), Some(Some("XA-000451".into())));
        assert_eq!(number("https://kp.example/certificates/XA%2D000451"), Some(Some("XA-000451".into())));
        for without in
            ["https://go2.example/about-us", "http://127.0.0.1:8080/verify", "https://kp.example/de-1"]
        {
            assert_eq!(number(without), Some(None), "{without}");
        }
        for none in ["", "XA-000451", "KPC1:6BFA/1", "see https://kp.example", "https://a b"] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    #[test]
    fn only_escapes_are_undone() {
        for (escaped, plain) in
            [("KPC1%3A6B%20A%2f1", "KPC1:6B A/1"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("a+b", "a+b")]
        {
            assert_eq!(unescaped(escaped), plain);
        }
    }
}
