//! What the references and licence numbers of an office look like.
//!
//! Ours: they are unique across participants because each begins with its participant's code, and they stand in signed
//! statements and addresses of pages, so they are short and plain.

use kp_terms::ParticipantCode;

/// Whether a reference is one of this participant's: its code, a hyphen, and then letters, digits, hyphens, dots or
/// slashes, of `longest` characters at most in all.
pub fn belongs_to(reference: &str, participant: ParticipantCode, longest: usize) -> bool {
    let own = reference.strip_prefix(participant.as_str()).and_then(|rest| rest.strip_prefix('-'));
    own.is_some_and(|own| {
        !own.is_empty()
            && reference.len() <= longest
            && own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reference_begins_with_its_code_and_is_plain() {
        let belongs = |text: &str| super::belongs_to(text, crate::testing::code("XA"), 12);
        for good in ["XA-1", "XA-A-17", "XA-2026/1.b", "XA-123456789"] {
            assert!(belongs(good), "{good}");
        }
        for bad in ["", "XA", "XA-", "XB-1", "xa-1", " XA-1", "XA-1 2", "XA-é", "XA-1\n", "XA-1234567890"] {
            assert!(!belongs(bad), "{bad:?}");
        }
    }
}
