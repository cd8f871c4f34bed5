//! The printed sheets: certificate, specimen, confirmation slip, court extract, as PDF/A-2a and PDF/UA-1 files.
//!
//! Data in, bytes out: no network and no clock (the time of printing comes in), and equal input gives equal bytes. The
//! only files it reads are font files, and only where the caller names a folder or the system for scripts that the
//! program has no font for. A sheet is printed whole or refused with the name of the field: nothing is cut off, nothing
//! overlaps, nothing comes near a code.
//!
//! Floats are used for drawing only; amounts come in as the scheme's exact words and are printed as they are.

mod area;
mod cell;
mod certificate;
mod colour;
mod confirmation;
mod error;
mod extract;
mod flow;
mod fonts;
mod goods;
mod ground;
mod label;
mod layout;
mod linework;
mod marks;
mod page;
mod paragraph;
mod render;
mod said;
mod shape;
mod sheet;
mod slip;
mod symbol;
mod whole;

pub use area::Area;
pub use certificate::{STATEMENT, TITLE, certificate, specimen};
pub use error::PaperError;
pub use extract::{
    ActLine, CourtExtract, PresentationLine, ProofText, RefusalLine, RemarkLine, WeighingLine, WorthLine,
    court_extract,
};
pub use fonts::Fonts;
pub use layout::{Layout, LayoutError, LayoutProblem};
pub use sheet::{
    CertificateSheet, Codes, Container, GoodsLine, LISTED_PARCELS, ParcelLine, Party, Print, Validation,
};
pub use slip::{ConfirmationSlip, confirmation_slip};

// The samples of the integration tests name the crate from outside.
#[cfg(test)]
extern crate self as kp_paper;

#[cfg(test)]
mod geometry_tests;
#[cfg(test)]
#[path = "../tests/it/samples.rs"]
mod samples;
