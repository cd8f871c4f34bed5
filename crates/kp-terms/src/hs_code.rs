//! The three customs classes the scheme covers.
//!
//! Scheme: Section I, definition of rough diamonds (HS 7102.10, 7102.21, 7102.31). Everything else is out of scope.

use crate::ReadError;

/// Harmonised System class of rough diamonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HsCode {
    /// 7102.10: unsorted, lots not yet examined by an expert, or only sieved and packed by size.
    Unsorted,
    /// 7102.21: industrial, unworked or simply sawn, cleaved or bruted.
    Industrial,
    /// 7102.31: non-industrial, in the same condition.
    NonIndustrial,
}

impl HsCode {
    /// All classes, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Unsorted, Self::Industrial, Self::NonIndustrial];

    /// The printed form: `7102.10`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unsorted => "7102.10",
            Self::Industrial => "7102.21",
            Self::NonIndustrial => "7102.31",
        }
    }

    /// What the class means, in one word or two.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Unsorted => "unsorted",
            Self::Industrial => "industrial",
            Self::NonIndustrial => "non-industrial",
        }
    }
}

impl std::fmt::Display for HsCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

impl std::str::FromStr for HsCode {
    type Err = ReadError;

    /// Reads `7102.31`, `710231`, `7102 31`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        Self::ALL.into_iter().find(|hs| hs.code().replace('.', "") == digits).ok_or_else(|| {
            ReadError::new(format!(
                "{text:?} is not a class of rough diamonds; the scheme covers 7102.10, 7102.21 and 7102.31 only"
            ))
        })
    }
}
