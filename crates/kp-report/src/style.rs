//! The visual language of kpcs, shared by the report and the web pages: one style sheet in named parts, and a script
//! that only makes things easier. Both are complete in themselves: no font, picture or address from elsewhere.

/// The whole style sheet.
pub const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/base.css"),
    include_str!("style/layout.css"),
    include_str!("style/table.css"),
    include_str!("style/badge.css"),
    include_str!("style/finding.css"),
    include_str!("style/chart.css"),
    include_str!("style/print.css"),
);

/// The script: opens what an address points at, and filters the list of findings. Everything can be read without it.
pub const SCRIPT: &str = include_str!("report/report.js");
