//! The three tests that several detectors share (beta-binomial tail, window contrast, shrunk unit value) and the bell
//! curve under them. Pure: numbers in, a chance out; libm only, so that the bytes are the same on every machine.

pub mod beta_binomial;
pub mod contrast;
pub mod normal;
pub mod shrunk;
