//! Code texts inside plain text: a message in which somebody pasted what his reader said.
//!
//! Mail programs break long lines, quote with `>`, and lose a space at a line's end, and a space is a character of
//! base45. So several ways of joining lines are tried, and the first whose bytes are one whole CBOR item is taken; if
//! none is, the plain joining, so that the verdict can say that the code is damaged. Nothing is invented: characters of
//! a code are never changed, only line ends are taken out or become the space that stood there.

use std::collections::BTreeSet;

use crate::whole::is_whole;
use crate::{Code, FileKind, Scan};

/// Most codes taken from one text.
const MOST_CODES: usize = 20_000;
/// Most characters of one code (the largest symbol holds 4,296), and most lines it may have been broken into.
const MOST_CHARACTERS: usize = 4_296;
const MOST_LINES: usize = 60;
/// Characters that may be spent on trying how lines belong together; what is beyond is joined plainly.
const MOST_TRIED: usize = 40_000_000;
const PREFIXES: [&str; 2] = ["KPC1:", "KPR1:"];

pub(crate) fn scan(text: &str) -> Scan {
    let lines: Vec<&str> = text.lines().map(unquoted).collect();
    let mut budget = MOST_TRIED;
    let mut seen = BTreeSet::new();
    let mut scan =
        Scan { kind: FileKind::Text, pages: 1, codes: Vec::new(), unread: Vec::new(), left_out: Vec::new() };
    for (at, line) in lines.iter().enumerate() {
        for start in starts(line) {
            let text = code(&line[start..], &lines[at + 1..], &mut budget);
            if scan.codes.len() == MOST_CODES {
                scan.left_out.push(format!("only the first {MOST_CODES} codes of the text were taken"));
                return scan;
            }
            if seen.insert(text.clone()) {
                scan.codes.push(Code { text, page: 1, place: None });
            }
        }
    }
    scan
}

/// A line without what mail programs put before it (quotation) and after it (a soft line break).
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(after) = rest.trim_start_matches(' ').strip_prefix('>') {
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    rest.strip_suffix('=').unwrap_or(rest)
}

/// Where codes begin in a line.
fn starts(line: &str) -> Vec<usize> {
    let mut all: Vec<usize> =
        PREFIXES.iter().flat_map(|prefix| line.match_indices(prefix)).map(|(at, _)| at).collect();
    all.sort_unstable();
    all
}

/// The code that begins here and may go on in the lines below.
fn code(line: &str, below: &[&str], budget: &mut usize) -> String {
    let end =
        PREFIXES.iter().filter_map(|prefix| line[1..].find(prefix)).min().map_or(line.len(), |at| at + 1);
    let first = within(&line[..end]);
    let mut parts = vec![first];
    let mut length = first.len();
    if first.len() == line.len() {
        for next in below.iter().take(MOST_LINES) {
            let goes_on = !next.trim().is_empty() && within(next) == *next && starts(next).is_empty();
            length += next.len();
            if !goes_on || length > MOST_CHARACTERS {
                break;
            }
            parts.push(next);
        }
    }
    for count in 1..=parts.len() {
        for candidate in joinings(&parts[..count]) {
            *budget = budget.saturating_sub(candidate.len());
            if *budget > 0 && is_whole(&candidate) {
                return candidate;
            }
        }
    }
    parts.concat().trim_end().to_owned()
}

/// The longest beginning that is written in the alphabet of base45.
fn within(text: &str) -> &str {
    let outside = |c: char| !(c.is_ascii_digit() || c.is_ascii_uppercase() || " $%*+-./:".contains(c));
    let text = &text[..text.find(outside).unwrap_or(text.len())];
    &text[..text.len().min(MOST_CHARACTERS)]
}

/// Ways in which broken lines may belong together, the likeliest first.
fn joinings(parts: &[&str]) -> Vec<String> {
    let plain = parts.concat();
    let trimmed = plain.trim_end().to_owned();
    let mut ways = vec![plain, trimmed];
    if parts.len() > 1 {
        // Broken at a fixed width: a line that is one character shorter ended in a space.
        let width = parts.iter().map(|part| part.len()).max().unwrap_or(0);
        let mut by_width = String::new();
        for part in &parts[..parts.len() - 1] {
            by_width.push_str(part);
            if part.len() + 1 == width {
                by_width.push(' ');
            }
        }
        by_width.push_str(parts[parts.len() - 1]);
        // Broken at spaces, as running text is.
        ways.extend([by_width, parts.join(" ")]);
        ways.push(parts.iter().map(|part| part.trim()).collect());
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `h'00..'` of 64 bytes as CBOR in base45 (the second text has spaces in it).
    fn sample() -> String {
        let bytes: Vec<u8> =
            [0x58, 200].into_iter().chain((0..200_u16).map(|at| (at * 37 % 251) as u8)).collect();
        format!("KPC1:{}", crate::whole::tests::base45(&bytes))
    }

    fn codes(text: &str) -> Vec<String> {
        scan(text).codes.into_iter().map(|code| code.text).collect()
    }

    #[test]
    fn a_code_comes_out_of_a_message_however_it_was_broken() {
        let code = sample();
        assert!(code.contains(' '), "the sample needs a space: {code}");
        let lines = |width: usize| -> Vec<String> {
            code.as_bytes().chunks(width).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect()
        };
        let messages = [
            code.clone(),
            format!("Dear colleague,\nthe code: {code}\n\nRegards, J. Tilman"),
            format!("see\r\n{}\r\n\r\nRegards", lines(76).join("\r\n")),
            format!("> {}\n> \n> Regards", lines(70).join("\n> ")),
            format!("{}=\n\nBEST", lines(75).join("=\n")),
            lines(72).iter().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n"),
            code.replace(' ', "\n"),
            format!("{}\nXA-000001\n", lines(60).join("\n")),
            format!("{code} and then"),
        ];
        for message in messages {
            assert_eq!(codes(&message), std::slice::from_ref(&code), "{message}");
        }
    }

    #[test]
    fn a_damaged_code_comes_out_plainly_joined_and_each_only_once() {
        assert_eq!(codes("KPC1:6BFA\nKPC1:6BFA\nKPR1:77"), ["KPC1:6BFA", "KPR1:77"]);
        assert_eq!(codes("KPC1:6BKPR1:77"), ["KPC1:6B", "KPR1:77"]);
        assert_eq!(codes("kpc1:6BFA\nno code here"), Vec::<String>::new());
    }
}
