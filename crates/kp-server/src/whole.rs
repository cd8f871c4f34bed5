//! Whole numbers as programs write them: for JSON Schema `144.0` is an integer like `144`.

use serde::{Deserialize, Deserializer, de};

/// Beyond this a number with a dot does not say exactly which whole number it is.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A whole number of a body, however it is written.
pub(crate) fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(from: D) -> Result<T, D::Error> {
    let number = serde_json::Number::deserialize(from)?;
    let written = number.as_i64().or_else(|| with_dot(number.as_f64()?));
    let read = written.and_then(|whole| T::try_from(whole).ok());
    read.ok_or_else(|| de::Error::custom(format!("{number} is not a whole number that fits here")))
}

#[allow(clippy::cast_possible_truncation, reason = "whole and exact, as was asked before")]
fn with_dot(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[derive(serde::Deserialize)]
    struct Days {
        #[serde(deserialize_with = "whole")]
        days: u32,
    }

    #[test]
    fn an_integer_is_read_with_or_without_a_dot_and_nothing_else_is() {
        for (written, read) in [
            ("144", Some(144)),
            ("144.0", Some(144)),
            ("1.44e2", Some(144)),
            ("0", Some(0)),
            ("144.5", None),
            ("-1", None),
            ("-1.0", None),
            ("4294967296", None),
            ("1e300", None),
            ("\"144\"", None),
            ("null", None),
        ] {
            let days: Result<Days, _> = serde_json::from_str(&format!("{{\"days\": {written}}}"));
            assert_eq!(days.ok().map(|it| it.days), read, "{written}");
        }
    }
}
