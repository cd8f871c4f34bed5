//! Small charts, drawn whole.
