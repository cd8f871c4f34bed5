//! One line of a production return: what sort of mining, carats, value; or an explicit nil.

use kp_terms::{Carats, FieldValue, Kind, ReadError, UsdCents};

use crate::production::{Declaration, ProductionType};

/// Written `production 1200.00 54000.00`, `artisanal ...`, `large-scale ...`, or `nil`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnLine {
    /// Production or nil.
    pub declaration: Declaration,
    /// Who dug.
    pub production_type: ProductionType,
    /// Carats.
    pub carats: Carats,
    /// Value, US$.
    pub value: UsdCents,
}

/// The word of a production type in tables and return lines.
pub(crate) const fn type_word(production_type: ProductionType) -> &'static str {
    match production_type {
        ProductionType::Unlabelled => "production",
        ProductionType::Artisanal => "artisanal",
        ProductionType::LargeScale => "large-scale",
    }
}

/// Reads the word of a production type.
pub(crate) fn type_of(word: &str) -> Option<ProductionType> {
    [ProductionType::Unlabelled, ProductionType::Artisanal, ProductionType::LargeScale]
        .into_iter()
        .find(|t| type_word(*t) == word)
}

impl std::fmt::Display for ReturnLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.declaration {
            Declaration::NoProduction => f.write_str("nil"),
            Declaration::Production => {
                write!(f, "{} {} {}", type_word(self.production_type), self.carats, self.value)
            }
        }
    }
}

impl std::str::FromStr for ReturnLine {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let wrong = || {
            ReadError::new(format!(
                "{text:?} is not a line of a return; write \"production 1200.00 54000.00\" (or artisanal, large-scale), \
                 carats before US$, or \"nil\""
            ))
        };
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["nil"] => Ok(Self {
                declaration: Declaration::NoProduction,
                production_type: ProductionType::Unlabelled,
                carats: Carats::ZERO,
                value: UsdCents::ZERO,
            }),
            [word, carats, value] => Ok(Self {
                declaration: Declaration::Production,
                production_type: type_of(word).ok_or_else(wrong)?,
                carats: carats.parse()?,
                value: value.parse()?,
            }),
            _ => Err(wrong()),
        }
    }
}

impl serde::Serialize for ReturnLine {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ReturnLine {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for ReturnLine {
    const KIND: Kind = Kind::Goods(&["production", "artisanal", "large-scale", "nil"]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::ReturnLine;

    #[test]
    fn what_is_written_reads_back_and_the_rest_is_told() {
        for text in ["nil", "production 1200.00 54000.00", "artisanal 0.01 0.00", "large-scale 5.00 1.00"] {
            assert_eq!(text.parse::<ReturnLine>().map(|line| line.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "nil nil", "NIL", "production 1.00", "mined 1.00 1.00", "production 1 000 2"] {
            let sentence = text.parse::<ReturnLine>().unwrap_err().to_string();
            assert!(sentence.contains("write \"production 1200.00 54000.00\""), "{text}: {sentence}");
        }
    }
}
