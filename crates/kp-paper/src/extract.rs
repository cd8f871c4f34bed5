//! The court-ready extract: everything known about one number, with its proofs, on numbered pages.
//!
//! It repeats what the log says and how a stranger can check it with published tools. It draws no conclusion: a refusal
//! or a presentation is printed as it was recorded.

use kp_terms::{CertificateNumber, Timestamp};

use crate::{
    error::PaperError,
    flow::{Column, Flow},
    fonts::Fonts,
    layout::Layout,
    page::Page,
    render::{About, write},
    sheet::Print,
};

/// Everything known about one number.
#[derive(Debug, Clone)]
pub struct CourtExtract {
    /// The number it is about.
    pub number: CertificateNumber,
    /// Who makes the extract: the participant's name.
    pub participant_name: String,
    /// The authority that makes it, with its address.
    pub authority: String,
    /// For which proceedings, or for whom; may be empty.
    pub purpose: String,
    /// Name and value of each key fact, in the order in which they shall stand.
    pub facts: Vec<(String, String)>,
    /// Every act about the number, in the order of the log.
    pub acts: Vec<ActLine>,
    /// What was asked for and refused.
    pub refusals: Vec<RefusalLine>,
    /// Where the number was presented.
    pub presentations: Vec<PresentationLine>,
    /// The proofs as text.
    pub proofs: Vec<ProofText>,
    /// How to check it with published tools, one step each.
    pub how_to_verify: Vec<String>,
    /// Who answers for the extract.
    pub officer: String,
    /// Which print.
    pub print: Print,
    /// Whether it is a node for training.
    pub training: bool,
    /// When it was made, in UTC.
    pub made_at: Timestamp,
}

/// One act.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// Number of its entry in the log, and which log: `kp.XA/2026 no. 41`.
    pub entry: String,
    /// When, in UTC.
    pub at: Timestamp,
    /// What was done, in words.
    pub act: String,
    /// Who did it.
    pub actor: String,
    /// SHA-256 of the statement, as hex.
    pub statement_hash: String,
}

/// One refusal.
#[derive(Debug, Clone)]
pub struct RefusalLine {
    /// When, in UTC.
    pub at: Timestamp,
    /// What was asked for, and by whom.
    pub asked: String,
    /// Why it was refused: the sentence with its rule.
    pub why: String,
}

/// One presentation.
#[derive(Debug, Clone)]
pub struct PresentationLine {
    /// When, in UTC.
    pub at: Timestamp,
    /// Where and to whom.
    pub place: String,
    /// What was seen and said.
    pub outcome: String,
}

/// A proof as text: a checkpoint, a path, a signed statement.
#[derive(Debug, Clone)]
pub struct ProofText {
    /// What it proves.
    pub title: String,
    /// The text, line by line as a tool reads it. Bytes as hex or base64: a line may be parted anywhere, and blanks at
    /// its ends are lost, so base45 would not survive.
    pub text: String,
}

/// Prints the extract as PDF/A-2a: A4 upright, as many pages as it needs, each with the number and `page 2 of 5`.
///
/// # Errors
/// A character that no font has, or a word longer than its column; each names its part.
pub fn court_extract(extract: &CourtExtract, layout: &Layout, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let pages = extract_pages(extract, layout, fonts)?;
    let about = About {
        title: format!("Extract about certificate {}", extract.number),
        author: extract.participant_name.clone(),
        created: extract.made_at,
    };
    write(&pages, &about)
}

pub(crate) fn extract_pages(
    extract: &CourtExtract,
    layout: &Layout,
    fonts: &Fonts,
) -> Result<Vec<Page>, PaperError> {
    let mut flow = Flow::new(fonts, layout, extract)?;
    flow.title("Extract from the log of certificates", &extract.number.to_string())?;
    flow.paragraph(
        "about",
        &format!(
            "Made by {} on {} (UTC){}. It holds everything that this node's log says about the number {} up to then. \
             Each act is a signed statement in an append-only log; the hash after each act is the SHA-256 of that \
             statement.",
            extract.authority.replace('\n', ", "),
            moment(extract.made_at),
            if extract.purpose.is_empty() { String::new() } else { format!(", for {}", extract.purpose) },
            extract.number
        ),
    )?;
    flow.heading("1. Key facts")?;
    let facts: Vec<Vec<String>> =
        extract.facts.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
    flow.table("key facts", &[Column::new("Fact", 0.3), Column::new("Value", 0.7)], &facts)?;
    flow.heading("2. Acts, in the order of the log")?;
    acts(&mut flow, extract)?;
    flow.heading("3. Refusals")?;
    refusals(&mut flow, extract)?;
    flow.heading("4. Presentations")?;
    presentations(&mut flow, extract)?;
    flow.heading("5. Proofs")?;
    for proof in &extract.proofs {
        flow.proof(&proof.title, &proof.text)?;
    }
    flow.heading("6. How to check this with published tools")?;
    for (step, text) in (1_u32..).zip(&extract.how_to_verify) {
        flow.paragraph("how to verify", &format!("{step}. {text}"))?;
    }
    flow.signature(&extract.officer, &extract.authority)?;
    flow.finish()
}

/// An instant to the second, as people read it.
fn moment(at: Timestamp) -> String {
    let text = at.to_string();
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{date} {}", time.get(..8).unwrap_or(time))
}

fn acts(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns = [
        Column::new("Entry", 0.15),
        Column::new("Time (UTC)", 0.13),
        Column::new("Act", 0.26),
        Column::new("By", 0.18),
        Column::hash("SHA-256 of the statement", 0.28),
    ];
    let rows: Vec<Vec<String>> = extract
        .acts
        .iter()
        .map(|act| {
            vec![
                act.entry.clone(),
                moment(act.at),
                act.act.clone(),
                act.actor.clone(),
                act.statement_hash.clone(),
            ]
        })
        .collect();
    flow.table("acts", &columns, &rows)
}

fn refusals(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns = [
        Column::new("Time (UTC)", 0.14),
        Column::new("Asked for", 0.36),
        Column::new("Refused because", 0.5),
    ];
    let rows: Vec<Vec<String>> = extract
        .refusals
        .iter()
        .map(|line| vec![moment(line.at), line.asked.clone(), line.why.clone()])
        .collect();
    flow.table("refusals", &columns, &rows)
}

fn presentations(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns =
        [Column::new("Time (UTC)", 0.14), Column::new("Where", 0.36), Column::new("What was seen", 0.5)];
    let rows: Vec<Vec<String>> = extract
        .presentations
        .iter()
        .map(|line| vec![moment(line.at), line.place.clone(), line.outcome.clone()])
        .collect();
    flow.table("presentations", &columns, &rows)
}
