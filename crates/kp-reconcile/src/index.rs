//! From a certificate's number to the certificates that carry it.
//!
//! Serial numbers are dense, so a book of numbers is a plain array from its first serial to its last: finding one costs
//! one look, with no hashing, and since certificates and confirmations both come in order of time, the looks stay close
//! together. A book with large holes keeps a sorted list instead. Numbers on several certificates (L21) have lists.

use crate::{
    certificates::{Certificates, Place},
    keys::parts,
};

/// No certificate has this number.
const NONE: u32 = u32::MAX;
/// Set where several certificates have the number; the rest is the place of their list.
const SEVERAL: u32 = 1 << 31;
/// A book is an array where its serials fill at least one place in so many.
const HOLES: u64 = 8;

/// Where a book's numbers are.
#[derive(Debug)]
enum Book {
    /// No certificate carries a number of this book.
    Empty,
    /// One slot for each serial from the first to the last.
    Dense { first: u32, count: u32, slot: usize },
    /// One slot for each of these serials.
    Sparse { serials: Vec<u32>, slot: usize },
}

/// Numbers and the certificates that carry them.
#[derive(Debug, Default)]
pub(crate) struct Index {
    books: Vec<Book>,
    slots: Vec<u32>,
    several: Vec<Vec<Place>>,
}

impl Index {
    /// From the numbers of all certificates, of so many books.
    pub(crate) fn of(certificates: &Certificates, books: usize) -> Self {
        let (books, slots) = lay_out(certificates, books);
        let mut index = Self { books, slots: vec![NONE; slots], several: Vec::new() };
        for (at, block) in certificates.blocks.iter().enumerate() {
            for (row, number) in block.numbers.iter().enumerate() {
                index.enter(*number, Certificates::place(at, row));
            }
        }
        index
    }

    fn enter(&mut self, number: u64, place: Place) {
        let slot = self.slot(number).expect("because the books were laid out from these numbers");
        match self.slots[slot] {
            NONE => self.slots[slot] = place,
            first if first & SEVERAL == 0 => {
                self.slots[slot] = SEVERAL | self.several.len() as u32;
                self.several.push(vec![first, place]);
            }
            list => self.several[(list & !SEVERAL) as usize].push(place),
        }
    }

    /// The slot of a number, if its book has one; there may still be no certificate in it.
    #[inline]
    pub(crate) fn slot(&self, number: u64) -> Option<usize> {
        let (book, serial) = parts(number);
        match self.books.get(book)? {
            Book::Empty => None,
            Book::Dense { first, count, slot } => {
                let at = serial.wrapping_sub(*first);
                (at < *count).then(|| slot + at as usize)
            }
            Book::Sparse { serials, slot } => serials.binary_search(&serial).ok().map(|at| slot + at),
        }
    }

    /// The certificates in a slot.
    #[inline]
    pub(crate) fn certificates(&self, slot: usize) -> &[Place] {
        match &self.slots[slot] {
            &NONE => &[],
            first if first & SEVERAL == 0 => std::slice::from_ref(first),
            list => &self.several[(list & !SEVERAL) as usize],
        }
    }

    /// How many slots there are.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The certificates of every number that is on more than one.
    pub(crate) fn several(&self) -> &[Vec<Place>] {
        &self.several
    }
}

/// Decides for each book how its numbers are kept, and counts the slots.
fn lay_out(certificates: &Certificates, books: usize) -> (Vec<Book>, usize) {
    // First serial, last serial, how many.
    let mut seen = vec![(u32::MAX, 0_u32, 0_u64); books];
    let numbers = || certificates.blocks.iter().flat_map(|block| block.numbers.iter().copied());
    for (book, serial) in numbers().map(parts) {
        let (first, last, count) = &mut seen[book];
        (*first, *last, *count) = ((*first).min(serial), (*last).max(serial), *count + 1);
    }
    let is_sparse =
        |&(first, last, count): &(u32, u32, u64)| count > 0 && u64::from(last - first) >= HOLES * count;
    let mut sparse: Vec<(u64, Vec<u32>)> = Vec::new();
    if seen.iter().any(is_sparse) {
        sparse = serials_of(numbers().filter(|number| is_sparse(&seen[parts(*number).0])).collect());
    }
    let mut sparse = sparse.into_iter();
    let mut slots = 0;
    let mut laid_out = Vec::with_capacity(books);
    for book in &seen {
        let slot = slots;
        laid_out.push(match book {
            (_, _, 0) => Book::Empty,
            book if is_sparse(book) => {
                let (_, serials) = sparse.next().expect("because every sparse book has serials");
                slots += serials.len();
                Book::Sparse { serials, slot }
            }
            (first, last, _) => {
                let count = last - first + 1;
                slots += count as usize;
                Book::Dense { first: *first, count, slot }
            }
        });
    }
    (laid_out, slots)
}

/// The serials of each book, sorted, each once.
fn serials_of(mut numbers: Vec<u64>) -> Vec<(u64, Vec<u32>)> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .chunk_by(|a, b| a >> 32 == b >> 32)
        .map(|book| (book[0] >> 32, book.iter().map(|number| *number as u32).collect()))
        .collect()
}
