//! A line of a story as words; text between double quotes is one word.
//!
//! A `#` at the beginning of a word starts a remark that runs to the end of the line. Never guesses: a quote that is
//! not closed is a mistake.

/// One word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word, without its quotes.
    pub(crate) text: String,
    /// Whether it stood between quotes; then it is never a word of the language.
    pub(crate) quoted: bool,
}

/// Splits a line into words.
pub(crate) fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (token, after) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside)?,
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                (Token { text: word.to_owned(), quoted: false }, after)
            }
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

fn quoted(inside: &str) -> Result<(Token, &str), String> {
    let Some((text, after)) = inside.split_once('"') else {
        return Err(format!("\"{inside}"));
    };
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return Err(format!("\"{text}\"{after}"));
    }
    Ok((Token { text: text.to_owned(), quoted: true }, after))
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn quotes_keep_blanks_and_remarks_are_passed_over() {
        let words: Vec<(String, bool)> = tokens("  title \"two words\" x # a remark \"")
            .unwrap()
            .into_iter()
            .map(|t| (t.text, t.quoted))
            .collect();
        assert_eq!(words, [("title".into(), false), ("two words".into(), true), ("x".into(), false)]);
        assert!(tokens("  # nothing else").unwrap().is_empty());
        assert_eq!(tokens("why \"open").unwrap_err(), "\"open");
        assert_eq!(tokens("why \"a\"b").unwrap_err(), "\"a\"b");
    }
}
