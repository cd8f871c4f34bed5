//! Every story, on every engine there is; that no story can pass by saying nothing; and that the language's page and the
//! list of stories are complete.

mod engines;
mod pages;
mod proving;
mod reading;
mod wrong_expectations;
