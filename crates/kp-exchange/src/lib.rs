//! Spreadsheets and other people's formats, in and out.
