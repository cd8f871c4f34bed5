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
    /// What the goods were worth to each party, value by value; a value that is sealed is said to be.
    pub values: Vec<WorthLine>,
    /// What the values come to: tax base, spread, what lies outside its price book. Name and value.
    pub valuation: Vec<(String, String)>,
    /// Each weighing, from reception to validation.
    pub weighings: Vec<WeighingLine>,
    /// Explanations and objections, which nobody can remove.
    pub remarks: Vec<RemarkLine>,
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

/// One value of a lot.
#[derive(Debug, Clone)]
pub struct WorthLine {
    /// The lot and the condition of the goods.
    pub lot: String,
    /// Whose value.
    pub party: String,
    /// Who put it in.
    pub by: String,
    /// US$, or that it is sealed.
    pub value: String,
    /// The price book it was made with; may be empty.
    pub price_book: String,
}

/// One weighing.
#[derive(Debug, Clone)]
pub struct WeighingLine {
    /// At which point, and of what.
    pub point: String,
    /// Carats that the scale showed.
    pub carats: String,
    /// Which scale; may be empty.
    pub scale: String,
    /// Who weighed.
    pub by: String,
    /// The day.
    pub on: String,
}

/// An explanation or an objection.
#[derive(Debug, Clone)]
pub struct RemarkLine {
    /// What it is: dissent, or an explanation of what.
    pub what: String,
    /// Its words, with the figures that it stands for.
    pub words: String,
    /// Whose.
    pub by: String,
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
    flow.heading("5. What the goods were worth")?;
    worth(&mut flow, extract)?;
    flow.heading("6. Weighings")?;
    weighings(&mut flow, extract)?;
    flow.heading("7. Explanations and dissent")?;
    remarks(&mut flow, extract)?;
    flow.heading("8. Proofs")?;
    for proof in &extract.proofs {
        flow.proof(&proof.title, &proof.text)?;
    }
    flow.heading("9. How to check this with published tools")?;
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

fn worth(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns = [
        Column::new("Lot", 0.24),
        Column::new("Whose value", 0.14),
        Column::new("Put in by", 0.24),
        Column::new("US$", 0.2),
        Column::new("Price book", 0.18),
    ];
    let row = |line: &WorthLine| {
        let price_book = line.price_book.clone();
        vec![line.lot.clone(), line.party.clone(), line.by.clone(), line.value.clone(), price_book]
    };
    flow.table("values", &columns, &extract.values.iter().map(row).collect::<Vec<_>>())?;
    let row = |(name, value): &(String, String)| vec![name.clone(), value.clone()];
    let rows: Vec<Vec<String>> = extract.valuation.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    flow.table("what the values come to", &[Column::new("What", 0.3), Column::new("It comes to", 0.7)], &rows)
}

fn weighings(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns = [
        Column::new("Day", 0.14),
        Column::new("Point", 0.26),
        Column::new("Carats", 0.16),
        Column::new("Scale", 0.18),
        Column::new("By", 0.26),
    ];
    let row = |line: &WeighingLine| {
        let (point, carats) = (line.point.clone(), line.carats.clone());
        vec![line.on.clone(), point, carats, line.scale.clone(), line.by.clone()]
    };
    flow.table("weighings", &columns, &extract.weighings.iter().map(row).collect::<Vec<_>>())
}

fn remarks(flow: &mut Flow<'_>, extract: &CourtExtract) -> Result<(), PaperError> {
    let columns = [Column::new("What", 0.24), Column::new("Words", 0.5), Column::new("By", 0.26)];
    let row = |line: &RemarkLine| vec![line.what.clone(), line.words.clone(), line.by.clone()];
    flow.table("explanations and dissent", &columns, &extract.remarks.iter().map(row).collect::<Vec<_>>())
}
