//! What a file really is, by its first bytes; its name is not believed.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Nothing in it.
    Empty,
    /// Text, to be split into cells.
    Text,
    /// A workbook in the open XML format.
    Workbook,
    /// A spreadsheet in the OpenDocument format.
    OpenDocument,
    /// Something that is not read here: one sentence that says what it is and how to mend it.
    Other(&'static str, &'static str),
}

pub(crate) fn file_kind(bytes: &[u8]) -> FileKind {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xef\xbb\xbf" {
        FileKind::Empty
    } else if starts(b"PK\x03\x04") {
        if holds(head, b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
            FileKind::OpenDocument
        } else if holds(head, b"mimetypeapplication/vnd.oasis") {
            FileKind::Other(
                "file-no-table",
                "it is an OpenDocument file without a table; save the table as .xlsx, .ods or .csv",
            )
        } else {
            FileKind::Workbook
        }
    } else if starts(b"PK\x05\x06") {
        FileKind::Other("file-empty-archive", "it is an empty archive with no table in it")
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        if holds(bytes, &wide("EncryptedPackage")) {
            FileKind::Other(
                "file-protected",
                "it is a workbook protected by a password; open it, save it without one, and read it again",
            )
        } else {
            FileKind::Other(
                "file-old-workbook",
                "it is a workbook of the old .xls kind; open it and save it as .xlsx or .csv",
            )
        }
    } else if starts(b"%PDF") {
        FileKind::Other(
            "file-pdf",
            "it is a PDF, in which a table is only a picture of one; ask for the .xlsx or .csv behind it",
        )
    } else if starts(b"{\\rtf") {
        FileKind::Other("file-text-document", "it is a text document; save the table as .xlsx or .csv")
    } else if starts(b"\x1f\x8b") || starts(b"7z\xbc\xaf") || starts(b"Rar!") {
        FileKind::Other("file-compressed", "it is compressed; unpack it and read the table inside")
    } else if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") {
        FileKind::Other("file-picture", "it is a picture; the figures must come as .xlsx or .csv")
    } else if looks_like_markup(head) {
        FileKind::Other(
            "file-web-page",
            "it is a web page, whatever its name; open it in a spreadsheet program and save it as .xlsx",
        )
    } else {
        FileKind::Text
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Two-byte text, as the directory of such a file keeps its names.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn looks_like_markup(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype", "<html", "<table", "<?xml"].iter().any(|start| head.starts_with(start))
}
