//! Carats and dollars out of the cells of strangers: separators of thousands, decimal commas, currency words, and
//! numbers that a workbook computed to many decimals.
//!
//! What is ambiguous in one cell is decided by the other cells of the same columns ([`Marks`]) or refused, never
//! guessed; only in comma-separated text, where nobody writes decimal commas, a lone comma parts thousands unasked. Amounts are exact hundredths; a third decimal is rounded half away from zero, and that is reported.

use kp_terms::{Sentence, sentence};

use crate::cell::{Cell, CellKind, says_nothing};

/// Which decimal mark a table uses, as far as its unambiguous cells show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// A cell such as `12.50` or `1,234.5` was seen.
    pub(crate) dot: bool,
    /// A cell such as `12,50` or `1.234,5` was seen.
    pub(crate) comma: bool,
    /// A cell such as `1.234.567` was seen.
    dots_part_thousands: bool,
    /// A cell such as `1,234,567` was seen.
    commas_part_thousands: bool,
    /// The cells themselves are parted by commas, so that a decimal comma is not to be expected.
    comma_separated: bool,
}

/// What an amount cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Exact hundredths; `rounded` where the cell had more decimals.
    Read { hundredths: i64, rounded: bool },
    /// `n/a`, `-`, or nothing at all.
    Nothing,
    /// Not readable: what is wrong, and how to mend it.
    Unreadable { sentence: Sentence, mend: Sentence },
    /// One dot or comma before three digits: the table's other cells must decide.
    Ambiguous,
}

impl Marks {
    /// Nothing learnt yet of a table whose cells are parted by commas, or by something else.
    pub(crate) fn of_table(comma_separated: bool) -> Self {
        Self { comma_separated, ..Self::default() }
    }

    /// Learns from one cell.
    pub(crate) fn learn(&mut self, cell: &Cell<'_>) {
        if cell.kind != CellKind::Text {
            return;
        }
        let bare = bare(cell.trimmed());
        if !bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')) {
            return;
        }
        match decimal_mark(&bare) {
            Mark::Decimal('.') => self.dot = true,
            Mark::Decimal(_) => self.comma = true,
            Mark::Thousands('.') => self.dots_part_thousands = true,
            Mark::Thousands(_) => self.commas_part_thousands = true,
            Mark::None | Mark::Either(_) => {}
        }
    }

    /// Whether a lone such mark parts thousands in a table that shows no decimal mark.
    const fn parts_thousands(self, mark: char) -> bool {
        let shown = match mark {
            '.' => self.dots_part_thousands && !self.commas_part_thousands,
            _ => self.comma_separated || (self.commas_part_thousands && !self.dots_part_thousands),
        };
        shown && !self.dot && !self.comma
    }

    /// The decimal mark, where the table is of one mind.
    const fn decided(self) -> Option<char> {
        match (self.dot, self.comma) {
            (true, false) => Some('.'),
            (false, true) => Some(','),
            _ => None,
        }
    }
}

/// Reads an amount. `marks` is what the table shows, once it was asked.
pub(crate) fn read_amount(cell: &Cell<'_>, marks: Option<Marks>) -> Amount {
    let text = cell.trimmed();
    if cell.kind == CellKind::MergedFromAbove {
        return Amount::Unreadable {
            sentence: sentence!(
                "cell-merged",
                "the cell is merged with the one above, which holds {text}",
                text = text,
            ),
            mend: sentence!(
                "cell-mend-merged",
                "part the merged cells and write the figure of each row in its own",
            ),
        };
    }
    if let Some(hundredths) = read_plain(text) {
        return Amount::Read { hundredths, rounded: false };
    }
    if says_nothing(text) {
        return Amount::Nothing;
    }
    let bare = bare(text);
    let (negative, digits) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    let decimal = match decimal_mark(digits) {
        _ if cell.kind == CellKind::Number => Some('.'),
        Mark::Decimal(mark) => Some(mark),
        Mark::None | Mark::Thousands(_) => None,
        Mark::Either(mark) => match marks {
            None => return Amount::Ambiguous,
            Some(marks) => match marks.decided() {
                Some(decided) => (decided == mark).then_some(mark),
                None if marks.parts_thousands(mark) => None,
                None => return cannot_tell(text),
            },
        },
    };
    match hundredths_of(digits, decimal) {
        Ok((hundredths, rounded)) => {
            Amount::Read { hundredths: if negative { -hundredths } else { hundredths }, rounded }
        }
        Err(why) => unreadable(text, why),
    }
}

/// The plain case, which is nearly every cell: digits, perhaps a dot and one or two digits.
fn read_plain(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 17 {
        return None;
    }
    let mut value: i64 = 0;
    let mut decimals: Option<u32> = None;
    for b in bytes {
        match (b, decimals) {
            (b'0'..=b'9', _) => {
                value = value * 10 + i64::from(b - b'0'); // at most 17 digits: fits
                decimals = decimals.map(|d| d + 1);
            }
            (b'.', None) => decimals = Some(0),
            _ => return None,
        }
    }
    match decimals {
        None => Some(value.checked_mul(100)?),
        Some(1) if bytes.len() > 2 => Some(value * 10),
        Some(2) if bytes.len() > 3 => Some(value),
        _ => None,
    }
}

/// Without currency words, units and the spaces and apostrophes that part thousands.
fn bare(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut rest = lower.trim();
    for word in ["us$", "usd", "$", "cts", "ct", "carats", "carat"] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim();
        rest = rest.strip_suffix(word).unwrap_or(rest).trim();
    }
    rest.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '_')).collect()
}

enum Mark {
    /// No dot and no comma.
    None,
    /// This character parts the decimals.
    Decimal(char),
    /// This character, dot or comma, stands several times and so parts thousands.
    Thousands(char),
    /// One such character before exactly three digits.
    Either(char),
}

fn decimal_mark(digits: &str) -> Mark {
    let digits = digits.trim_start_matches(['-', '−']);
    match (digits.rfind('.'), digits.rfind(',')) {
        (None, None) => Mark::None,
        (Some(dot), Some(comma)) => Mark::Decimal(if dot > comma { '.' } else { ',' }),
        (dot, comma) => {
            let mark = if dot.is_some() { '.' } else { ',' };
            let at = dot.or(comma).unwrap_or_default();
            let before = digits.get(..at).unwrap_or_default();
            if digits.matches(mark).count() > 1 {
                Mark::Thousands(mark)
            } else if digits.len() - at - 1 == 3
                && (1..=3).contains(&before.len())
                && !before.starts_with('0')
            {
                Mark::Either(mark)
            } else {
                Mark::Decimal(mark)
            }
        }
    }
}

/// Exact hundredths, and whether decimals were rounded away.
fn hundredths_of(digits: &str, decimal: Option<char>) -> Result<(i64, bool), Sentence> {
    let (whole, decimals) = match decimal.and_then(|mark| digits.rsplit_once(mark)) {
        Some((whole, decimals)) => (whole, decimals),
        None => (digits, ""),
    };
    let whole = without_thousands(whole)?;
    if whole.is_empty() && decimals.is_empty() {
        return Err(sentence!("cell-no-digits", "there are no digits in it"));
    }
    if !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(no_number());
    }
    let digit = |at: usize| decimals.as_bytes().get(at).map_or(0, |b| i64::from(b - b'0'));
    let mut value: i64 = 0;
    for d in whole.bytes().map(|b| i64::from(b - b'0')).chain([digit(0), digit(1)]) {
        value = value.checked_mul(10).and_then(|v| v.checked_add(d)).ok_or_else(too_large)?;
    }
    let up = i64::from(digit(2) >= 5);
    // A computed number such as 0.30000000000000004 or 0.56999999999 is its hundredths exactly, to any reader.
    let beyond: Vec<u8> = decimals.bytes().skip(2).take(5).collect();
    let rounded =
        beyond.iter().any(|b| *b != b'0') && !(beyond.len() == 5 && beyond.iter().all(|b| *b == b'9'));
    Ok((value.checked_add(up).ok_or_else(too_large)?, rounded))
}

/// The whole digits without separators of thousands, which must stand in groups of three.
fn without_thousands(whole: &str) -> Result<String, Sentence> {
    let Some(mark) = whole.chars().find(|c| matches!(c, '.' | ',')) else {
        return Ok(whole.to_owned());
    };
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    // 12,34,567 (lakh) is written in the region too: groups of two are taken before a last group of three.
    let groups: Vec<&str> = groups.collect();
    let all = |length: usize, of: &[&str]| of.iter().all(|group| group.len() == length);
    let (last, inner) = groups.split_last().ok_or_else(no_number)?;
    let well_formed = (1..=3).contains(&first.len()) && last.len() == 3 && (all(3, inner) || all(2, inner));
    if well_formed {
        Ok(format!("{first}{}", groups.concat()))
    } else {
        Err(sentence!("cell-groups", "its separators are not in groups of three"))
    }
}

fn cannot_tell(text: &str) -> Amount {
    Amount::Unreadable {
        sentence: sentence!(
            "cell-two-ways",
            "{text} can be read in two ways: the mark may part thousands or decimals",
            text = format!("{text:?}"),
        ),
        mend: sentence!(
            "cell-mend-two-ways",
            "write the figure without separators of thousands and with a dot and two decimals",
        ),
    }
}

fn unreadable(text: &str, why: Sentence) -> Amount {
    let mend = match text {
        "NA" => sentence!(
            "cell-mend-na",
            "NA is the code of Namibia and never read as missing; write n/a, or the figure",
        ),
        _ => sentence!(
            "cell-mend-figure",
            "write the figure as digits with a dot and two decimals, for example 1250.00",
        ),
    };
    let text = format!("{text:?}");
    Amount::Unreadable {
        sentence: sentence!("cell-unreadable", "{text} cannot be read: {why}", text = text, why = why),
        mend,
    }
}

fn no_number() -> Sentence {
    sentence!("cell-no-number", "it is not a number")
}

fn too_large() -> Sentence {
    sentence!("cell-too-large", "the number is too large")
}
