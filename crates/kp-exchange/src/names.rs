//! Names as people write them: letters with and without accents, any case, any order of words, any punctuation.
//!
//! Two names are the same when their [`key`] is the same; [`nearest`] suggests what was probably meant. A suggestion
//! is only ever shown, never taken.

/// Only the letters and digits, lower case, accents gone: `US Value ($)` becomes `usvalue`.
pub(crate) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars() {
        push_plain(c, &mut squeezed);
    }
    squeezed
}

/// A name without accents, case, punctuation, order and small words, so that
/// `Congo, Democratic Republic of` and `Democratic Republic of the Congo` have one key.
pub(crate) fn key(name: &str) -> String {
    let joined: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´' | '.')).collect();
    let mut words: Vec<String> = joined.split(|c: char| !c.is_alphanumeric()).map(squeeze).collect();
    words.retain(|word| !matches!(word.as_str(), "" | "of" | "the" | "and" | "du" | "de"));
    words.sort_unstable();
    words.concat()
}

/// The candidate that differs least, where it differs little enough to be worth suggesting.
pub(crate) fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = squeeze(wanted);
    let longest = wanted.chars().count().max(3);
    if longest > 80 {
        return None;
    }
    candidates
        .map(|candidate| (distance(&wanted, &squeeze(candidate)), candidate))
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)))
        .filter(|(differences, _)| *differences * 3 <= longest)
        .map(|(_, candidate)| candidate)
}

fn push_plain(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' | 'Ā' | 'Ă' | 'Ą' => out.push('a'),
        'ç' | 'Ç' | 'ć' | 'č' | 'Ć' | 'Č' => out.push('c'),
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ě' | 'Ē' | 'Ę' | 'Ě' => out.push('e'),
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'ı' | 'İ' | 'Ī' => out.push('i'),
        'ñ' | 'Ñ' | 'ń' | 'Ń' => out.push('n'),
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' => out.push('o'),
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' => out.push('u'),
        'ý' | 'ÿ' | 'Ý' => out.push('y'),
        'ş' | 'š' | 'Ş' | 'Š' => out.push('s'),
        'ž' | 'ż' | 'Ž' | 'Ż' => out.push('z'),
        other if other.is_alphanumeric() => out.extend(other.to_lowercase()),
        _ => {}
    }
}

/// Edit distance (one change, one missing, one too many each count one), over characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (place, to) in above.iter_mut().skip(1).zip(&b) {
            let changed = corner + usize::from(from != *to);
            corner = *place;
            left = changed.min(*place + 1).min(left + 1);
            *place = left;
        }
        if let Some(first) = above.first_mut() {
            *first = i + 1;
        }
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_key_however_it_is_written() {
        assert_eq!(key("Congo, Democratic Republic of"), key("DEMOCRATIC REPUBLIC OF THE CONGO"));
        assert_eq!(key("Côte d'Ivoire"), key("Cote d’Ivoire"));
        assert_eq!(key("Côte d'Ivoire"), key("COTE D IVOIRE"));
        assert_eq!(key("Türkiye"), key("turkiye"));
        assert_ne!(key("Guinea"), key("Guyana"));
        assert_ne!(key("Congo, Republic of"), key("Congo, Democratic Republic of"));
    }

    #[test]
    fn the_nearest_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("Botswanna", ["Botswana", "Brazil"].into_iter()), Some("Botswana"));
        assert_eq!(nearest("C?te d'Ivoire", ["Côte d'Ivoire", "Croatia"].into_iter()), Some("Côte d'Ivoire"));
        assert_eq!(nearest("Atlantis of the deep", ["Mali", "Togo"].into_iter()), None);
        assert_eq!((distance("kitten", "sitting"), distance("", "ab"), distance("ab", "")), (3, 2, 2));
    }
}
