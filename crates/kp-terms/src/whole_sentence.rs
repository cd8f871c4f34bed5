//! A sentence written with its key and values, for what must be said in every language later: `#[serde(with =
//! "kp_terms::whole_sentence")]`. What is the same in every language is written as the text it is, so that a statement of
//! somebody's own words has the bytes it always had.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{MadeOf, Sentence};

/// A sentence that is written whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole(pub Sentence);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Itself(String),
    Key { key: String, english: String, values: BTreeMap<String, Written> },
    Row { parts: Vec<Written>, between: String },
}

/// Writes it.
///
/// # Errors
/// Where the format cannot hold texts, lists and maps.
pub fn serialize<S: Serializer>(sentence: &Sentence, serializer: S) -> Result<S::Ok, S::Error> {
    written(sentence).serialize(serializer)
}

/// Reads it.
///
/// # Errors
/// Where it is neither a text nor what [`serialize`] writes.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sentence, D::Error> {
    Written::deserialize(deserializer).map(read)
}

/// Elsewhere it is written as the English that it reads as.
impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Sentence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

fn written(sentence: &Sentence) -> Written {
    let english = || sentence.as_str().to_owned();
    match sentence.made_of() {
        MadeOf::Itself => Written::Itself(english()),
        MadeOf::Key { key, values } => Written::Key {
            key: key.clone(),
            english: english(),
            values: values.iter().map(|(name, value)| (name.clone(), written(value))).collect(),
        },
        MadeOf::Row { parts, between } => {
            Written::Row { parts: parts.iter().map(written).collect(), between: between.clone() }
        }
    }
}

fn read(written: Written) -> Sentence {
    match written {
        Written::Itself(english) => Sentence::from(english),
        Written::Key { key, english, values } => {
            Sentence::behind(&key, english, values.into_iter().map(|(name, value)| (name, read(value))))
        }
        Written::Row { parts, between } => Sentence::row(parts.into_iter().map(read), &between),
    }
}
