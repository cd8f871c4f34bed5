//! The public tables of the scheme as files: production, imports, exports and certificate counts, one observation a row.
//!
//! Scheme: CD Annex III(d), the public statistics since 2007. Written as comma-separated text, as a workbook, and as
//! SDMX-CSV 2.0 (`STRUCTURE`, `STRUCTURE_ID`, `ACTION`, then the dimensions), so that other offices' tools read them. Every
//! file says as of which day it is. Same rows, same bytes.

use anyhow::{Context, Result};
use kp_terms::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observation {
    /// `production`, `imports`, `exports`, `certificates`, `stocks`.
    pub table: String,
    /// Whose figure.
    pub participant: String,
    /// The other side, or empty.
    pub partner: String,
    /// Class, or empty.
    pub hs: String,
    /// Kind of mining, or what certificates are counted; or empty.
    pub kind: String,
    /// `2026-Q1`.
    pub period: String,
    /// `declared` by the participant, or counted from the `register`.
    pub source: String,
    /// `carats`, `value_usd`, `certificates`.
    pub measure: String,
    /// The figure, with its decimals.
    pub value: String,
    /// Known since, RFC 3339; empty where it is a sum.
    pub known_since: String,
}

/// The structure that SDMX files name. Ours.
pub const STRUCTURE: &str = "KPCS:ANNEX_III(1.0)";

const COLUMNS: [&str; 10] =
    ["table", "participant", "partner", "hs", "kind", "period", "source", "measure", "value", "known_since"];

impl Observation {
    fn cells(&self) -> [&str; 10] {
        [
            &self.table,
            &self.participant,
            &self.partner,
            &self.hs,
            &self.kind,
            &self.period,
            &self.source,
            &self.measure,
            &self.value,
            &self.known_since,
        ]
    }

    /// How often the table is returned, in SDMX's letters.
    fn frequency(&self) -> &'static str {
        match self.period.get(4..6) {
            Some("-Q") => "Q",
            Some("-H") => "S",
            _ => "A",
        }
    }

    /// `2026-H1` is `2026-S1` there.
    fn sdmx_period(&self) -> String {
        self.period.replace("-H", "-S")
    }
}

/// Comma-separated text, with the day it is as of in every row, so that a file cut in two still says so.
pub fn as_csv(rows: &[Observation], as_of: Date) -> String {
    let mut text = format!("{},as_of\n", COLUMNS.join(","));
    for row in rows {
        text.push_str(&format!("{},{as_of}\n", row.cells().map(quoted).join(",")));
    }
    text
}

/// SDMX-CSV 2.0.
pub fn as_sdmx_csv(rows: &[Observation]) -> String {
    let mut text =
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,ANNEX_TABLE,REPORTER,COUNTERPART,HS_CLASS,KIND,SOURCE,MEASURE,\
                    TIME_PERIOD,OBS_VALUE\n"
            .to_owned();
    let or_total = |text: &str| if text.is_empty() { "_T".to_owned() } else { quoted(text) };
    for row in rows {
        text.push_str(&format!(
            "dataflow,{STRUCTURE},I,{},{},{},{},{},{},{},{},{},{}\n",
            row.frequency(),
            row.table.to_uppercase(),
            row.participant,
            or_total(&row.partner),
            or_total(&row.hs),
            or_total(&row.kind.to_uppercase().replace('-', "_")),
            row.source.to_uppercase(),
            row.measure.to_uppercase(),
            row.sdmx_period(),
            row.value
        ));
    }
    text
}

/// A workbook with one sheet for each table; figures are numbers with two decimals.
///
/// # Errors
/// Where it cannot be written.
pub fn as_workbook(rows: &[Observation], as_of: Date) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2003, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let (bold, two, whole) = (
        Format::new().set_bold(),
        Format::new().set_num_format("#,##0.00"),
        Format::new().set_num_format("#,##0"),
    );
    let mut tables: Vec<&str> = rows.iter().map(|row| row.table.as_str()).collect();
    tables.sort_unstable();
    tables.dedup();
    if tables.is_empty() {
        tables.push("nothing");
    }
    for table in tables {
        let sheet = book.add_worksheet().set_name(table)?;
        for (at, title) in (0..).zip(COLUMNS.iter().chain(&["as_of"])) {
            sheet.write_with_format(0, at, *title, &bold)?;
        }
        for (line, row) in (1..).zip(rows.iter().filter(|row| row.table == table)) {
            for (at, text) in (0..).zip(row.cells()) {
                if COLUMNS.get(usize::from(at)) == Some(&"value") {
                    let format = if text.contains('.') { &two } else { &whole };
                    write_number(sheet, line, at, text, format)?;
                } else {
                    sheet.write(line, at, text)?;
                }
            }
            sheet.write(line, 10, as_of.to_string())?;
        }
        sheet.set_freeze_panes(1, 0)?;
        // On paper too it says what it is and as of which day.
        sheet.set_footer(format!("&Lkpcs, public tables, {table}; as known at the end of {as_of}&R&P / &N"));
    }
    book.save_to_buffer().context("writing the workbook")
}

/// A figure goes into the file as a number of that format; nothing is computed with it.
fn write_number(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<()> {
    match text.parse::<f64>() {
        Ok(number) => sheet.write_with_format(row, column, number, format)?,
        Err(_) => sheet.write(row, column, text)?,
    };
    Ok(())
}

/// A cell of a file of comma-separated text, in quotation marks where it needs them.
pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn row() -> Observation {
        Observation {
            table: "production".into(),
            participant: "XA".into(),
            partner: String::new(),
            hs: String::new(),
            kind: "large-scale".into(),
            period: "2026-H1".into(),
            source: "declared".into(),
            measure: "carats".into(),
            value: "1234567.89".into(),
            known_since: "2026-08-01T10:00:00Z".into(),
        }
    }

    #[test]
    fn the_same_figure_in_every_file() {
        let as_of: Date = "2026-09-01".parse().unwrap();
        let csv = as_csv(&[row()], as_of);
        assert_eq!(
            csv.lines().nth(1),
            Some(
                "production,XA,,,large-scale,2026-H1,declared,carats,1234567.89,2026-08-01T10:00:00Z,2026-09-01"
            )
        );
        assert_eq!(
            as_sdmx_csv(&[row()]).lines().nth(1),
            Some(
                "dataflow,KPCS:ANNEX_III(1.0),I,S,PRODUCTION,XA,_T,_T,LARGE_SCALE,DECLARED,CARATS,2026-S1,1234567.89"
            )
        );
        let bytes = as_workbook(&[row()], as_of).unwrap();
        assert_eq!(bytes, as_workbook(&[row()], as_of).unwrap());
        let sheets = crate::workbook::sheets(&bytes).unwrap();
        let rows = sheets[0].rows.as_ref().unwrap();
        let figure: Vec<String> = rows[1].1.iter().map(|cell| cell.text.to_string()).collect();
        assert_eq!((figure[8].as_str(), figure[10].as_str()), ("1234567.89", "2026-09-01"));
    }
}
