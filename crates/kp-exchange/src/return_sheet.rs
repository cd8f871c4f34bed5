//! A return of any table of Annex III out of a spreadsheet, cell by cell, so that what is wrong can be marked where it is.
//!
//! Scheme: CD Annex III. The reader keeps the whole sheet as it came; `kp-statistics` judges the figures
//! (`return_rules`), `marked_sheet` gives the sheet back with its problems in its cells. Never guesses a figure.

use std::collections::BTreeMap;

use kp_statistics::{
    AnnexTable,
    figure::{Counted, Figure, Visibility},
    production::ProductionType,
    return_rules::Column,
};
use kp_terms::{Carats, HsCode, ParticipantCode, Sentence, UsdCents, sentence};
use sha2::{Digest, Sha256};

use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{Cell, says_nothing};
use crate::decode::decode;
use crate::delimited::Delimited;
use crate::file_kind::{FileKind, file_kind};
use crate::header::HEADER_SEARCH_ROWS;
use crate::names::squeeze;
use crate::participants::Participants;
use crate::row_fields;
use crate::table::Table;
use crate::workbook;

/// A return as it stands in a file.
#[derive(Debug, Clone, Default)]
pub struct ReturnSheet {
    /// The name it goes by.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What it turned out to be, for people.
    pub kind: String,
    /// Every row with anything in it, as it stands: row from 1, and its cells.
    pub grid: Vec<(u32, Vec<String>)>,
    /// The row that names the columns.
    pub header_row: u32,
    /// Which column holds what, from 0.
    pub columns: BTreeMap<Column, usize>,
    /// The figures, each with its row.
    pub figures: Vec<(u32, Figure)>,
    /// Cells that cannot be read.
    pub unread: Vec<UnreadCell>,
    /// Whether it is an explicit nil return.
    pub is_nil: bool,
    /// Why nothing could be read, where nothing could.
    pub problem: Option<Sentence>,
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCell {
    /// Its row.
    pub row: u32,
    /// Which cell.
    pub column: Column,
    /// What is wrong.
    pub sentence: Sentence,
    /// How to mend it.
    pub mend: Sentence,
}

const WORDS: [(Column, &[&str]); 7] = [
    (
        Column::Partner,
        &[
            "partner",
            "destination",
            "provenance",
            "country",
            "participant",
            "partnercode",
            "importingparticipant",
            "exportingparticipant",
            "to",
            "from",
            "partnerparticipant",
            "pays",
            "pais",
        ],
    ),
    (Column::Class, &["hs", "hscode", "class", "customsclass", "category", "hs6", "classe"]),
    (Column::Mining, &["productiontype", "mining", "kindofmining", "typeofproduction", "miningtype"]),
    (
        Column::Carats,
        &[
            "carats",
            "carat",
            "ct",
            "cts",
            "volume",
            "volumecarats",
            "quantity",
            "quilates",
            "poids",
            "caratsct",
        ],
    ),
    (Column::Value, &["value", "valueusd", "usvalue", "usd", "valueus", "valeur", "valeurusd", "valor"]),
    (
        Column::Certificates,
        &["certificates", "certificatecount", "numberofcertificates", "count", "certificats"],
    ),
    (Column::Visibility, &["visibility", "public", "visiblefor"]),
];

/// Words of the column that says what certificates are counted.
const COUNTED: [&str; 4] = ["counted", "what", "direction", "flow"];

struct Columns {
    places: BTreeMap<Column, usize>,
    counted: Option<usize>,
}

impl Columns {
    fn recognise(cells: &[Cell<'_>]) -> Option<Self> {
        let mut places = BTreeMap::new();
        let mut counted = None;
        for (at, cell) in cells.iter().enumerate() {
            let word = squeeze(&cell.text);
            if counted.is_none() && COUNTED.contains(&word.as_str()) {
                counted = Some(at);
            }
            let role = WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(role, _)| *role);
            if let Some(role) = role {
                places.entry(role).or_insert(at);
            }
        }
        let figures = places.contains_key(&Column::Carats) && places.contains_key(&Column::Value);
        (figures || places.contains_key(&Column::Certificates)).then_some(Self { places, counted })
    }
}

/// Reads a return of one table out of a file of any known kind.
pub fn read_return_sheet(name: &str, bytes: &[u8], table: AnnexTable) -> ReturnSheet {
    let mut sheet = ReturnSheet {
        file: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
        ..ReturnSheet::default()
    };
    let outcome = match file_kind(bytes) {
        FileKind::Empty => Err(sentence!("file-empty", "it is empty")),
        FileKind::Other(key, english) => Err(Sentence::behind::<&str>(key, english, [])),
        FileKind::Text => read_text(bytes, table, &mut sheet),
        FileKind::Workbook | FileKind::OpenDocument => read_workbook(bytes, table, &mut sheet),
    };
    sheet.problem = outcome
        .err()
        .map(|why| sentence!("file-cannot-be-read", "{name} cannot be read: {why}.", name = name, why = why));
    sheet
}

fn read_text(bytes: &[u8], annex: AnnexTable, sheet: &mut ReturnSheet) -> Result<(), Sentence> {
    let (text, encoding) = decode(bytes);
    let tables = [b',', b';', b'\t', b'|'].map(|separator| Table::Text(Delimited::new(&text, separator)));
    let found = tables.iter().filter_map(|table| Some((table, find_header(table)?)));
    let best =
        found.reduce(|best, next| if next.1.1.places.len() > best.1.1.places.len() { next } else { best });
    let Some((table, (header, columns))) = best else { return Err(no_header()) };
    sheet.kind = format!("text, {encoding}");
    read_table(table, header, columns, annex, sheet)
}

fn read_workbook(bytes: &[u8], annex: AnnexTable, sheet: &mut ReturnSheet) -> Result<(), Sentence> {
    let mut why = no_header();
    for found in workbook::sheets(bytes)? {
        match found.rows {
            Ok(rows) => {
                let table = Table::Sheet(rows);
                if let Some((header, columns)) = find_header(&table) {
                    sheet.kind = format!("workbook, sheet {}", found.name);
                    return read_table(&table, header, columns, annex, sheet);
                }
            }
            Err(sentence) => why = sentence.into(),
        }
    }
    Err(why)
}

fn no_header() -> Sentence {
    sentence!(
        "file-no-header",
        "no row among its first {rows} names the columns; it needs carats and value_usd (in trade also partner and hs, in \
         stocks hs), or certificates with a column that says validated or received",
        rows = HEADER_SEARCH_ROWS,
    )
}

fn find_header(table: &Table<'_>) -> Option<(u32, Columns)> {
    let mut found = None;
    table.visit(&mut |row| {
        if row.number <= HEADER_SEARCH_ROWS {
            found = Columns::recognise(row.cells).map(|columns| (row.number, columns));
        }
        found.is_none() && row.number < HEADER_SEARCH_ROWS
    });
    found
}

fn read_table(
    table: &Table<'_>,
    header: u32,
    columns: Columns,
    annex: AnnexTable,
    sheet: &mut ReturnSheet,
) -> Result<(), Sentence> {
    let mut marks = Marks::of_table(table.is_comma_separated());
    table.visit(&mut |row| {
        for role in [Column::Carats, Column::Value] {
            if let Some(cell) = columns.places.get(&role).and_then(|at| row.cells.get(*at)) {
                marks.learn(cell);
            }
        }
        true
    });
    let participants = Participants::known();
    table.visit(&mut |row| {
        if !row.cells.iter().any(Cell::says_something) {
            return true;
        }
        sheet.grid.push((row.number, row.cells.iter().map(|cell| cell.trimmed().to_owned()).collect()));
        if row.number <= header || is_sum(row.cells) {
            return true;
        }
        if says_nil(row.cells) {
            sheet.is_nil = true;
            return true;
        }
        let mut reader = RowReader {
            row: row.number,
            cells: row.cells,
            columns: &columns,
            participants: &participants,
            marks,
            annex,
            unread: Vec::new(),
        };
        match reader.figure() {
            Some(figure) if reader.unread.is_empty() => sheet.figures.push((row.number, figure)),
            _ => sheet.unread.append(&mut reader.unread),
        }
        true
    });
    sheet.header_row = header;
    sheet.columns = columns.places;
    if sheet.figures.is_empty() && sheet.unread.is_empty() && !sheet.is_nil {
        return Err(sentence!(
            "file-no-figure",
            "there is no figure below its header; for a nil return write nil there",
        ));
    }
    Ok(())
}

fn first_word(cells: &[Cell<'_>]) -> String {
    squeeze(cells.iter().map(Cell::trimmed).find(|text| !text.is_empty()).unwrap_or_default())
}

fn is_sum(cells: &[Cell<'_>]) -> bool {
    ["total", "sum", "grandtotal", "subtotal", "somme"].contains(&first_word(cells).as_str())
}

fn says_nil(cells: &[Cell<'_>]) -> bool {
    ["nil", "nilreturn", "noproduction", "noexports", "noimports", "nostocks", "neant"]
        .contains(&first_word(cells).as_str())
}

struct RowReader<'a> {
    row: u32,
    cells: &'a [Cell<'a>],
    columns: &'a Columns,
    participants: &'a Participants,
    marks: Marks,
    annex: AnnexTable,
    unread: Vec<UnreadCell>,
}

impl RowReader<'_> {
    fn text(&self, column: Column) -> &str {
        let cell = self.columns.places.get(&column).and_then(|at| self.cells.get(*at));
        cell.map_or("", Cell::trimmed)
    }

    fn tell(&mut self, column: Column, sentence: Sentence, mend: Sentence) {
        self.unread.push(UnreadCell { row: self.row, column, sentence, mend });
    }

    fn figure(&mut self) -> Option<Figure> {
        let nothing = Figure::of(Carats::ZERO, UsdCents::ZERO);
        let visibility = self.visibility();
        if self.annex == AnnexTable::Certificates {
            let certificates = self.certificates();
            return Some(Figure { certificates: Some(certificates?), visibility: visibility?, ..nothing });
        }
        let (partner, hs, mining) = (self.partner(), self.class(), self.mining());
        let (carats, value) = (self.amount(Column::Carats), self.amount(Column::Value));
        Some(Figure {
            partner: partner?,
            hs: hs?,
            production_type: mining?,
            visibility: visibility?,
            ..Figure::of(Carats::from_hundredths(carats?), UsdCents::from_cents(value?))
        })
    }

    fn partner(&mut self) -> Option<Option<ParticipantCode>> {
        let text = self.text(Column::Partner).to_owned();
        // In a table without partners the column names whose return it is.
        if says_nothing(&text) || !matches!(self.annex, AnnexTable::Imports | AnnexTable::Exports) {
            return Some(None);
        }
        let known = |code: &ParticipantCode| code.is_invented() || self.participants.get(*code).is_some();
        let found = text.parse().ok().filter(known).or_else(|| self.participants.by_name(&text));
        if found.is_none() {
            let mend = match self.participants.suggestion(&text) {
                Some(near) => sentence!("cell-mend-near", "write {near}, if that is meant", near = near),
                None => sentence!(
                    "cell-mend-participant",
                    "write the two-letter code or the name that the scheme uses",
                ),
            };
            let text = format!("{text:?}");
            let sentence =
                sentence!("cell-no-participant", "{text} is no participant that is known here", text = text);
            self.tell(Column::Partner, sentence, mend);
            return None;
        }
        Some(found)
    }

    fn class(&mut self) -> Option<Option<HsCode>> {
        let text = self.text(Column::Class).to_owned();
        if says_nothing(&text) {
            return Some(None);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
        let dotted =
            digits.split_at_checked(4).map(|(four, two)| format!("{four}.{two}")).unwrap_or_default();
        match text.parse().or_else(|_| dotted.parse()) {
            Ok(hs) => Some(Some(hs)),
            Err(_) => {
                let text = format!("{text:?}");
                self.tell(
                    Column::Class,
                    sentence!("cell-no-class", "{text} is no class of rough diamonds", text = text),
                    sentence!("return-mend-class", "write 7102.10, 7102.21 or 7102.31"),
                );
                None
            }
        }
    }

    fn mining(&mut self) -> Option<ProductionType> {
        match row_fields::production_type(self.text(Column::Mining)) {
            Ok(kind) => Some(kind),
            Err(fault) => {
                let (sentence, mend) = *fault;
                self.tell(Column::Mining, sentence, mend);
                None
            }
        }
    }

    fn visibility(&mut self) -> Option<Visibility> {
        let text = self.text(Column::Visibility).to_lowercase();
        if says_nothing(&text) {
            return Some(Visibility::Public);
        }
        match (text.parse(), row_fields::flag(&text)) {
            (Ok(visibility), _) => Some(visibility),
            (_, Some(true)) => Some(Visibility::Public),
            (_, Some(false)) => Some(Visibility::Secretariat),
            _ => {
                let mend = sentence!(
                    "cell-mend-visibility",
                    "write public, participants or secretariat, or leave it empty",
                );
                let text = format!("{text:?}");
                let sentence =
                    sentence!("cell-no-visibility", "{text} does not say who may see it", text = text);
                self.tell(Column::Visibility, sentence, mend);
                None
            }
        }
    }

    fn amount(&mut self, column: Column) -> Option<i64> {
        let at = self.columns.places.get(&column).and_then(|at| self.cells.get(*at));
        let cell = at.cloned().unwrap_or(Cell::EMPTY);
        match read_amount(&cell, Some(self.marks)) {
            Amount::Read { hundredths, rounded: false } => Some(hundredths),
            Amount::Read { .. } => {
                let text = format!("{:?}", cell.trimmed());
                let sentence = sentence!("cell-decimals", "{text} has more than two decimals", text = text);
                let mend =
                    sentence!("cell-mend-decimals", "write two decimals; nothing is rounded in a return");
                self.tell(column, sentence, mend);
                None
            }
            Amount::Unreadable { sentence, mend } => {
                self.tell(column, sentence, mend);
                None
            }
            Amount::Nothing | Amount::Ambiguous => {
                self.tell(
                    column,
                    sentence!("cell-missing", "the {column} are missing", column = column.word()),
                    sentence!("cell-mend-missing", "write the figure, 0.00 for nothing"),
                );
                None
            }
        }
    }

    fn certificates(&mut self) -> Option<(Counted, u32)> {
        let what = self.columns.counted.and_then(|at| self.cells.get(at)).map_or("", Cell::trimmed);
        let what = squeeze(what);
        let counted = if what.starts_with("valid") || what.starts_with("export") || what.starts_with("issued")
        {
            Some(Counted::Validated)
        } else if what.starts_with("receiv") || what.starts_with("import") {
            Some(Counted::Received)
        } else {
            None
        };
        let text = self.text(Column::Certificates).to_owned();
        let count = text.split('.').next().unwrap_or_default().replace([' ', ','], "").parse().ok();
        if counted.is_none() {
            let mend = sentence!(
                "cell-mend-counted",
                "write validated (for export) or received (with imports) in the column counted",
            );
            let sentence = sentence!("cell-counted-unsaid", "it is not said which certificates are counted");
            self.tell(Column::Certificates, sentence, mend);
        }
        if count.is_none() {
            let text = format!("{text:?}");
            let sentence = sentence!("cell-no-count", "{text} is not a count", text = text);
            self.tell(Column::Certificates, sentence, sentence!("cell-mend-count", "write a whole number"));
        }
        counted.zip(count)
    }
}
