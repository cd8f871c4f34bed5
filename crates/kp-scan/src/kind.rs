//! What a file is, told from its first bytes: names of attachments are often wrong, and may be meant to be.

use std::borrow::Cow;

use crate::ScanError;

pub(crate) enum Kind<'a> {
    Png,
    Jpeg,
    Pdf,
    Text(Cow<'a, str>),
}

/// A PDF header may stand behind other bytes within this distance (ISO 32000, implementation notes).
const PDF_WITHIN: usize = 1024;

pub(crate) fn of(bytes: &[u8]) -> Result<Kind<'_>, ScanError> {
    if bytes.is_empty() {
        return Err(ScanError::Empty);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Ok(Kind::Jpeg);
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if let Some((what, mend)) = other(bytes) {
        return Err(ScanError::OtherKind { what, mend });
    }
    if let Some(text) = as_text(bytes) {
        return Ok(Kind::Text(text));
    }
    if bytes
        .iter()
        .take(PDF_WITHIN)
        .collect::<Vec<_>>()
        .windows(5)
        .any(|five| five.iter().copied().eq(b"%PDF-"))
    {
        return Ok(Kind::Pdf);
    }
    Err(ScanError::OtherKind {
        what: "no kind of file that is known here",
        mend: "use a PNG or JPEG picture, a PDF document or the code as text",
    })
}

const AS_PICTURE: &str = "save it as PNG or JPEG, or photograph the paper with another setting";
const AS_PDF: &str = "save it as PDF, or photograph the paper";

/// Kinds that people send and that are not read, with what to do.
fn other(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let brand = bytes.get(4..12).unwrap_or_default();
    if starts(b"II*\0") || starts(b"MM\0*") {
        return Some(("a TIFF picture", "scan as PDF, PNG or JPEG"));
    }
    if brand.starts_with(b"ftyp") {
        return Some(match &brand[4..] {
            b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => (
                "a HEIC picture",
                "set the telephone's camera to `most compatible` (JPEG), or send a screenshot",
            ),
            b"avif" | b"avis" => ("an AVIF picture", AS_PICTURE),
            _ => ("a film", "take a photograph of the paper instead"),
        });
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(("a WebP picture", AS_PICTURE));
    }
    if starts(b"GIF8") {
        return Some(("a GIF picture", AS_PICTURE));
    }
    if starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(("a BMP picture", AS_PICTURE));
    }
    if starts(b"PK\x03\x04") {
        return Some(archive(bytes));
    }
    if starts(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(("an old Word, Excel or Outlook file", AS_PDF));
    }
    if starts(b"{\\rtf") {
        return Some(("an RTF document", AS_PDF));
    }
    if starts(b"\0\0\0\x0cjP  ") || starts(&[0xff, 0x4f, 0xff, 0x51]) {
        return Some(("a JPEG 2000 picture", AS_PICTURE));
    }
    None
}

/// Office documents are ZIP archives whose first names tell what they are.
fn archive(bytes: &[u8]) -> (&'static str, &'static str) {
    let head = &bytes[..bytes.len().min(4096)];
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if has(b"word/") {
        ("a Word document", AS_PDF)
    } else if has(b"xl/") {
        ("an Excel workbook", AS_PDF)
    } else if has(b"opendocument") {
        ("an OpenDocument file", AS_PDF)
    } else {
        ("a ZIP archive", "unpack it and use the files inside one by one")
    }
}

/// Text in UTF-8 or UTF-16 (with its mark), without other control characters than line ends and tabs.
fn as_text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(std::str::from_utf8(rest).ok()?),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(wide(rest, u16::from_le_bytes)?),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(wide(rest, u16::from_be_bytes)?),
        _ => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
    };
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\x0c');
    text.chars().all(plain).then_some(text)
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_not_read_are_named_with_what_to_do() {
        let cases: [(&[u8], &str); 11] = [
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "film"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
            (b"GIF89a\x01\0", "GIF"),
            (b"BM\x36\0\0\0\0\0\0\0", "BMP"),
            (b"PK\x03\x04\x14\0\x06\0word/document.xml", "Word"),
            (b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", "Excel"),
            (b"PK\x03\x04\x14\0\x06\0photo.jpg", "ZIP"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel or Outlook"),
            (b"\x01\x02\x03\xfe\xff", "no kind of file"),
        ];
        for (bytes, what) in cases {
            let said = crate::read_codes(bytes).unwrap_err().to_string();
            assert!(said.contains(what) && said.contains("; "), "{said}");
        }
        assert_eq!(crate::read_codes(b""), Err(ScanError::Empty));
    }

    #[test]
    fn text_of_other_programs_is_text() {
        for bytes in [
            &b"\xef\xbb\xbfKPC1:AB"[..],
            b"\xff\xfeK\0P\0C\x001\0:\0A\0B\0",
            b"\xfe\xff\0K\0P\0C\x001\0:\0A\0B",
        ] {
            let scan = crate::read_codes(bytes).unwrap();
            assert_eq!(scan.codes[0].text, "KPC1:AB");
        }
    }
}
