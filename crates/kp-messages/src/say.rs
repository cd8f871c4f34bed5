//! Messages in words, in the language of whoever reads them.
//!
//! A mail works without its link: it names the number and, where the certificate is signed, its check code, which any
//! verifier takes (peers 4.4). It names no carats and no values.

use kp_language::{Language, Texts, Values};

use crate::Message;

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

fn filled(message: &Message, texts: Texts, key: &str) -> String {
    let mut values: Vec<(&str, String)> =
        message.details.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    // What was done to an account is a word of ours, said in the reader's language.
    for (name, text) in &mut values {
        if *name == "what" {
            *text = texts.text(&format!("message-account-{}", text.replace('_', "-")));
        }
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    texts.with(key, &values)
}

/// The message in one line.
pub fn line(message: &Message, texts: Texts) -> String {
    filled(message, texts, &format!("message-{}", message.kind.replace('_', "-")))
}

/// What to do about it.
pub fn next(message: &Message, texts: Texts) -> String {
    filled(message, texts, &format!("message-{}-next", message.kind.replace('_', "-")))
}

fn paragraph(message: &Message, texts: Texts, base: &str) -> String {
    let mut lines = vec![line(message, texts), next(message, texts)];
    if !message.detail("code").is_empty() {
        let (number, code) = (message.detail("number"), message.detail("code"));
        lines.push(texts.with("message-check-code", &[("number", number), ("code", code)]));
    }
    if !message.about.is_empty() {
        lines.push(format!("{base}{}", message.about));
    }
    lines.join("\n")
}

/// The mail that carries one message. `base` is the address at which this node is reached.
pub fn mail_of_one(message: &Message, language: Language, base: &str) -> Mail {
    let texts = Texts::of(language);
    let body = format!("{}\n\n{}\n", paragraph(message, texts, base), texts.text("message-foot"));
    Mail { subject: line(message, texts), body }
}

/// The mail that carries a day's messages.
pub fn digest(messages: &[Message], language: Language, base: &str) -> Mail {
    let texts = Texts::of(language);
    let mut count = Values::new();
    count.set("count", messages.len());
    let paragraphs: Vec<String> = messages.iter().map(|message| paragraph(message, texts, base)).collect();
    let body = format!("{}\n\n{}\n", paragraphs.join("\n\n"), texts.text("message-foot"));
    Mail { subject: texts.say("message-digest", &count), body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{KINDS, TOLD_OF_ACCOUNTS};

    /// Nothing is said by its key, and nothing is left unfilled, in any language.
    #[test]
    fn every_kind_is_said_in_every_language() {
        let of_accounts = TOLD_OF_ACCOUNTS.map(|what| ("account_changed", what));
        let kinds: Vec<(&str, &str)> =
            KINDS.map(|kind| (kind, "invited")).into_iter().chain(of_accounts).collect();
        for language in Language::ALL {
            for (kind, what) in &kinds {
                let details = ["number", "code", "participant", "due", "by"];
                let mut details: Vec<(String, String)> =
                    details.iter().map(|name| ((*name).to_owned(), format!("<{name}>"))).collect();
                details.push(("what".into(), (*what).into()));
                let message = Message {
                    id: 1,
                    officer_id: "xa-clerk-1".into(),
                    kind: (*kind).into(),
                    details,
                    about: "/x".into(),
                    at: jiff::Timestamp::UNIX_EPOCH,
                    read_at: None,
                };
                let mail = mail_of_one(&message, language, "https://kp.example");
                for text in [&mail.subject, &mail.body] {
                    assert!(
                        !text.contains("message-") && !text.contains("{$") && !text.contains("{ $"),
                        "{text}"
                    );
                }
                assert!(
                    mail.body.contains("https://kp.example/x") && mail.body.contains("<code>"),
                    "{}",
                    mail.body
                );
            }
        }
    }
}
