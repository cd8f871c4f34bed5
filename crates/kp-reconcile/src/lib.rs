//! Certificates against confirmations, from files alone: for those who have no node, only two tables.
//!
//! Reads `certificates` and `confirmations` (and, for balances, `production` and `stocks`) as CSV or Parquet, and writes
//! the results W1 to W5, which are defined to the byte in `docs/operating/reconcile.md`: sums by quarter, route and class;
//! every certificate matched with every confirmation of its number; balances of participants' years; values per carat
//! that stand outside their group; what is there twice (L03, L15, L17, L20, L21, L38).
//!
//! Files only: no database, no clock, no network. Amounts are whole hundredths; the one float is the logarithm of W4,
//! and Parquet's own. The same files give the same bytes, however many threads read them. A row that cannot be read is
//! left out with a sentence, never guessed, and counted.

mod calendar;
mod certificates;
mod csv;
mod digits;
mod failure;
mod index;
mod inputs;
mod keys;
pub mod memory;
mod outcome;
mod parquet;
mod repeated;
mod results;
mod run;
mod sheet;
mod table;
mod tally;
mod threads;
mod tokens;
mod values;
mod whole_tables;

pub use failure::Failure;
pub use inputs::{Format, Inputs, Settings};
pub use outcome::{ClassTotal, Gap, Outcome, Read};
pub use results::{class::Class, w3_balances::Balance};
pub use run::reconcile;
pub use sheet::Written;
pub use table::{Account, Rejected};
pub use threads::Stage;
pub use whole_tables::{Value, Whole, read_whole};
