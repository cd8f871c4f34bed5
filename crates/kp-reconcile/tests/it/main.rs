//! The whole run on files: worked out by hand, against a slow and plain second implementation, and on files that are not
//! as they should be.

mod golden;
mod malformed;
mod parquet;
mod run;
mod same_as_slow;
mod slow;
