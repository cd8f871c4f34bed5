//! Papers for programs: what stands beside a record, and what became of a file that came in parts.

use kp_attached::{Kept, Paper};
use serde::Serialize;
use utoipa::ToSchema;

use super::record::Beside;

/// A paper beside a record.
#[derive(Serialize, ToSchema)]
#[schema(as = Paper)]
pub(crate) struct PaperBody {
    /// Place of its statement in the log.
    position: u64,
    /// `certificate`, `application` or `case`.
    belongs_to: String,
    /// `invoice`, `photograph` ...
    paper_sort: String,
    /// What it shows.
    paper_words: String,
    /// SHA-256 of the file, hexadecimal.
    file_sha256: String,
    /// `pdf`, `jpeg`, `png` or `tiff`.
    media_type: String,
    /// Its length in bytes.
    file_bytes: u64,
    /// Which officer.
    attached_by: String,
    /// When, RFC 3339 UTC.
    attached_at: String,
    /// Where the file is to be had.
    file: String,
}

/// A file that came whole: what `attach_paper` wants to know of it.
#[derive(Serialize)]
pub(crate) struct KeptBody {
    file_sha256: String,
    media_type: &'static str,
    file_bytes: u64,
}

impl From<Kept> for KeptBody {
    fn from(kept: Kept) -> Self {
        Self { file_sha256: kept.sha256, media_type: kept.media_type.word(), file_bytes: kept.bytes }
    }
}

/// The papers beside a record.
pub(crate) fn papers(beside: &Beside) -> Vec<PaperBody> {
    let path = beside.path();
    let one = |paper: &Paper| PaperBody {
        position: paper.position,
        belongs_to: paper.belongs_to.to_string(),
        paper_sort: paper.sort.to_string(),
        paper_words: paper.words.clone(),
        file_sha256: paper.file_sha256.clone(),
        media_type: paper.media_type.to_string(),
        file_bytes: paper.bytes,
        attached_by: paper.attached_by.clone(),
        attached_at: paper.attached_at.to_string(),
        file: format!("{path}/papers/{}", paper.position),
    };
    beside.papers.iter().map(one).collect()
}
