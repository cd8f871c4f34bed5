//! How an act's request is described once and then typed in four places: command line, API, page and story.
//!
//! A request is a struct declared with [`form!`](crate::form!). From that one declaration every door knows the
//! fields, their order, their kind, an example and a line of help, and reads the typed text into the struct with
//! one sentence per field that could not be read. No door decides anything about a field by itself.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use crate::{
    Carats, CertificateNumber, Half, HsCode, Origin, ParticipantCode, Period, Provenance, Quarter, ReadError,
    UsdCents, Zone,
};

/// What was typed, by field name. A field that can be given several times has several texts.
pub type Fields = BTreeMap<String, Vec<String>>;

/// What sort of value a field takes; the doors choose the input from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text.
    Prose,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A participant's code.
    Participant,
    /// Carats, two decimals.
    Carats,
    /// US dollars, two decimals.
    Usd,
    /// A civil date, `2026-02-03`.
    Date,
    /// An instant, `2026-02-03T12:00:00Z`.
    Instant,
    /// A whole number.
    Count,
    /// A reporting period.
    Period,
}

/// One field of a request, as the doors show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Name in the API, in stories and (with hyphens) on the command line.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// An example that reads.
    pub example: &'static str,
    /// What sort of value.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be given several times.
    pub repeated: bool,
}

/// One field that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Which field.
    pub field: String,
    /// What is wrong and what is expected.
    pub sentence: String,
}

impl std::fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.sentence)
    }
}

/// A request that describes its fields and can be read from typed text.
pub trait Form: Sized {
    /// The fields in the order in which a person fills them in.
    const FIELDS: &'static [Field];

    /// Reads the request; every field that cannot be read is listed, not only the first.
    ///
    /// # Errors
    /// The list of field problems, never empty.
    fn read(fields: &Fields) -> Result<Self, Vec<FieldProblem>>;
}

/// A value that a field can hold.
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

/// Declares a [`FieldValue`] that reads through `FromStr`.
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
    String => Kind::Text,
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

impl FieldValue for u32 {
    const KIND: Kind = Kind::Count;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        text.parse().map_err(|_| ReadError::new(format!("{text:?} is not a whole number, for example 3")))
    }
}

impl FieldValue for Date {
    const KIND: Kind = Kind::Date;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        text.parse().map_err(|_| ReadError::new(format!("{text:?} is not a date; write it as 2026-02-03")))
    }
}

impl FieldValue for Timestamp {
    const KIND: Kind = Kind::Instant;
    /// A bare date means its first moment, UTC.
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        let text: String = read_one(typed)?;
        let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.clone() };
        whole.parse().map_err(|_| {
            ReadError::new(format!("{text:?} is not an instant; write it as 2026-02-03T12:00:00Z"))
        })
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        if typed.iter().all(|t| t.trim().is_empty()) { Ok(None) } else { T::read(typed).map(Some) }
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    const REPEATED: bool = true;
    fn read(typed: &[String]) -> Result<Self, ReadError> {
        typed.iter().filter(|t| !t.trim().is_empty()).map(|t| T::read(std::slice::from_ref(t))).collect()
    }
}

/// Reads one field of a form, for [`form!`](crate::form!).
///
/// # Errors
/// The problem with the field's name in it.
pub fn read_field<T: FieldValue>(fields: &Fields, name: &str) -> Result<T, FieldProblem> {
    let typed = fields.get(name).map(Vec::as_slice).unwrap_or_default();
    T::read(typed).map_err(|e| FieldProblem { field: name.to_owned(), sentence: e.to_string() })
}

/// Finds typed fields that the form does not know, for [`form!`](crate::form!).
pub fn unknown_fields(fields: &Fields, known: &[Field]) -> Vec<FieldProblem> {
    let names: Vec<&str> = known.iter().map(|f| f.name).collect();
    fields
        .keys()
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| FieldProblem {
            field: name.clone(),
            sentence: format!("is not a field of this form; the fields are {}", names.join(", ")),
        })
        .collect()
}

/// Declares a request: a struct whose fields describe themselves to every door.
///
/// ```
/// use kp_terms::{Carats, Form, ParticipantCode};
/// kp_terms::form! {
///     /// What a surveyor reports.
///     pub struct Survey {
///         /// Whose ground it is.
///         participant: ParticipantCode, "XA";
///         /// High estimate for one year.
///         carats: Carats, "5000.00";
///         /// Anything else, if there is anything.
///         remark: Option<String>, "invented survey";
///     }
/// }
/// let mut typed = kp_terms::Fields::new();
/// typed.insert("participant".into(), vec!["xa".into()]);
/// typed.insert("carats".into(), vec!["5,000".into()]);
/// let survey = Survey::read(&typed).expect("both fields read");
/// assert_eq!(survey.carats.to_string(), "5000.00");
/// assert_eq!(Survey::FIELDS[2].required, false);
/// assert!(Survey::read(&kp_terms::Fields::new()).is_err());
/// ```
#[macro_export]
macro_rules! form {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $help:literal])+ $field:ident : $type:ty, $example:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[doc = $help])+ pub $field: $type),* }

        impl $crate::Form for $name {
            const FIELDS: &'static [$crate::Field] = &[$($crate::Field {
                name: stringify!($field),
                help: concat!($($help),+),
                example: $example,
                kind: <$type as $crate::FieldValue>::KIND,
                required: <$type as $crate::FieldValue>::REQUIRED,
                repeated: <$type as $crate::FieldValue>::REPEATED,
            }),*];

            fn read(fields: &$crate::Fields) -> Result<Self, Vec<$crate::FieldProblem>> {
                #[allow(unused_mut)]
                let mut problems = $crate::unknown_fields(fields, Self::FIELDS);
                $(let $field = match $crate::read_field::<$type>(fields, stringify!($field)) {
                    Ok(value) => Some(value),
                    Err(problem) => { problems.push(problem); None }
                };)*
                match ($($field,)* problems.is_empty()) {
                    ($(Some($field),)* true) => Ok(Self { $($field),* }),
                    _ => Err(problems),
                }
            }
        }
    };
}
