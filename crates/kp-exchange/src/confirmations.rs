//! Import confirmations as they arrive: a table in any file, a table or slips pasted out of a message.
//!
//! Scheme: Section III(b): the importing authority confirms number, parcels, carats, importer and exporter. Closes with the
//! queue of `kp-trade`: L27 (a confirmation that was sent and never entered). Every line is accounted for: it was read, it
//! has a sentence that says row, what and how to mend, or it is named as passed over. A line that says the goods did not
//! come, or may say so, is one to mend: in doubt nothing is confirmed. Never looks whether a certificate of
//! the number exists: that is the register's.

mod against;
mod around;
mod columns;
mod gather;
mod pasted;
mod prose;
mod read;

use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, UsdCents};
use sha2::{Digest, Sha256};

use crate::decode::decode;
use crate::file_kind::{FileKind, file_kind};
use crate::participants::Participants;
use crate::reading::FileProblem;
use gather::Gathered;

/// Bytes larger than this are refused: a year of confirmations has some thousand rows.
const LARGEST_FILE: usize = 64 << 20;

/// What is known before the first line is read.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmationContext<'p> {
    /// Whose certificates are confirmed: a number without letters in front is theirs.
    pub ours: ParticipantCode,
    /// Who sent it, where that is known: a row that names nobody else is theirs.
    pub from: Option<ParticipantCode>,
    /// Names and codes.
    pub participants: &'p Participants,
}

/// What one file or one pasted text gave.
#[derive(Debug, Clone, Default)]
pub struct ConfirmationFile {
    /// The name it goes by.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal: what it is kept under.
    pub sha256: String,
    /// What it turned out to be, for people.
    pub kind: String,
    /// Every row that is about a certificate, in order.
    pub rows: Vec<ConfirmationRow>,
    /// Lines that are about none: greetings, titles, sums.
    pub passed_over: Vec<PassedOver>,
    /// Why nothing could be read, where nothing could.
    pub problem: Option<FileProblem>,
}

/// A line that is about no certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The sheet, in a workbook of several.
    pub sheet: Option<String>,
    /// Its row, from 1.
    pub row: u32,
    /// What stands there.
    pub raw: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationRow {
    /// The sheet, in a workbook of several.
    pub sheet: Option<String>,
    /// The row as a spreadsheet program or an editor counts it, from 1.
    pub row: u32,
    /// Everything that stood there, so that nothing is lost where it could not be read.
    pub raw: String,
    /// What can be said of it even where a cell is at fault, so that whoever mends it sees which certificate it is about.
    pub understood: Understood,
    /// What was understood, or every cell at fault.
    pub read: Result<ReadConfirmation, Vec<CellFault>>,
}

/// The cells of a row that read, whatever became of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// Which certificate.
    pub number: Option<CertificateNumber>,
    /// Who confirms.
    pub at: Option<ParticipantCode>,
    /// Carats weighed on arrival.
    pub carats: Option<Carats>,
    /// The day of arrival.
    pub arrived_on: Option<Date>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadConfirmation {
    /// Which certificate.
    pub number: CertificateNumber,
    /// Who confirms.
    pub at: Option<ParticipantCode>,
    /// Carats weighed on arrival.
    pub carats: Carats,
    /// Value as measured there.
    pub value: Option<UsdCents>,
    /// Parcels counted.
    pub parcels: Option<u32>,
    /// The day of arrival.
    pub arrived_on: Option<Date>,
    /// Anything else that was written.
    pub remarks: String,
    /// What was not taken as it stood, a sentence each.
    pub notes: Vec<String>,
}

/// A cell at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The column as the file writes it.
    pub column: String,
    /// What is wrong with it.
    pub sentence: String,
    /// How to mend it.
    pub mend: String,
}

impl ConfirmationRow {
    /// Where it stands, for a sentence: `row 14`, `sheet March, row 14`.
    pub fn place(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("sheet {sheet}, row {}", self.row),
            None => format!("row {}", self.row),
        }
    }

    /// The sentence of a row that could not be read: what and how to mend; nothing where it was read.
    pub fn sentence(&self) -> Option<String> {
        let faults = self.read.as_ref().err()?;
        let told = faults.iter().map(|f| format!("{}: {}; {}", f.column, f.sentence, f.mend));
        Some(told.collect::<Vec<_>>().join(". "))
    }
}

/// Reads confirmations out of a file of any known kind, or out of pasted text.
///
/// ```
/// use kp_exchange::confirmations::{ConfirmationContext, read_confirmations};
/// let participants = kp_exchange::participants::Participants::known();
/// let context = ConfirmationContext { ours: "XA".parse()?, from: "XB".parse().ok(), participants: &participants };
/// let text = "Dear colleagues,\n\n> Certificate no.   Carats     Arrived\n> xa 0OO17          1,200.50   5 March 2026\n";
/// let file = read_confirmations("message", text.as_bytes(), context);
/// let read = file.rows[0].read.as_ref().unwrap();
/// assert_eq!((read.number.to_string().as_str(), read.carats.hundredths()), ("XA-000017", 120_050));
/// # Ok::<(), kp_terms::ReadError>(())
/// ```
pub fn read_confirmations(name: &str, bytes: &[u8], context: ConfirmationContext<'_>) -> ConfirmationFile {
    let mut file = ConfirmationFile {
        file: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
        ..ConfirmationFile::default()
    };
    let gathered = if bytes.len() > LARGEST_FILE {
        Err("it is larger than 64 MiB; split it".to_owned())
    } else {
        match file_kind(bytes) {
            FileKind::Empty => Err("it is empty".to_owned()),
            FileKind::Other(_, sentence) => Err(sentence.to_owned()),
            FileKind::Workbook | FileKind::OpenDocument => gather::workbook(bytes),
            FileKind::Text => {
                let (text, encoding) = decode(bytes);
                gather::text(&text, encoding)
            }
        }
    };
    match gathered {
        Ok(Gathered { kind, tables, passed_over }) => {
            file.kind = kind;
            file.passed_over = passed_over;
            for table in &tables {
                file.rows.extend(read::table(table, context));
            }
            file.passed_over.sort_by_key(|line| line.row);
        }
        Err(sentence) => {
            let sentence = format!("{name} cannot be read: {sentence}.");
            file.problem = Some(FileProblem { sentence });
        }
    }
    file
}
