//! One value of a column, from its text: the plain shapes in a few steps, everything else the careful way.
//!
//! Used by both formats: CSV fields are texts, Parquet's strings are. Never guesses: what has not the column's shape is
//! none, and its row is left out with a sentence.

use std::sync::{Mutex, PoisonError};

use crate::{
    calendar::{YEARS, day_number},
    digits::{eight, whole, word_at},
    keys::{Books, Keys},
    table::{Kind, MOST, MOST_HS, NO_SEAL},
};

/// What all threads share about texts: books of numbers, and HS codes seen.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) books: Books,
    hs: Mutex<Vec<i32>>,
}

impl Words {
    /// Only the three classes of rough diamonds are known beforehand.
    pub(crate) fn new() -> Self {
        Self { books: Books::default(), hs: Mutex::new(vec![710_210, 710_221, 710_231]) }
    }

    fn hs_place(&self, code: i32) -> Option<i64> {
        let mut seen = self.hs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = seen.iter().position(|known| *known == code) {
            return Some(place as i64);
        }
        seen.push(code);
        (seen.len() <= MOST_HS).then(|| seen.len() as i64 - 1)
    }

    /// All HS codes seen, by their places.
    pub(crate) fn hs_codes(&self) -> Vec<i32> {
        self.hs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// `00` to `ZZ` from the whole number that stands for it.
pub(crate) fn code_text(code: u32) -> [u8; 2] {
    let letter = |value: u32| if value < 10 { b'0' + value as u8 } else { b'A' + (value - 10) as u8 };
    [letter(code / 36), letter(code % 36)]
}

const NOT_A_LETTER: u8 = 255;
static LETTERS: [u8; 256] = letters();

const fn letters() -> [u8; 256] {
    let mut table = [NOT_A_LETTER; 256];
    let mut value = 0;
    while value < 36 {
        let byte = if value < 10 { b'0' + value } else { b'A' + value - 10 };
        table[byte as usize] = value;
        value += 1;
    }
    table
}

/// One thread's reader of values.
#[derive(Debug)]
pub(crate) struct Values<'a> {
    words: &'a Words,
    keys: Keys<'a>,
    /// The last date read: rows come sorted by date.
    date: (u64, u64, i64),
    hs: (i32, i64),
}

impl<'a> Values<'a> {
    pub(crate) fn new(words: &'a Words) -> Self {
        Self { words, keys: Keys::new(&words.books), date: (0, 0, 0), hs: (-1, 0) }
    }

    /// The value of the text at this place in a padded buffer.
    #[inline]
    pub(crate) fn read(&mut self, kind: Kind, bytes: &[u8], from: usize, end: usize) -> Option<i64> {
        match kind {
            Kind::Id => whole(bytes, from, end).or_else(|| long_id(&bytes[from..end])),
            Kind::Year => whole(bytes, from, end).filter(|year| YEARS.contains(year)),
            Kind::Number if end == from => None,
            Kind::Seal if end == from => Some(NO_SEAL),
            Kind::Number | Kind::Seal => Some(self.keys.key(bytes, from, end)? as i64),
            Kind::Code => code(bytes, from, end),
            Kind::Hs => self.hs(whole(bytes, from, end)?),
            Kind::Day => self.day(bytes, from, end),
            Kind::Amount => amount(bytes, from, end),
            Kind::Balance if end > from && bytes[from] == b'-' => amount(bytes, from + 1, end).map(|a| -a),
            Kind::Balance => amount(bytes, from, end),
        }
    }

    /// The place of an HS code.
    pub(crate) fn hs(&mut self, code: i64) -> Option<i64> {
        let code = i32::try_from(code).ok().filter(|code| *code >= 0)?;
        if self.hs.0 != code {
            self.hs = (code, self.words.hs_place(code)?);
        }
        Some(self.hs.1)
    }

    #[inline]
    fn day(&mut self, bytes: &[u8], from: usize, end: usize) -> Option<i64> {
        if end - from != 10 {
            return None;
        }
        let (head, tail) = (word_at(bytes, from), word_at(bytes, from + 2));
        if (self.date.0, self.date.1) == (head, tail) {
            return Some(self.date.2);
        }
        let day = date(&bytes[from..end])?;
        self.date = (head, tail, day);
        Some(day)
    }
}

fn date(text: &[u8]) -> Option<i64> {
    let digits = |part: &[u8]| {
        part.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let dashes = text[4] == b'-' && text[7] == b'-';
    let (year, month, day) = (digits(&text[..4])?, digits(&text[5..7])?, digits(&text[8..])?);
    dashes.then(|| day_number(year, month, day)).flatten()
}

#[inline]
fn code(bytes: &[u8], from: usize, end: usize) -> Option<i64> {
    if end - from != 2 {
        return None;
    }
    let (first, second) = (LETTERS[usize::from(bytes[from])], LETTERS[usize::from(bytes[from + 1])]);
    (first != NOT_A_LETTER && second != NOT_A_LETTER).then(|| i64::from(first) * 36 + i64::from(second))
}

/// Identifiers of any size and sign.
#[cold]
fn long_id(text: &[u8]) -> Option<i64> {
    let plain = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    plain.then(|| std::str::from_utf8(text).ok()?.parse().ok()).flatten()
}

/// Hundredths.
#[inline]
fn amount(bytes: &[u8], from: usize, end: usize) -> Option<i64> {
    let length = end - from;
    if (4..=11).contains(&length) && bytes[end - 3] == b'.' {
        // Up to eight digits, the point, two digits: the digits before the point are read as one word.
        let (whole_part, cents) = (word_at(bytes, end - 11), &bytes[end - 2..end]);
        let before = 64 - 8 * (length - 3) as u32;
        let kept = whole_part.unbounded_shr(before).unbounded_shl(before);
        let zeros = 0x3030_3030_3030_3030 & !u64::MAX.unbounded_shl(before);
        let (tens, ones) = (cents[0].wrapping_sub(b'0'), cents[1].wrapping_sub(b'0'));
        let cents = (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))?;
        return eight(kept | zeros).map(|whole| whole as i64 * 100 + cents);
    }
    any_amount(bytes, from, end)
}

/// Any number of digits, and none, one or two decimals, or more of them where they are zeros.
fn any_amount(bytes: &[u8], from: usize, end: usize) -> Option<i64> {
    let text = &bytes[from..end];
    let point = text.iter().position(|byte| *byte == b'.').unwrap_or(text.len());
    let units = whole(bytes, from, from + point)?;
    let decimals = text.get(point + 1..).unwrap_or_default();
    if text.ends_with(b".") || !decimals.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |at: usize| decimals.get(at).map_or(0, |byte| i64::from(byte - b'0'));
    let exact = decimals.iter().skip(2).all(|byte| *byte == b'0');
    (exact && units < MOST / 100).then(|| units * 100 + digit(0) * 10 + digit(1))
}

#[cfg(test)]
mod tests {
    use super::{Values, Words};
    use crate::{digits::PAD, table::Kind};

    fn read(kind: Kind, text: &str) -> Option<i64> {
        let words = Words::new();
        let mut bytes = vec![b'1'; PAD];
        bytes.extend(text.bytes());
        let end = bytes.len();
        bytes.extend([b'1'; PAD]);
        Values::new(&words).read(kind, &bytes, PAD, end)
    }

    #[test]
    fn amounts() {
        let table = [
            ("0.00", Some(0)),
            ("12.34", Some(1234)),
            ("12.3", Some(1230)),
            ("12", Some(1200)),
            ("12.340", Some(1234)),
            ("99999999.99", Some(9_999_999_999)),
            ("123456789.01", Some(12_345_678_901)),
            ("99999999999.99", Some(9_999_999_999_999)),
            ("100000000000.00", None),
            ("12.345", None),
            ("12.", None),
            (".50", None),
            ("", None),
            ("-1.00", None),
            ("1e3", None),
            ("1,234.00", None),
            ("1.2.3", None),
            ("1x.00", None),
            ("1.0x", None),
            ("NaN", None),
        ];
        for (text, expected) in table {
            assert_eq!(read(Kind::Amount, text), expected, "{text}");
        }
        assert_eq!(read(Kind::Balance, "-12.50"), Some(-1250));
        assert_eq!(read(Kind::Balance, "--1.00"), None);
    }

    #[test]
    fn codes_dates_and_the_rest() {
        assert_eq!(read(Kind::Code, "00"), Some(0));
        assert_eq!(read(Kind::Code, "NA"), Some(23 * 36 + 10));
        for bad in ["", "A", "ABC", "na", "A ", "\u{e9}"] {
            assert_eq!(read(Kind::Code, bad), None, "{bad}");
        }
        assert_eq!(read(Kind::Day, "1970-01-02"), Some(1));
        for bad in ["1970-1-2", "1970-02-30", "01-02-1970", "1970/01/02", "1970-01-02T", ""] {
            assert_eq!(read(Kind::Day, bad), None, "{bad}");
        }
        assert_eq!(read(Kind::Hs, "710231"), Some(2));
        assert_eq!(read(Kind::Hs, "71023100"), Some(3));
        assert_eq!(read(Kind::Hs, "7102.31"), None);
        assert_eq!(read(Kind::Year, "2009"), Some(2009));
        assert_eq!(read(Kind::Year, "09"), None);
        assert_eq!(read(Kind::Id, "-9223372036854775808"), Some(i64::MIN));
        assert_eq!(read(Kind::Id, "9223372036854775808"), None);
        assert_eq!(read(Kind::Number, ""), None);
        assert_eq!(read(Kind::Seal, ""), Some(-1));
    }

    #[test]
    fn the_same_date_twice_and_a_date_that_begins_the_same() {
        let words = Words::new();
        let mut values = Values::new(&words);
        let bytes = b"        2009-06-30,2009-06-30,2009-06-29        ";
        let read: Vec<_> = [8, 19, 30].iter().map(|at| values.read(Kind::Day, bytes, *at, at + 10)).collect();
        assert_eq!(read, [Some(14_425), Some(14_425), Some(14_424)]);
    }
}
