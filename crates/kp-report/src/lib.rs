//! Pictures and the analysis report: the visual language of kpcs, SVG charts, self-contained HTML, findings as CSV and
//! JSON.
//!
//! Pure: figures in, text out. It reads no file and no clock, decides nothing and works nothing out that a reader could
//! quote: every figure it shows was worked out elsewhere. The same input gives the same bytes.

pub mod chart;
mod figure;
mod html;
mod reconciliation;
mod report;
mod setting;
mod stream;
mod style;
mod words;

pub use figure::{finding_figure, legend_square, participant_figures, severity_badge, world_figure};
pub use html::anchor;
pub use reconciliation::{ReconciliationReport, write_reconciliation};
pub use report::{
    AnalysisInput, ON_THE_PAGE, ROWS_ON_THE_PAGE, Report, SET_OUT, calendar_section, finding_section,
    participant_section, world_section, write_report,
};
pub use setting::Setting;
pub use stream::{FileRead, StreamReport, write_stream_report};
pub use style::{CORE_STYLE, SCRIPT, STYLE};
pub use words::{detector_in_words, shown, state_label};
