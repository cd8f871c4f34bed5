//! The analysis of declared production on the real public table, and on the same table shuffled.

mod real_returns;
mod table;
