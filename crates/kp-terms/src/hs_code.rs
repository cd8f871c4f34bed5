//! The three customs classes the scheme covers.
//!
//! Scheme: Section I, definition of rough diamonds (HS 7102.10, 7102.21, 7102.31). Everything else is out of scope.

use crate::{ReadError, amount, quoted::quoted};

/// Harmonised System class of rough diamonds.
///
/// ```
/// use kp_terms::HsCode;
/// let class: HsCode = "710231".parse()?;
/// assert_eq!(class, HsCode::NonIndustrial);
/// assert_eq!(class.to_string(), "7102.31");
/// assert!("7102.39".parse::<HsCode>().is_err()); // worked diamonds are out of scope
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
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
    ///
    /// ```
    /// let codes = kp_terms::HsCode::ALL.map(|class| class.code());
    /// assert_eq!(codes, ["7102.10", "7102.21", "7102.31"]);
    /// ```
    pub const ALL: [Self; 3] = [Self::Unsorted, Self::Industrial, Self::NonIndustrial];

    /// The printed form: `7102.10`.
    ///
    /// ```
    /// assert_eq!(kp_terms::HsCode::Unsorted.code(), "7102.10");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unsorted => "7102.10",
            Self::Industrial => "7102.21",
            Self::NonIndustrial => "7102.31",
        }
    }

    /// What the class means, in one word or two.
    ///
    /// ```
    /// assert_eq!(kp_terms::HsCode::NonIndustrial.meaning(), "non-industrial");
    /// ```
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

    /// Reads `7102.31`, `710231`, `7102 31`, `HS 7102.31`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let bare = amount::without_unit(text, &["HS"], &[]);
        let digits: String = bare.chars().filter(|c| !matches!(c, '.' | '-' | '\u{a0}' | ' ')).collect();
        Self::ALL.into_iter().find(|hs| hs.code().replace('.', "") == digits).ok_or_else(|| {
            ReadError::new(format!(
                "{} is not a class of rough diamonds; the scheme covers 7102.10, 7102.21 and 7102.31 only",
                quoted(text)
            ))
        })
    }
}
