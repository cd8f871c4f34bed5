//! In which language the command says a refusal: what `--lang` or `KPCS_LANG` names, else the system's, else English.
//!
//! Everything else the command prints is English: the manual, the names of options and the rules' sources.

use std::sync::OnceLock;

use kp_language::{Language, Texts};
use kp_terms::Refuse;

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// Says once, at the start, what was asked for.
pub(crate) fn choose(asked: Option<Language>) {
    let chosen = asked.or_else(of_system).unwrap_or(Language::English);
    // Only the first choice counts, and there is one.
    CHOSEN.get_or_init(|| chosen);
}

/// The sentence of a refusal with its rule and key, on two lines; `row` says which row of a file it is about.
pub(crate) fn refused(refusal: &dyn Refuse, row: Option<&str>) -> String {
    let texts = Texts::of(CHOSEN.get().copied().unwrap_or(Language::English));
    let sentence = texts.refusal(refusal);
    let said = match row {
        None => texts.with("command-refused", &[("sentence", &sentence)]),
        Some(row) => texts.with("command-row-refused", &[("row", row), ("sentence", &sentence)]),
    };
    let rule = texts.with("command-rule", &[("rule", refusal.rule()), ("key", refusal.key())]);
    format!("{said}\n{rule}")
}

/// The language of the system's messages, as POSIX names it: the first of these that is set.
fn of_system() -> Option<Language> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    of_locale(&set?)
}

/// `fr_CI.UTF-8` is French.
fn of_locale(locale: &str) -> Option<Language> {
    let primary = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    Language::ALL.into_iter().find(|language| language.code() == primary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(of_locale("fr_CI.UTF-8"), Some(Language::French));
        assert_eq!(of_locale("pt"), Some(Language::Portuguese));
        assert_eq!(of_locale("C.UTF-8"), None);
        assert_eq!(of_locale("french"), None);
    }
}
