//! Words of a few variants, declared once: how they are written in statements, forms and tables.
//!
//! Never says what a word means; that stands where the type is.

macro_rules! word {
    ($type:ident, $what:literal, $($variant:ident => $word:literal),*) => {
        impl $type {
            /// The word used in statements and forms.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.word()) }
        }
        impl std::str::FromStr for $type {
            type Err = kp_terms::ReadError;
            fn from_str(text: &str) -> Result<Self, kp_terms::ReadError> {
                match text.trim() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(kp_terms::ReadError::new(format!("{text:?} is not {}; write one of {}", $what, [$($word),*].join(", ")))),
                }
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.word()) }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl kp_terms::FieldValue for $type {
            const KIND: kp_terms::Kind = kp_terms::Kind::Choice(&[$($word),*]);
            fn read(typed: &[String]) -> Result<Self, kp_terms::ReadError> { kp_terms::read_one(typed) }
        }
    };
}

pub(crate) use word;
