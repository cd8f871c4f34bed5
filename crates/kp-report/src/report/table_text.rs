//! Text of a CSV file that a spreadsheet program opens without running it.

/// Writes rows as CSV: commas, double quotes where needed, one line feed per row.
pub(crate) fn csv_text(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let in_memory = "because writing to memory does not fail, and every row has the header's columns";
    writer.write_record(header).expect(in_memory);
    for row in rows {
        writer.write_record(&row).expect(in_memory);
    }
    let bytes = writer.into_inner().expect(in_memory);
    String::from_utf8(bytes).expect("because it was written from text")
}

/// A text from somebody's file: a spreadsheet program takes what begins with one of these for a formula and runs it,
/// so it gets an apostrophe before it.
pub(crate) fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_stays_text() {
        assert_eq!(plain("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(plain("Guinea"), "Guinea");
    }
}
