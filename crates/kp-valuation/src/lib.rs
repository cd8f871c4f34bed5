//! Blind values, dissent, spread, price books.
