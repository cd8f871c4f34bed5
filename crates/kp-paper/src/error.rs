//! Why a sheet is not printed: each a sentence that names the field and says how to mend it.
//!
//! A certificate is printed whole or not at all. Nothing is ever cut off, printed over something else, or replaced by
//! an empty box.

use crate::layout::LayoutError;

/// Why a sheet was not made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The text is too long for its place, even at the least size at which it can still be read.
    #[error(
        "the text of {field} does not fit into its place of {width:.0} x {height:.0} mm at {least} points, the least \
         size allowed: {text:?}; shorten it, or give {field} more room in the layout"
    )]
    DoesNotFit {
        /// Which field.
        field: String,
        /// The text that was to be printed.
        text: String,
        /// Width of the place in millimetres.
        width: f32,
        /// Height of the place in millimetres.
        height: f32,
        /// The least size in points.
        least: f32,
    },
    /// No font at hand has these characters.
    #[error("the text of {field} has characters that no font at hand can print: {characters}; {remedy}")]
    MissingCharacters {
        /// Which field.
        field: String,
        /// Each character with its code point.
        characters: String,
        /// Where a font that has them can be had.
        remedy: String,
    },
    /// A code has more text than its reserved place can hold in modules large enough to be scanned.
    #[error(
        "the code of {field} needs {modules} modules with its quiet zone, and {field} has room for {room}; give it a \
         reserved place of {wanted:.0} mm in the layout"
    )]
    CodeTooLarge {
        /// Which field.
        field: String,
        /// Modules along one side, with the quiet zone.
        modules: u32,
        /// Modules that the reserved place holds at the least pitch.
        room: u32,
        /// The side that would do, in millimetres.
        wanted: f32,
    },
    /// A code with a character outside the alphanumeric set of QR symbols.
    #[error("the code of {field} cannot be printed: {why}")]
    Code {
        /// Which field.
        field: String,
        /// What is wrong with it.
        why: String,
    },
    /// What came in contradicts itself or the scheme.
    #[error("the sheet cannot be printed: {field}: {why}")]
    Sheet {
        /// Which field.
        field: String,
        /// What is wrong, and what is expected.
        why: String,
    },
    /// The layout is not usable.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A font file that cannot be used.
    #[error("the font {file} cannot be used: {why}")]
    Font {
        /// The file or the name given to it.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// The writer of the file refused; PDF/A would not hold.
    #[error("the file was not written, because it would not keep the rules of PDF/A-2a: {0}")]
    Writer(String),
}
