//! One gathered row into what it says: number, who confirms, carats, value, parcels, day.
//!
//! What is ambiguous in one cell is decided by the other cells of its table, or told; never guessed.

use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, UsdCents};

use super::columns::Role;
use super::gather::{GatheredRow, GatheredTable};
use super::{CellFault, ConfirmationContext, ConfirmationRow, ReadConfirmation, Understood};
use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{CellKind, says_nothing};
use crate::dates::{DateOrder, Day, read_day};
use crate::read_certificate_number::read_certificate_number;

/// Reads every row of a table.
pub(super) fn table(table: &GatheredTable, context: ConfirmationContext<'_>) -> Vec<ConfirmationRow> {
    let mut marks = Marks::of_table(table.comma_separated);
    let mut order = DateOrder::default();
    for row in &table.rows {
        marks.learn(row.cell(Role::Carats));
        marks.learn(row.cell(Role::Value));
        order.learn(row.cell(Role::Arrived));
    }
    let read = |row: &GatheredRow| {
        let faults = row.faults.clone();
        let mut reader = Reader { table, row, context, marks, order, faults, notes: Vec::new() };
        let (understood, read) = reader.read();
        ConfirmationRow { sheet: table.sheet.clone(), row: row.row, raw: row.raw.clone(), understood, read }
    };
    table.rows.iter().map(read).collect()
}

struct Reader<'a> {
    table: &'a GatheredTable,
    row: &'a GatheredRow,
    context: ConfirmationContext<'a>,
    marks: Marks,
    order: DateOrder,
    faults: Vec<CellFault>,
    notes: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self) -> (Understood, Result<ReadConfirmation, Vec<CellFault>>) {
        if self.row.unclosed_quote {
            let fault = CellFault {
                column: "the row".to_owned(),
                sentence: "a quotation mark is opened and never closed".to_owned(),
                mend: "delete the mark, or close it at the end of the field".to_owned(),
            };
            return (Understood::default(), Err(vec![fault]));
        }
        let number = self.number();
        let at = self.at();
        let carats = self.amount(Role::Carats, "1200.50").map(Carats::from_hundredths);
        let value = self.optional_amount(Role::Value, "420000.00").map(UsdCents::from_cents);
        let parcels = self.parcels();
        let arrived_on = self.arrived_on();
        let remarks = self.row.cell(Role::Remarks).trimmed().to_owned();
        let understood = Understood { number: number.clone(), at, carats, arrived_on };
        let read = match (number, carats) {
            (Some(number), Some(carats)) if self.faults.is_empty() => Ok(ReadConfirmation {
                number,
                at,
                carats,
                value,
                parcels,
                arrived_on,
                remarks,
                notes: std::mem::take(&mut self.notes),
            }),
            _ => Err(std::mem::take(&mut self.faults)),
        };
        (understood, read)
    }

    fn fault(&mut self, role: Role, sentence: String, mend: String) {
        self.faults.push(CellFault { column: self.table.columns.title(role), sentence, mend });
    }

    fn number(&mut self) -> Option<CertificateNumber> {
        let text = self.row.cell(Role::Number).trimmed();
        if says_nothing(text) {
            let mend = "write the number that stands on the certificate".to_owned();
            self.fault(Role::Number, "the certificate's number is missing".to_owned(), mend);
            return None;
        }
        match read_certificate_number(text, Some(self.context.ours)) {
            Ok(reading) => {
                self.notes.extend(reading.explanations);
                Some(reading.number)
            }
            Err(error) => {
                let sentence = error.to_string();
                let sentence = sentence.split("; write for example").next().unwrap_or_default().to_owned();
                let mend = format!("compare with the paper and write it as {}-000123", self.context.ours);
                self.fault(Role::Number, sentence, mend);
                None
            }
        }
    }

    /// Who confirms: by code or name; the sender where the row says nothing.
    fn at(&mut self) -> Option<ParticipantCode> {
        let text = self.row.cell(Role::At).trimmed();
        if says_nothing(text) {
            return self.context.from;
        }
        let known =
            |code: &ParticipantCode| code.is_invented() || self.context.participants.get(*code).is_some();
        let found = text.parse().ok().filter(known).or_else(|| self.context.participants.by_name(text));
        if found.is_none() {
            let near = self.context.participants.suggestion(text);
            let mend = match near {
                Some(near) => format!("write {near}, if that is meant"),
                None => "write the two-letter code or the name that the scheme uses".to_owned(),
            };
            self.fault(
                Role::At,
                format!("{text:?} is no participant of the scheme that is known here"),
                mend,
            );
        }
        found
    }

    /// An amount that must be there.
    fn amount(&mut self, role: Role, example: &str) -> Option<i64> {
        if says_nothing(self.row.cell(role).trimmed()) {
            let sentence = format!("the {} are missing", super::columns::usual_word(role));
            let mend = format!("write what was weighed on arrival, for example {example}");
            self.fault(role, sentence, mend);
            return None;
        }
        self.optional_amount(role, example)
    }

    fn optional_amount(&mut self, role: Role, example: &str) -> Option<i64> {
        let cell = self.row.cell(role);
        if says_nothing(cell.trimmed()) {
            return None;
        }
        match read_amount(cell, Some(self.marks)) {
            Amount::Read { hundredths, .. } if hundredths <= 0 => {
                let sentence = format!("{} is not what was weighed or paid for anything", cell.trimmed());
                self.fault(role, sentence, format!("write a figure above nothing, for example {example}"));
                None
            }
            Amount::Read { hundredths, rounded } => {
                if rounded {
                    self.notes.push(format!("rounded {} to two decimals", cell.trimmed()));
                }
                Some(hundredths)
            }
            Amount::Unreadable { sentence, mend } => {
                self.fault(role, sentence.to_string(), mend.to_string());
                None
            }
            Amount::Nothing | Amount::Ambiguous => None, // neither after the table was asked
        }
    }

    fn parcels(&mut self) -> Option<u32> {
        let text = self.row.cell(Role::Parcels).trimmed();
        if says_nothing(text) {
            return None;
        }
        let digits = text.split([' ', '.', ',']).next().unwrap_or_default();
        let parcels = digits.parse().ok();
        if parcels.is_none() {
            let mend = "write how many parcels were counted, as a whole number".to_owned();
            self.fault(Role::Parcels, format!("{text:?} is not a number of parcels"), mend);
        }
        parcels
    }

    fn arrived_on(&mut self) -> Option<Date> {
        let cell = self.row.cell(Role::Arrived);
        let text = cell.trimmed();
        if says_nothing(text) || cell.kind == CellKind::MergedFromAbove {
            return None;
        }
        match read_day(cell) {
            Day::Is(day) => Some(day),
            Day::Either { day_first, month_first } => {
                let decided = self.order.decide(day_first, month_first);
                if decided.is_none() {
                    let mend = format!("write {day_first} or {month_first}");
                    self.fault(Role::Arrived, format!("{text:?} can be two days"), mend);
                }
                decided
            }
            Day::NotADate => {
                let mend = "write year, month and day, for example 2026-02-05".to_owned();
                self.fault(Role::Arrived, format!("{text:?} is not a day of the calendar"), mend);
                None
            }
        }
    }
}
