//! A strict reader and a writer for the few forms of CBOR that our signed bytes have.
//!
//! RFC 8949 section 4.2.1 is checked while reading: shortest heads, definite lengths, nothing after the end; the order of
//! keys follows because each key is asked for at its place. So nothing has to be encoded again to be compared, which is
//! what makes a full check nearly as cheap as its two signatures; a property test holds it against coset and ciborium.
//! It never allocates for a length that it was told, and knows no floats, no tags but the one asked for, no big numbers.

/// Why bytes are not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CborFault {
    #[error("the bytes end too early")]
    Ends,
    #[error("a number or length is not written in its shortest form")]
    NotShortest,
    #[error("another sort of value stands where {0} belongs")]
    Unexpected(&'static str),
    #[error("a text is not UTF-8")]
    NotUtf8,
    #[error("a number is larger than can be")]
    TooLarge,
    #[error("bytes follow after the end")]
    Trailing,
}

type Read<T> = Result<T, CborFault>;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
/// `null`, as an initial byte.
const NULL: u8 = 0xf6;

/// Takes values off the front of some bytes.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    #[inline]
    fn take(&mut self, length: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CborFault::Ends)?;
        self.rest = rest;
        Ok(taken)
    }

    #[inline]
    fn head(&mut self, major: u8, expected: &'static str) -> Read<u64> {
        let (first, rest) = self.rest.split_first().ok_or(CborFault::Ends)?;
        if first >> 5 != major {
            return Err(CborFault::Unexpected(expected));
        }
        self.rest = rest;
        let (length, least) = match first & 0x1f {
            small @ 0..=23 => return Ok(u64::from(small)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            // 31 is an indefinite length, 28 to 30 are not in use.
            _ => return Err(CborFault::NotShortest),
        };
        let value = self.take(length)?.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        if value < least { Err(CborFault::NotShortest) } else { Ok(value) }
    }

    #[inline]
    pub(crate) fn unsigned(&mut self) -> Read<u64> {
        self.head(UNSIGNED, "a number")
    }

    /// A number that fits the other side of a sign too: amounts, moments.
    #[inline]
    pub(crate) fn amount(&mut self) -> Read<i64> {
        i64::try_from(self.unsigned()?).map_err(|_| CborFault::TooLarge)
    }

    /// This number at this place: a key of a map, an algorithm.
    #[inline]
    pub(crate) fn exactly(&mut self, wanted: i64, what: &'static str) -> Read<()> {
        let found = if wanted < 0 {
            i64::try_from(self.head(NEGATIVE, what)?).ok().and_then(|value| (-1_i64).checked_sub(value))
        } else {
            i64::try_from(self.head(UNSIGNED, what)?).ok()
        };
        if found == Some(wanted) { Ok(()) } else { Err(CborFault::Unexpected(what)) }
    }

    #[inline]
    pub(crate) fn bytes(&mut self) -> Read<&'a [u8]> {
        let length = self.head(BYTES, "a row of bytes")?;
        self.take(usize::try_from(length).map_err(|_| CborFault::Ends)?)
    }

    #[inline]
    pub(crate) fn fixed<const N: usize>(&mut self, what: &'static str) -> Read<[u8; N]> {
        self.bytes()?.try_into().map_err(|_| CborFault::Unexpected(what))
    }

    #[inline]
    pub(crate) fn text(&mut self) -> Read<&'a str> {
        let length = self.head(TEXT, "a text")?;
        let bytes = self.take(usize::try_from(length).map_err(|_| CborFault::Ends)?)?;
        std::str::from_utf8(bytes).map_err(|_| CborFault::NotUtf8)
    }

    #[inline]
    pub(crate) fn array(&mut self) -> Read<u64> {
        self.head(ARRAY, "a list")
    }

    /// A list of so many.
    #[inline]
    pub(crate) fn array_of(&mut self, length: u64, what: &'static str) -> Read<()> {
        if self.head(ARRAY, what)? == length { Ok(()) } else { Err(CborFault::Unexpected(what)) }
    }

    #[inline]
    pub(crate) fn map(&mut self) -> Read<u64> {
        self.head(MAP, "a map")
    }

    /// A map of so many pairs.
    #[inline]
    pub(crate) fn map_of(&mut self, pairs: u64, what: &'static str) -> Read<()> {
        if self.head(MAP, what)? == pairs { Ok(()) } else { Err(CborFault::Unexpected(what)) }
    }

    #[inline]
    pub(crate) fn tag(&mut self, wanted: u64, what: &'static str) -> Read<()> {
        if self.head(TAG, what)? == wanted { Ok(()) } else { Err(CborFault::Unexpected(what)) }
    }

    #[inline]
    pub(crate) fn null(&mut self, what: &'static str) -> Read<()> {
        match self.take(1)? {
            [NULL] => Ok(()),
            _ => Err(CborFault::Unexpected(what)),
        }
    }

    /// Nothing may follow.
    #[inline]
    pub(crate) const fn end(&self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(CborFault::Trailing) }
    }
}

/// Writes values one after the other in their one form. Keys of maps are written in order by whoever calls.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    #[inline]
    fn head(&mut self, major: u8, value: u64) {
        let major = major << 5;
        let bytes = value.to_be_bytes();
        let [.., b4, b5, b6, b7] = bytes;
        match value {
            0..=23 => self.0.push(major | b7),
            24..=0xff => self.0.extend_from_slice(&[major | 24, b7]),
            0x100..=0xffff => self.0.extend_from_slice(&[major | 25, b6, b7]),
            0x1_0000..=0xffff_ffff => self.0.extend_from_slice(&[major | 26, b4, b5, b6, b7]),
            _ => {
                self.0.push(major | 27);
                self.0.extend_from_slice(&bytes);
            }
        }
    }

    pub(crate) fn unsigned(&mut self, value: u64) {
        self.head(UNSIGNED, value);
    }

    /// A number that may be below zero.
    pub(crate) fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, value.unsigned_abs() - 1),
        }
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.head(BYTES, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn array(&mut self, length: usize) {
        self.head(ARRAY, length as u64);
    }

    pub(crate) fn map(&mut self, pairs: usize) {
        self.head(MAP, pairs as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shortest_form_is_read() {
        for (bytes, value) in
            [(&[0x17][..], 23), (&[0x18, 24], 24), (&[0x19, 1, 0], 256), (&[0x1a, 0, 1, 0, 0], 65_536)]
        {
            assert_eq!(Reader::new(bytes).unsigned(), Ok(value));
            let mut writer = Writer::default();
            writer.unsigned(value);
            assert_eq!(writer.0, bytes);
        }
        for bytes in [&[0x18, 23][..], &[0x19, 0, 255], &[0x1a, 0, 0, 255, 255], &[0x1f], &[0x1c]] {
            assert_eq!(Reader::new(bytes).unsigned(), Err(CborFault::NotShortest), "{bytes:?}");
        }
        assert_eq!(Reader::new(&[0x5f]).bytes(), Err(CborFault::NotShortest));
        assert_eq!(
            Reader::new(&[0x5b, 255, 255, 255, 255, 255, 255, 255, 255]).bytes(),
            Err(CborFault::Ends)
        );
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_written_as_ciborium_writes_them(value: i64) {
            let mut writer = Writer::default();
            writer.integer(value);
            let mut theirs = Vec::new();
            ciborium::into_writer(&value, &mut theirs).unwrap();
            proptest::prop_assert_eq!(&writer.0, &theirs);
            proptest::prop_assert_eq!(Reader::new(&theirs).exactly(value, "it"), Ok(()));
        }
    }
}
