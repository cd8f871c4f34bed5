//! The certificates, held in memory in 48 bytes each while they are read and in 32 afterwards.
//!
//! They are kept in blocks of equal size, filled by one thread each and never moved: memory grows by what is needed and
//! by nothing else. Where a row lies says nothing; every result is sorted by what it is about.

use std::sync::{Mutex, PoisonError};

use crate::{
    calendar::{QuarterOf, quarter_of},
    failure::Failure,
    memory::Memory,
    table::Sink,
    tally::Tally,
};

/// Rows in a block, as a power of two.
const BLOCK_BITS: u32 = 16;
const BLOCK: usize = 1 << BLOCK_BITS;
/// So many blocks fit what the index can point to.
const MOST_BLOCKS: usize = 1 << (31 - BLOCK_BITS);

/// One certificate, as far as later steps need it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Certificate {
    pub(crate) id: i64,
    pub(crate) cc: i64,
    pub(crate) vc: i64,
    /// Exporter, importer and HS code: see [`RouteClass`].
    pub(crate) route_class: u32,
    pub(crate) day: i32,
}

/// Exporter, importer and the HS code's place, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RouteClass(pub(crate) u32);

impl RouteClass {
    const CODES: u32 = 36 * 36;
    const HS: u32 = crate::table::MOST_HS as u32;

    #[inline]
    pub(crate) fn new(exporter: i64, importer: i64, hs: i64) -> Self {
        Self((exporter as u32 * Self::CODES + importer as u32) * Self::HS + hs as u32)
    }

    /// Exporter and importer, without the class: sorts like the two texts.
    #[inline]
    pub(crate) fn route(self) -> u32 {
        self.0 / Self::HS
    }

    #[inline]
    pub(crate) fn hs(self) -> u32 {
        self.0 % Self::HS
    }

    pub(crate) fn exporter_of(route: u32) -> u32 {
        route / Self::CODES
    }

    pub(crate) fn importer_of(route: u32) -> u32 {
        route % Self::CODES
    }
}

/// Number, hundredths of carats, cents.
pub(crate) type Amounts = [i64; 3];

/// Key of sums by quarter and route and class.
#[inline]
pub(crate) fn quarter_key(quarter: u16, route_class: u32) -> u64 {
    u64::from(quarter) << 32 | u64::from(route_class)
}

/// Where a certificate lies.
pub(crate) type Place = u32;

/// What one thread fills.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) rows: Vec<Certificate>,
    pub(crate) numbers: Vec<u64>,
    pub(crate) seals: Vec<u64>,
    /// First and last quarter in it.
    pub(crate) quarters: Option<(u16, u16)>,
}

impl Block {
    fn new() -> Self {
        Self {
            rows: Vec::with_capacity(BLOCK),
            numbers: Vec::with_capacity(BLOCK),
            seals: Vec::with_capacity(BLOCK),
            quarters: None,
        }
    }
}

/// All certificates.
#[derive(Debug, Default)]
pub(crate) struct Certificates {
    pub(crate) blocks: Vec<Block>,
}

impl Certificates {
    #[inline]
    pub(crate) fn at(&self, place: Place) -> &Certificate {
        &self.blocks[(place >> BLOCK_BITS) as usize].rows[place as usize % BLOCK]
    }

    #[inline]
    pub(crate) fn number_at(&self, place: Place) -> u64 {
        self.blocks[(place >> BLOCK_BITS) as usize].numbers[place as usize % BLOCK]
    }

    #[inline]
    pub(crate) fn seal_at(&self, place: Place) -> u64 {
        self.blocks[(place >> BLOCK_BITS) as usize].seals[place as usize % BLOCK]
    }

    pub(crate) fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.rows.len()).sum()
    }

    /// Where the rows of a block lie.
    #[inline]
    pub(crate) fn place(block: usize, row: usize) -> Place {
        (block << BLOCK_BITS | row) as Place
    }

    /// Gives numbers and seals back: they are needed while certificates are looked at alone, not after.
    pub(crate) fn forget_texts(&mut self) {
        for block in &mut self.blocks {
            block.numbers = Vec::new();
            block.seals = Vec::new();
        }
    }
}

/// Takes certificates from one thread.
#[derive(Debug)]
pub(crate) struct CertificateSink<'a> {
    full: &'a Mutex<Vec<Block>>,
    memory: &'a Memory,
    has_room: bool,
    open: Block,
    quarter_of: QuarterOf,
    /// Sums by quarter, route and class: one side of W1.
    pub(crate) sums: Tally<Amounts>,
}

impl<'a> CertificateSink<'a> {
    pub(crate) fn new(full: &'a Mutex<Vec<Block>>, memory: &'a Memory) -> Self {
        let open = Block::default();
        Self { full, memory, has_room: true, open, quarter_of: QuarterOf::default(), sums: Tally::new() }
    }

    /// Begins a block, if there is room. Where there is none the rest is only counted, and the run ends with a sentence.
    #[cold]
    fn begin(&mut self) {
        self.has_room = self.has_room && self.memory.take(BLOCK as u64);
        if self.has_room {
            self.open = Block::new();
        }
    }

    fn hand_over(&mut self) {
        let mut block = std::mem::take(&mut self.open);
        block.quarters = span(&block.rows);
        self.full.lock().unwrap_or_else(PoisonError::into_inner).push(block);
    }

    /// What this thread has at the end: a block that is not full, and its sums.
    pub(crate) fn finish(self) -> (Block, Tally<Amounts>) {
        (self.open, self.sums)
    }
}

impl Sink for CertificateSink<'_> {
    #[inline]
    fn row(&mut self, values: &[i64]) {
        let &[id, number, exporter, importer, hs, day, cc, vc, seal] = values else {
            unreachable!("because the table has nine columns")
        };
        let route_class = RouteClass::new(exporter, importer, hs).0;
        let quarter = self.quarter_of.day(day as i32);
        self.sums.add(quarter_key(quarter, route_class), &[1, cc, vc]);
        if self.open.rows.len() == self.open.rows.capacity() {
            self.begin();
            if !self.has_room {
                return;
            }
        }
        let open = &mut self.open;
        open.rows.push(Certificate { id, cc, vc, route_class, day: day as i32 });
        open.numbers.push(number as u64);
        open.seals.push(seal as u64);
        if open.rows.len() == BLOCK {
            self.hand_over();
        }
    }
}

/// Quarters of the first and the last day.
fn span(rows: &[Certificate]) -> Option<(u16, u16)> {
    let first = rows.iter().map(|row| row.day).min()?;
    let last = rows.iter().map(|row| row.day).max()?;
    Some((quarter_of(first), quarter_of(last)))
}

/// All blocks and the sums of all threads.
pub(crate) fn put_together(
    full: Mutex<Vec<Block>>,
    sinks: Vec<Tally<Amounts>>,
    open: Vec<Block>,
) -> Result<(Certificates, Tally<Amounts>), Failure> {
    let mut blocks = full.into_inner().unwrap_or_else(PoisonError::into_inner);
    for mut block in open.into_iter().filter(|block| !block.rows.is_empty()) {
        block.quarters = span(&block.rows);
        blocks.push(block);
    }
    if blocks.len() > MOST_BLOCKS {
        let most = MOST_BLOCKS * BLOCK;
        return Err(Failure::Input(format!("more than {most} certificates; reconcile them year by year")));
    }
    let mut sums = Tally::new();
    for each in &sinks {
        sums.take_in(each);
    }
    Ok((Certificates { blocks }, sums))
}
