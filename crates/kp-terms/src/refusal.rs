//! What a refusal is: we say no to an act, with a key, a sentence and the rule it rests on.
//!
//! A refusal is not an error (something broke) and not a problem (something odd in what we received).

use crate::Sentence;

/// A reason for saying no, as every door shows it. Declared with [`refusals!`](crate::refusals!).
///
/// ```
/// use kp_terms::Refuse;
/// kp_terms::refusals! {
///     /// Why an arrival is not confirmed.
///     pub enum NotConfirmed {
///         /// Nothing has arrived yet.
///         NotArrived = "not_arrived", "the shipment has not arrived", "CD Annex II.21";
///     }
/// }
/// let no: Box<dyn Refuse> = Box::new(NotConfirmed::NotArrived);
/// assert_eq!((no.key(), no.rule()), ("not_arrived", "CD Annex II.21"));
/// ```
pub trait Refuse: std::fmt::Display + std::fmt::Debug + Send + Sync + 'static {
    /// Stable name for stories, the API and translations: `number_already_used`.
    fn key(&self) -> &'static str;

    /// The rule behind it, with its source: `CD Section II(a)`.
    fn rule(&self) -> &'static str;

    /// Name and text of each value in the sentence, for saying it in another language.
    fn values(&self) -> Vec<(&'static str, Sentence)>;

    /// The file whose refusal it is, as a path of modules: one key may stand for several sentences.
    fn place(&self) -> &'static str;
}

/// Declares the refusals of one act, in the order in which they are checked.
///
/// ```
/// kp_terms::refusals! {
///     /// Why a certificate is not issued.
///     pub enum Refusal {
///         /// The number has left blank stock before.
///         NumberAlreadyUsed { number: String } = "number_already_used",
///             "certificate number {number} was already used", "CD Annex I.A: a unique number";
///     }
/// }
/// use kp_terms::Refuse;
/// let no = Refusal::NumberAlreadyUsed { number: "XA-000001".into() };
/// assert_eq!(no.key(), "number_already_used");
/// assert_eq!(no.to_string(), "certificate number XA-000001 was already used");
/// assert_eq!(no.rule(), "CD Annex I.A: a unique number");
/// assert_eq!(no.values(), [("number", kp_terms::Sentence::from("XA-000001"))]);
/// ```
#[macro_export]
macro_rules! refusals {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident $({ $($field:ident : $type:ty),* $(,)? })? = $key:literal, $sentence:literal, $rule:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant $({ $(#[doc = stringify!($field)] $field: $type),* })?),* }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self { $(Self::$variant $({ $($field),* })? => write!(f, $sentence)),* }
            }
        }

        impl $crate::Refuse for $name {
            fn key(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),* })? => $key),* }
            }
            fn rule(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),* })? => $rule),* }
            }
            fn values(&self) -> ::std::vec::Vec<(&'static str, $crate::Sentence)> {
                #[allow(unused_imports, reason = "a refusal may hold sentences only, or nothing")]
                use $crate::AsItIs as _;
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        ::std::vec![$($((stringify!($field), $field.as_sentence())),*)?]
                    })*
                }
            }
            fn place(&self) -> &'static str {
                ::std::module_path!()
            }
        }
    };
}

impl<R: Refuse> From<R> for Box<dyn Refuse> {
    fn from(refusal: R) -> Self {
        Box::new(refusal)
    }
}
