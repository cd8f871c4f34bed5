//! Texts taken apart, for programs that fill them in without Fluent: the verifier in a browser (rulings 22).
//!
//! Only what our files use: plain text, `{ $value }`, and a choice by a value. Whatever else a file held would be left out
//! silently, so [`parts`](crate::Texts::parts) gives nothing for such a text, and whoever asked finds it missing.

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// The value of this name.
    Value(String),
    /// One of several, by the value of this name.
    Choice {
        /// Which value.
        value: String,
        /// In the order of the file.
        cases: Vec<ChoiceCase>,
    },
}

/// A case of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceCase {
    /// The value itself, or the plural category of a number (`one`, `other`).
    pub key: String,
    /// Taken where no other fits.
    pub is_otherwise: bool,
    /// What is said then.
    pub parts: Vec<Part>,
}

/// All texts of a file whose keys begin so, in the order of the file.
pub(crate) fn with_prefixes(resource: &FluentResource, prefixes: &[&str]) -> Vec<(String, Vec<Part>)> {
    let wanted = |key: &str| prefixes.iter().any(|prefix| key.starts_with(prefix));
    let taken = |entry: &Entry<&str>| match entry {
        Entry::Message(message) if wanted(message.id.name) => {
            let parts = message.value.as_ref().and_then(pattern)?;
            Some((message.id.name.to_owned(), parts))
        }
        _ => None,
    };
    resource.entries().filter_map(taken).collect()
}

fn pattern(pattern: &Pattern<&str>) -> Option<Vec<Part>> {
    pattern.elements.iter().map(element).collect()
}

fn element(element: &PatternElement<&str>) -> Option<Part> {
    match element {
        PatternElement::TextElement { value } => Some(Part::Text((*value).to_owned())),
        PatternElement::Placeable { expression: Expression::Inline(inline) } => inlined(inline),
        PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
            let InlineExpression::VariableReference { id } = selector else { return None };
            let case = |variant: &fluent_syntax::ast::Variant<&str>| {
                let key = match &variant.key {
                    VariantKey::Identifier { name } => *name,
                    VariantKey::NumberLiteral { value } => *value,
                };
                let parts = pattern(&variant.value)?;
                Some(ChoiceCase { key: key.to_owned(), is_otherwise: variant.default, parts })
            };
            let cases = variants.iter().map(case).collect::<Option<_>>()?;
            Some(Part::Choice { value: id.name.to_owned(), cases })
        }
    }
}

fn inlined(inline: &InlineExpression<&str>) -> Option<Part> {
    match inline {
        InlineExpression::VariableReference { id } => Some(Part::Value(id.name.to_owned())),
        InlineExpression::StringLiteral { value } => Some(Part::Text((*value).to_owned())),
        _ => None,
    }
}
