//! One SQL statement: its name, its text, its parameters.
//!
//! Texts are files (`sql/name.sql` in the owner's crate) with parameters `$1, $2, ...`. SQLite numbers `$N` by first
//! appearance, so reversed arguments would swap silently (rulings 8): for SQLite each `$N` is rewritten to `?N`.

/// A named statement, made by [`sql!`](crate::sql!).
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// File name without its ending, for errors.
    pub name: &'static str,
    /// The text, with `$1`-style parameters.
    pub text: &'static str,
}

/// A statement from `sql/<name>.sql` of the calling crate.
#[macro_export]
macro_rules! sql {
    ($name:literal) => {
        $crate::Sql {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".sql")),
        }
    };
}

/// A parameter: carats and money as integers, dates and ids as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param<'a> {
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(&'a str),
    /// BYTEA.
    Bytes(&'a [u8]),
    /// NULL of any type.
    Null,
}

impl From<i64> for Param<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<&'a Vec<u8>> for Param<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Rewrites `$N` to `?N` outside quoted text and comments.
///
/// ```
/// assert_eq!(kp_db::sqlite_text("SELECT $2, '$1', $1 -- $3"), "SELECT ?2, '$1', ?1 -- $3");
/// ```
pub fn sqlite_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut quote: Option<char> = None;
    let mut comment = false;
    while let Some(c) = chars.next() {
        match (quote, comment) {
            (Some(q), _) if c == q => quote = None,
            (None, false) if c == '\'' || c == '"' => quote = Some(c),
            (None, false) if c == '-' && chars.peek() == Some(&'-') => comment = true,
            (None, true) if c == '\n' => comment = false,
            (None, false) if c == '$' && chars.peek().is_some_and(char::is_ascii_digit) => {
                out.push('?');
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Where a constant text lies: our statements never move, so this names one without hashing its text.
pub(crate) fn address(text: &'static str) -> (usize, usize) {
    (text.as_ptr().addr(), text.len())
}
