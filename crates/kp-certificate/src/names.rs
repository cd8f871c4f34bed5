//! Names in signed bytes: in one Unicode form, and cut by one rule where they are too long.
//!
//! Two texts that look alike must not have different bytes, so names are in normalisation form C (Unicode TR15; security
//! 9.2). The record hash covers the full name, so what is cut here is not lost and cannot be changed.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};

/// What stands where a name was cut: one ellipsis, three bytes.
pub(crate) const CUT: char = '\u{2026}';

/// The name in form C, cut to at most `limit` bytes of UTF-8 where it is longer. A cut never falls between a letter and
/// its marks, leaves no blank at the end, and ends in `…`.
///
/// ```
/// use kp_certificate::shorten;
/// assert_eq!(shorten("River Stones Ltd", 40), "River Stones Ltd");
/// assert_eq!(shorten("Société d'Exploration Minière", 16), "Société d'E…");
/// assert_eq!(shorten("River Stones Ltd", 9), "River…");
/// ```
pub fn shorten(name: &str, limit: usize) -> String {
    let name: String = name.trim().nfc().collect();
    if name.len() <= limit {
        return name;
    }
    let room = limit.saturating_sub(CUT.len_utf8());
    let fits = |at: &usize| *at <= room;
    let starts = name.char_indices().filter(|(_, each)| canonical_combining_class(*each) == 0);
    let end = starts.map(|(at, _)| at).take_while(fits).last().unwrap_or(0);
    let mut cut = name.get(..end).unwrap_or_default().trim_end().to_owned();
    cut.push(CUT);
    cut
}

/// Whether a text may stand in signed bytes as a name: form C, no control characters, no blank at either end.
pub(crate) fn is_plain(text: &str) -> bool {
    let printable = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let trimmed = !text.starts_with(' ') && !text.ends_with(' ');
    trimmed
        && (printable
            || is_nfc(text) && !text.chars().any(char::is_control) && text.trim().len() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stays_with_its_letter() {
        // x with a dot below and an acute has no single character: three characters in form C.
        let name = "abx\u{323}\u{301}cdefgh";
        assert_eq!(shorten(name, 9), "abx\u{323}\u{301}\u{2026}".to_owned().replace("x\u{323}\u{301}", ""));
        assert_eq!(shorten(name, 10), "abx\u{323}\u{301}\u{2026}");
        assert_eq!(shorten("e\u{301}", 9), "\u{e9}");
    }

    #[test]
    fn only_plain_names_stand_in_signed_bytes() {
        for good in ["", "River Stones", "Société", "Алмазы", "شركة", "钻石"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["e\u{301}", "a\nb", " a", "a ", "a\u{a0}", "\u{7f}", "a\u{85}b"] {
            assert!(!is_plain(bad), "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_cut_fits_and_is_plain(name in "[ -~é\u{301}Ж钻]{0,60}", limit in 3_usize..50) {
            let cut = shorten(&name, limit);
            proptest::prop_assert!(cut.len() <= limit && is_plain(&cut), "{cut:?}");
            proptest::prop_assert_eq!(shorten(&cut, limit), cut);
        }
    }
}
