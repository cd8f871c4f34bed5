//! The verifier's sentences, from the same files as those of `kpcs verify`: taken apart, so that the browser fills them in.

use kp_language::{Language, Part, Texts};
use serde_json::{Map, Value, json};

/// Everything that a verdict or its page says.
const PREFIXES: [&str; 12] = [
    "verdict-",
    "age-",
    "next-",
    "state-",
    "key-token",
    "key-software",
    "fact-",
    "purpose-",
    "origin-",
    "verify-",
    "offline-",
    "frame-skip",
];

/// `{ key: [part, ...] }`: one language by itself, because a first view needs no other.
pub(crate) fn texts(language: Language) -> Value {
    let all = Texts::of(language).parts(&PREFIXES);
    Value::Object(all.into_iter().map(|(key, parts)| (key, written(parts))).collect::<Map<_, _>>())
}

fn written(parts: Vec<Part>) -> Value {
    let one = |part: Part| match part {
        Part::Text(text) => Value::String(text),
        Part::Value(value) => json!({ "value": value }),
        Part::Choice { value, cases } => {
            let case = |case: kp_language::ChoiceCase| json!({ "key": case.key, "otherwise": case.is_otherwise, "parts": written(case.parts) });
            json!({ "value": value, "cases": cases.into_iter().map(case).collect::<Vec<_>>() })
        }
    };
    parts.into_iter().map(one).collect()
}
