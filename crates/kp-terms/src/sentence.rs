//! A sentence that the machine worked out, kept so that it can be said in every language: its English, and the key and values
//! to say it with elsewhere.
//!
//! Like a refusal, but data: findings, and what does not fit of an entry, are derived, stand in tables and are read years
//! later. English is what the code says ([`sentence!`](crate::sentence!)); the other languages stand in `locales/` under the
//! key. Says nothing by itself about who reads it: the doors choose the language.

use std::{collections::BTreeMap, fmt, ops::Deref};

/// A sentence with its English; see [`sentence!`](crate::sentence!).
///
/// It reads as its English wherever a text is wanted, and is written as it; with its key and values, where those must not be
/// lost, by `whole_sentence`.
///
/// ```
/// use kp_terms::Sentence;
/// assert_eq!(Sentence::from("XA-000001").as_str(), "XA-000001");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentence {
    english: String,
    made_of: MadeOf,
}

/// What a sentence is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MadeOf {
    /// The same in every language.
    Itself,
    /// A text behind a key, with values that are sentences themselves.
    Key {
        /// Under which key the other languages say it.
        key: String,
        /// What stands in it, by name.
        values: BTreeMap<String, Sentence>,
    },
    /// Sentences in a row.
    Row {
        /// In their order.
        parts: Vec<Sentence>,
        /// What stands between them: `, `.
        between: String,
    },
}

impl Sentence {
    /// A text behind a key, with its English; [`sentence!`](crate::sentence!) writes both from one template.
    ///
    /// ```
    /// use kp_terms::{MadeOf, Sentence};
    /// let said = Sentence::behind::<&str>("found-from-nil", "from nil", []);
    /// assert_eq!(said.as_str(), "from nil");
    /// assert!(matches!(said.made_of(), MadeOf::Key { key, .. } if key == "found-from-nil"));
    /// ```
    pub fn behind<N: Into<String>>(
        key: &str,
        english: impl Into<String>,
        values: impl IntoIterator<Item = (N, Self)>,
    ) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self { english: english.into(), made_of: MadeOf::Key { key: key.to_owned(), values } }
    }

    /// Sentences in a row.
    ///
    /// ```
    /// use kp_terms::Sentence;
    /// let halves = [Sentence::from("2008-H1"), Sentence::from("2008-H2")];
    /// assert_eq!(Sentence::row(halves, ", ").as_str(), "2008-H1, 2008-H2");
    /// ```
    pub fn row(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let parts: Vec<Self> = parts.into_iter().collect();
        let english = parts.iter().map(Self::as_str).collect::<Vec<_>>().join(between);
        Self { english, made_of: MadeOf::Row { parts, between: between.to_owned() } }
    }

    /// Itself, where it stands as a value in another one.
    ///
    /// ```
    /// let said = kp_terms::sentence!("found-capital", "the capital");
    /// assert_eq!(said.as_sentence(), said);
    /// ```
    #[must_use]
    pub fn as_sentence(&self) -> Self {
        self.clone()
    }

    /// Its English.
    ///
    /// ```
    /// assert_eq!(kp_terms::sentence!("found-days", "{days} days", days = 15).as_str(), "15 days");
    /// ```
    pub fn as_str(&self) -> &str {
        &self.english
    }

    /// What it is made of, for saying it in another language.
    ///
    /// ```
    /// use kp_terms::{MadeOf, Sentence};
    /// assert_eq!(Sentence::from("XA").made_of(), &MadeOf::Itself);
    /// ```
    pub const fn made_of(&self) -> &MadeOf {
        &self.made_of
    }
}

/// A sentence with its key and values. A value that is a sentence itself is said in its turn; whatever else stands as it is.
///
/// ```
/// use kp_terms::{MadeOf, sentence};
/// let desk = sentence!("found-capital", "the capital");
/// let said = sentence!("found-drafted-at", "{number} was drafted at {desk}", number = "XA-000001", desk = desk);
/// assert_eq!(said.to_string(), "XA-000001 was drafted at the capital");
/// let MadeOf::Key { key, values } = said.made_of() else { panic!("it has a key") };
/// assert_eq!((key.as_str(), values["desk"].as_str()), ("found-drafted-at", "the capital"));
/// ```
#[macro_export]
macro_rules! sentence {
    ($key:literal, $english:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_imports, reason = "there may be no value, or sentences only")]
        use $crate::AsItIs as _;
        $crate::Sentence::behind::<&str>(
            $key,
            ::std::format!($english $(, $name = $value)*),
            [$((::std::stringify!($name), $value.as_sentence())),*],
        )
    }};
}

/// Whatever is no sentence stands in one as it is: a number, a name, a day. A sentence has a method of its own of this name,
/// which is taken instead.
///
/// ```
/// use kp_terms::{AsItIs as _, Sentence, sentence};
/// assert_eq!(15.as_sentence(), Sentence::from("15"));
/// let said = sentence!("found-capital", "the capital");
/// assert_eq!(said.as_sentence(), said);
/// ```
pub trait AsItIs {
    /// As it stands in every language.
    fn as_sentence(&self) -> Sentence;
}

impl<T: fmt::Display> AsItIs for T {
    fn as_sentence(&self) -> Sentence {
        Sentence::from(self.to_string())
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl AsRef<str> for Sentence {
    fn as_ref(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.english)
    }
}

impl PartialEq<str> for Sentence {
    fn eq(&self, other: &str) -> bool {
        self.english == other
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

/// A refusal as a sentence that is kept: why an entry of somebody else's does not stand here.
impl From<&dyn crate::Refuse> for Sentence {
    fn from(refusal: &dyn crate::Refuse) -> Self {
        let file = refusal.place().rsplit("::").next().unwrap_or_default();
        let values = refusal.values().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let key = format!("refusal-{}-in-{file}", refusal.key());
        Self { english: refusal.to_string(), made_of: MadeOf::Key { key, values } }
    }
}

impl From<String> for Sentence {
    fn from(english: String) -> Self {
        Self { english, made_of: MadeOf::Itself }
    }
}

impl From<&String> for Sentence {
    fn from(english: &String) -> Self {
        Self::from(english.clone())
    }
}

impl From<&str> for Sentence {
    fn from(english: &str) -> Self {
        Self::from(english.to_owned())
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;
    use crate::whole_sentence::Whole;

    #[test]
    fn what_is_written_whole_reads_as_it_was() {
        let place =
            crate::sentence!("found-log-entry", "log {log}, entry {entry}", log = "kp.XA/2026", entry = 14);
        let all = [
            Sentence::from("invented survey"),
            place.clone(),
            Sentence::row([place.clone(), Sentence::from("2008-H1")], "; "),
        ];
        for sentence in all {
            let text = serde_json::to_string(&Whole(sentence.clone())).unwrap();
            assert_eq!(serde_json::from_str::<Whole>(&text).unwrap().0, sentence, "{text}");
        }
        // What stood there before sentences had keys.
        assert_eq!(serde_json::from_str::<Whole>("\"as it was\"").unwrap().0, *"as it was");
        assert_eq!(
            serde_json::to_string(&place).unwrap(),
            "\"log kp.XA/2026, entry 14\"",
            "else its English"
        );
    }
}
