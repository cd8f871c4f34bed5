//! A spreadsheet in the OpenDocument format with one sheet of texts, small enough to be read here whole.
//!
//! Files are stored and not packed; the checksum is the ZIP format's own (CRC-32, APPNOTE 4.4.7).

const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The bytes of an `.ods` file with these rows.
pub fn open_document(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace("  ", " <text:s/>")
    };
    let cell = |text: &String| match text.as_str() {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
    };
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let names = [("office", "office"), ("table", "table"), ("text", "text")]
        .map(|(short, name)| format!(" xmlns:{short}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{names} office:version=\"1.2\">\
         <office:body><office:spreadsheet><table:table table:name=\"Sheet1\">{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{TYPE}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    stored(&[("mimetype", TYPE), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)])
}

/// A ZIP file of texts, each stored as it is.
fn stored(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut archive, mut contents) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let at = archive.len();
        // Version 2.0, no flags, stored, 1 January 2026, checksum, sizes, lengths.
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x5c];
        about.extend(checksum(text.as_bytes()).to_le_bytes());
        about.extend(length(text.len()));
        about.extend(length(text.len()));
        about.extend(u16::try_from(name.len()).unwrap_or_default().to_le_bytes());
        about.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
        contents.extend(b"PK\x01\x02\x14\x00");
        contents.extend(&about);
        contents.extend([0; 10]);
        contents.extend(length(at));
        contents.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap_or_default().to_le_bytes();
    let (begins, size) = (archive.len(), contents.len());
    archive.extend(contents);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(length(size));
    archive.extend(length(begins));
    archive.extend([0, 0]);
    archive
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_the_one_of_the_format() {
        assert_eq!(super::checksum(b"123456789"), 0xcbf4_3926, "the check value of CRC-32");
    }
}
