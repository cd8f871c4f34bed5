//! From what a form or a program sent to the fields of an act.
//!
//! Decides nothing about a value. What the form itself needs (its token, the button that adds a line, a passphrase)
//! is taken out; a field left blank is a field not given.

use kp_terms::Fields;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::{guard::Typed, problem::FieldSaid};

/// Names of a form's own inputs; no act may have a field of such a name (tested).
pub(crate) const CONTROLS: [&str; 12] = [
    "token",
    "once",
    "add",
    "find",
    "pick",
    "passphrase",
    "passphrase_again",
    "scanned",
    "fresh_code",
    "fresh_pin",
    "fresh_passkey",
    "fresh_ministry",
];

/// Buttons that show the form again with what was typed, and do nothing: one that adds a line, one that looks for an exporter,
/// and one for each that was found.
const SHOWN_AGAIN: [&str; 3] = ["add", "find", "pick"];

/// Whether the form was sent by one of those buttons.
pub(crate) fn asks_again(sent: &Typed) -> bool {
    SHOWN_AGAIN.iter().any(|button| !sent.first(button).is_empty())
}

/// Endings of the three inputs of a line of goods, in order.
pub(crate) const PARTS: [&str; 3] = [".word", ".carats", ".value"];
/// Holds the place of a part left blank before one that was typed, so that nothing moves into another input.
pub(crate) const NOT_TYPED: &str = "-";

/// Passphrases for a key that is to be made.
#[derive(Default)]
pub(crate) struct Passphrases {
    pub(crate) first: Zeroizing<String>,
    pub(crate) again: Zeroizing<String>,
}

/// The fields as typed, blanks and controls left out.
pub(crate) fn fields_of(pairs: &[(String, String)]) -> Fields {
    let mut fields = Fields::new();
    for (name, line) in lines_of(pairs) {
        fields.entry(name).or_default().push(line);
    }
    let whole = pairs.iter().filter(|(name, _)| !PARTS.iter().any(|part| name.ends_with(part)));
    for (name, text) in whole {
        if !CONTROLS.contains(&name.as_str()) && !text.trim().is_empty() {
            fields.entry(name.clone()).or_default().push(text.clone());
        }
    }
    fields
}

/// Lines of goods, each joined from its three inputs; the first of the three begins a new line. Blanks within an
/// amount (`36 000.00`) go, because blanks part the line.
fn lines_of(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for (name, text) in pairs {
        let Some((field, at)) =
            PARTS.iter().enumerate().find_map(|(at, p)| Some((name.strip_suffix(p)?, at)))
        else {
            continue;
        };
        let text: String = text.split_whitespace().collect();
        match lines.last_mut() {
            Some((of, parts)) if of == field && at > 0 => parts.push(text),
            _ => lines.push((field.to_owned(), vec![text])),
        }
    }
    let joined = lines.into_iter().map(|(field, mut parts)| {
        while parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        let parts: Vec<&str> = parts.iter().map(|p| if p.is_empty() { NOT_TYPED } else { p }).collect();
        (field, parts.join(" "))
    });
    joined.filter(|(_, line)| !line.is_empty()).collect()
}

/// The passphrases as typed.
pub(crate) fn passphrases_of(typed: &Typed) -> Passphrases {
    let text = |name| Zeroizing::new(typed.first(name).to_owned());
    Passphrases { first: text("passphrase"), again: text("passphrase_again") }
}

/// The fields of a JSON object: texts, or lists of texts.
///
/// # Errors
/// Every member that is neither.
pub(crate) fn fields_of_json(object: Map<String, Value>) -> Result<(Fields, Passphrases), Vec<FieldSaid>> {
    let mut fields = Fields::new();
    let mut passphrases = Passphrases::default();
    let mut problems = Vec::new();
    for (name, value) in object {
        match (name.as_str(), texts(value)) {
            ("passphrase", Some(texts)) => {
                let text = Zeroizing::new(texts.concat());
                passphrases = Passphrases { first: text.clone(), again: text };
            }
            (_, Some(texts)) if texts.iter().all(|text| text.trim().is_empty()) => {}
            (_, Some(texts)) => {
                fields.insert(name, texts);
            }
            (_, None) => problems.push(FieldSaid::new(name, "input-not-json-text")),
        }
    }
    if problems.is_empty() { Ok((fields, passphrases)) } else { Err(problems) }
}

fn texts(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(vec![text]),
        Value::Array(values) => values
            .into_iter()
            .map(|value| match value {
                Value::String(text) => Some(text),
                _ => None,
            })
            .collect(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_act_has_a_field_named_like_a_control() {
        let fields = kp_node::ACTS.iter().flat_map(|act| act.fields);
        assert_eq!(fields.filter(|field| CONTROLS.contains(&field.name)).count(), 0);
    }

    #[test]
    fn blanks_and_controls_are_left_out_and_repetitions_kept() {
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let pairs =
            [pair("token", "t"), pair("seals", "1"), pair("seals", " "), pair("seals", "2"), pair("at", "")];
        let fields = fields_of(&pairs);
        assert_eq!(fields.len(), 1);
        assert_eq!(fields["seals"], ["1", "2"]);
    }

    #[test]
    fn lines_of_goods_are_joined_and_come_apart_again() {
        let pair = |name: &str, text: &str| (format!("lines.{name}"), text.to_owned());
        let line = |word, carats, value| [pair("word", word), pair("carats", carats), pair("value", value)];
        let typed = [
            line("7102.31", "36 000.00", "12,600,000"),
            line("", "5", ""),
            line("", "", ""),
            line("nil", "", ""),
        ];
        let fields = fields_of(&typed.concat());
        assert_eq!(fields["lines"], ["7102.31 36000.00 12,600,000", "- 5", "nil"]);
        assert_eq!(crate::act::field_view::parts_of("- 5"), ["", "5", ""]);
    }

    #[test]
    fn json_takes_texts_and_lists_and_names_everything_else() {
        let Value::Object(object) =
            serde_json::json!({"a": "1", "b": ["2", "3"], "c": 4, "d": null, "e": [5]})
        else {
            panic!("it is an object")
        };
        let problems = fields_of_json(object).err().unwrap();
        let named: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(named, ["c", "e"]);
    }
}
