//! Lines of a lot, of a value and of a price book: a class, a size where the office sorts by size, and figures.
//!
//! Scheme: domain 7 (goods are presented by classes and sizes, each with its value). Written with blanks between, the size
//! left out where there is none: `7102.31 large 1200.00`, `7102.31 1200.00`.

use kp_terms::{Carats, HsCode, ReadError, UsdCents};

/// What stands where an office does not sort by size.
const ALL_SIZES: &str = "all";

/// Most characters of a size's name. Ours.
const LONGEST_SIZE: usize = 16;

/// A class and a size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    /// Customs class.
    pub hs: HsCode,
    /// The office's name of the size, or `all`.
    pub size: String,
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.size == ALL_SIZES { write!(f, "{}", self.hs) } else { write!(f, "{} {}", self.hs, self.size) }
    }
}

/// Reads class, size where there is one, and `N` figures.
fn parts<'a, const N: usize>(text: &'a str, example: &str) -> Result<(Sort, [&'a str; N]), ReadError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let unread = || {
        ReadError::new(format!(
            "{text:?} cannot be read; write class, size where there is one, and figures, for example {example}"
        ))
    };
    let (hs, rest) = words.split_first().ok_or_else(unread)?;
    let (size, figures) = match rest.len() {
        len if len == N => (ALL_SIZES, rest),
        len if len == N + 1 => {
            rest.split_first().map(|(size, figures)| (*size, figures)).ok_or_else(unread)?
        }
        _ => return Err(unread()),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '/');
    if size.len() > LONGEST_SIZE || !size.chars().all(plain) {
        return Err(ReadError::new(format!(
            "{size:?} is not the name of a size: at most 16 letters, digits, + - . or /"
        )));
    }
    let sort = Sort { hs: hs.parse()?, size: size.to_owned() };
    Ok((sort, figures.try_into().map_err(|_| unread())?))
}

/// Goods of a lot: `7102.31 large 1200.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    /// Class and size.
    pub sort: Sort,
    /// Carats.
    pub carats: Carats,
}

impl std::fmt::Display for Goods {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.sort, self.carats)
    }
}

impl std::str::FromStr for Goods {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (sort, [carats]) = parts(text, "7102.31 large 1200.00")?;
        Ok(Self { sort, carats: carats.parse()? })
    }
}

/// What goods are worth: `7102.31 large 420000.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// Class and size.
    pub sort: Sort,
    /// US$.
    pub value: UsdCents,
}

impl ValueLine {
    /// All lines together, or nothing where the sum does not fit.
    pub fn total(lines: &[Self]) -> Option<UsdCents> {
        UsdCents::sum(lines.iter().map(|line| line.value))
    }
}

impl std::fmt::Display for ValueLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.sort, self.value)
    }
}

impl std::str::FromStr for ValueLine {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (sort, [value]) = parts(text, "7102.31 large 420000.00")?;
        Ok(Self { sort, value: value.parse()? })
    }
}

/// One band of a price book, US$ per carat: `7102.31 large 100.00 900.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Class and size.
    pub sort: Sort,
    /// Lowest US$ per carat that needs no second look.
    pub low: UsdCents,
    /// Highest.
    pub high: UsdCents,
}

impl Band {
    /// Whether a value of so many carats lies in the band, both ends included.
    pub fn holds(&self, carats: Carats, value: UsdCents) -> bool {
        // value / carats between low and high, in whole numbers: cents of 100 carats against cents times hundredths.
        let value = i128::from(value.cents()) * 100;
        let at = |per_carat: UsdCents| i128::from(per_carat.cents()) * i128::from(carats.hundredths());
        at(self.low) <= value && value <= at(self.high)
    }
}

impl std::fmt::Display for Band {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.sort, self.low, self.high)
    }
}

impl std::str::FromStr for Band {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (sort, [low, high]) = parts(text, "7102.31 large 100.00 900.00")?;
        Ok(Self { sort, low: low.parse()?, high: high.parse()? })
    }
}

macro_rules! as_text {
    ($($type:ty),*) => {
        $(impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        kp_terms::field_value! { $type => kp_terms::Kind::Text })*
    };
}

as_text!(Goods, ValueLine, Band);

#[cfg(test)]
mod tests {
    use super::{Band, Goods, ValueLine};

    #[test]
    fn lines_read_with_and_without_a_size() {
        for text in ["7102.31 1200.00", "7102.31 +10.8 1200.00"] {
            assert_eq!(text.parse::<Goods>().unwrap().to_string(), text);
            assert_eq!(text.parse::<ValueLine>().unwrap().to_string(), text);
        }
        assert_eq!("7102.31 100 900".parse::<Band>().unwrap().to_string(), "7102.31 100.00 900.00");
        for bad in [
            "",
            "7102.31",
            "7102.31 a b 1200.00",
            "7102.99 1.00",
            "7102.31 l_a 1.00",
            "7102.31 12345678901234567 1.00",
        ] {
            assert!(bad.parse::<Goods>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_band_holds_its_ends() {
        let band: Band = "7102.31 100.00 900.00".parse().unwrap();
        let check = |carats: &str, value: &str, holds: bool| {
            assert_eq!(
                band.holds(carats.parse().unwrap(), value.parse().unwrap()),
                holds,
                "{carats} {value}"
            );
        };
        check("10.00", "1000.00", true);
        check("10.00", "999.99", false);
        check("10.00", "9000.00", true);
        check("10.00", "9000.01", false);
        check("0.01", "1.00", true);
    }
}
