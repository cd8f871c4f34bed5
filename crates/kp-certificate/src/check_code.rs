//! The short check code: fifty bits of a certificate's SHA-256 that can be read over a telephone and typed.
//!
//! Rulings 19: the first 50 bits of SHA-256 over the credential's bytes in Crockford's base32 (ten symbols), then his
//! check symbol (the fifty bits modulo 37). Written `XXXX-XXXX-XX-C`. A code that fits says that number and paper belong
//! together; it never says what the certificate says: for that the symbol must be scanned.

/// The 32 symbols, then the five that only a check symbol can be.
const SYMBOLS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/// The check code of a certificate.
///
/// ```
/// use kp_certificate::CheckCode;
/// let code = CheckCode::of_hash(&[0x5c; 32]);
/// assert_eq!(code.to_string(), "BHE5-RQ2W-BH-*");
/// assert_eq!("bhe5 rq2w bh *".parse(), Ok(code));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckCode(u64);

/// Why a typed text is not a check code. Each says what to do: read it again from the paper, there is a slip in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckCodeFault {
    /// Too few or too many symbols.
    #[error("a check code has 11 letters and digits, this has {found}; read it from the paper again")]
    Length {
        /// Symbols found, blanks and hyphens left out.
        found: usize,
    },
    /// A character that no check code has.
    #[error("{character:?} at place {position} is in no check code; read it from the paper again")]
    Character {
        /// What stands there.
        character: char,
        /// Counted from 1, blanks and hyphens left out.
        position: usize,
    },
    /// The last symbol does not belong to the ten before it.
    #[error(
        "the last symbol is {found} where {expected} belongs to the ten before it: a letter is wrong or two have changed places; read it from the paper again"
    )]
    DoesNotFit {
        /// The check symbol of the ten.
        expected: char,
        /// The one typed.
        found: char,
    },
}

impl CheckCode {
    /// The code of the certificate whose bytes have this SHA-256.
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let [b0, b1, b2, b3, b4, b5, b6, ..] = *hash;
        Self(u64::from_be_bytes([0, b0, b1, b2, b3, b4, b5, b6]) >> 6)
    }

    /// Whether this is the code of a certificate of which only the first bytes of the SHA-256 are at hand.
    pub fn begins(self, hash: &[u8; 16]) -> bool {
        let mut whole = [0; 32];
        whole.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
        Self::of_hash(&whole) == self
    }

    fn symbols(self) -> impl Iterator<Item = char> {
        let ten = (0..10).rev().map(move |place| self.0 >> (5 * place) & 31);
        ten.chain([self.0 % 37]).map(symbol)
    }
}

fn symbol(value: u64) -> char {
    let at = usize::try_from(value).unwrap_or(0);
    SYMBOLS.get(at).map_or('0', |byte| char::from(*byte))
}

impl std::fmt::Display for CheckCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(14);
        for (at, symbol) in self.symbols().enumerate() {
            if matches!(at, 4 | 8 | 10) {
                text.push('-');
            }
            text.push(symbol);
        }
        f.pad(&text)
    }
}

impl std::str::FromStr for CheckCode {
    type Err = CheckCodeFault;

    /// Reads a code as people type it: capital or small, with or without blanks, hyphens and dots, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, CheckCodeFault> {
        let typed: Vec<char> = text
            .chars()
            .filter(|each| !each.is_whitespace() && !matches!(each, '-' | '.' | '\u{2013}'))
            .collect();
        let Some((last, ten)) = typed.split_last().filter(|(_, ten)| ten.len() == 10) else {
            return Err(CheckCodeFault::Length { found: typed.len() });
        };
        let mut bits = 0;
        for (character, position) in ten.iter().zip(1..) {
            let value = value(*character).filter(|value| *value < 32);
            bits = bits << 5 | value.ok_or(CheckCodeFault::Character { character: *character, position })?;
        }
        let found =
            value(*last).ok_or(CheckCodeFault::Character { character: *last, position: typed.len() })?;
        if found != bits % 37 {
            return Err(CheckCodeFault::DoesNotFit { expected: symbol(bits % 37), found: symbol(found) });
        }
        Ok(Self(bits))
    }
}

/// The value of a typed character, 0 to 36.
fn value(character: char) -> Option<u64> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = SYMBOLS.iter().position(|symbol| char::from(*symbol) == plain)?;
    u64::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_is_told() {
        let code = CheckCode(0x1_0000_0000_0000);
        assert_eq!(code.to_string(), "8000-0000-00-T");
        assert_eq!("8ooo oooo.oo t".parse(), Ok(code));
        assert_eq!("8000-0000-00".parse::<CheckCode>(), Err(CheckCodeFault::Length { found: 10 }));
        assert_eq!(
            "8000-000U-00-T".parse::<CheckCode>(),
            Err(CheckCodeFault::Character { character: 'U', position: 8 })
        );
        assert_eq!(
            "8000-0000-01-T".parse::<CheckCode>(),
            Err(CheckCodeFault::DoesNotFit { expected: 'V', found: 'T' })
        );
        assert_eq!("".parse::<CheckCode>(), Err(CheckCodeFault::Length { found: 0 }));
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(hash: [u8; 32]) {
            let code = CheckCode::of_hash(&hash);
            proptest::prop_assert_eq!(code.to_string().parse(), Ok(code));
            let mut first = [0; 16];
            first.copy_from_slice(&hash[..16]);
            proptest::prop_assert!(code.begins(&first));
        }

        #[test]
        fn one_wrong_symbol_and_two_changed_are_noticed(hash: [u8; 32], at in 0_usize..9, other in 0_u8..32) {
            let code = CheckCode::of_hash(&hash);
            let mut symbols: Vec<char> = code.symbols().collect();
            let before = symbols.clone();
            symbols.swap(at, at + 1);
            let text: String = symbols.iter().collect();
            proptest::prop_assert!(symbols == before || text.parse::<CheckCode>().is_err());
            let mut symbols = before.clone();
            symbols[at] = symbol(u64::from(other));
            let text: String = symbols.iter().collect();
            proptest::prop_assert!(symbols == before || text.parse::<CheckCode>().is_err());
        }
    }
}
