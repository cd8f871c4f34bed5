//! From what a form or a program sent to the fields of an act.
//!
//! Decides nothing about a value. What the form itself needs (its token, the button that adds a line, a passphrase)
//! is taken out; a field left blank is a field not given.

use kp_terms::{FieldProblem, Fields};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::guard::Typed;

/// Names of a form's own inputs; no act may have a field of such a name (tested).
pub(crate) const CONTROLS: [&str; 4] = ["token", "add", "passphrase", "passphrase_again"];

/// Passphrases for a key that is to be made.
#[derive(Default)]
pub(crate) struct Passphrases {
    pub(crate) first: Zeroizing<String>,
    pub(crate) again: Zeroizing<String>,
}

/// The fields as typed, blanks and controls left out.
pub(crate) fn fields_of(pairs: &[(String, String)]) -> Fields {
    let mut fields = Fields::new();
    for (name, text) in pairs {
        if !CONTROLS.contains(&name.as_str()) && !text.trim().is_empty() {
            fields.entry(name.clone()).or_default().push(text.clone());
        }
    }
    fields
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
pub(crate) fn fields_of_json(object: Map<String, Value>) -> Result<(Fields, Passphrases), Vec<FieldProblem>> {
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
            (_, None) => problems.push(FieldProblem {
                field: name,
                sentence: "must be a text or a list of texts; write numbers and dates in quotation marks"
                    .into(),
            }),
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
