//! The one test binary of kp-exchange: real figures, ugly files, and the law that no row is ever lost.

mod real_figures;
