//! A code as a QR symbol made of rectangles.
//!
//! Rules: level M, alphanumeric mode, a quiet zone of four modules, each module a whole number of dots of a 300 dpi
//! printer and four of them at least (0.339 mm), so that an office printer keeps the edges and a cheap phone reads them.
//! The place reserved for a symbol is 35 mm wide, and a symbol grows beyond it only where the layout reserves more.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::{
    area::{Area, POINTS},
    error::PaperError,
};

/// The reserved place: nothing less will do.
pub(crate) const RESERVED: f32 = 35.0;
/// Nothing is printed nearer than this to a reserved place, in millimetres.
pub(crate) const CLEAR: f32 = 5.0;
/// Modules of white on every side.
pub(crate) const QUIET: u32 = 4;
/// One dot of a 300 dpi printer in points.
pub(crate) const DOT: f32 = 72.0 / 300.0;
/// Least dots in a module.
pub(crate) const LEAST_DOTS: u32 = 4;

/// A symbol in its place.
pub(crate) struct Symbol {
    /// Modules along one side, without the quiet zone.
    pub(crate) modules: u32,
    /// Dots in a module.
    pub(crate) dots: u32,
    /// Left and upper edge of the first module, in dots from the page's corner.
    pub(crate) corner: (u32, u32),
    /// Dark stretches: row, first column, how many.
    pub(crate) stretches: Vec<(u32, u32, u32)>,
}

impl Symbol {
    /// The symbol with its quiet zone, in millimetres.
    pub(crate) fn area(&self) -> Area {
        let dot = DOT / POINTS;
        let side = whole((self.modules + 2 * QUIET) * self.dots) * dot;
        let edge = |corner: u32| whole(corner.saturating_sub(QUIET * self.dots)) * dot;
        Area::new(edge(self.corner.0), edge(self.corner.1), side, side)
    }

    /// The dark rectangles in points: left, top, width, height.
    pub(crate) fn rectangles(&self) -> impl Iterator<Item = [f32; 4]> {
        let points = |dots: u32| whole(dots) * DOT;
        self.stretches.iter().map(move |(row, first, count)| {
            [
                points(self.corner.0 + first * self.dots),
                points(self.corner.1 + row * self.dots),
                points(count * self.dots),
                points(self.dots),
            ]
        })
    }
}

/// Places the code in the middle of the reserved place: within 35 mm where it can, within all of it where it must.
pub(crate) fn symbol(field: &str, code: &str, reserved: &Area) -> Result<Symbol, PaperError> {
    if let Some(odd) = code.chars().find(|c| !QrSegment::is_alphanumeric(&c.to_string())) {
        let why = format!("{odd:?} is not one of the characters of base45; give the text as it was made");
        return Err(PaperError::Code { field: field.to_owned(), why });
    }
    let segment = QrSegment::make_alphanumeric(code);
    let qr = QrCode::encode_segments_advanced(
        &[segment],
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        None,
        false,
    )
    .map_err(|why| PaperError::Code { field: field.to_owned(), why: why.to_string() })?;
    let modules = u32::try_from(qr.size()).unwrap_or(u32::MAX);
    let with_quiet = modules + 2 * QUIET;
    let room = |side: f32| floor(side * POINTS / DOT);
    let side = reserved.width.min(reserved.height);
    let (usual, most) = (room(side.min(RESERVED)) / with_quiet, room(side) / with_quiet);
    let dots = if usual >= LEAST_DOTS { usual } else { most };
    if dots < LEAST_DOTS {
        return Err(PaperError::CodeTooLarge {
            field: field.to_owned(),
            modules: with_quiet,
            room: room(side) / LEAST_DOTS,
            wanted: (whole(with_quiet * LEAST_DOTS) * DOT / POINTS).ceil(),
        });
    }
    let corner = |edge: f32, length: f32| {
        let middle = (edge + length / 2.0) * POINTS / DOT;
        floor(middle - whole(modules * dots) / 2.0)
    };
    Ok(Symbol {
        modules,
        dots,
        corner: (corner(reserved.x, reserved.width), corner(reserved.y, reserved.height)),
        stretches: stretches(&qr),
    })
}

fn stretches(qr: &QrCode) -> Vec<(u32, u32, u32)> {
    let mut found: Vec<(u32, u32, u32)> = Vec::new();
    for row in 0..qr.size() {
        for column in 0..qr.size() {
            if !qr.get_module(column, row) {
                continue;
            }
            let (y, x) = (row.unsigned_abs(), column.unsigned_abs());
            match found.last_mut() {
                Some((same, first, count)) if *same == y && *first + *count == x => *count += 1,
                _ => found.push((y, x, 1)),
            }
        }
    }
    found
}

/// Dots of one page are fewer than 2^24, which a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "a page has fewer than 2^24 dots across")]
pub(crate) fn whole(dots: u32) -> f32 {
    dots as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast to u32 saturates, which is meant"
)]
fn floor(dots: f32) -> u32 {
    dots.floor() as u32
}
