//! Stories in the field's language: people act, time passes, somebody cheats, and what must be true is looked at.
//!
//! A story is plain text; the language is on one page, `stories/README.md`. It is read strictly and
//! played through [`kp_node::Node`] like everything else, on SQLite and on PostgreSQL. The tests play every story; so
//! does `kpcs prove`, from the copies inside the binary. Invented participants only. Changes nothing but the fresh copy
//! each story makes for itself.

mod act;
mod clock;
mod custody;
mod expect;
mod expect_goods;
mod expect_life;
mod form;
mod life;
mod mandates;
mod numbers;
mod offline;
mod outside_memory;
mod place;
mod play;
mod prove;
mod returns;
mod set_up;
mod slot;
mod stage;
mod stories;
mod story;
mod tamper;
mod tokens;
mod trading;
mod valuation;
mod words;

pub use place::Place;
pub use play::{Extent, Missed, Played, Shown, play};
pub use prove::{Ending, Proof, prove, render};
pub use slot::{SLOTS, Slot};
pub use stage::Verdict;
pub use stories::{STORIES, TextOfStory, all, with_attack};
pub use story::{Mistake, Story};
pub use words::{Chapter, WORDS, Word};
