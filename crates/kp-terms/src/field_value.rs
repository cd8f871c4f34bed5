//! How one field's value is read from what was typed, be it required, optional or given several times.
//!
//! It never decides whether a value is allowed, only whether it can be read.

use jiff::{Timestamp, civil::Date};

use crate::{
    Carats, CertificateNumber, FieldProblem, Fields, Half, HsCode, Kind, Origin, ParticipantCode, Period,
    Provenance, Quarter, ReadError, UsdCents, Zone, quoted::quoted,
};

/// A value that a field can hold. Most words get it through [`field_value!`](crate::field_value!).
///
/// ```
/// use kp_terms::{FieldValue, Kind, ParticipantCode};
/// assert_eq!(ParticipantCode::KIND, Kind::Participant);
/// assert!(ParticipantCode::REQUIRED && !Option::<ParticipantCode>::REQUIRED);
/// assert!(Vec::<ParticipantCode>::REPEATED);
/// let typed = ["xa".to_owned(), "xb".to_owned()];
/// assert_eq!(Vec::<ParticipantCode>::read(&typed)?.len(), 2);
/// assert!(ParticipantCode::read(&typed).is_err());
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
pub trait FieldValue: Sized {
    /// What sort of value.
    const KIND: Kind;
    /// Whether the field must be given.
    const REQUIRED: bool = true;
    /// Whether it may be given several times.
    const REPEATED: bool = false;

    /// Reads the value from what was typed, which may be nothing.
    ///
    /// # Errors
    /// One sentence that says what is wrong and what is expected.
    fn read(typed: &[String]) -> Result<Self, ReadError>;
}

/// Reads the one text of a field that must be given once.
///
/// # Errors
/// Says so where nothing or more than one text was given, or where the text cannot be read.
///
/// ```
/// use kp_terms::{Carats, read_one};
/// assert_eq!(read_one::<Carats>(&["5,000.00".to_owned()])?.to_string(), "5000.00");
/// assert_eq!(read_one::<Carats>(&[]).expect_err("nothing typed").to_string(), "is missing");
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
pub fn read_one<T>(typed: &[String]) -> Result<T, ReadError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    match typed {
        [] => Err(ReadError::new("is missing")),
        [one] if one.trim().is_empty() => Err(ReadError::new("is missing")),
        [one] => one.trim().parse().map_err(|e: T::Err| ReadError::new(e.to_string())),
        many => Err(ReadError::new(format!("was given {} times; give it once", many.len()))),
    }
}

/// Declares a [`FieldValue`](crate::FieldValue) that reads through `FromStr`.
///
/// ```
/// use kp_terms::{FieldValue, Kind, ReadError};
/// /// A seal's number, as it stands on the seal.
/// struct SealNumber(String);
/// impl std::str::FromStr for SealNumber {
///     type Err = ReadError;
///     fn from_str(text: &str) -> Result<Self, ReadError> {
///         Ok(Self(text.to_owned()))
///     }
/// }
/// kp_terms::field_value! { SealNumber => Kind::Text }
/// assert_eq!(SealNumber::read(&["77120-A".to_owned()])?.0, "77120-A");
/// # Ok::<(), ReadError>(())
/// ```
#[macro_export]
macro_rules! field_value {
    ($($type:ty => $kind:expr),* $(,)?) => {
        $(impl $crate::FieldValue for $type {
            const KIND: $crate::Kind = $kind;
            fn read(typed: &[String]) -> Result<Self, $crate::ReadError> {
                $crate::read_one(typed)
            }
        })*
    };
}

field_value! {
    Carats => Kind::Carats,
    UsdCents => Kind::Usd,
    ParticipantCode => Kind::Participant,
    HsCode => Kind::Choice(&["7102.10", "7102.21", "7102.31"]),
    Period => Kind::Period,
    Half => Kind::Period,
    Quarter => Kind::Period,
    CertificateNumber => Kind::Text,
    Origin => Kind::Text,
    Provenance => Kind::Participant,
    Zone => Kind::Text,
}

/// Most characters of one text, and most values of one repeated field. Ours: what is typed goes into signed statements
/// that are kept for ever, so a slip of the clipboard must not. A page and a half of answer fits.
const LONGEST_TEXT: usize = 4_000;
const MOST_VALUES: usize = 500;

impl FieldValue for String {
    const KIND: Kind = Kind::Text;
    /// Without blanks around it. Control characters other than a new line or a tab are refused: no paper shows them, a
    /// screen may act on them, and not every database keeps them.
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: Self = read_one(typed)?;
        let length = text.chars().count();
        if length > LONGEST_TEXT {
            return Err(ReadError::new(format!(
                "is {length} characters long and at most {LONGEST_TEXT} are kept; shorten it and name the paper that \
                 holds the rest"
            )));
        }
        match text.chars().position(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            Some(index) => Err(ReadError::new(format!(
                "holds a character that cannot be shown, at position {}; leave it out",
                index + 1
            ))),
            None => Ok(text),
        }
    }
}

impl FieldValue for u32 {
    const KIND: Kind = Kind::Count;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        text.parse()
            .map_err(|_| ReadError::new(format!("{} is not a whole number, for example 3", quoted(&text))))
    }
}

impl FieldValue for Date {
    const KIND: Kind = Kind::Date;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        text.parse()
            .map_err(|_| ReadError::new(format!("{} is not a date; write it as 2026-02-03", quoted(&text))))
    }
}

impl FieldValue for Timestamp {
    const KIND: Kind = Kind::Instant;
    /// A bare date means its first moment, UTC.
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.clone() };
        whole.parse().map_err(|_| {
            ReadError::new(format!("{} is not an instant; write it as 2026-02-03T12:00:00Z", quoted(&text)))
        })
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    const REPEATED: bool = T::REPEATED;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        if typed.iter().all(|t| t.trim().is_empty()) { Ok(None) } else { T::read(typed).map(Some) }
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const KIND: Kind = T::KIND;
    /// Every list is needed by its act; none reads as empty, so that the act refuses it with its rule.
    const REQUIRED: bool = true;
    const REPEATED: bool = true;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let given = typed.iter().filter(|t| !t.trim().is_empty());
        if given.clone().count() > MOST_VALUES {
            return Err(ReadError::new(format!(
                "was given {} times and at most {MOST_VALUES} are kept",
                given.count()
            )));
        }
        given.map(|t| T::read(std::slice::from_ref(t))).collect()
    }
}

/// Reads one field of a form, for [`form!`](crate::form!).
///
/// # Errors
/// The problem with the field's name in it.
///
/// ```
/// use kp_terms::{Carats, Fields, read_field};
/// let typed = Fields::from([("carats".to_owned(), vec!["5000".to_owned()])]);
/// assert_eq!(read_field::<Carats>(&typed, "carats").map(|c| c.hundredths()), Ok(500_000));
/// let problem = read_field::<Carats>(&typed, "stock").expect_err("there is no such text");
/// assert_eq!(problem.to_string(), "stock: is missing");
/// ```
pub fn read_field<T: FieldValue>(fields: &Fields, name: &str) -> Result<T, FieldProblem> {
    let typed = fields.get(name).map(Vec::as_slice).unwrap_or_default();
    T::read(typed).map_err(|e| FieldProblem { field: name.to_owned(), sentence: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::{FieldValue, LONGEST_TEXT, MOST_VALUES};

    fn read(text: &str) -> Result<String, String> {
        String::read(&[text.to_owned()]).map_err(|e| e.to_string())
    }

    #[test]
    fn a_text_has_an_end_and_nothing_unseen_in_it() {
        assert_eq!(read("  River Stones\tLtd\nPort É "), Ok("River Stones\tLtd\nPort É".to_owned()));
        assert_eq!(read(&"é".repeat(LONGEST_TEXT)), Ok("é".repeat(LONGEST_TEXT)));
        let long = read(&"é".repeat(LONGEST_TEXT + 1)).unwrap_err();
        assert!(long.contains("4001 characters long and at most 4000"), "{long}");
        for (text, position) in [("a\0b", "2"), ("\u{1b}[2J", "1"), ("ab\u{7f}", "3"), ("é\u{9b}x", "2")] {
            let odd = read(text).unwrap_err();
            assert!(odd.contains(&format!("cannot be shown, at position {position};")), "{text:?}: {odd}");
        }
        assert_eq!(read(" \n "), Err("is missing".to_owned()));
    }

    #[test]
    fn a_list_that_may_be_left_out_is_still_a_list() {
        const FORM: (bool, bool) = (Option::<Vec<String>>::REQUIRED, Option::<Vec<String>>::REPEATED);
        assert_eq!(FORM, (false, true));
        assert_eq!(Option::<Vec<String>>::read(&[]).unwrap(), None);
        let two = ["XA-1".to_owned(), "XA-2".to_owned()];
        assert_eq!(Option::<Vec<String>>::read(&two).unwrap().unwrap(), two);
    }

    #[test]
    fn a_repeated_field_has_an_end_too() {
        let many = |count: usize| Vec::<String>::read(&vec!["77120-A".to_owned(); count]);
        assert_eq!(many(MOST_VALUES).unwrap().len(), MOST_VALUES);
        let sentence = many(MOST_VALUES + 1).unwrap_err().to_string();
        assert_eq!(sentence, "was given 501 times and at most 500 are kept");
    }
}
