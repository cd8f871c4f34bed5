//! Where stones of a parcel come from: a find, a first sale, or an import under a certificate.
//!
//! Scheme: domain 7 (licence, site, find, purchase slip), CD Section I (origin is where they left the ground). Written in
//! words, so that a clerk can type it and a court can read it:
//!
//! ```text
//! find XA-ART-12 zone XA/north-river found 2026-01-10 carats 12.00
//! purchase SLIP-778 zone XA/north-river found 2026-01-10 bought 2026-01-15 carats 12.00
//! import XB-000004 origin XC imported 2026-01-20 carats 300.00
//! ```
//!
//! Where a land has no zones, `origin XA` stands in place of the zone. `mine sample-pit-2` names the mine and
//! `stock stockpile-2025` the sort of stock, in one word with hyphens, for decisions that let goods of some mines or of some
//! stock go (L25). `audit XA-AUD-1` names the audit that cleared it.

use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, ReadError, Zone};

/// What kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// Stones recorded as mined, under a mining licence.
    Find,
    /// First sale: a numbered slip.
    Purchase,
    /// Came in under a certificate.
    Import,
}

impl SourceKind {
    /// The word in statements and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Purchase => "purchase",
            Self::Import => "import",
        }
    }
}

impl std::str::FromStr for SourceKind {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        [Self::Find, Self::Purchase, Self::Import].into_iter().find(|kind| kind.word() == text).ok_or_else(
            || ReadError::new(format!("{text:?} is not a kind of source; write find, purchase or import")),
        )
    }
}

/// Where it was mined: the zone, where the land has zones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A zone of a participant.
    Zone(Zone),
    /// A participant without zones, or one whose zone is not known here.
    Land(ParticipantCode),
}

/// One source of stones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// What kind.
    pub kind: SourceKind,
    /// Mining licence, slip number or certificate number.
    pub paper: String,
    /// Where the stones left the ground.
    pub ground: Ground,
    /// The mine, by name, where one is named.
    pub mine: Option<String>,
    /// The sort of stock, in the words of the decision that speaks of it.
    pub stock: Option<String>,
    /// Day of the find.
    pub found_on: Option<Date>,
    /// Day of the first sale.
    pub bought_on: Option<Date>,
    /// Day of the import.
    pub imported_on: Option<Date>,
    /// Carats from it.
    pub carats: Carats,
    /// The audit that cleared stones which a measure would keep back.
    pub audit: Option<String>,
}

impl Source {
    /// The country where the stones were mined.
    pub fn origin(&self) -> ParticipantCode {
        match &self.ground {
            Ground::Zone(zone) => zone.participant(),
            Ground::Land(code) => *code,
        }
    }

    /// The zone, where one is named.
    pub fn zone(&self) -> Option<&Zone> {
        match &self.ground {
            Ground::Zone(zone) => Some(zone),
            Ground::Land(_) => None,
        }
    }

    /// The certificate of an import.
    pub fn certificate(&self) -> Option<CertificateNumber> {
        if self.kind == SourceKind::Import { self.paper.parse().ok() } else { None }
    }

    /// The days that a measure is tested for, oldest first.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        [self.found_on, self.bought_on, self.imported_on].into_iter().flatten()
    }

    /// Which days a kind must have.
    fn is_whole(&self) -> Result<(), ReadError> {
        let has = (self.found_on.is_some(), self.bought_on.is_some(), self.imported_on.is_some());
        let needed = match self.kind {
            SourceKind::Find if has != (true, false, false) => {
                "a find has one day: found 2026-01-10, and no other"
            }
            SourceKind::Purchase if has != (true, true, false) => {
                "a purchase has two days: found 2026-01-10 bought 2026-01-15"
            }
            SourceKind::Import if has != (false, false, true) => {
                "an import has one day: imported 2026-01-20, and no other"
            }
            SourceKind::Import if self.paper.parse::<CertificateNumber>().is_err() => {
                "an import names the number of its certificate, for example import XB-000004"
            }
            _ => return Ok(()),
        };
        Err(ReadError::new(needed))
    }
}

fn set<T>(place: &mut Option<T>, value: T, word: &str) -> Result<(), ReadError> {
    if place.replace(value).is_some() {
        return Err(ReadError::new(format!(
            "{word:?} stands twice in one source, or zone and origin both; give one"
        )));
    }
    Ok(())
}

fn day(text: &str) -> Result<Date, ReadError> {
    text.parse().map_err(|_| ReadError::new(format!("{text:?} is not a date; write it as 2026-02-03")))
}

/// What stands after kind and paper: every word with its value, in any order, each once.
#[derive(Default)]
struct Parts {
    ground: Option<Ground>,
    mine: Option<String>,
    stock: Option<String>,
    found_on: Option<Date>,
    bought_on: Option<Date>,
    imported_on: Option<Date>,
    carats: Option<Carats>,
    audit: Option<String>,
}

impl Parts {
    fn read(parts: &[&str]) -> Result<Self, ReadError> {
        let mut read = Self::default();
        for pair in parts.chunks(2) {
            let [word, value] = pair else {
                return Err(ReadError::new(format!("nothing follows {:?}", pair.concat())));
            };
            match *word {
                "zone" => set(&mut read.ground, Ground::Zone(value.parse()?), word)?,
                "origin" => set(&mut read.ground, Ground::Land(value.parse()?), word)?,
                "mine" => set(&mut read.mine, (*value).to_owned(), word)?,
                "stock" => set(&mut read.stock, (*value).to_owned(), word)?,
                "found" => set(&mut read.found_on, day(value)?, word)?,
                "bought" => set(&mut read.bought_on, day(value)?, word)?,
                "imported" => set(&mut read.imported_on, day(value)?, word)?,
                "carats" => set(&mut read.carats, value.parse()?, word)?,
                "audit" => set(&mut read.audit, (*value).to_owned(), word)?,
                other => {
                    return Err(ReadError::new(format!(
                        "{other:?} is not a part of a source; the parts are zone, origin, mine, stock, found, \
                         bought, imported, carats, audit"
                    )));
                }
            }
        }
        Ok(read)
    }
}

impl std::str::FromStr for Source {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [kind, paper, parts @ ..] = words.as_slice() else {
            return Err(ReadError::new(
                "a source has a kind and a paper; write for example \
                 find XA-ART-12 zone XA/north-river found 2026-01-10 carats 12.00",
            ));
        };
        let kind = kind.parse()?;
        let Parts { ground, mine, stock, found_on, bought_on, imported_on, carats, audit } =
            Parts::read(parts)?;
        let ground = ground.ok_or_else(|| {
            ReadError::new("a source names its zone, or its origin where there are no zones")
        })?;
        let carats = carats.ok_or_else(|| ReadError::new("a source says how many carats come from it"))?;
        let paper = (*paper).to_owned();
        let mut source =
            Self { kind, paper, ground, mine, stock, found_on, bought_on, imported_on, carats, audit };
        source.is_whole()?;
        if let Some(number) = source.certificate() {
            // One number, one spelling: what was drawn from it is added up by it.
            source.paper = number.to_string();
        }
        Ok(source)
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.paper)?;
        match &self.ground {
            Ground::Zone(zone) => write!(f, " zone {zone}")?,
            Ground::Land(code) => write!(f, " origin {code}")?,
        }
        for (word, name) in [("mine", &self.mine), ("stock", &self.stock)] {
            if let Some(name) = name {
                write!(f, " {word} {name}")?;
            }
        }
        let days = [("found", self.found_on), ("bought", self.bought_on), ("imported", self.imported_on)];
        for (word, day) in days {
            if let Some(day) = day {
                write!(f, " {word} {day}")?;
            }
        }
        write!(f, " carats {}", self.carats)?;
        match &self.audit {
            Some(audit) => write!(f, " audit {audit}"),
            None => Ok(()),
        }
    }
}

impl serde::Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Source {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

kp_terms::field_value! { Source => kp_terms::Kind::Text }

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn a_source_reads_and_writes_itself_back() {
        for (typed, written) in [
            (
                "find XA-ART-12 carats 12 found 2026-01-10 zone xa/North_River",
                "find XA-ART-12 zone XA/north-river found 2026-01-10 carats 12.00",
            ),
            (
                "purchase SLIP-778 origin XA found 2026-01-10 bought 2026-01-15 carats 1.5 audit XA-AUD-1",
                "purchase SLIP-778 origin XA found 2026-01-10 bought 2026-01-15 carats 1.50 audit XA-AUD-1",
            ),
            (
                "find L1 carats 2 stock Stockpile-2025 mine Sample-Pit-2 zone XA/a found 2026-01-10",
                "find L1 zone XA/a mine Sample-Pit-2 stock Stockpile-2025 found 2026-01-10 carats 2.00",
            ),
            (
                "import xb.4 origin XC imported 2026-01-20 carats 300",
                "import XB-000004 origin XC imported 2026-01-20 carats 300.00",
            ),
        ] {
            let source: Source = typed.parse().unwrap();
            assert_eq!(source.to_string(), written);
            assert_eq!(written.parse::<Source>().unwrap(), source);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        for (typed, part) in [
            ("find", "a kind and a paper"),
            ("loan X origin XA carats 1.00", "find, purchase or import"),
            ("find L1 found 2026-01-10 carats 1.00", "names its zone"),
            ("find L1 origin XA zone XA/a found 2026-01-10 carats 1.00", "zone and origin both"),
            ("find L1 origin XA carats 1.00", "found 2026-01-10"),
            ("find L1 origin XA found 2026-01-10", "how many carats"),
            ("find L1 origin XA found 2026-01-10 bought 2026-01-11 carats 1.00", "and no other"),
            ("purchase S1 origin XA bought 2026-01-15 carats 1.00", "two days"),
            ("import paper origin XA imported 2026-01-20 carats 1.00", "number of its certificate"),
            ("find L1 origin XA found 2026-01-32 carats 1.00", "is not a date"),
            ("find L1 origin XA found 2026-01-10 carats", "nothing follows"),
            ("find L1 origin XA found 2026-01-10 weight 3.00", "is not a part of a source"),
        ] {
            let sentence = typed.parse::<Source>().unwrap_err().to_string();
            assert!(sentence.contains(part), "{typed}: {sentence}");
        }
    }
}
