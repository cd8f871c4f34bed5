//! Seal numbers: plain texts, and runs of them written as ranges (`CD77120934-45` for ...34 to ...45).
//!
//! CA-Reg s.5(1)(f): a seal number for each container. One list of seals has exactly one short form, so the same shipment
//! has the same bytes everywhere. It never says whether a seal was found unbroken.

/// More seals than this on one certificate are not read: a range is short to write and long to hold.
pub(crate) const MOST_SEALS: usize = 200;

/// A seal number as it stands in signed bytes: capital letters, digits, dots and slashes; blanks and hyphens left out.
/// Nothing where other characters are in it, or it is empty or longer than 24.
///
/// ```
/// use kp_certificate::plain_seal;
/// assert_eq!(plain_seal("cd 7712-0934").as_deref(), Some("CD77120934"));
/// assert_eq!(plain_seal("№ 7"), None);
/// ```
pub fn plain_seal(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|each| !matches!(each, ' ' | '-' | '\u{a0}'))
        .map(|each| each.to_ascii_uppercase())
        .collect();
    is_seal(&plain).then_some(plain)
}

/// Whether a text is a seal number in its plain form.
pub(crate) fn is_seal(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'/');
    (1..=24).contains(&text.len()) && text.bytes().all(allowed)
}

/// The seals in their short form, in the order given: neighbours that count up by one become a range, which names the
/// first in full and of the last only the digits from the first that differs on.
///
/// ```
/// let seals = ["CD77120934", "CD77120935", "CD77120936", "X1"].map(String::from);
/// assert_eq!(kp_certificate::seal_ranges(&seals), ["CD77120934-6", "X1"]);
/// ```
pub fn ranges(seals: &[String]) -> Vec<String> {
    let mut written = Vec::new();
    let mut rest = seals;
    while let Some((first, after)) = rest.split_first() {
        let mut last = first.clone();
        let mut run = 0;
        while let Some(next) = after.get(run).filter(|next| following(&last).as_ref() == Some(*next)) {
            last.clone_from(next);
            run += 1;
        }
        written.push(if run == 0 { first.clone() } else { range(first, &last) });
        rest = after.get(run..).unwrap_or_default();
    }
    written
}

fn range(first: &str, last: &str) -> String {
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    format!("{first}-{}", last.get(same..).unwrap_or_default())
}

/// The seal after this one: its last digits counted up by one, in the same width.
fn following(seal: &str) -> Option<String> {
    let mut bytes = seal.as_bytes().to_vec();
    for byte in bytes.iter_mut().rev() {
        match byte {
            b'0'..=b'8' => {
                *byte += 1;
                return String::from_utf8(bytes).ok();
            }
            b'9' => *byte = b'0',
            _ => return None,
        }
    }
    None
}

/// The seals behind their short form; nothing where a text is no seal and no range, or there are too many.
pub(crate) fn expand<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut seals: Vec<String> = Vec::new();
    for text in texts {
        let Some((first, tail)) = text.split_once('-') else {
            seals.push(text.to_owned());
            continue;
        };
        let digits = !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit());
        let stem = first.len().checked_sub(tail.len()).and_then(|at| first.get(..at)).filter(|_| digits)?;
        let last = format!("{stem}{tail}");
        let mut seal = first.to_owned();
        while seal != last {
            let next = following(&seal).filter(|_| seals.len() < MOST_SEALS)?;
            seals.push(std::mem::replace(&mut seal, next));
        }
        seals.push(seal);
    }
    (seals.len() <= MOST_SEALS && seals.iter().all(|seal| is_seal(seal))).then_some(seals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(texts: &[&str]) -> Option<Vec<String>> {
        expand(texts.iter().copied())
    }

    #[test]
    fn ranges_open_to_the_seals_they_were_made_of() {
        let seals: Vec<String> = (34..=45).map(|n| format!("CD771209{n}")).collect();
        assert_eq!(ranges(&seals), ["CD77120934-45"]);
        assert_eq!(expanded(&["CD77120934-45"]), Some(seals));
        assert_eq!(ranges(&["A9".into(), "A10".into()]), ["A9", "A10"]);
        assert_eq!(ranges(&["A09".into(), "A10".into()]), ["A09-10"]);
        assert_eq!(ranges(&["1".into(), "1".into()]), ["1", "1"]);
    }

    #[test]
    fn what_is_no_seal_and_no_range() {
        for bad in ["A0000000-9999999", "A5-3", "A-1", "5-55", "A5-", "a5", "", "A 5", "AB-CD"] {
            assert_eq!(expanded(&[bad]), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_short_form_is_read_back(seals in proptest::collection::vec("[A-C]{0,2}[0-2]?[0-9]", 0..20)) {
            let short = ranges(&seals);
            proptest::prop_assert_eq!(expand(short.iter().map(String::as_str)), Some(seals));
        }
    }
}
