//! How an act's request is described once and then typed in four places: command line, API, page and story.
//!
//! A request is a struct declared with [`form!`](crate::form!). From that one declaration every door knows the
//! fields, their order, their kind, an example and a line of help, and reads the typed text into the struct with
//! one sentence per field that could not be read. No door decides anything about a field by itself.

use std::collections::BTreeMap;

/// What was typed, by field name. A field that can be given several times has several texts.
///
/// ```
/// let typed = kp_terms::Fields::from([("participant".to_owned(), vec!["XA".to_owned()])]);
/// assert_eq!(typed["participant"], ["XA"]);
/// ```
pub type Fields = BTreeMap<String, Vec<String>>;

/// What sort of value a field takes; the doors choose the input from it.
///
/// ```
/// use kp_terms::{Carats, FieldValue, Kind};
/// assert_eq!(Carats::KIND, Kind::Carats);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text.
    Prose,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// One of a few words, carats and US dollars, with blanks between: `7102.31 1200.00 420000.00`.
    Goods(&'static [&'static str]),
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
///
/// ```
/// use kp_terms::{Form, ParticipantCode};
/// kp_terms::form! {
///     /// Who asks.
///     pub struct Asks {
///         /// Who asks.
///         participant: ParticipantCode, "XA";
///     }
/// }
/// let field = Asks::FIELDS[0];
/// assert_eq!((field.name, field.example, field.required, field.repeated), ("participant", "XA", true, false));
/// ```
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
///
/// ```
/// let problem = kp_terms::FieldProblem { field: "carats".into(), sentence: "is missing".into() };
/// assert_eq!(problem.to_string(), "carats: is missing");
/// ```
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

/// A request that describes its fields and can be read from typed text. Declared with [`form!`](crate::form!).
///
/// ```
/// use kp_terms::{Carats, Fields, Form, ParticipantCode};
/// kp_terms::form! {
///     /// What was weighed.
///     pub struct Weighed {
///         /// Where.
///         participant: ParticipantCode, "XA";
///         /// How much.
///         carats: Carats, "5000.00";
///     }
/// }
/// let problems = Weighed::read(&Fields::new()).expect_err("nothing was typed");
/// assert_eq!(problems.len(), 2);
/// ```
pub trait Form: Sized {
    /// The fields in the order in which a person fills them in.
    const FIELDS: &'static [Field];

    /// Reads the request; every field that cannot be read is listed, not only the first.
    ///
    /// # Errors
    /// The list of field problems, never empty.
    fn read(fields: &Fields) -> Result<Self, Vec<FieldProblem>>;
}

/// Finds typed fields that the form does not know, for [`form!`](crate::form!).
///
/// ```
/// let typed = kp_terms::Fields::from([("carat".to_owned(), vec!["5".to_owned()])]);
/// assert_eq!(kp_terms::unknown_fields(&typed, &[]).len(), 1);
/// ```
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
/// typed.insert("carats".into(), vec!["5,000.00".into()]);
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
                help: concat!($($help),+).trim_ascii(),
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
