//! Production returns as the scheme's public statistics hold them: one row per declaration.
//!
//! Scheme: Annex III(c): half-yearly, carats and US$. A nil return is explicit (`No Production`) and is not the same
//! as no return. One participant-half can have several rows (artisanal, large-scale, unlabelled): they add up
//! (rulings 34).

use jiff::civil::Date;
use kp_terms::{Carats, Half, ParticipantCode, UsdCents};
use serde::{Deserialize, Serialize};

/// What a row declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Declaration {
    /// Carats were produced.
    Production,
    /// An explicit nil return.
    NoProduction,
}

/// Who dug, where the return says so (split from 2020 on).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductionType {
    /// Not said.
    Unlabelled,
    /// Artisanal and small-scale mining.
    Artisanal,
    /// Large-scale mining.
    LargeScale,
}

/// Where a row stood: the file as the person named it, the sheet if there are several, and the row as a spreadsheet
/// program counts it (the first line of the file is 1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowPlace {
    /// File name, without folders.
    pub file: String,
    /// Sheet name, for workbooks.
    pub sheet: Option<String>,
    /// Row number, from 1.
    pub row: u32,
}

/// The source of figures that a participant declared by an act here: no file, and no row of one.
pub const SUBMITTED: &str = "submitted by the participant";

/// One declared figure, as read and before adding up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionRow {
    /// Whose return.
    pub participant: ParticipantCode,
    /// The name as the source writes it.
    pub participant_name: String,
    /// For which half.
    pub half: Half,
    /// Production, or an explicit nil.
    pub declaration: Declaration,
    /// Artisanal, large-scale or not said.
    pub production_type: ProductionType,
    /// Declared carats.
    pub carats: Carats,
    /// Declared value, US$.
    pub value: UsdCents,
    /// When the row was created in the source, where the source says so.
    pub created: Option<Date>,
    /// When it was last modified in the source, where the source says so.
    pub modified: Option<Date>,
    /// The source's own visibility flag, where it has one.
    pub public: Option<bool>,
    /// Where the row stood.
    pub place: RowPlace,
}

impl RowPlace {
    /// Whether the participant declared it by an act here, so that it stands in no file.
    pub fn is_submitted(&self) -> bool {
        self.row == 0 && self.file == SUBMITTED
    }
}

impl std::fmt::Display for RowPlace {
    /// `returns.xlsx, sheet 2008, row 14`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}, sheet {sheet}, row {}", self.file, self.row),
            None if self.is_submitted() => f.write_str(&self.file),
            None => write!(f, "{}, row {}", self.file, self.row),
        }
    }
}

impl ProductionType {
    /// As the public statistics write it; unlabelled rows carry `Production`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unlabelled => "Production",
            Self::Artisanal => "ASM",
            Self::LargeScale => "LSM",
        }
    }
}
