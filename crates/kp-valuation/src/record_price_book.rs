//! Record a price book: a version with its day, its hash, and for each class and size the US$ per carat between which a
//! value needs no second look.
//!
//! Closes part of L15: a value outside the band is shown as a warning; it is never refused for that, because a rare stone
//! is rare. Appends `price_book_recorded`. The book itself stays with the office; its SHA-256 says which it was.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{Date, ParticipantCode, Refuse, UsdCents};

use crate::{Band, queries, queries::PriceBook, rules::blind::unhex};

const RECORD_PRICE_BOOK: Sql = sql!("record_price_book");
const RECORD_BAND: Sql = sql!("record_band");

/// Most characters of a version. Ours.
const LONGEST_VERSION: usize = 24;

kp_terms::form! {
    /// A price book is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct PriceBookRecorded {
        /// Whose book.
        participant: ParticipantCode, "XA";
        /// Its version.
        version: String, "2026-01";
        /// First day on which it is used.
        effective_from: Date, "2026-01-01";
        /// SHA-256 of the book, 64 hexadecimal digits.
        sha256: String, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        /// Class, size where there is one, lowest and highest US$ per carat.
        bands: Vec<Band>, "7102.31 large 100.00 900.00";
    }
}

impl Statement for PriceBookRecorded {
    const KIND: &'static str = "price_book_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

kp_terms::refusals! {
    /// Why a price book is not recorded.
    pub enum Refusal {
        /// Not a version.
        NotAVersion { version: String } = "not_a_version", "{version:?} is not a version; give letters, digits, - or . and at most 24 of them", "L15: price books have versions";
        /// It is in use.
        VersionTaken { version: String } = "version_taken", "price book {version} exists already; a changed book is a new version", "L15: price books have versions";
        /// Not a hash.
        NotAHash = "not_a_book_hash", "a price book is named by its SHA-256, 64 hexadecimal digits in small letters", "L15: which book it was";
        /// Empty.
        NoBands = "no_bands", "a price book has bands; give class, size where there is one, lowest and highest US$ per carat", "L15";
        /// Upside down.
        NotABand { sort: String } = "not_a_band", "the band of {sort} must begin above US$ 0.00 and not end below where it begins", "L15";
        /// Twice.
        BandTwice { sort: String } = "band_twice", "{sort} has two bands; give it once", "L15";
    }
}

struct Facts {
    officer: Officer,
    books: Vec<PriceBook>,
}

/// Records a price book.
///
/// # Errors
/// Refuses where version, hash or bands do not serve.
pub fn record_price_book(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &PriceBookRecorded,
) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        books: queries::price_books_of_participant(tx, request.participant)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &PriceBookRecorded) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Administrator, request.participant)?;
    let version = request.version.clone();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if version.len() > LONGEST_VERSION || !version.chars().all(plain) {
        return Err(Refusal::NotAVersion { version }.into());
    }
    if facts.books.iter().any(|book| book.version == version) {
        return Err(Refusal::VersionTaken { version }.into());
    }
    if unhex(&request.sha256).is_none_or(|bytes| bytes.len() != 32) {
        return Err(Refusal::NotAHash.into());
    }
    if request.bands.is_empty() {
        return Err(Refusal::NoBands.into());
    }
    for (index, band) in request.bands.iter().enumerate() {
        let sort = band.sort.to_string();
        if band.low <= UsdCents::ZERO || band.high < band.low {
            return Err(Refusal::NotABand { sort }.into());
        }
        if request.bands.iter().take(index).any(|other| other.sort == band.sort) {
            return Err(Refusal::BandTwice { sort }.into());
        }
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PriceBookRecorded = entry.body()?;
    tx.execute(
        RECORD_PRICE_BOOK,
        &[
            body.participant.as_str().into(),
            (&body.version).into(),
            (&body.effective_from.to_string()).into(),
            (&body.sha256).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    for band in &body.bands {
        tx.execute(
            RECORD_BAND,
            &[
                body.participant.as_str().into(),
                (&body.version).into(),
                (&band.sort.to_string()).into(),
                band.low.cents().into(),
                band.high.cents().into(),
            ],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, PriceBook, PriceBookRecorded, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let book = PriceBook {
            version: "2026-01".into(),
            effective_from: day("2026-01-01"),
            sha256: "0a".repeat(32),
            bands: Vec::new(),
        };
        let facts = Facts { officer: officer("XB", Role::Administrator), books: vec![book] };
        let request = PriceBookRecorded {
            participant: code("XA"),
            version: "2026 01".into(),
            effective_from: day("2026-01-01"),
            sha256: "0A".repeat(32),
            bands: Vec::new(),
        };
        let bands = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<_>>();
        let mut world = (facts, request);
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Valuer)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Administrator)),
                ("not_a_version", |w| w.1.version = "2026-01".into()),
                ("version_taken", |w| w.0.books.clear()),
                ("not_a_book_hash", |w| w.1.sha256 = "0a".repeat(32)),
                ("no_bands", |w| w.1.bands = vec!["7102.31 9.00 8.00".parse().unwrap()]),
                ("not_a_band", |w| {
                    w.1.bands =
                        vec!["7102.31 8.00 9.00".parse().unwrap(), "7102.31 1.00 2.00".parse().unwrap()];
                }),
                ("band_twice", |w| w.1.bands[1] = "7102.31 small 1.00 2.00".parse().unwrap()),
            ],
        );
        world.1.bands = bands(&["7102.31 0.00 9.00"]);
        assert_eq!(keyed(decide(&world.0, &world.1)).unwrap_err(), "not_a_band");
    }
}
