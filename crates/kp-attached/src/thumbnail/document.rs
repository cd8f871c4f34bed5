//! The first page of a document in PDF, where it is a scan. `kp_scan` takes the file apart and paints, within its bounds.

use super::{Glimpse, LARGEST_SIDE, Pixels, painted};

/// Painted twice as large as it is shown, so that lines of writing become grey and not gone.
const FINER: usize = 2;

pub(super) fn of_pdf(bytes: Vec<u8>) -> Glimpse {
    // Locked, broken, or becoming too large: nothing can be said of it.
    let Ok(first) = kp_scan::first_page(bytes, LARGEST_SIDE * FINER) else { return Glimpse::default() };
    let pixels = first.picture.map(|picture| Pixels {
        width: picture.width,
        height: picture.height,
        rgb: picture.pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
    });
    let png = pixels.and_then(|pixels| painted((pixels, 1)));
    Glimpse { pages: u32::try_from(first.pages).ok(), png }
}
