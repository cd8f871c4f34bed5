//! How a sentence quotes what was typed: in quotation marks, odd characters made visible, and never at great length.

/// At most this many characters of the typed text are repeated in a sentence.
const SHOWN: usize = 60;

/// The text in quotation marks, cut after sixty characters.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?} (cut short)", text.get(..end).unwrap_or(text)),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn long_texts_are_cut_at_a_character_and_not_inside_one() {
        assert_eq!(quoted("XA\t1"), r#""XA\t1""#);
        assert_eq!(quoted(&"é".repeat(60)), format!("\"{}\"", "é".repeat(60)));
        assert_eq!(quoted(&"é".repeat(61)), format!("\"{}\" (cut short)", "é".repeat(60)));
    }
}
