//! Codes that a person types once: invitations and recovery codes. Eighty random bits, in letters that are not mistaken for
//! one another, with hyphens; kept as a hash only.

use anyhow::Result;

use crate::common::{random, sha256};

/// Crockford's letters: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code as it is shown, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(..)")
    }
}

impl Code {
    pub(crate) fn draw() -> Result<Self> {
        let bytes: [u8; 16] = random()?;
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 31)));
        let letters: Vec<char> = letters.map(|letter| char::from(*letter)).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(Self(groups.join("-")))
    }
}

/// What is kept of a code: its hash, for one use and one officer (empty where the code alone finds it). However it is typed:
/// small letters, without hyphens, O for 0, I and L for 1.
pub(crate) fn hash(typed: &str, of: &str) -> [u8; 32] {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    sha256(&[b"kpcs code", of.as_bytes(), plain.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_however_it_is_typed() {
        let code = Code::draw().unwrap();
        let text = code.to_string();
        assert_eq!(text.len(), 19, "{text}");
        assert_ne!(code, Code::draw().unwrap());
        let typed = text.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(hash(&typed, ""), hash(&text, ""));
        assert_ne!(hash(&text, "xa-clerk-1"), hash(&text, ""));
        assert_eq!(format!("{code:?}"), "Code(..)");
    }
}
