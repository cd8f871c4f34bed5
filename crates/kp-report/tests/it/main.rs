//! The report as a stranger gets it: from the published returns, and from a file that means harm.

mod lists;
mod markup;
mod page;
mod real;
