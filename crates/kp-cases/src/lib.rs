//! Cases: a question with an owner and a clock; asked, answered, closed.
