//! Rust source taken apart far enough for tidiness: code, comments and strings kept apart, tests told from the rest.
//!
//! Not a parser: it knows comments, strings, character literals and braces. Lines keep their numbers.

use std::ops::Range;

/// A source file with its parts kept apart.
pub(crate) struct Source {
    /// The code; comments and the insides of strings are blanks.
    code: Vec<char>,
    /// Comments with the line on which each begins.
    pub(crate) comments: Vec<(usize, String)>,
    /// The insides of strings, with the line on which each begins and the place in the code.
    strings: Vec<(usize, usize, String)>,
    /// Code that is only built for tests.
    tests: Vec<Range<usize>>,
}

impl Source {
    /// Takes a file apart. A file in a `tests` folder, or called `tests.rs`, is a test from end to end.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let mut source = take_apart(text);
        let name = path.rsplit('/').next().unwrap_or(path);
        let all_tests = path.split('/').any(|part| matches!(part, "tests" | "benches" | "examples"))
            || matches!(name, "tests.rs" | "test_support.rs");
        let everything = 0..source.code.len();
        source.tests = if all_tests { vec![everything] } else { test_ranges(&source.code) };
        source
    }

    /// Lines of code that users run, numbered from 1; tests are blank.
    pub(crate) fn production(&self) -> Vec<(usize, String)> {
        self.lines(false)
    }

    /// Lines of code that only tests run, numbered from 1; the rest is blank.
    pub(crate) fn tests(&self) -> Vec<(usize, String)> {
        self.lines(true)
    }

    /// Strings outside tests, with their lines.
    pub(crate) fn production_strings(&self) -> impl Iterator<Item = (usize, &str)> {
        let outside = self.strings.iter().filter(|(_, place, _)| !self.in_tests(*place));
        outside.map(|(line, _, text)| (*line, text.as_str()))
    }

    fn in_tests(&self, place: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&place))
    }

    fn lines(&self, of_tests: bool) -> Vec<(usize, String)> {
        let mut kept = self.code.clone();
        for (place, c) in kept.iter_mut().enumerate() {
            if *c != '\n' && self.in_tests(place) != of_tests {
                *c = ' ';
            }
        }
        let text: String = kept.into_iter().collect();
        (1..).zip(text.lines().map(str::to_owned)).collect()
    }
}

/// Places at which a word stands by itself in a line.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(part_of_name)
            && !line[at + word.len()..].chars().next().is_some_and(part_of_name)
    })
}

fn take_apart(text: &str) -> Source {
    let chars: Vec<char> = text.chars().collect();
    let mut source =
        Source { code: chars.clone(), comments: Vec::new(), strings: Vec::new(), tests: Vec::new() };
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let (end, inside) = part_at(&chars, at);
        if let Some((kind, inside)) = inside {
            let text: String = chars[inside.clone()].iter().collect();
            match kind {
                Part::Comment => source.comments.push((line, text)),
                Part::Text => source.strings.push((line, at, text)),
                Part::Character => {}
            }
            for c in &mut source.code[inside] {
                if *c != '\n' {
                    *c = ' ';
                }
            }
        }
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    source
}

enum Part {
    Comment,
    Text,
    Character,
}

/// The part that begins here: where it ends, and, unless it is code, its kind and what to blank.
fn part_at(chars: &[char], at: usize) -> (usize, Option<(Part, Range<usize>)>) {
    let next = chars.get(at + 1);
    match chars[at] {
        '/' if next == Some(&'/') => {
            let end = (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len());
            (end, Some((Part::Comment, at..end)))
        }
        '/' if next == Some(&'*') => {
            let end = end_of_block_comment(chars, at);
            (end, Some((Part::Comment, at..end)))
        }
        '"' => string(chars, at + 1, 0, true),
        'r' if !at.checked_sub(1).is_some_and(|before| is_name(chars[before]) && chars[before] != 'b') => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(at + 1 + hashes) == Some(&'"') {
                string(chars, at + 2 + hashes, hashes, false)
            } else {
                (at + 1, None)
            }
        }
        '\'' => character(chars, at),
        _ => (at + 1, None),
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_block_comment(chars: &[char], begin: usize) -> usize {
    let (mut at, mut depth) = (begin, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

/// A string whose inside begins at `inside` and that ends with a quote and so many `#`.
fn string(
    chars: &[char],
    inside: usize,
    hashes: usize,
    escapes: bool,
) -> (usize, Option<(Part, Range<usize>)>) {
    let mut at = inside;
    while at < chars.len() {
        if escapes && chars[at] == '\\' {
            at += 2;
            continue;
        }
        let closed = chars[at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
        if closed {
            return (at + 1 + hashes, Some((Part::Text, inside..at)));
        }
        at += 1;
    }
    (chars.len(), Some((Part::Text, inside.min(chars.len())..chars.len())))
}

/// A character literal, or the beginning of a lifetime.
fn character(chars: &[char], at: usize) -> (usize, Option<(Part, Range<usize>)>) {
    let close = match chars.get(at + 1) {
        Some('\\') => (at + 3..chars.len()).find(|i| chars[*i] == '\''),
        Some(_) if chars.get(at + 2) == Some(&'\'') => Some(at + 2),
        _ => None,
    };
    match close {
        Some(close) => (close + 1, Some((Part::Character, at + 1..close))),
        None => (at + 1, None),
    }
}

/// What follows each `#[cfg(test)]`: up to its closing brace, or to its semicolon.
fn test_ranges(code: &[char]) -> Vec<Range<usize>> {
    let marks: Vec<Vec<char>> =
        ["#[cfg(test)]", "#[cfg(all(test"].iter().map(|m| m.chars().collect()).collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if !marks.iter().any(|mark| code[at..].starts_with(mark)) {
            at += 1;
            continue;
        }
        let begin = at;
        let mut depth = 0;
        while at < code.len() {
            match code[at] {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            let ended = (code[at] == '}' || code[at] == ';') && depth == 0;
            at += 1;
            if ended {
                break;
            }
        }
        ranges.push(begin..at);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"//! about f64
fn run<'a>(c: char) -> &'a str {
    /* f32 /* nested */ */ let quote = '"';
    let text = "f64 // not a comment"; // f64 "no string"
    r#"raw " f64"#
}
#[cfg(test)]
mod tests {
    fn check() { sleep(1) }
}
fn after() { last() }
"##;

    #[test]
    fn comments_and_strings_are_no_code() {
        let source = Source::read("crates/a/src/lib.rs", TEXT);
        let code: String = source.production().into_iter().map(|(_, line)| line + "\n").collect();
        assert!(!code.contains("f64") && !code.contains("f32") && !code.contains("nested"), "{code}");
        assert!(code.contains("let text =") && code.contains("fn after() { last() }"), "{code}");
        let strings: Vec<_> = source.production_strings().collect();
        assert_eq!(strings, [(4, "f64 // not a comment"), (5, "raw \" f64")]);
        assert_eq!(source.comments.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 4]);
    }

    #[test]
    fn tests_are_told_from_the_rest() {
        let source = Source::read("crates/a/src/lib.rs", TEXT);
        let with = |lines: Vec<(usize, String)>, word: &str| -> Vec<usize> {
            lines.into_iter().filter(|(_, line)| has_word(line, word)).map(|(number, _)| number).collect()
        };
        assert_eq!(with(source.tests(), "sleep"), [9]);
        assert_eq!(with(source.production(), "sleep"), [0_usize; 0]);
        assert_eq!(with(source.production(), "last"), [11]);
        let whole = Source::read("crates/a/tests/it/main.rs", TEXT);
        assert_eq!(with(whole.tests(), "last"), [11]);
    }
}
