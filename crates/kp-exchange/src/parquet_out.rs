//! The public tables as Parquet: one row group, one page a column, plain and unpacked, so that every reader reads it.
//!
//! Written here because the shape is flat and fixed (decision 0011: a small writer costs less than the crate). Figures are
//! decimals with two places, days are days, the rest is text. Same rows, same bytes.

use jiff::civil::date;
use kp_terms::{Carats, Date};

use crate::public_tables::Observation;

const MAGIC: &[u8; 4] = b"PAR1";
const CREATED_BY: &str = "kpcs";

// Parquet's own numbers: physical types, converted types, encodings.
const INT32: i64 = 1;
const INT64: i64 = 2;
const BYTES: i64 = 6;
const UTF8: i64 = 0;
const DECIMAL: i64 = 5;
const DATE: i64 = 6;
const PLAIN: i64 = 0;
const RLE: i64 = 3;

/// A column: its name, how it is stored, what that means, and its values.
struct Column {
    name: &'static str,
    stored: i64,
    means: i64,
    values: Vec<u8>,
}

/// Writes the public tables.
pub fn as_parquet(rows: &[Observation], as_of: Date) -> Vec<u8> {
    let columns = columns(rows, as_of);
    let mut file = MAGIC.to_vec();
    let mut places = Vec::new();
    for column in &columns {
        let begins = file.len();
        let header = page_header(rows.len(), column.values.len());
        file.extend_from_slice(&header);
        file.extend_from_slice(&column.values);
        places.push((begins, file.len() - begins));
    }
    let footer = footer(&columns, &places, rows.len());
    file.extend_from_slice(&footer);
    file.extend_from_slice(&u32::try_from(footer.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend_from_slice(MAGIC);
    file
}

fn columns(rows: &[Observation], as_of: Date) -> Vec<Column> {
    let text = |name: &'static str, of: fn(&Observation) -> &str| {
        let mut values = Vec::new();
        for row in rows {
            let text = of(row);
            values.extend_from_slice(&u32::try_from(text.len()).unwrap_or(0).to_le_bytes());
            values.extend_from_slice(text.as_bytes());
        }
        Column { name, stored: BYTES, means: UTF8, values }
    };
    let hundredths = |row: &Observation| match row.value.parse::<Carats>() {
        Ok(amount) => amount.hundredths(),
        // A count has no decimals.
        Err(_) => row.value.parse::<i64>().unwrap_or(0).saturating_mul(100),
    };
    let day = as_of.since(date(1970, 1, 1)).map_or(0, |span| span.get_days());
    vec![
        text("table", |row| &row.table),
        text("participant", |row| &row.participant),
        text("partner", |row| &row.partner),
        text("hs", |row| &row.hs),
        text("kind", |row| &row.kind),
        text("period", |row| &row.period),
        text("source", |row| &row.source),
        text("measure", |row| &row.measure),
        Column {
            name: "value",
            stored: INT64,
            means: DECIMAL,
            values: rows.iter().flat_map(|row| hundredths(row).to_le_bytes()).collect(),
        },
        text("known_since", |row| &row.known_since),
        Column {
            name: "as_of",
            stored: INT32,
            means: DATE,
            values: rows.iter().flat_map(|_| day.to_le_bytes()).collect(),
        },
    ]
}

fn page_header(rows: usize, bytes: usize) -> Vec<u8> {
    let mut data = Compact::default();
    data.int(1, rows as i64);
    data.int(2, PLAIN);
    data.int(3, RLE);
    data.int(4, RLE);
    let mut header = Compact::default();
    header.int(1, 0);
    header.int(2, bytes as i64);
    header.int(3, bytes as i64);
    header.structure(5, data);
    header.ended()
}

fn footer(columns: &[Column], places: &[(usize, usize)], rows: usize) -> Vec<u8> {
    let mut root = Compact::default();
    root.text(4, "public_tables");
    root.int(5, columns.len() as i64);
    let mut schema = vec![root];
    schema.extend(columns.iter().map(|column| {
        let mut element = Compact::default();
        element.int(1, column.stored);
        element.int(3, 0);
        element.text(4, column.name);
        element.int(6, column.means);
        if column.means == DECIMAL {
            element.int(7, 2);
            element.int(8, 18);
        }
        element
    }));
    let total: usize = places.iter().map(|(_, length)| length).sum();
    let chunks = columns.iter().zip(places).map(|(column, (begins, length))| {
        let mut meta = Compact::default();
        meta.int(1, column.stored);
        meta.ints(2, &[PLAIN]);
        meta.texts(3, &[column.name]);
        meta.int(4, 0);
        meta.long(5, rows as i64);
        meta.long(6, *length as i64);
        meta.long(7, *length as i64);
        meta.long(9, *begins as i64);
        let mut chunk = Compact::default();
        chunk.long(2, *begins as i64);
        chunk.structure(3, meta);
        chunk
    });
    let mut group = Compact::default();
    group.structures(1, chunks.collect());
    group.long(2, total as i64);
    group.long(3, rows as i64);
    let mut file = Compact::default();
    file.int(1, 1);
    file.structures(2, schema);
    file.long(3, rows as i64);
    file.structures(4, vec![group]);
    file.text(6, CREATED_BY);
    file.ended()
}

/// A structure of Thrift's compact protocol under construction; fields come in rising order.
#[derive(Default)]
struct Compact {
    bytes: Vec<u8>,
    last: u8,
}

const OF_INT: u8 = 5;
const OF_LONG: u8 = 6;
const OF_BYTES: u8 = 8;
const OF_LIST: u8 = 9;
const OF_STRUCT: u8 = 12;

impl Compact {
    fn field(&mut self, id: u8, kind: u8) {
        self.bytes.push((id.saturating_sub(self.last) << 4) | kind);
        self.last = id;
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn number(&mut self, value: i64) {
        self.varint(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    fn int(&mut self, id: u8, value: i64) {
        self.field(id, OF_INT);
        self.number(value);
    }

    fn long(&mut self, id: u8, value: i64) {
        self.field(id, OF_LONG);
        self.number(value);
    }

    fn bytes_of(&mut self, text: &str) {
        self.varint(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn text(&mut self, id: u8, text: &str) {
        self.field(id, OF_BYTES);
        self.bytes_of(text);
    }

    fn list(&mut self, id: u8, kind: u8, length: usize) {
        self.field(id, OF_LIST);
        match u8::try_from(length) {
            Ok(short) if short < 15 => self.bytes.push((short << 4) | kind),
            _ => {
                self.bytes.push(0xf0 | kind);
                self.varint(length as u64);
            }
        }
    }

    fn ints(&mut self, id: u8, values: &[i64]) {
        self.list(id, OF_INT, values.len());
        values.iter().for_each(|value| self.number(*value));
    }

    fn texts(&mut self, id: u8, texts: &[&str]) {
        self.list(id, OF_BYTES, texts.len());
        texts.iter().for_each(|text| self.bytes_of(text));
    }

    fn structure(&mut self, id: u8, of: Self) {
        self.field(id, OF_STRUCT);
        self.bytes.extend(of.ended());
    }

    fn structures(&mut self, id: u8, of: Vec<Self>) {
        self.list(id, OF_STRUCT, of.len());
        of.into_iter().for_each(|one| self.bytes.extend(one.ended()));
    }

    fn ended(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: &str, measure: &str) -> Observation {
        Observation { measure: measure.into(), value: value.into(), ..crate::public_tables::tests::row() }
    }

    /// The file of `interop/parquet.py`, which lets pyarrow and DuckDB read it.
    #[test]
    fn the_file_has_its_frame_and_the_same_rows_give_the_same_bytes() {
        let as_of: Date = "2026-09-01".parse().unwrap();
        let rows = [row("1234567.89", "carats"), row("17", "certificates")];
        let file = as_parquet(&rows, as_of);
        assert_eq!((&file[..4], &file[file.len() - 4..]), (&MAGIC[..], &MAGIC[..]));
        let length =
            file[file.len() - 8..file.len() - 4].try_into().map(u32::from_le_bytes).unwrap() as usize;
        assert!(length > 200 && length < file.len(), "{length}");
        let values = [123_456_789_i64.to_le_bytes(), 1_700_i64.to_le_bytes()].concat();
        assert!(file.windows(16).any(|window| window == values), "figures are whole hundredths");
        assert_eq!(file, as_parquet(&rows, as_of));
        assert!(as_parquet(&[], as_of).ends_with(MAGIC));
    }
}
