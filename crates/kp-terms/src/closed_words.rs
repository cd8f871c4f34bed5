//! A closed list of words: one enum whose variants are written as words in statements, tables, forms and stories.
//!
//! Everything that a person picks from a list in a room is declared with it, so that a word is spelled in one place.
//! It never gives a word a meaning beyond its name.

/// Declares an enum of words with everything that statements, tables and forms need of it. Whoever declares one depends on
/// serde, for statements.
///
/// ```
/// kp_terms::closed_words! {
///     /// How a drawer is.
///     pub enum Drawer, "how a drawer is" {
///         /// Anybody sees into it.
///         Open = "open",
///         /// Nobody does.
///         Shut = "shut",
///     }
/// }
/// assert_eq!(" shut ".parse::<Drawer>().unwrap(), Drawer::Shut);
/// assert_eq!(Drawer::ALL.len(), 2);
/// let error = "ajar".parse::<Drawer>().unwrap_err();
/// assert_eq!(error.to_string(), "\"ajar\" is not how a drawer is; write open, shut");
/// ```
#[macro_export]
macro_rules! closed_words {
    ($(#[$meta:meta])* pub enum $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in statements, tables and forms.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ReadError;

            fn from_str(text: &str) -> Result<Self, $crate::ReadError> {
                Self::ALL.iter().copied().find(|it| it.word() == text.trim()).ok_or_else(|| {
                    $crate::ReadError::new(format!("{text:?} is not {}; write {}", $what, [$($word),*].join(", ")))
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl $crate::FieldValue for $name {
            const KIND: $crate::Kind = $crate::Kind::Choice(&[$($word),*]);

            fn read(typed: &[String]) -> Result<Self, $crate::ReadError> {
                $crate::read_one(typed)
            }
        }
    };
}
