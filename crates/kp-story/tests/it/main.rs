//! Every story, on every engine there is; and that no story can pass by saying nothing.

mod engines;
