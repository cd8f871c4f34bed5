//! A form of the language, as it is written on its page, and how a line is read by it.
//!
//! `issue <number> by` is read from left to right: words stand for themselves, `<number>` for a value of that kind,
//! `<role>...` for one or more, and a part between brackets may be left out; such parts come last, in any order, each
//! once. What does not fit is told with what was found and what was expected.

use std::collections::BTreeMap;

use crate::{
    slot::{Slot, slot},
    tokens::Token,
};

/// The values of a line, by the names of their places.
pub(crate) type Args = BTreeMap<&'static str, Vec<String>>;

/// Where a line does not fit a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// How many words fitted.
    pub(crate) fitted: usize,
    /// The word found there, or nothing where the line ended.
    pub(crate) found: Option<String>,
    /// What would have fitted.
    pub(crate) expected: String,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Word(&'static str),
    Place(&'static Slot),
    Places(&'static Slot),
}

#[derive(Debug)]
struct Form {
    required: Vec<Part>,
    optional: Vec<Vec<Part>>,
}

fn part(text: &'static str) -> Part {
    if let Some(name) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix(">...")) {
        return Part::Places(slot(name));
    }
    match text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        Some(name) => Part::Place(slot(name)),
        None => Part::Word(text),
    }
}

fn form(text: &'static str, tail: &'static str) -> Form {
    let mut pieces = text.split('[');
    let required = pieces.next().unwrap_or_default().split_whitespace().map(part).collect();
    let optional = pieces
        .chain(tail.split('[').skip(1))
        .map(|piece| piece.trim_end().trim_end_matches(']').split_whitespace().map(part).collect())
        .collect();
    Form { required, optional }
}

/// Reads a line by a form and the optional parts that every act has (`tail`).
pub(crate) fn read(text: &'static str, tail: &'static str, tokens: &[Token]) -> Result<Args, Misfit> {
    let form = form(text, tail);
    let mut reader = Reader { tokens, at: 0, args: Args::new(), form: &form };
    reader.sequence(&form.required)?;
    let mut left: Vec<&Vec<Part>> = form.optional.iter().collect();
    while reader.at < tokens.len() {
        match left.iter().position(|option| reader.begins(option)) {
            Some(index) => reader.sequence(left.remove(index))?,
            None => return Err(reader.misfit(&after_the_end(&left))),
        }
    }
    Ok(reader.args)
}

fn after_the_end(left: &[&Vec<Part>]) -> String {
    let words: Vec<&str> = left
        .iter()
        .filter_map(|option| match option.first() {
            Some(Part::Word(word)) => Some(*word),
            _ => None,
        })
        .collect();
    match words.as_slice() {
        [] => "the end of the line".to_owned(),
        words => format!("the end of the line, or {}", words.join(", ")),
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    args: Args,
    form: &'a Form,
}

impl Reader<'_> {
    fn sequence(&mut self, parts: &[Part]) -> Result<(), Misfit> {
        for (index, part) in parts.iter().enumerate() {
            match part {
                Part::Word(word) => {
                    if !self.is_word(word) {
                        return Err(self.misfit(&format!("the word {word}")));
                    }
                    self.at += 1;
                }
                Part::Place(slot) => self.value(slot)?,
                Part::Places(slot) => {
                    self.value(slot)?;
                    while self.at < self.tokens.len() && !self.ends_places(parts.get(index + 1)) {
                        self.value(slot)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn value(&mut self, slot: &'static Slot) -> Result<(), Misfit> {
        match self.tokens.get(self.at) {
            Some(token) if (slot.reads)(&token.text) => {
                self.args.entry(slot.name).or_default().push(token.text.clone());
                self.at += 1;
                Ok(())
            }
            _ => Err(self.misfit(&format!("{}, for example {}", slot.what, shown(slot.example)))),
        }
    }

    fn is_word(&self, word: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|token| !token.quoted && token.text == word)
    }

    fn begins(&self, option: &[Part]) -> bool {
        matches!(option.first(), Some(Part::Word(word)) if self.is_word(word))
    }

    /// Several values end where the next word of the form stands.
    fn ends_places(&self, next: Option<&Part>) -> bool {
        let next_word = matches!(next, Some(Part::Word(word)) if self.is_word(word));
        next_word || self.form.optional.iter().any(|option| self.begins(option))
    }

    fn misfit(&self, expected: &str) -> Misfit {
        Misfit {
            fitted: self.at,
            found: self.tokens.get(self.at).map(|token| token.text.clone()),
            expected: expected.to_owned(),
        }
    }
}

/// A value as it is written in a story: in quotes where it holds blanks.
pub(crate) fn shown(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Every line that differs from this one in a single value, which reads but is another.
pub(crate) fn with_another_value(text: &'static str, tokens: &[Token]) -> Vec<String> {
    let kinds = kinds_of(text, tokens);
    (0..tokens.len())
        .filter_map(|changed| {
            let slot = kinds.get(changed).copied().flatten()?;
            let old = tokens.get(changed)?;
            let new = if old.text == slot.other { slot.example } else { slot.other };
            let words = tokens.iter().enumerate().map(|(index, token)| match () {
                () if index == changed => shown_again(new, token.quoted),
                () => shown_again(&token.text, token.quoted),
            });
            Some(words.collect::<Vec<_>>().join(" "))
        })
        .collect()
}

fn shown_again(text: &str, quoted: bool) -> String {
    if quoted { format!("\"{text}\"") } else { shown(text) }
}

/// Which kind of place each word of a fitting line fills.
fn kinds_of(text: &'static str, tokens: &[Token]) -> Vec<Option<&'static Slot>> {
    let form = form(text, "");
    let mut reader = Reader { tokens, at: 0, args: Args::new(), form: &form };
    let mut kinds = vec![None; tokens.len()];
    let mut mark = |reader: &mut Reader<'_>, parts: &[Part]| {
        for part in parts {
            let before = reader.at;
            if reader.sequence(std::slice::from_ref(part)).is_err() {
                return;
            }
            if let Part::Place(slot) | Part::Places(slot) = part {
                kinds.iter_mut().take(reader.at).skip(before).for_each(|kind| *kind = Some(*slot));
            }
        }
    };
    mark(&mut reader, &form.required);
    while let Some(option) = form.optional.iter().find(|option| reader.begins(option)) {
        mark(&mut reader, option);
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::{Misfit, read, with_another_value};
    use crate::tokens::tokens;

    const FORM: &str = "officer <officer> of <body> as <role>... [serving <authority>] [on <date>]";

    fn misfit(line: &str) -> Misfit {
        read(FORM, "", &tokens(line).unwrap()).unwrap_err()
    }

    #[test]
    fn reads_several_values_and_options_in_any_order() {
        let line = "officer xa-v of XA as clerk customs on 2026-02-03 serving xa-gdo";
        let args = read(FORM, "", &tokens(line).unwrap()).unwrap();
        assert_eq!(args["role"], ["clerk", "customs"]);
        assert_eq!(args["authority"], ["xa-gdo"]);
        assert_eq!(args["date"], ["2026-02-03"]);
    }

    #[test]
    fn says_what_was_found_and_what_was_expected() {
        let missing = misfit("officer xa-v of XA as");
        assert_eq!(
            (missing.found, missing.expected.as_str()),
            (None, "what an officer may do, for example clerk")
        );
        let unknown = misfit("officer xa-v of XA as clerk cutsoms");
        assert_eq!(unknown.found.as_deref(), Some("cutsoms"));
        let extra = misfit("officer xa-v of XA as clerk on 2026-02-03 on 2026-02-04");
        assert_eq!(
            (extra.found.as_deref(), extra.expected.as_str()),
            (Some("on"), "the end of the line, or serving")
        );
        assert_eq!(misfit("officer xa-v from XA").expected, "the word of");
    }

    #[test]
    fn another_value_is_put_into_each_place() {
        let lines =
            with_another_value(FORM, &tokens("officer xa-clerk of XA as clerk on 2026-02-03").unwrap());
        assert_eq!(
            lines,
            [
                "officer xz-clerk of XA as clerk on 2026-02-03",
                "officer xa-clerk of scheme as clerk on 2026-02-03",
                "officer xa-clerk of XA as approver on 2026-02-03",
                "officer xa-clerk of XA as clerk on 1999-12-31",
            ]
        );
    }
}
