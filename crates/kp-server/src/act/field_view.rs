//! How one field of an act is drawn: its label, help, example, input, what was typed and what is wrong with it.

use kp_language::Texts;
use kp_node::Act;
use kp_terms::{Field, Fields, Kind};

use crate::{
    act::typed::NOT_TYPED,
    problem::{FieldSaid, Said},
    words,
};

/// The input a field is typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// One line; how a phone's keyboard should look, and whether to offer the participants' codes.
    Line { keyboard: &'static str, offers_participants: bool },
    /// Several lines.
    Prose,
    /// A word, carats and US$, each in its own input.
    Goods(&'static [&'static str]),
    /// One of a few.
    Radios(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Any of a few.
    Checks(Vec<Choice>),
}

/// One word to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) word: &'static str,
    pub(crate) is_chosen: bool,
}

/// One field as the form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldView {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) help: String,
    pub(crate) example: &'static str,
    pub(crate) required: bool,
    pub(crate) repeated: bool,
    pub(crate) input: Input,
    /// What was typed, with at least one place to type; more for a field that may be given several times.
    pub(crate) values: Vec<String>,
    pub(crate) errors: Vec<String>,
}

impl FieldView {
    /// Whether the field is a group of choices, which is labelled by a legend.
    pub(crate) fn is_group(&self) -> bool {
        matches!(self.input, Input::Radios(_) | Input::Checks(_)) || self.is_list()
    }

    /// Whether further lines can be added.
    pub(crate) fn is_list(&self) -> bool {
        self.repeated && matches!(self.input, Input::Line { .. } | Input::Prose | Input::Goods(_))
    }

    /// What `aria-describedby` names.
    pub(crate) fn described_by(&self) -> String {
        match self.errors.is_empty() {
            true => format!("f-{0}-help", self.name),
            false => format!("f-{0}-help f-{0}-error", self.name),
        }
    }
}

/// What stands in the three inputs of a line of goods, from the line as it was joined.
pub(crate) fn parts_of(line: &str) -> [String; 3] {
    let mut parts = line.split_whitespace().map(|part| if part == NOT_TYPED { "" } else { part }.to_owned());
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

/// Key of what the word of a line of goods is called: customs classes begin with a digit, kinds of production do not.
pub(crate) fn word_label(words: &[&str]) -> &'static str {
    match words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        true => "form-class",
        false => "form-kind",
    }
}

/// Says of lines of goods whose word was left out what is to be done, in place of what the act said of the
/// [`NOT_TYPED`] that held its place.
pub(crate) fn say_unchosen(act: &Act, typed: &Fields, problems: &mut [FieldSaid]) {
    for problem in problems {
        let Some(field) = act.fields.iter().find(|field| field.name == problem.field) else { continue };
        let Kind::Goods(words) = field.kind else { continue };
        let lines = typed.get(field.name).map_or(&[][..], Vec::as_slice);
        let unchosen = |line: &String| line.split_whitespace().next() == Some(NOT_TYPED);
        if let Some(at) = lines.iter().position(unchosen) {
            let key =
                if word_label(words) == "form-class" { "input-choose-class" } else { "input-choose-kind" };
            problem.said = Said::of(key).with("line", at + 1);
        }
    }
}

/// Draws a field. `adding` names the field to which a line was just added.
pub(crate) fn view(
    texts: Texts,
    act: &Act,
    field: &Field,
    typed: &Fields,
    problems: &[FieldSaid],
    adding: &str,
) -> FieldView {
    let given: &[String] = typed.get(field.name).map_or(&[], Vec::as_slice);
    let mut values = given.to_vec();
    let is_adding = field.repeated && adding == field.name;
    let blanks = usize::from(values.is_empty()) + usize::from(is_adding);
    values.resize(values.len() + blanks, String::new());
    FieldView {
        name: field.name,
        label: words::label(texts, field.name),
        help: words::help(texts, act, field),
        example: field.example,
        required: field.required,
        repeated: field.repeated,
        input: input(field, given),
        values,
        errors: problems.iter().filter(|p| p.field == field.name).map(|p| p.said.said(texts)).collect(),
    }
}

fn input(field: &Field, given: &[String]) -> Input {
    let choices = |words: &[&'static str]| -> Vec<Choice> {
        words.iter().map(|&word| Choice { word, is_chosen: given.iter().any(|g| g.trim() == word) }).collect()
    };
    let line = |keyboard| Input::Line { keyboard, offers_participants: false };
    match field.kind {
        Kind::Choice(words) if field.repeated => Input::Checks(choices(words)),
        Kind::Choice(words) if words.len() <= 4 => Input::Radios(choices(words)),
        Kind::Choice(words) => Input::Select(choices(words)),
        Kind::Prose => Input::Prose,
        Kind::Goods(words) => Input::Goods(words),
        Kind::Participant => Input::Line { keyboard: "text", offers_participants: true },
        Kind::Carats | Kind::Usd => line("decimal"),
        Kind::Count => line("numeric"),
        _ => line("text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_act_can_be_drawn_and_keeps_what_was_typed() {
        let english = Texts::of(kp_language::Language::English);
        for (act, field) in kp_node::ACTS.iter().flat_map(|act| act.fields.iter().map(move |f| (act, f))) {
            let typed = Fields::from([(field.name.to_owned(), vec![field.example.to_owned()])]);
            let drawn = view(english, act, field, &typed, &[], field.name);
            let kept = match &drawn.input {
                Input::Radios(choices) | Input::Select(choices) | Input::Checks(choices) => {
                    choices.iter().any(|choice| choice.is_chosen && choice.word == field.example)
                }
                _ => drawn.values.first().is_some_and(|value| value == field.example),
            };
            assert!(kept, "{} loses {:?}", field.name, field.example);
            assert_eq!(drawn.values.len(), if field.repeated { 2 } else { 1 });
        }
    }
}
