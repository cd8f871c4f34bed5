//! The machine's clock: the only place in this command that reads it. Everything below takes the moment as an argument.
//!
//! There is no option to act at another time: a statement carries the time at which it was really signed. Only
//! `prove` and `demo` play with times of their own, on databases made for them and marked as such.

use jiff::Timestamp;

/// Now, by the machine's clock.
#[expect(clippy::disallowed_methods, reason = "this is the door at which time comes in")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
