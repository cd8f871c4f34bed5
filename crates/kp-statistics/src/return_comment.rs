//! What a participant says of one figure of its return. Written `XB 7102.31: two parcels of the last week are in it`.
//!
//! peers 4.1: a comment on a value. It stands in the statement, so whoever asks about the figure later reads it there.

use kp_terms::{FieldValue, Kind, ReadError};
use serde::{Deserialize, Serialize};

/// A comment on a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The figure, as [`crate::figure::Figure::key`] writes it.
    pub figure: String,
    /// The words.
    pub words: String,
}

impl std::fmt::Display for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.figure, self.words)
    }
}

impl std::str::FromStr for Comment {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let parts = text.split_once(':').map(|(figure, words)| (figure.trim(), words.trim()));
        match parts {
            Some((figure, words)) if !figure.is_empty() && !words.is_empty() => {
                Ok(Self { figure: figure.to_owned(), words: words.to_owned() })
            }
            _ => Err(ReadError::new(format!(
                "{text:?} is no comment on a figure; write the figure, a colon and the words, for example \"XB 7102.31: two \
                 parcels of the last week are in it\""
            ))),
        }
    }
}

impl Serialize for Comment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Comment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (figure, words) = text.split_once(": ").unwrap_or(("", &text));
        Ok(Self { figure: figure.to_owned(), words: words.to_owned() })
    }
}

impl FieldValue for Comment {
    const KIND: Kind = Kind::Text;

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_a_figure_and_words() {
        let comment: Comment = "XB 7102.31 : late; see: annex".parse().unwrap();
        assert_eq!((comment.figure.as_str(), comment.words.as_str()), ("XB 7102.31", "late; see: annex"));
        assert_eq!(comment.to_string().parse::<Comment>().unwrap(), comment);
        for text in ["", "XB 7102.31", "XB 7102.31:", ": late"] {
            assert!(text.parse::<Comment>().is_err(), "{text}");
        }
    }
}
