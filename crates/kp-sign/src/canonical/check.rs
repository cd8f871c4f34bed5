//! Whether bytes are the one encoding of what they say, found out in one pass over them, without building anything.
//!
//! Every entry of a log is read through this, so it has to cost little. The tests hold it against the slow way: decode,
//! encode again, compare.

use super::CanonicalError;

/// Most containers inside one another: far more than a statement has, far fewer than a stack bears.
pub(super) const DEEPEST: usize = 16;

/// Whether bytes are canonical, whatever they say.
///
/// # Errors
/// Where they are not one CBOR value, in canonical form, of what a statement may contain.
pub(crate) fn ensure_canonical(bytes: &[u8]) -> Result<(), CanonicalError> {
    let mut reader = Reader { rest: bytes };
    reader.item(DEEPEST)?;
    if reader.rest.is_empty() { Ok(()) } else { Err(CanonicalError::NotCanonical) }
}

struct Reader<'a> {
    rest: &'a [u8],
}

fn unreadable(what: &str) -> CanonicalError {
    CanonicalError::Unreadable(what.to_owned())
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Result<&'a [u8], CanonicalError> {
        let split = usize::try_from(count).ok().and_then(|count| self.rest.split_at_checked(count));
        let (taken, rest) = split.ok_or_else(|| unreadable("the bytes end too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The first byte's major type, and its argument in its shortest form.
    fn head(&mut self) -> Result<(u8, u8, u64), CanonicalError> {
        let first = self.take(1)?.first().copied().unwrap_or(0);
        let (major, info) = (first >> 5, first & 0x1f);
        let (long, least) = match info {
            0..=23 => return Ok((major, info, u64::from(info))),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            31 if (2..=5).contains(&major) => return Err(CanonicalError::NotCanonical),
            _ => return Err(unreadable("a length or a number of no known form")),
        };
        let value = self.take(long)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        // Of major type 7 these are floats and simple values; they are told apart by the caller.
        if value < least && major != 7 {
            return Err(CanonicalError::NotCanonical);
        }
        Ok((major, info, value))
    }

    fn item(&mut self, depth: usize) -> Result<(), CanonicalError> {
        let (major, info, value) = self.head()?;
        let deeper = || depth.checked_sub(1).ok_or_else(|| unreadable("too many values inside one another"));
        match major {
            0 | 1 => Ok(()),
            2 => self.take(value).map(drop),
            3 => {
                let text = self.take(value)?;
                std::str::from_utf8(text).map(drop).map_err(|_| unreadable("a text that is not UTF-8"))
            }
            4 => {
                let depth = deeper()?;
                (0..value).try_for_each(|_| self.item(depth))
            }
            5 => self.map(value, deeper()?),
            6 => Err(CanonicalError::NotAllowed("a tag")),
            _ => match info {
                20..=22 => Ok(()),
                25..=27 => Err(CanonicalError::NotAllowed("a float")),
                23 => Err(CanonicalError::NotCanonical),
                _ => Err(unreadable("a simple value of no known meaning")),
            },
        }
    }

    /// Keys rise by their encoded bytes, and none is there twice.
    fn map(&mut self, pairs: u64, depth: usize) -> Result<(), CanonicalError> {
        let mut before: Option<&[u8]> = None;
        for _ in 0..pairs {
            let from = self.rest;
            self.item(depth)?;
            let key = from.get(..from.len() - self.rest.len()).unwrap_or_default();
            match before.map(|before| before.cmp(key)) {
                None | Some(std::cmp::Ordering::Less) => before = Some(key),
                Some(std::cmp::Ordering::Equal) => return Err(CanonicalError::DuplicateKey),
                Some(std::cmp::Ordering::Greater) => return Err(CanonicalError::NotCanonical),
            }
            self.item(depth)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::{
        collection::{btree_map, vec},
        prelude::*,
    };

    use ciborium::Value;

    use super::*;
    use crate::canonical::{encode, sorted};

    /// The slow way.
    fn decoded_and_encoded_again(bytes: &[u8]) -> bool {
        let mut rest = bytes;
        let value: Result<Value, _> = ciborium::de::from_reader_with_recursion_limit(&mut rest, DEEPEST);
        let again = value.ok().and_then(|value| sorted(value).ok()).and_then(|value| encode(&value).ok());
        rest.is_empty() && again.as_deref() == Some(bytes)
    }

    fn values() -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            any::<i64>().prop_map(Value::from),
            (0_i64..300).prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
            ".{0,30}".prop_map(Value::from),
            vec(any::<u8>(), 0..40).prop_map(Value::from),
        ];
        plain.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..6).prop_map(Value::Array),
                btree_map(".{0,4}", inner, 0..6)
                    .prop_map(|map| Value::Map(map.into_iter().map(|(k, v)| (k.into(), v)).collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_encoded_canonically_is_canonical(value in values()) {
            let bytes = encode(&sorted(value).unwrap()).unwrap();
            prop_assert_eq!(ensure_canonical(&bytes), Ok(()));
        }

        #[test]
        fn as_if_it_were_decoded_and_encoded_again(value in values(), sort: bool, changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 0..3)) {
            let value = if sort { sorted(value).unwrap() } else { value };
            let mut bytes = encode(&value).unwrap();
            for (at, byte, how) in changes {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ if bytes.len() > 1 => drop(bytes.remove(at)),
                    _ => {}
                }
            }
            prop_assert_eq!(ensure_canonical(&bytes).is_ok(), decoded_and_encoded_again(&bytes), "{:02x?}", bytes);
        }

        #[test]
        fn of_any_bytes_too(bytes in vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(ensure_canonical(&bytes).is_ok(), decoded_and_encoded_again(&bytes), "{:02x?}", bytes);
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let table: [(&[u8], CanonicalError); 9] = [
            (&[0x18, 23], CanonicalError::NotCanonical),
            (&[0x9f, 0xff], CanonicalError::NotCanonical),
            (&[0x00, 0x00], CanonicalError::NotCanonical),
            (&[0xa2, 0x61, b'b', 1, 0x61, b'a', 2], CanonicalError::NotCanonical),
            (&[0xa2, 0x61, b'a', 1, 0x61, b'a', 2], CanonicalError::DuplicateKey),
            (&[0xfb, 0, 0, 0, 0, 0, 0, 0, 0], CanonicalError::NotAllowed("a float")),
            (&[0xc2, 0x41, 1], CanonicalError::NotAllowed("a tag")),
            (&[0x62, 0xff, 0xff], CanonicalError::Unreadable("a text that is not UTF-8".into())),
            (
                &[0x5b, 0xff, 0, 0, 0, 0, 0, 0, 0],
                CanonicalError::Unreadable("the bytes end too early".into()),
            ),
        ];
        for (bytes, expected) in table {
            assert_eq!(ensure_canonical(bytes), Err(expected), "{bytes:02x?}");
        }
        let deep = |many: usize| [vec![0x81; many], vec![0]].concat();
        assert_eq!(ensure_canonical(&deep(DEEPEST)), Ok(()));
        assert!(ensure_canonical(&deep(DEEPEST + 1)).is_err());
    }
}
