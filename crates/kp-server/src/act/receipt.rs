//! What was recorded: shown after every act, and the page of every entry of the log.

use anyhow::Result;
use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
};
use kp_accounts::shown::shown_to;
use kp_db::Tx;
use kp_language::Texts;
use kp_log::Entry;
use kp_terms::CertificateNumber;

use crate::{
    act::next::{self, NextAct},
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::{Problem, Said},
    words,
};

/// What an entry is about, where it has a page.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) next: Vec<NextAct>,
}

/// An entry as pages show it.
pub(crate) struct EntryLine {
    pub(crate) position: u64,
    pub(crate) what: String,
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) log_id: String,
    pub(crate) entry_number: u64,
    pub(crate) subject: String,
    /// Why, as far as the statement says; may be empty.
    pub(crate) why: String,
}

#[derive(Template)]
#[template(path = "act/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    line: EntryLine,
    hash: String,
    key: String,
    subject: Option<Subject>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(position): Path<u64>,
) -> Answer {
    page(&app, visit, Section::None, move |app, tx, frame| {
        let none = || Problem::not_found(Said::of("problem-no-entry").with("position", position));
        if position == 0 || position > kp_log::last_position(tx)? {
            return Err(none());
        }
        let entry = kp_log::entry_at(tx, position)?;
        let line = line(tx, frame.texts, &app.node.keys().signer.id, &entry)?;
        let Some(bodies) = shown_to(tx, &frame.viewer, &entry, &line.who)? else { return Err(none()) };
        frame.saw("entry", position, &bodies);
        let subject = subject(tx, frame.texts, &entry.subject)?;
        Ok(ReceiptPage {
            frame: frame.titled(line.what.clone()),
            hash: entry.statement_hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            key: entry.key_id.to_string(),
            subject,
            line,
        })
    })
    .await
}

/// An entry with who signed it; `node` is the name of this node, which signs what it states itself.
pub(crate) fn line(tx: &mut Tx<'_>, texts: Texts, node: &str, entry: &Entry) -> Result<EntryLine> {
    let who = kp_registry::officer_of_key(tx, &entry.key_id.to_string())?;
    Ok(EntryLine {
        position: entry.position,
        what: words::kind(texts, &entry.kind),
        at: words::instant(&entry.at),
        who: who.unwrap_or_else(|| words::with(texts, "receipt-by-node", &[("node", &node)])),
        log_id: entry.log_id.clone(),
        entry_number: entry.entry_number,
        subject: about(texts, &entry.subject),
        why: entry.why().join("; "),
    })
}

/// What an entry is about, for people: a number or a code as it is, and in words what has no name of its own.
fn about(texts: Texts, subject: &str) -> String {
    let Some((kind, rest)) = subject.split_once(' ') else { return subject.to_owned() };
    let key = match kind {
        "return" => "receipt-about-return",
        "period" => "receipt-about-period",
        "file" => "receipt-about-file",
        "confirmations" => "receipt-about-confirmations",
        _ => return subject.to_owned(),
    };
    let rest: Vec<String> = rest.split(' ').map(|part| texts.word(part)).collect();
    words::with(texts, key, &[("which", &rest.join(" "))])
}

/// The page of what an entry is about.
pub(crate) fn subject(tx: &mut Tx<'_>, texts: Texts, subject: &str) -> Result<Option<Subject>> {
    if let Ok(number) = subject.parse::<CertificateNumber>()
        && let Some(certificate) = kp_trade::certificate_by_number(tx, &number)?
    {
        let link = format!("/certificates/{number}");
        return Ok(Some(Subject {
            name: words::with(texts, "certificate-title", &[("number", &number)]),
            link,
            next: next::of_certificate(&certificate),
        }));
    }
    if let Some(application) = kp_trade::application_by_reference(tx, subject)? {
        return Ok(Some(match kp_trade::certificate_of_application(tx, subject)? {
            Some(number) => Subject {
                name: words::with(texts, "certificate-title", &[("number", &number)]),
                link: format!("/certificates/{number}"),
                next: Vec::new(),
            },
            None => Subject {
                name: words::with(texts, "application-title", &[("reference", &subject)]),
                link: format!("/applications/{}", next::escaped(subject)),
                next: next::of_application(&application),
            },
        }));
    }
    let participant =
        subject.parse().ok().map(|code| kp_registry::participant_by_code(tx, code)).transpose()?;
    Ok(participant.flatten().map(|participant| Subject {
        name: participant.name,
        link: format!("/participants/{}", participant.code),
        next: Vec::new(),
    }))
}
