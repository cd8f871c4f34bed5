//! Where every blank is: pieces of consecutive numbers, each in one place with one custodian.
//!
//! Scheme: EU2368 Annex IV (the printer numbers, and keeps the database), domain 4.1. Closes: L23. The table of moves is
//! in [`crate::rules::blank_moves`]. Pieces split when a part moves and merge when neighbours are alike, so that a box of
//! ten thousand is one row. Never says who is at fault for a blank that is missing.

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_log::Entry;
use kp_terms::{CertificateNumber, ParticipantCode, ReadError, Sentence, sentence};

use crate::{NumberRange, problems, rules::blank_moves::BlankMove};

const BLANKS_OF_PARTICIPANT: Sql = sql!("blanks_of_participant");
const BLANKS_TOUCHING: Sql = sql!("blanks_touching");
const REMOVE_BLANKS: Sql = sql!("remove_blanks");
const RECORD_BLANKS: Sql = sql!("record_blanks");

/// Where blank paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlankPlace {
    /// With the printer.
    Printed,
    /// In the store that received it.
    Delivered,
    /// On its way from one custodian to another, who has not signed for it yet.
    HandedOver,
    /// With the custodian who may draft on it.
    Held,
    /// A certificate was drafted on it.
    Used,
    /// Unusable, still there.
    Spoiled,
    /// Reported lost.
    Lost,
    /// Reported stolen.
    Stolen,
    /// One person has begun its destruction; a second one has not witnessed it yet.
    Condemned,
    /// Destroyed before two persons.
    Destroyed,
}

impl BlankPlace {
    /// All places.
    pub const ALL: [Self; 10] = [
        Self::Printed,
        Self::Delivered,
        Self::HandedOver,
        Self::Held,
        Self::Used,
        Self::Spoiled,
        Self::Lost,
        Self::Stolen,
        Self::Condemned,
        Self::Destroyed,
    ];

    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Delivered => "delivered",
            Self::HandedOver => "handed_over",
            Self::Held => "held",
            Self::Used => "used",
            Self::Spoiled => "spoiled",
            Self::Lost => "lost",
            Self::Stolen => "stolen",
            Self::Condemned => "condemned",
            Self::Destroyed => "destroyed",
        }
    }

    /// Whether a custodian must be able to show the sheet when it is counted.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Delivered | Self::Held | Self::Spoiled | Self::Condemned)
    }

    /// Whether nobody may ever use the number any more because nobody knows where the paper is.
    pub const fn is_missing(self) -> bool {
        matches!(self, Self::Lost | Self::Stolen)
    }
}

impl std::fmt::Display for BlankPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.word().replace('_', " "))
    }
}

impl std::str::FromStr for BlankPlace {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let found = Self::ALL.into_iter().find(|place| place.word() == text);
        found.ok_or_else(|| ReadError::new(format!("{text:?} is not a place of blank paper")))
    }
}

/// Consecutive blanks that are in the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankPiece {
    /// First serial.
    pub first: u64,
    /// Last serial.
    pub last: u64,
    /// Where they are.
    pub place: BlankPlace,
    /// `printer`, `capital`, or an office's label.
    pub custodian: String,
    /// Who handed over or condemned them; else empty.
    pub officer: String,
    /// Version of the printed form.
    pub form_version: String,
}

impl BlankPiece {
    fn is_like(&self, other: &Self) -> bool {
        let of = |p: &Self| (p.place, p.custodian.clone(), p.officer.clone(), p.form_version.clone());
        of(self) == of(other)
    }

    fn cut(&self, first: u64, last: u64) -> Option<Self> {
        let (first, last) = (self.first.max(first), self.last.min(last));
        (first <= last).then(|| Self { first, last, ..self.clone() })
    }
}

/// The pieces after those from `first` to `last` were changed; what lies outside stays as it is. Sorted, neighbours that
/// are alike merged.
pub(crate) fn moved(
    pieces: &[BlankPiece],
    (first, last): (u64, u64),
    change: impl Fn(BlankPiece) -> BlankPiece,
) -> Vec<BlankPiece> {
    let mut after: Vec<BlankPiece> = Vec::new();
    for piece in pieces {
        after.extend(first.checked_sub(1).and_then(|end| piece.cut(0, end)));
        after.extend(piece.cut(first, last).map(&change));
        after.extend(last.checked_add(1).and_then(|begin| piece.cut(begin, u64::MAX)));
    }
    after.sort_by_key(|piece| piece.first);
    after.dedup_by(|next, piece| {
        let joins = piece.last.checked_add(1) == Some(next.first) && piece.is_like(next);
        if joins {
            piece.last = next.last;
        }
        joins
    });
    after
}

/// The first number of a span that is in no piece, or in one that does not serve, with that piece.
pub(crate) fn first_unfit(
    pieces: &[BlankPiece],
    (first, last): (u64, u64),
    serves: impl Fn(&BlankPiece) -> bool,
) -> Option<(u64, Option<&BlankPiece>)> {
    let mut next = first;
    for piece in pieces.iter().filter(|piece| piece.last >= first && piece.first <= last) {
        if piece.first > next {
            return Some((next, None));
        }
        if !serves(piece) {
            return Some((next, Some(piece)));
        }
        next = piece.last + 1;
    }
    (next <= last).then_some((next, None))
}

/// All blanks of a participant, by number.
///
/// # Errors
/// Where the database fails.
pub fn blanks_of_participant(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<BlankPiece>> {
    tx.rows(BLANKS_OF_PARTICIPANT, &[code.as_str().into()], piece)
}

/// The piece that a number lies in, where its paper is known.
///
/// # Errors
/// Where the database fails.
pub fn blank_of_number(tx: &mut Tx<'_>, number: &CertificateNumber) -> Result<Option<BlankPiece>> {
    let touching = touching(tx, number.prefix(), (number.serial(), number.serial()))?;
    Ok(touching.into_iter().find(|piece| piece.first <= number.serial() && number.serial() <= piece.last))
}

/// Numbers of a participant whose blanks were reported lost or stolen, and which of the two: what the published lists
/// say, so that a paper with such a number is red wherever it is shown.
///
/// # Errors
/// Where the database fails.
pub fn numbers_missing(tx: &mut Tx<'_>, code: ParticipantCode) -> Result<Vec<(NumberRange, BlankPlace)>> {
    let pieces = blanks_of_participant(tx, code)?;
    let missing = pieces.iter().filter(|piece| piece.place.is_missing());
    Ok(missing
        .filter_map(|piece| Some((NumberRange::of_serials(code, piece.first, piece.last)?, piece.place)))
        .collect())
}

/// Pieces that overlap a span or lie beside it.
pub(crate) fn touching(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    (first, last): (u64, u64),
) -> Result<Vec<BlankPiece>> {
    let (from, to) = (i64::try_from(first.saturating_sub(1))?, i64::try_from(last.saturating_add(1))?);
    tx.rows(BLANKS_TOUCHING, &[code.as_str().into(), from.into(), to.into()], piece)
}

pub(crate) fn piece(row: &kp_db::Row<'_>) -> Result<BlankPiece> {
    Ok(BlankPiece {
        first: u64::try_from(row.get::<i64>(0)?)?,
        last: u64::try_from(row.get::<i64>(1)?)?,
        place: row.word(2)?,
        custodian: row.get(3)?,
        officer: row.get(4)?,
        form_version: row.get(5)?,
    })
}

/// Makes a move that an entry states, with every number that can make it; where one cannot, that is recorded as a problem.
/// A box of which a part was stolen on the way is accepted as far as it came, whatever the receiver has signed for.
pub(crate) fn apply_move(
    tx: &mut Tx<'_>,
    entry: &Entry,
    code: ParticipantCode,
    numbers: &NumberRange,
    step: &BlankMove,
) -> Result<()> {
    let pieces = touching(tx, code, numbers.serials())?;
    if let Some((serial, there)) = first_unfit(&pieces, numbers.serials(), |piece| step.allows(piece)) {
        let number = CertificateNumber::new(numbers.first().prefix(), serial);
        let is = there.map_or_else(not_in_stock, in_words);
        let sentence = sentence!(
            "misfit-blanks-moved",
            "blanks {numbers} were to be {aim}, but {number} is {is}",
            numbers = numbers,
            aim = step.aim(),
            number = number,
            is = is,
        );
        problems::record(tx, entry, &numbers.to_string(), &sentence)?;
    }
    let move_if_it_can = |piece: BlankPiece| if step.allows(&piece) { step.leads_from(piece) } else { piece };
    let after = moved(&pieces, numbers.serials(), move_if_it_can);
    replace(tx, code, &pieces, &after)
}

/// Puts new pieces into the stock.
pub(crate) fn put_in(tx: &mut Tx<'_>, code: ParticipantCode, new: BlankPiece) -> Result<()> {
    let pieces = touching(tx, code, (new.first, new.last))?;
    let mut all = pieces.clone();
    let whole = (new.first, new.last);
    all.push(new);
    all.sort_by_key(|piece| piece.first);
    let after = moved(&all, whole, |piece| piece);
    replace(tx, code, &pieces, &after)
}

fn replace(
    tx: &mut Tx<'_>,
    code: ParticipantCode,
    before: &[BlankPiece],
    after: &[BlankPiece],
) -> Result<()> {
    for piece in before {
        tx.execute(REMOVE_BLANKS, &[code.as_str().into(), i64::try_from(piece.first)?.into()])?;
    }
    for piece in after {
        tx.execute(
            RECORD_BLANKS,
            &[
                code.as_str().into(),
                i64::try_from(piece.first)?.into(),
                i64::try_from(piece.last).context("a serial has at most eight digits")?.into(),
                piece.place.word().into(),
                (&piece.custodian).into(),
                (&piece.officer).into(),
                (&piece.form_version).into(),
            ],
        )?;
    }
    Ok(())
}

pub(crate) fn not_in_stock() -> Sentence {
    sentence!("blank-not-in-stock", "not in the stock")
}

/// `held by north`.
pub(crate) fn in_words(piece: &BlankPiece) -> Sentence {
    let by = &piece.custodian;
    match piece.place {
        BlankPlace::Printed => sentence!("blank-with-printer", "with the printer"),
        BlankPlace::HandedOver => sentence!("blank-handed-over", "handed over to {by}", by = by),
        BlankPlace::Held => sentence!("blank-held", "held by {by}", by = by),
        BlankPlace::Used => sentence!("blank-used", "used"),
        place => sentence!("blank-elsewhere", "{place} ({by})", place = place, by = by),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BlankPiece, BlankPlace, first_unfit, moved};

    fn piece(first: u64, last: u64, place: BlankPlace) -> BlankPiece {
        let text = String::new;
        BlankPiece { first, last, place, custodian: text(), officer: text(), form_version: text() }
    }

    proptest! {
        /// Every number of the stock has exactly one place, whatever was moved where; the pieces are as few as can be.
        #[test]
        fn every_number_has_exactly_one_place(
            steps in prop::collection::vec((1u64..200, 0u64..60, 0usize..10), 0..40)
        ) {
            let mut pieces = vec![piece(1, 200, BlankPlace::Printed)];
            let mut model = [BlankPlace::Printed; 201];
            for (first, length, place) in steps {
                let (last, place) = ((first + length).min(200), BlankPlace::ALL[place]);
                pieces = moved(&pieces, (first, last), |piece| BlankPiece { place, ..piece });
                for number in first..=last { model[usize::try_from(number).unwrap()] = place; }
                for number in 1..=200u64 {
                    let found: Vec<_> = pieces.iter().filter(|p| p.first <= number && number <= p.last).collect();
                    prop_assert_eq!(found.len(), 1);
                    prop_assert_eq!(found[0].place, model[usize::try_from(number).unwrap()]);
                }
                prop_assert!(pieces.windows(2).all(|two| two[0].last + 1 == two[1].first && two[0].place != two[1].place));
            }
        }
    }

    #[test]
    fn a_hole_and_a_wrong_place_are_named_by_their_first_number() {
        let pieces =
            [piece(1, 5, BlankPlace::Held), piece(6, 9, BlankPlace::Used), piece(12, 20, BlankPlace::Held)];
        let held = |piece: &BlankPiece| piece.place == BlankPlace::Held;
        let unfit = |span| first_unfit(&pieces, span, held).map(|(number, piece)| (number, piece.is_some()));
        assert_eq!(unfit((1, 5)), None);
        assert_eq!(unfit((3, 9)), Some((6, true)));
        assert_eq!(unfit((12, 21)), Some((21, false)));
        assert_eq!(first_unfit(&pieces, (8, 12), |_| true).map(|(n, _)| n), Some(10));
    }
}
