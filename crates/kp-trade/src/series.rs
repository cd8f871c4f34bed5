//! Which number a draft may take at this desk: ranges allotted to offices, and blank paper that is held there.
//!
//! Scheme: Annex I.A (unique number). Closes: L22 (no two desks can give the same number, with a network or without: S-16)
//! and L23 (where the national rule `blank-stock` is yes, only paper that the desk holds). An office takes numbers from the
//! ranges allotted to it and from nowhere else; the capital takes all but those. A range that was withdrawn stays away
//! from everybody until the office has read the withdrawal. Every act that gives a number asks [`number_for`].

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{CAPITAL, Desk, Failure, OfficeName};
use kp_registry::NationalRule;
use kp_terms::{CertificateNumber, Date, ParticipantCode, Refuse, Sentence};

use crate::{BlankPiece, BlankPlace, blank_stock, number_range::HIGHEST_SERIAL};

const RANGES_OF_PARTICIPANT: Sql = sql!("ranges_of_participant");
const HIGHEST_USED_WITHIN: Sql = sql!("highest_used_within");

kp_terms::refusals! {
    /// Why a number does not serve at this desk.
    pub enum Refusal {
        /// The number is too long.
        NumberTooLong { number: CertificateNumber } = "number_too_long", "number {number} has more than 8 digits; give the number that stands on the paper", "EU2368 Annex IV: 8 digits are the most that any scheme prints; limit ours";
        /// An office has its own numbers.
        OutsideRange { number: CertificateNumber, office: OfficeName } = "number_outside_range", "{number} is in no range allotted to office {office}; it drafts only numbers that the capital has allotted to it", "one number, one desk (L22, S-16)";
        /// The capital leaves an office's numbers alone.
        AllottedAway { number: CertificateNumber, office: String } = "number_allotted_away", "{number} is in a range allotted to {office}; the numbers of a range are given there alone, also while nobody can ask", "one number, one desk (L22, S-16)";
        /// The paper is missing.
        BlankMissing { number: CertificateNumber, place: BlankPlace } = "blank_missing", "the blank {number} was reported {place}; no certificate is made with this number", "domain 4.1: a lost or stolen blank is never used (L23)";
        /// The paper is elsewhere.
        BlankNotHeld { number: CertificateNumber, here: String, is: Sentence } = "blank_not_held", "{here} does not hold the blank {number}: it is {is}", "national rule blank-stock: certificates are written on paper that is held (L23)";
        /// Nothing is left.
        NoNumberLeft { here: String } = "no_number_left", "{here} has no number left to give; the capital allots a range (and hands over blanks, where the law asks for them), and its file brings them", "one number, one desk (L22, S-16)";
    }
}

/// A range of numbers allotted to an office or a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Label of the office or device.
    pub office: String,
    /// First serial.
    pub first: u64,
    /// Last serial.
    pub last: u64,
    /// Since when.
    pub allotted_on: Date,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// The day on which the office said that it had read the withdrawal.
    pub returned_on: Option<Date>,
}

impl Range {
    fn holds(&self, serial: u64) -> bool {
        self.first <= serial && serial <= self.last
    }

    /// Whether the capital must leave these numbers alone.
    pub(crate) fn is_away(&self) -> bool {
        self.returned_on.is_none()
    }
}

/// All ranges of a participant, by first number.
///
/// # Errors
/// Where the database fails.
pub fn ranges_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<Range>> {
    tx.rows(RANGES_OF_PARTICIPANT, &[code.as_str().into()], |row| {
        Ok(Range {
            office: row.get(0)?,
            first: u64::try_from(row.get::<i64>(1)?)?,
            last: u64::try_from(row.get::<i64>(2)?)?,
            allotted_on: row.word(3)?,
            withdrawn_on: row.optional_word(4)?,
            returned_on: row.optional_word(5)?,
        })
    })
}

/// What a desk may give numbers from.
pub(crate) struct Series {
    pub(crate) code: ParticipantCode,
    pub(crate) office: Option<OfficeName>,
    pub(crate) ranges: Vec<Range>,
    /// All blanks of the participant, where the law asks for them.
    pub(crate) held: Option<Vec<BlankPiece>>,
}

/// The custodian at whose desk we are: the office's label, or `capital`.
pub(crate) fn custodian_at(desk: &Desk<'_>) -> String {
    desk.node.office().map_or_else(|| CAPITAL.to_owned(), |office| office.label().to_owned())
}

impl Series {
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        code: ParticipantCode,
        office: Option<OfficeName>,
        today: Date,
    ) -> Result<Self> {
        let rule = kp_registry::national_rule_on(tx, code, NationalRule::BlankStock, today)?;
        Ok(Self {
            code,
            office,
            ranges: ranges_of_participant(tx, code)?,
            held: if rule == "yes" { Some(blank_stock::blanks_of_participant(tx, code)?) } else { None },
        })
    }

    fn here(&self) -> String {
        self.office.as_ref().map_or_else(|| CAPITAL.to_owned(), |office| office.label().to_owned())
    }

    /// The number that was typed or is next, where there is one.
    pub(crate) fn given<'n>(
        &self,
        number: Option<&'n CertificateNumber>,
    ) -> Result<&'n CertificateNumber, Box<dyn Refuse>> {
        number.ok_or_else(|| Refusal::NoNumberLeft { here: self.here() }.into())
    }

    /// Whether a number may be given at this desk; `blank` is the piece in which its paper lies.
    pub(crate) fn check(
        &self,
        number: &CertificateNumber,
        blank: Option<&BlankPiece>,
    ) -> Result<(), Box<dyn Refuse>> {
        let (number, serial) = (number.clone(), number.serial());
        if serial > HIGHEST_SERIAL {
            return Err(Refusal::NumberTooLong { number }.into());
        }
        match &self.office {
            Some(office) if !self.spans().iter().any(|(first, last)| *first <= serial && serial <= *last) => {
                return Err(Refusal::OutsideRange { number, office: office.clone() }.into());
            }
            Some(_) => {}
            None => {
                if let Some(range) = self.ranges.iter().find(|range| range.is_away() && range.holds(serial)) {
                    return Err(Refusal::AllottedAway { number, office: range.office.clone() }.into());
                }
            }
        }
        if let Some(piece) = blank.filter(|piece| piece.place.is_missing()) {
            return Err(Refusal::BlankMissing { number, place: piece.place }.into());
        }
        let here = self.here();
        let held = |piece: &&BlankPiece| piece.place == BlankPlace::Held && piece.custodian == here;
        if self.held.is_some() && blank.filter(held).is_none() {
            let is = blank.map_or_else(blank_stock::not_in_stock, blank_stock::in_words);
            return Err(Refusal::BlankNotHeld { number, here, is }.into());
        }
        Ok(())
    }

    /// The serials that this desk gives, in order: its own ranges, or at the capital all that is in nobody's.
    fn spans(&self) -> Vec<(u64, u64)> {
        if let Some(office) = &self.office {
            let own = self.ranges.iter().filter(|r| r.office == office.label() && r.withdrawn_on.is_none());
            return own.map(|range| (range.first, range.last)).collect();
        }
        let (mut spans, mut next) = (Vec::new(), 1);
        for range in self.ranges.iter().filter(|range| range.is_away()) {
            if range.first > next {
                spans.push((next, range.first - 1));
            }
            next = next.max(range.last + 1);
        }
        spans.push((next, HIGHEST_SERIAL));
        spans.retain(|(first, last)| first <= last);
        spans
    }

    /// The next number: the lowest blank held here, or the one after the last that was drafted of the first span that
    /// is not used up.
    pub(crate) fn next(&self, tx: &mut Tx<'_>) -> Result<Option<CertificateNumber>> {
        let here = self.here();
        for (first, last) in self.spans() {
            let serial = match &self.held {
                Some(pieces) => pieces
                    .iter()
                    .filter(|piece| piece.place == BlankPlace::Held && piece.custodian == here)
                    .map(|piece| (piece.first.max(first), piece.last.min(last)))
                    .find(|(first, last)| first <= last)
                    .map(|(first, _)| first),
                None => match highest_used(tx, self.code, first, last)? {
                    Some(used) if used >= last => None,
                    used => Some(used.map_or(first, |used| used + 1)),
                },
            };
            if let Some(serial) = serial {
                return Ok(Some(CertificateNumber::new(self.code, serial)));
            }
        }
        Ok(None)
    }
}

/// The highest serial between two that was ever drafted.
pub(crate) fn highest_used(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    first: u64,
    last: u64,
) -> Result<Option<u64>> {
    let span = [code.as_str().into(), i64::try_from(first)?.into(), i64::try_from(last)?.into()];
    let highest = tx.optional(HIGHEST_USED_WITHIN, &span, |row| row.get::<i64>(0))?;
    Ok(highest.map(u64::try_from).transpose()?)
}

/// The number that an act gives at this desk: the one that was typed, where it serves here, or the next. Whether it was
/// used before is asked by the act.
///
/// # Errors
/// Refuses a number of another desk, one whose blank is missing or not held here, and where none is left.
pub fn number_for(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    code: ParticipantCode,
    typed: Option<&CertificateNumber>,
) -> Result<CertificateNumber, Failure> {
    let series = Series::load(tx, code, desk.node.office(), desk.today())?;
    let next = if typed.is_some() { None } else { series.next(tx)? };
    let number = series.given(typed.or(next.as_ref()))?;
    let blank = blank_stock::blank_of_number(tx, number)?;
    series.check(number, blank.as_ref())?;
    Ok(number.clone())
}

#[cfg(test)]
mod tests {
    use super::{Range, Series};
    use crate::{BlankPiece, BlankPlace, testing::*};

    fn range(office: &str, first: u64, last: u64) -> Range {
        let (allotted_on, office) = (day("2026-01-01"), office.to_owned());
        Range { office, first, last, allotted_on, withdrawn_on: None, returned_on: None }
    }

    fn at(office: Option<&str>, ranges: Vec<Range>) -> Series {
        let office = office.map(|office| office.parse().unwrap());
        Series { code: code("XA"), office, ranges, held: None }
    }

    fn said(series: &Series, text: &str, blank: Option<&BlankPiece>) -> Result<(), String> {
        keyed(series.check(&number(text), blank))
    }

    #[test]
    fn an_office_gives_its_own_numbers_and_the_capital_all_others() {
        let ranges = || {
            let mut withdrawn = range("port", 301, 400);
            withdrawn.withdrawn_on = Some(day("2026-02-01"));
            let mut back = range("port", 401, 500);
            back.withdrawn_on = Some(day("2026-02-01"));
            back.returned_on = Some(day("2026-02-09"));
            vec![range("north", 101, 200), range("south", 201, 300), withdrawn, back]
        };
        let (capital, north) = (at(None, ranges()), at(Some("XA.north"), ranges()));
        let port = at(Some("XA.port"), ranges());
        let away = Err("number_allotted_away".to_owned());
        let outside = Err("number_outside_range".to_owned());
        for (number, at_capital, at_north) in [
            ("XA-100", Ok(()), outside.clone()),
            ("XA-101", away.clone(), Ok(())),
            ("XA-200", away.clone(), Ok(())),
            ("XA-201", away.clone(), outside.clone()),
            ("XA-301", away.clone(), outside.clone()),
            ("XA-401", Ok(()), outside.clone()),
        ] {
            assert_eq!(said(&capital, number, None), at_capital, "{number} at the capital");
            assert_eq!(said(&north, number, None), at_north, "{number} at north");
            assert_eq!(said(&port, number, None), outside, "{number} at port, whose ranges were withdrawn");
        }
        assert_eq!(said(&capital, "XA-100000000", None), Err("number_too_long".into()));
        assert_eq!(capital.spans(), [(1, 100), (401, 99_999_999)]);
    }

    #[test]
    fn where_the_law_asks_for_blanks_only_what_is_held_here_serves() {
        let piece = |place, custodian: &str| BlankPiece {
            first: 1,
            last: 9,
            place,
            custodian: custodian.into(),
            officer: String::new(),
            form_version: "2".into(),
        };
        let mut capital = at(None, Vec::new());
        let stolen = piece(BlankPlace::Stolen, "north");
        assert_eq!(
            said(&capital, "XA-1", Some(&stolen)),
            Err("blank_missing".into()),
            "whatever the law asks"
        );
        assert_eq!(said(&capital, "XA-1", None), Ok(()));
        capital.held = Some(Vec::new());
        assert_eq!(said(&capital, "XA-1", Some(&stolen)), Err("blank_missing".into()));
        assert_eq!(said(&capital, "XA-1", Some(&piece(BlankPlace::Held, "capital"))), Ok(()));
        for elsewhere in
            [None, Some(piece(BlankPlace::Held, "north")), Some(piece(BlankPlace::Delivered, "capital"))]
        {
            assert_eq!(
                said(&capital, "XA-1", elsewhere.as_ref()),
                Err("blank_not_held".into()),
                "{elsewhere:?}"
            );
        }
    }
}
