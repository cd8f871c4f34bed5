//! Attach a paper: an officer says that this file belongs to that record, and what it is.
//!
//! Scheme: Section V(b) and Annex II.20 (records are kept and handed to those who may ask); domain 2. Serves L12, L20: who
//! valued or confirmed can show on what. Appends `paper_attached` to the log of the officer's body. The statement holds the
//! file's SHA-256 and never the file, so a paper can be shown to be the one that lay there, and nobody reads it from the log.
//! Decides nothing about the record.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{BelongsTo, MOST_BYTES, MediaType, PaperSort, belongs_to::Record, queries};

const RECORD_PAPER: Sql = sql!("record_paper");

/// Longest description, characters: it stands in a list.
const LONGEST_WORDS: usize = 200;

kp_terms::form! {
    /// What the officer types; the doors fill in what is known of the file.
    pub struct Request {
        /// What the paper belongs to.
        belongs_to: BelongsTo, "certificate";
        /// Which: a certificate's number, an application's reference, a case's number.
        record: String, "XA-000001";
        /// What it is.
        paper_sort: PaperSort, "invoice";
        /// What it shows, in a few words.
        paper_words: String, "Invoice 2026-17 of River Stones Ltd";
        /// SHA-256 of the file, hexadecimal; the doors fill this in.
        file_sha256: String, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        /// What the file is by its own bytes; the doors fill this in.
        media_type: MediaType, "pdf";
        /// Its length in bytes; the doors fill this in.
        file_bytes: u32, "184320";
    }
}

/// A paper is attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperAttached {
    /// Whose officer: a participant's code, or `scheme`.
    pub body: String,
    /// What it belongs to.
    pub belongs_to: BelongsTo,
    /// Which.
    pub record: String,
    /// What it is.
    pub paper_sort: PaperSort,
    /// What it shows.
    pub paper_words: String,
    /// SHA-256 of the file, hexadecimal.
    pub file_sha256: String,
    /// What the file is.
    pub media_type: MediaType,
    /// Its length in bytes.
    pub file_bytes: u32,
    /// Which officer.
    pub attached_by: String,
}

impl Statement for PaperAttached {
    const KIND: &'static str = "paper_attached";

    fn owner(&self) -> LogOwner {
        // Whatever is no participant's is the scheme's own.
        self.body.parse::<ParticipantCode>().map_or(LogOwner::Scheme, LogOwner::Participant)
    }

    fn subject(&self) -> String {
        self.record.clone()
    }
}

kp_terms::refusals! {
    /// Why a paper is not attached.
    pub enum Refusal {
        /// There is no such record.
        NoSuchRecord { belongs_to: BelongsTo, record: String } = "no_such_record",
            "there is no {belongs_to} {record} here; write it as it stands on its page", "a paper belongs to a record";
        /// The case is over.
        RecordClosed { record: String } = "record_closed",
            "{record} is closed; ask again, or open another case, and attach the paper there", "a closed case stays as it was closed";
        /// It is there already.
        PaperAlreadyAttached { record: String, on: String } = "paper_already_attached",
            "this very file was attached to {record} on {on} already", "one paper, one statement";
        /// Nothing said.
        NoPaperWords = "no_paper_words",
            "say in a few words what the paper shows", "ours: a list of files without words is of no use";
        /// Too much said.
        PaperWordsTooLong { most: usize } = "paper_words_too_long",
            "at most {most} characters; what is longer belongs into the paper", "limit ours";
        /// The hash is none.
        NotAFileHash { text: String } = "not_a_file_hash",
            "{text} is not the SHA-256 of a file: 64 hexadecimal digits", "FIPS 180-4";
        /// Larger than is kept, or nothing.
        FileTooLarge { most: u64 } = "file_too_large",
            "a file has at least one byte and at most {most}; scan it in fewer dots or in parts", "limit ours";
    }
}

struct Facts {
    officer: Officer,
    record: Option<Record>,
    /// The day on which this file was attached to this record.
    attached_on: Option<String>,
}

/// Attaches a paper.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn attach_paper(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let record = request.belongs_to.record(tx, &request.record)?;
    let before = match &record {
        Some(record) => queries::papers_of_record(tx, request.belongs_to, &record.subject)?,
        None => Vec::new(),
    };
    let same = before.iter().find(|paper| paper.file_sha256 == request.file_sha256);
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        record,
        attached_on: same.map(|paper| kp_log::day_of(paper.attached_at).to_string()),
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<PaperAttached, Box<dyn Refuse>> {
    let Some(record) = &facts.record else {
        let record = request.record.chars().take(40).collect();
        return Err(Refusal::NoSuchRecord { belongs_to: request.belongs_to, record }.into());
    };
    works_with(&facts.officer, request.belongs_to, record)?;
    if record.is_closed {
        return Err(Refusal::RecordClosed { record: record.subject.clone() }.into());
    }
    let words = request.paper_words.trim();
    if words.is_empty() {
        return Err(Refusal::NoPaperWords.into());
    }
    if words.chars().count() > LONGEST_WORDS || words.contains('\n') {
        return Err(Refusal::PaperWordsTooLong { most: LONGEST_WORDS }.into());
    }
    let hash = &request.file_sha256;
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Err(Refusal::NotAFileHash { text: hash.chars().take(70).collect() }.into());
    }
    if request.file_bytes == 0 || u64::from(request.file_bytes) > MOST_BYTES {
        return Err(Refusal::FileTooLarge { most: MOST_BYTES }.into());
    }
    if let Some(on) = &facts.attached_on {
        let (record, on) = (record.subject.clone(), on.clone());
        return Err(Refusal::PaperAlreadyAttached { record, on }.into());
    }
    Ok(PaperAttached {
        body: facts.officer.body.clone(),
        belongs_to: request.belongs_to,
        record: record.subject.clone(),
        paper_sort: request.paper_sort,
        paper_words: words.to_owned(),
        file_sha256: hash.clone(),
        media_type: request.media_type,
        file_bytes: request.file_bytes,
        attached_by: facts.officer.id.clone(),
    })
}

/// Of one of the record's bodies, in one of the roles that work with it.
fn works_with(officer: &Officer, belongs_to: BelongsTo, record: &Record) -> Result<(), Box<dyn Refuse>> {
    let id = officer.id.clone();
    if !record.bodies.contains(&officer.body) {
        let needed = record.bodies.join(" or ");
        return Err(may_act::Refusal::OtherBody { id, own: officer.body.clone(), needed }.into());
    }
    let [first, ..] = belongs_to.roles() else { return Ok(()) };
    if belongs_to.roles().iter().any(|role| officer.roles.contains(role)) {
        Ok(())
    } else {
        Err(may_act::Refusal::RoleMissing { id, role: *first }.into())
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PaperAttached = entry.body()?;
    tx.execute(
        RECORD_PAPER,
        &[
            i64::try_from(entry.position)?.into(),
            body.belongs_to.word().into(),
            (&body.record).into(),
            body.paper_sort.word().into(),
            (&body.paper_words).into(),
            (&body.file_sha256).into(),
            body.media_type.word().into(),
            i64::from(body.file_bytes).into(),
            (&body.body).into(),
            (&body.attached_by).into(),
            (&entry.at.to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{BelongsTo, MediaType, PaperSort, belongs_to::Record, testing::*};

    fn record() -> Record {
        Record { subject: "C-2026-0001".into(), bodies: vec!["XA".into(), "scheme".into()], is_closed: true }
    }

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XB", Role::FocalPoint),
            record: None,
            attached_on: Some("2026-02-03".into()),
        };
        let request = Request {
            belongs_to: BelongsTo::Case,
            record: "c-2026-0001".into(),
            paper_sort: PaperSort::Letter,
            paper_words: " ".into(),
            file_sha256: "E3".repeat(32),
            media_type: MediaType::Pdf,
            file_bytes: 0,
        };
        let mut world = (facts, request);
        let attached = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("no_such_record", |w| w.0.record = Some(record())),
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::FocalPoint)),
                ("record_closed", |w| w.0.record = Some(Record { is_closed: false, ..record() })),
                ("no_paper_words", |w| w.1.paper_words = "x".repeat(201)),
                ("paper_words_too_long", |w| w.1.paper_words = " a letter ".into()),
                ("not_a_file_hash", |w| w.1.file_sha256 = "e3".repeat(32)),
                ("file_too_large", |w| w.1.file_bytes = 200_000_000),
                ("file_too_large", |w| w.1.file_bytes = 1000),
                ("paper_already_attached", |w| w.0.attached_on = None),
            ],
        );
        assert_eq!((attached.record.as_str(), attached.paper_words.as_str()), ("C-2026-0001", "a letter"));
    }

    #[test]
    fn the_scheme_attaches_to_a_case_and_to_no_certificate() {
        let request = |belongs_to| Request {
            belongs_to,
            record: "x".into(),
            paper_sort: PaperSort::Other,
            paper_words: "a paper".into(),
            file_sha256: "e3".repeat(32),
            media_type: MediaType::Png,
            file_bytes: 9,
        };
        let facts = |bodies: &[&str]| Facts {
            officer: officer("scheme", Role::Statistics),
            record: Some(Record {
                subject: "x".into(),
                bodies: bodies.iter().map(|body| (*body).to_owned()).collect(),
                is_closed: false,
            }),
            attached_on: None,
        };
        assert!(decide(&facts(&["XA", "scheme"]), &request(BelongsTo::Case)).is_ok());
        let refused = keyed(decide(&facts(&["XA", "XB"]), &request(BelongsTo::Certificate)));
        assert_eq!(refused.unwrap_err(), "officer_of_another_body");
    }
}
