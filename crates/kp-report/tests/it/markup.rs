//! A strict reader of the markup that the report writes: every element closed in its order, every attribute quoted, no
//! id twice. Stricter than HTML asks, so that a slip is seen.

use std::collections::BTreeSet;

/// Elements that HTML never closes.
const VOID: [&str; 5] = ["meta", "link", "br", "input", "hr"];

#[derive(Debug, Default)]
pub(crate) struct Markup {
    pub(crate) ids: BTreeSet<String>,
    /// Name of the element, name and value of the attribute, in order.
    pub(crate) attributes: Vec<(String, String, String)>,
    /// Text outside style and script, unescaped no further than it was written.
    pub(crate) text: String,
}

pub(crate) fn read(html: &str) -> Markup {
    let mut markup = Markup::default();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        markup.text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!doctype html>") {
            rest = after;
            continue;
        }
        let end = rest.find('>').unwrap_or_else(|| panic!("a tag is not closed: {:.80}", rest));
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            assert_eq!(last.as_deref(), Some(name), "closed out of order, before {:.80}", rest);
            continue;
        }
        let name = read_tag(tag, &mut markup);
        if matches!(name.as_str(), "style" | "script") {
            let end = rest.find(&format!("</{name}>")).expect("closed");
            rest = &rest[end + name.len() + 3..];
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    markup
}

fn read_tag(tag: &str, markup: &mut Markup) -> String {
    let tag = tag.strip_suffix('/').unwrap_or(tag);
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "not an element: <{tag}>");
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let word_end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let attribute = &rest[..word_end];
        rest = &rest[word_end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("the quotation mark is closed");
                rest = after;
                value
            }
            None => {
                assert!(!rest.starts_with('='), "not quoted: <{tag}>");
                ""
            }
        };
        if attribute == "id" {
            assert!(markup.ids.insert(value.to_owned()), "twice: {value}");
        }
        markup.attributes.push((name.to_owned(), attribute.to_owned(), value.to_owned()));
    }
    name.to_owned()
}

#[test]
#[should_panic(expected = "out of order")]
fn the_reader_sees_crossed_elements() {
    read("<p><b>x</p></b>");
}

#[test]
#[should_panic(expected = "twice")]
fn the_reader_sees_an_id_twice() {
    read(r#"<p id="a"></p><p id="a"></p>"#);
}
