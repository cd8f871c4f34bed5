//! Numbers of certificates and seals as whole numbers: equal texts have equal keys, different texts different ones.
//!
//! A text is cut into a *book* (what stands before its last run of digits, and how many digits those are) and a serial
//! of at most nine digits: `A1-00000017` is serial 17 of the book `A1-` with eight digits. Any text has exactly one such
//! cut, so nothing is taken to be the same that is not written the same, and a text without digits is a book of its
//! own. Books are few where numbers are serial; where every number is a book, it still works, with more memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::digits::{PAD, eight, word_at};

/// Places in each thread's memory of books.
const REMEMBERED: usize = 1024;
/// The longest beginning that is remembered, as a word.
const SHORT: usize = 8;

/// All books seen, shared by all threads.
#[derive(Debug, Default)]
pub(crate) struct Books(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    /// The beginning of the text followed by the number of digits, to the book.
    known: HashMap<Box<[u8]>, u32>,
    titles: Vec<Box<[u8]>>,
}

impl Books {
    /// The book of this title; none where it is no UTF-8, or could not be written without quotation marks.
    fn number(&self, beginning: &[u8], digits: u8) -> Option<u32> {
        let text = std::str::from_utf8(beginning).ok()?;
        if text.contains(|c: char| c == ',' || c == '"' || c.is_control()) {
            return None;
        }
        let title: Box<[u8]> = beginning.iter().copied().chain([digits]).collect();
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Shelf { known, titles } = &mut *shelf;
        Some(*known.entry(title).or_insert_with_key(|title| {
            titles.push(title.clone());
            (titles.len() - 1) as u32
        }))
    }

    /// How many books there are.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).titles.len()
    }

    /// The text that has this key.
    pub(crate) fn text(&self, key: u64) -> String {
        let (book, serial) = parts(key);
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (digits, beginning) =
            shelf.titles[book].split_last().expect("because a title ends with its digits");
        let beginning = String::from_utf8_lossy(beginning);
        match usize::from(*digits) {
            0 => beginning.into_owned(),
            width => format!("{beginning}{serial:0width$}"),
        }
    }
}

/// Book and serial of a key.
#[inline]
pub(crate) fn parts(key: u64) -> (usize, u32) {
    ((key >> 32) as usize, key as u32)
}

/// Where a text is cut: the length of its beginning, and the serial behind it.
#[inline]
fn cut(bytes: &[u8], from: usize, end: usize) -> (usize, u64) {
    if end - from >= 9
        && let Some(last) = eight(word_at(bytes, end - 8))
    {
        let before = bytes[end - 9];
        return match before.is_ascii_digit() {
            true => (end - 9 - from, u64::from(before - b'0') * 100_000_000 + last),
            false => (end - 8 - from, last),
        };
    }
    let digits = bytes[from..end].iter().rev().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let serial = bytes[end - digits..end].iter().fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
    (end - digits - from, serial)
}

/// One thread's way to keys: it remembers books, so that the shared shelf is asked once for each.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    books: &'a Books,
    remembered: Vec<(u64, u64, u32)>,
}

impl<'a> Keys<'a> {
    /// Remembers nothing yet.
    pub(crate) fn new(books: &'a Books) -> Self {
        Self { books, remembered: vec![(0, u64::MAX, 0); REMEMBERED] }
    }

    /// The key of the text at this place in a padded buffer; none where it is no text that
    /// could stand in a result.
    #[inline]
    pub(crate) fn key(&mut self, bytes: &[u8], from: usize, end: usize) -> Option<u64> {
        debug_assert!(from >= PAD && end + PAD <= bytes.len(), "a word may be taken around every field");
        let (length, serial) = cut(bytes, from, end);
        let digits = (end - from - length) as u8;
        if length > SHORT {
            let book = self.books.number(&bytes[from..from + length], digits)?;
            return Some(u64::from(book) << 32 | serial);
        }
        let beginning = word_at(bytes, from) & 1_u64.unbounded_shl(8 * length as u32).wrapping_sub(1);
        let shape = (length as u64) << 8 | u64::from(digits);
        let place =
            ((beginning ^ shape << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % REMEMBERED;
        let known = &mut self.remembered[place];
        if (known.0, known.1) != (beginning, shape) {
            *known = (beginning, shape, self.books.number(&bytes[from..from + length], digits)?);
        }
        Some(u64::from(known.2) << 32 | serial)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::{Books, Keys, PAD};

    fn key(keys: &mut Keys<'_>, text: &str) -> u64 {
        let mut bytes = vec![b'0'; PAD];
        bytes.extend(text.bytes());
        let end = bytes.len();
        bytes.extend([b'0'; PAD]);
        keys.key(&bytes, PAD, end).unwrap()
    }

    proptest! {
        #[test]
        fn keys_are_equal_exactly_where_texts_are(texts in proptest::collection::vec("[A-C]{0,2}-?[0-3]{0,12}|[A-Za-z /é0-9-]{1,30}", 1..60)) {
            let books = Books::default();
            let (mut here, mut there) = (Keys::new(&books), Keys::new(&books));
            let mut seen = HashMap::new();
            for text in &texts {
                let key = key(&mut here, text);
                prop_assert_eq!(key, self::key(&mut there, text));
                prop_assert_eq!(&books.text(key), text);
                prop_assert_eq!(seen.entry(key).or_insert(text.clone()), text);
            }
        }
    }

    #[test]
    fn serial_numbers_share_a_book() {
        let books = Books::default();
        let mut keys = Keys::new(&books);
        assert_eq!(key(&mut keys, "A1-00000018"), key(&mut keys, "A1-00000017") + 1);
        assert_ne!(key(&mut keys, "A1-0000017"), key(&mut keys, "A1-00000017"));
        key(&mut keys, "S0123456789");
        assert_eq!(books.len(), 3);
    }
}
