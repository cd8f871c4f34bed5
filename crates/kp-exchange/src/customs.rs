//! Customs figures out of somebody's file: reporter, partner, flow, HS code, period, weight in whichever unit, value.
//!
//! Other offices' tables name columns in other ways and weigh in kilograms. Every row is accounted for: read, of other
//! goods, or left out with a sentence; no row is guessed. Years and months are not split or added: the scheme's tables
//! are quarterly, so a month belongs to its quarter, and a year is told apart.

mod unit;

use std::collections::BTreeMap;

use kp_statistics::{
    customs::{CustomsFigure, Key},
    explore::{Amounts, Way},
};
use kp_terms::{HsCode, ParticipantCode, Quarter, Sentence, sentence};

use crate::amount::{Amount, Marks, read_amount};
use crate::cell::Cell;
use crate::decode::decode;
use crate::delimited::Delimited;
use crate::file_kind::{FileKind, file_kind};
use crate::header::HEADER_SEARCH_ROWS;
use crate::headings::{Heading, fold, heading};
use crate::names::squeeze;
use crate::participants::Participants;
use crate::row_fields;
use crate::table::Table;
use crate::workbook;
use unit::{Unit, unit_of};

/// What a file of customs figures held.
#[derive(Debug, Clone, Default)]
pub struct CustomsFile {
    /// Figures, each with its row.
    pub figures: Vec<CustomsFigure>,
    /// Rows of other goods or flows.
    pub other_rows: usize,
    /// Rows that could not be read: row, and what is wrong with it.
    pub left_out: Vec<(u32, Sentence)>,
    /// What the weights are in, as the file says; empty where it does not.
    pub unit: String,
    /// Columns that are not used, by their headings.
    pub unused: Vec<String>,
    /// Sheets of the workbook that hold something and are not read.
    pub other_sheets: Vec<String>,
    /// Why nothing could be read, where nothing could.
    pub problem: Option<Sentence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Reporter,
    Partner,
    Flow,
    Hs,
    Period,
    Quantity,
    Unit,
    Value,
}

/// What a heading means in a customs file.
const fn role_of(meaning: Heading) -> Option<Role> {
    Some(match meaning {
        Heading::Reporter | Heading::Participant | Heading::ParticipantCode => Role::Reporter,
        Heading::Partner | Heading::To | Heading::From | Heading::Origin => Role::Partner,
        Heading::Flow | Heading::Declaration => Role::Flow,
        Heading::Class | Heading::Product | Heading::Code => Role::Hs,
        Heading::Period | Heading::Time | Heading::Part => Role::Period,
        Heading::Carats | Heading::Quantity | Heading::Weight => Role::Quantity,
        Heading::Unit => Role::Unit,
        Heading::Value | Heading::CustomsValue => Role::Value,
        _ => return None,
    })
}

/// Reads a file.
pub fn read_customs(bytes: &[u8], participants: &Participants) -> CustomsFile {
    let mut file = CustomsFile::default();
    let outcome = match file_kind(bytes) {
        FileKind::Empty => Err(sentence!("file-empty", "it is empty")),
        FileKind::Other(key, english) => Err(Sentence::behind::<&str>(key, english, [])),
        FileKind::Text => {
            let (text, _) = decode(bytes);
            let tables = [b',', b';', b'\t', b'|'].map(|mark| Table::Text(Delimited::new(&text, mark)));
            let found = tables.iter().filter_map(|table| Some((table, header(table)?)));
            let best = found.max_by_key(|(_, (_, columns))| columns.len());
            best.ok_or_else(no_header)
                .map(|(table, found)| read_table(table, &found, participants, &mut file))
        }
        FileKind::Workbook | FileKind::OpenDocument => read_workbook(bytes, participants, &mut file),
    };
    file.problem = outcome
        .err()
        .map(|why| sentence!("customs-cannot-be-read", "the file cannot be read: {why}.", why = why));
    file
}

fn no_header() -> Sentence {
    sentence!(
        "customs-no-header",
        "no row among its first {rows} names the columns; it needs reporter, partner, flow, hs, period, a weight (carats, or \
         a column that says its unit) and value_usd",
        rows = HEADER_SEARCH_ROWS,
    )
}

fn read_workbook(bytes: &[u8], participants: &Participants, file: &mut CustomsFile) -> Result<(), Sentence> {
    let (mut why, mut is_read) = (no_header(), false);
    for sheet in workbook::sheets(bytes)? {
        let table = match sheet.rows {
            Ok(rows) => Table::Sheet(rows),
            Err(sentence) => {
                file.other_sheets.push(sheet.name);
                why = sentence.into();
                continue;
            }
        };
        match header(&table).filter(|_| !is_read) {
            Some(found) => {
                read_table(&table, &found, participants, file);
                is_read = true;
            }
            None if table.says_something() => file.other_sheets.push(sheet.name),
            None => {}
        }
    }
    if is_read { Ok(()) } else { Err(why) }
}

type Columns = BTreeMap<Role, (usize, String)>;

fn header(table: &Table<'_>) -> Option<(u32, Columns)> {
    let mut found = None;
    table.visit(&mut |row| {
        let mut columns = Columns::new();
        for (at, cell) in row.cells.iter().enumerate() {
            if let Some(role) = heading(&cell.text).and_then(role_of) {
                columns.entry(role).or_insert((at, fold(&cell.text)));
            }
        }
        let needed =
            [Role::Reporter, Role::Partner, Role::Flow, Role::Hs, Role::Period, Role::Quantity, Role::Value];
        if row.number <= HEADER_SEARCH_ROWS && needed.iter().all(|role| columns.contains_key(role)) {
            found = Some((row.number, columns));
        }
        found.is_none() && row.number < HEADER_SEARCH_ROWS
    });
    found
}

fn read_table(
    table: &Table<'_>,
    (header, columns): &(u32, Columns),
    participants: &Participants,
    file: &mut CustomsFile,
) {
    let mut marks = Marks::of_table(table.is_comma_separated());
    table.visit(&mut |row| {
        for role in [Role::Quantity, Role::Value] {
            if let Some(cell) = columns.get(&role).and_then(|(at, _)| row.cells.get(*at)) {
                marks.learn(cell);
            }
        }
        true
    });
    let headed = columns.get(&Role::Quantity).map(|(_, word)| unit_of(word)).unwrap_or_default();
    table.visit(&mut |row| {
        if row.number == *header {
            file.unused = unused(row.cells, columns);
        }
        if row.number <= *header || !row.cells.iter().any(Cell::says_something) {
            return true;
        }
        let reader = RowReader { cells: row.cells, columns, participants, marks, headed };
        match reader.figure(row.number) {
            Ok(Some(figure)) => {
                if figure.unit_said {
                    file.unit = reader.unit().map(|unit| unit.word().to_owned()).unwrap_or_default();
                }
                file.figures.push(figure);
            }
            Ok(None) => file.other_rows += 1,
            Err(sentence) => file.left_out.push((row.number, sentence)),
        }
        true
    });
}

/// Headings of columns without a role.
fn unused(header: &[Cell<'_>], columns: &Columns) -> Vec<String> {
    let is_used = |at| columns.values().any(|(place, _)| *place == at);
    let unused = header.iter().enumerate().filter(|(at, cell)| !cell.is_blank() && !is_used(*at));
    unused.map(|(_, cell)| cell.trimmed().to_owned()).collect()
}

struct RowReader<'a> {
    cells: &'a [Cell<'a>],
    columns: &'a Columns,
    participants: &'a Participants,
    marks: Marks,
    headed: Option<Unit>,
}

impl RowReader<'_> {
    fn cell(&self, role: Role) -> Cell<'_> {
        let at = self.columns.get(&role).and_then(|(at, _)| self.cells.get(*at));
        at.cloned().unwrap_or(Cell::EMPTY)
    }

    fn quoted(&self, role: Role) -> String {
        format!("{:?}", self.cell(role).trimmed())
    }

    fn unit(&self) -> Option<Unit> {
        unit_of(&squeeze(&self.cell(Role::Unit).text)).or(self.headed)
    }

    /// The figure; none where the row is of other goods or another flow.
    fn figure(&self, row: u32) -> Result<Option<CustomsFigure>, Sentence> {
        let Some(hs) = self.class() else { return Ok(None) };
        let Some(way) = self.way()? else { return Ok(None) };
        let key = Key {
            participant: self.code(Role::Reporter)?,
            way,
            partner: self.code(Role::Partner)?,
            quarter: self.quarter()?,
            hs,
        };
        let unit = self.unit();
        let carats = self.amount(Role::Quantity)?;
        let carats = carats.checked_mul(unit.map_or(1, Unit::carats)).ok_or_else(|| {
            let text = self.quoted(Role::Quantity);
            sentence!("customs-too-much", "{text} is more than there is", text = text)
        })?;
        let amounts = Amounts { carats, cents: self.amount(Role::Value)? };
        Ok(Some(CustomsFigure { key, amounts, unit_said: unit.is_some(), row }))
    }

    fn class(&self) -> Option<HsCode> {
        row_fields::class(self.cell(Role::Hs).trimmed())
    }

    fn way(&self) -> Result<Option<Way>, Sentence> {
        let word = squeeze(&self.cell(Role::Flow).text);
        Ok(match word.as_str() {
            "x" | "e" | "2" => Some(Way::Export),
            "m" | "i" | "1" => Some(Way::Import),
            word if word.starts_with("reexp") || word.starts_with("exp") || word.starts_with("dx") => {
                Some(Way::Export)
            }
            word if word.starts_with("reimp") || word.starts_with("imp") => Some(Way::Import),
            word if word.starts_with("trans") => None,
            _ => {
                let text = self.quoted(Role::Flow);
                return Err(sentence!(
                    "customs-no-flow",
                    "{text} is no flow; write import or export",
                    text = text,
                ));
            }
        })
    }

    fn code(&self, role: Role) -> Result<ParticipantCode, Sentence> {
        let text = self.cell(role).trimmed().to_owned();
        let found = self.participants.meant(&text);
        if let (None, Some((_, of))) = (found, self.participants.member_of(&text)) {
            return Err(sentence!(
                "customs-member",
                "{text} takes part in the scheme with {name}; {code} is to be written",
                text = self.quoted(role),
                name = of.name,
                code = of.code,
            ));
        }
        found.ok_or_else(|| match self.participants.suggestion(&text) {
            Some(near) => sentence!(
                "customs-perhaps",
                "{text} is no participant of the scheme; perhaps {near} is meant",
                text = self.quoted(role),
                near = near,
            ),
            None => sentence!(
                "customs-not-of-scheme",
                "{text} is no participant of the scheme: goods that the scheme does not count",
                text = self.quoted(role),
            ),
        })
    }

    /// A quarter, or the quarter of a month: `2026-Q1`, `2026Q1`, `202603`, `2026-03`, `2026-03-31`.
    fn quarter(&self) -> Result<Quarter, Sentence> {
        let text = self.cell(Role::Period).trimmed().to_uppercase();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let wrong = || {
            sentence!(
                "customs-no-quarter",
                "{text} is no quarter and no month; a year cannot be held against quarterly figures",
                text = format!("{text:?}"),
            )
        };
        let (year, rest) = digits.split_at_checked(4).ok_or_else(wrong)?;
        let quarter: u8 = match (text.contains('Q') || text.contains('T'), rest.get(..2)) {
            (true, _) => rest.parse().map_err(|_| wrong())?,
            (false, Some(month)) => {
                let month: u8 = month.parse().map_err(|_| wrong())?;
                if !(1..=12).contains(&month) {
                    return Err(wrong());
                }
                month.div_ceil(3)
            }
            (false, None) => return Err(wrong()),
        };
        format!("{year}-Q{quarter}").parse().map_err(|_| wrong())
    }

    fn amount(&self, role: Role) -> Result<i64, Sentence> {
        match read_amount(&self.cell(role), Some(self.marks)) {
            Amount::Read { hundredths, .. } => Ok(hundredths),
            Amount::Unreadable { sentence, mend } => Err(Sentence::row([sentence, mend], "; ")),
            Amount::Nothing => Err(sentence!("customs-missing", "a weight or a value is missing")),
            Amount::Ambiguous => {
                let text = self.quoted(role);
                Err(sentence!("customs-two-ways", "{text} can be read in two ways", text = text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CustomsFile {
        read_customs(text.as_bytes(), &Participants::known())
    }

    #[test]
    fn every_row_is_accounted_for_whatever_its_columns_are_called() {
        let file = read(
            "Customs statistics\nReporter,Partner,Flow,Commodity code,Period,Net weight (kg),Trade value (US$)\n\
             XB,XA,Import,710231,202602,0.24,420000.00\nXB,Botswana,M,7102.10,2026-Q1,1.00,50.00\n\
             XB,XA,Import,710812,202602,3.00,1.00\nXB,XA,Transit,710231,202602,3.00,1.00\n\
             XB,Atlantis,Import,710231,202602,1.00,1.00\nXB,XA,Import,710231,2026,1.00,1.00\n",
        );
        assert_eq!(file.problem, None);
        let read: Vec<String> = file
            .figures
            .iter()
            .map(|f| {
                format!(
                    "{} {} {} {} {}",
                    f.key.partner, f.key.quarter, f.key.hs, f.amounts.carats, f.unit_said
                )
            })
            .collect();
        assert_eq!(read, ["XA 2026-Q1 7102.31 120000 true", "BW 2026-Q1 7102.10 500000 true"]);
        assert_eq!((file.other_rows, file.unit.as_str()), (2, "kilograms"));
        let left: Vec<u32> = file.left_out.iter().map(|(row, _)| *row).collect();
        assert_eq!(left, [7, 8], "{:?}", file.left_out);
    }

    #[test]
    fn headings_of_three_languages_are_known_and_what_is_not_used_is_listed() {
        for (header, carats) in [
            ("Reporter;Partner;Flow;HS Code;Period;Carats;Value (US$);Mode of transport", 100),
            (
                "Pays déclarant;Pays partenaire;Flux;Code SH;Période;Poids net (kg);Valeur (US$);Mode of transport",
                500_000,
            ),
            (
                "País declarante;País parceiro;Fluxo;Código SH;Período;Peso (kg);Valor USD;Mode of transport",
                500_000,
            ),
            (
                "Pays déclarant;Pays partenaire;Flux;Code SH;Trimestre;Grammes;Valeur (US$);Mode of transport",
                500,
            ),
        ] {
            let file = read(&format!("{header}\nXB;XA;Import;7102.1;2026-Q1;1.00;50.00;air\n"));
            assert_eq!((&file.problem, &file.left_out), (&None, &Vec::new()), "{header}");
            let figure = file.figures[0];
            assert_eq!((figure.amounts.carats, figure.unit_said), (carats, true), "{header}");
            assert_eq!(figure.key.hs, HsCode::Unsorted, "{header}");
            assert_eq!(file.unused, ["Mode of transport"], "{header}");
        }
        let file =
            read("reporter;partner;flow;hs;period;kg;value\nXB;Belgium;import;710231;2026Q2;1.00;7.00\n");
        let said = file.left_out[0].1.to_string();
        assert!(said.contains("takes part in the scheme with European Union; EU is"), "{said}");
    }

    #[test]
    fn a_quantity_without_a_unit_says_so() {
        let file = read(
            "reporter;partner;flow;hs;period;quantity;value\nXB;XA;export;7102.31;2026Q2;1 200,00;7,00\n",
        );
        let figure = file.figures[0];
        assert_eq!((figure.amounts.carats, figure.unit_said, figure.key.way), (120_000, false, Way::Export));
        assert!(read("nothing").problem.is_some_and(|sentence| sentence.contains("names the columns")));
    }
}
