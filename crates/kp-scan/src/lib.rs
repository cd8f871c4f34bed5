//! Pictures, scans and PDF files into the code texts that stand on them.
//!
//! A certificate's paper carries two symbols (`KPC1:` the signed certificate, `KPR1:` the log's receipt). An officer has
//! a photograph, a scan, a PDF file from an e-mail, or the text itself; [`read_codes`] takes the bytes of any of these
//! and says what stands on them. It decides nothing about the certificate: texts that are no KP codes come out as well.
//!
//! What comes in is foreign, and may be made to harm (L21: forged paper). So every size is limited before memory is
//! taken, every loop has a bound, and there is no network, no disk and no clock.

mod grey;
mod jpeg_file;
mod kind;
mod pdf;
mod picture;
mod png_file;
mod sentence;
mod symbol;
mod text;
mod whole;

use thiserror::Error;

/// Largest file that is looked at, in bytes.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Largest picture that is looked at, in pixels (a 600-dpi scan of A4 has 35 million).
pub const MOST_PIXELS: usize = 64_000_000;
/// Most pages of a PDF file that are looked at.
pub const MOST_PAGES: usize = 20;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// What the file is, told from its content.
    pub kind: FileKind,
    /// Pages that were looked at; 1 for a picture or a text.
    pub pages: usize,
    /// Code texts in reading order, each once per page.
    pub codes: Vec<Code>,
    /// Symbols that are there and could not be read.
    pub unread: Vec<Unread>,
    /// What was left out, in sentences.
    pub left_out: Vec<String>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A PDF document.
    Pdf,
    /// Plain text with codes in it.
    Text,
}

/// One code text.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The text as it stands in the symbol; may be no KP code at all.
    pub text: String,
    /// Page, counted from 1.
    pub page: usize,
    /// Where on the page; none in plain text.
    pub place: Option<Place>,
}

/// A symbol that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// Page, counted from 1.
    pub page: usize,
    /// Where on the page.
    pub place: Place,
}

/// A rectangle in thousandths of the page's width and height, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Right edge.
    pub right: u16,
    /// Lower edge.
    pub bottom: u16,
}

/// What can be shown of a PDF document without opening it in a viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPage {
    /// Pages of the document.
    pub pages: usize,
    /// Its first page, where that is a scan. None where it is written or drawn: text is not painted here, and a page
    /// without its text would look empty.
    pub picture: Option<GreyPicture>,
}

/// A grey picture, row by row; 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GreyPicture {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// `width * height` brightnesses.
    pub pixels: Vec<u8>,
}

/// Why a file could not be looked at. Each sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScanError {
    /// No bytes.
    #[error("the file is empty; send it again, or scan the paper again")]
    Empty,
    /// More bytes than [`MOST_BYTES`].
    #[error(
        "the file has {bytes} bytes and {MOST_BYTES} are the most; scan the certificate alone, at 300 dpi in grey"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// A kind that is not read.
    #[error("this is {what}, which is not read here; {mend}")]
    OtherKind {
        /// What it seems to be.
        what: &'static str,
        /// What to do.
        mend: &'static str,
    },
    /// A picture with more pixels than can be looked at.
    #[error(
        "the picture has {width} x {height} pixels, which is too much; scan at 300 dpi, or make it smaller"
    )]
    TooManyPixels {
        /// Pixels across.
        width: usize,
        /// Pixels down.
        height: usize,
    },
    /// A picture or document that breaks off or contradicts itself.
    #[error("the {what} cannot be opened: {why}; it may have been cut off on its way: ask for it again")]
    Broken {
        /// PNG picture, JPEG picture, PDF document.
        what: &'static str,
        /// What its decoder says.
        why: String,
    },
    /// A document that needs a password or hides what it holds.
    #[error(
        "the PDF document {why}; open it, print it to a new PDF file and use that, or photograph the paper"
    )]
    ClosedPdf {
        /// What is in the way.
        why: &'static str,
    },
}

/// Code texts that stand in a file: a PNG or JPEG picture, a PDF document, or plain text, told apart by content.
///
/// A file without any code is no error: [`Scan::codes`] is empty then, and [`Scan::unread`] says whether something was
/// there that could not be read.
///
/// # Errors
///
/// [`ScanError`] where the file could not be looked at.
///
/// ```
/// let scan = kp_scan::read_codes(b"The code is\nKPC1:6BFA/1\n\nRegards").unwrap();
/// assert_eq!(scan.codes[0].text, "KPC1:6BFA/1");
/// ```
pub fn read_codes(bytes: &[u8]) -> Result<Scan, ScanError> {
    if bytes.len() > MOST_BYTES {
        return Err(ScanError::TooLarge { bytes: bytes.len() });
    }
    match kind::of(bytes)? {
        kind::Kind::Png => Ok(picture::scan(FileKind::Png, &png_file::read(bytes)?)),
        kind::Kind::Jpeg => {
            Ok(picture::scan(FileKind::Jpeg, &jpeg_file::read(bytes, jpeg_file::Inks::Turned)?))
        }
        kind::Kind::Pdf => pdf::scan(bytes),
        kind::Kind::Text(text) => Ok(text::scan(&text)),
    }
}

/// The first page of a PDF document in small, its longer side at most `longest` pixels, and how many pages there are. How
/// long a document may be is the caller's to say; how much is unpacked and painted is bounded as in [`read_codes`].
///
/// # Errors
///
/// [`ScanError`] where the document could not be looked at.
pub fn first_page(document: Vec<u8>, longest: usize) -> Result<FirstPage, ScanError> {
    pdf::first_page(document, longest)
}
