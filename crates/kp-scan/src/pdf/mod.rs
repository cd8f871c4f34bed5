//! PDF documents: the symbols of our own sheets are drawn, those of scans are pictures on the page.
//!
//! `hayro-syntax` takes the file apart; what fills areas is painted by [`paint`] at 300 dpi, pictures at their place
//! too, and the page is then looked at like a scan. Not painted: text, strokes, shadings and patterns, which no symbol
//! consists of; annotations and forms that a viewer lays over the page; JBIG2 with dictionaries of shapes. Layers are all
//! painted.

mod area;
mod colour;
mod guard;
mod image;
mod packed;
mod page;
mod paint;
mod placed;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::symbol::Symbol;
use crate::{FileKind, FirstPage, GreyPicture, MOST_PAGES, Scan, ScanError, picture};

/// Pixels that may be painted and operators that may be followed in one file. An A4 sheet of ours takes 30 million.
const MOST_WORK: u64 = 600_000_000;
/// Most pictures of a page that are looked at alone.
const MOST_PICTURES: usize = 12;

/// What may still be done for this file.
pub(super) struct Work(u64);

impl Work {
    /// Takes `amount` off; false when there is not enough left.
    pub(super) fn take(&mut self, amount: u64) -> bool {
        let enough = self.0 >= amount;
        self.0 = self.0.saturating_sub(amount);
        enough
    }
}

pub(crate) fn scan(bytes: &[u8]) -> Result<Scan, ScanError> {
    guard::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(broken)?;
    let count = pdf.pages().len();
    let mut scan = Scan {
        kind: FileKind::Pdf,
        pages: count.min(MOST_PAGES),
        codes: Vec::new(),
        unread: Vec::new(),
        left_out: Vec::new(),
    };
    if count > MOST_PAGES {
        scan.left_out
            .push(format!("only the first {MOST_PAGES} of {count} pages were looked at; split the document"));
    }
    let mut work = Work(MOST_WORK);
    for (number, page) in (1..).zip(pdf.pages().iter().take(MOST_PAGES)) {
        let symbols = read(page, &mut work);
        let (codes, unread) = picture::on_page(symbols, number);
        scan.codes.extend(codes);
        scan.unread.extend(unread);
        if work.0 == 0 {
            scan.left_out.push(format!(
                "page {number} draws more than can be followed; print the document to a new PDF file, or photograph it"
            ));
            break;
        }
    }
    Ok(scan)
}

pub(crate) fn first_page(bytes: Vec<u8>, longest: usize) -> Result<FirstPage, ScanError> {
    guard::check(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(broken)?;
    let mut work = Work(MOST_WORK);
    let seen = pdf.pages().first().and_then(|page| page::scanned(page, longest, &mut work));
    // What ran out of work in the middle is half a page.
    let picture = seen.filter(|_| work.0 > 0).map(|seen| GreyPicture {
        width: seen.width,
        height: seen.height,
        pixels: seen.pixels,
    });
    Ok(FirstPage { pages: pdf.pages().len(), picture })
}

/// Symbols of a page; where the page as a whole gives none, or not all, its pictures are looked at one by one.
fn read(page: &hayro_syntax::page::Page<'_>, work: &mut Work) -> Vec<Symbol> {
    let painted = page::painted(page, work);
    let mut symbols = picture::read(&painted.raster);
    let satisfied = !symbols.is_empty() && symbols.iter().all(|symbol| symbol.text.is_some());
    if satisfied {
        return symbols;
    }
    for (image, place) in painted.pictures.into_iter().take(MOST_PICTURES) {
        if !work.take(image.pixels.len() as u64 * 4) {
            break;
        }
        for symbol in picture::read(&image).into_iter().filter(|symbol| symbol.text.is_some()) {
            symbols.retain(|other| other.text.is_some());
            if !symbols.iter().any(|other| other.text == symbol.text) {
                symbols.push(Symbol {
                    left: place[0],
                    top: place[1],
                    right: place[2],
                    bottom: place[3],
                    ..symbol
                });
            }
        }
    }
    symbols
}

fn broken(error: LoadPdfError) -> ScanError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ScanError::ClosedPdf { why: "needs a password" }
        }
        LoadPdfError::Decryption(_) => {
            ScanError::ClosedPdf { why: "is locked in a way that is not known here" }
        }
        LoadPdfError::Invalid => {
            ScanError::Broken { what: "PDF document", why: "it has no pages that can be found".to_owned() }
        }
    }
}
