//! The sheets as their readers meet them: files, layouts, refusals.

mod layout;
mod printed;
mod refused;
mod samples;
