//! Pictures and the analysis report: SVG charts, self-contained HTML, findings as CSV and JSON.
