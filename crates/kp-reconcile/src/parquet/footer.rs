//! A Parquet file's footer: its columns, and where each row group keeps them.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use super::thrift::{Node, structure};
use crate::failure::Failure;

const MAGIC: &[u8; 4] = b"PAR1";

/// How values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Int32,
    Int64,
    Float,
    Double,
    Bytes,
    Fixed(usize),
}

/// What stored values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What the storage says.
    Plain,
    Date,
    /// So many to a day.
    Instant(i64),
    /// So many decimals.
    Decimal(u32),
}

/// A column of the file.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) name: String,
    /// Nothing where it is of a kind that is not read.
    pub(super) stored: Option<Stored>,
    pub(super) meaning: Meaning,
    /// Whether values may be missing.
    pub(super) is_optional: bool,
    /// A list or a part of something: not read.
    pub(super) is_nested: bool,
}

/// Where a row group keeps one column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) codec: i64,
}

/// Rows that lie together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) rows: usize,
    /// One for each leaf.
    pub(super) chunks: Vec<Chunk>,
}

/// The whole of it.
#[derive(Debug)]
pub(super) struct Footer {
    pub(super) leaves: Vec<Leaf>,
    pub(super) groups: Vec<Group>,
    pub(super) size: u64,
}

/// Reads the footer of a file.
pub(super) fn read(path: &Path) -> Result<Footer, Failure> {
    let mut file = File::open(path).map_err(Failure::io("opening", path))?;
    let size = file.metadata().map_err(Failure::io("looking at", path))?.len();
    let not_parquet = || {
        Failure::about(path, "this is no Parquet file, or it is not complete; expected one that ends in PAR1")
    };
    let from_end = |length: u64| size.checked_sub(length).filter(|start| *start >= 4);
    let mut last = [0; 8];
    let mut read_at = |at: u64, bytes: &mut [u8]| {
        file.seek(SeekFrom::Start(at))
            .and_then(|_| file.read_exact(bytes))
            .map_err(Failure::io("reading", path))
    };
    read_at(from_end(8).ok_or_else(not_parquet)?, &mut last)?;
    let [a, b, c, d, magic @ ..] = last;
    if &magic == b"PARE" {
        return Err(Failure::about(path, "this Parquet file is encrypted; write it without encryption"));
    }
    if &magic != MAGIC {
        return Err(not_parquet());
    }
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    let start = from_end(8 + length).ok_or_else(not_parquet)?;
    let mut bytes = vec![0; length as usize];
    read_at(start, &mut bytes)?;
    let footer = structure(&bytes).and_then(|(node, _)| footer(&node, size));
    footer.ok_or_else(|| Failure::about(path, "its footer cannot be read; write the file again"))
}

fn footer(node: &Node<'_>, size: u64) -> Option<Footer> {
    let mut elements = node.list(2)?.iter();
    let mut leaves = Vec::new();
    for _ in 0..elements.next()?.count(5)? {
        walk(&mut elements, false, 0, &mut leaves)?;
    }
    let groups = node.list(4)?.iter().map(|node| group(node, leaves.len(), size)).collect::<Option<_>>()?;
    Some(Footer { leaves, groups, size })
}

/// One element of the schema with all below it.
fn walk<'a, 'n: 'a>(
    elements: &mut impl Iterator<Item = &'a Node<'n>>,
    is_nested: bool,
    depth: u32,
    leaves: &mut Vec<Leaf>,
) -> Option<()> {
    let element = elements.next()?;
    let repetition = element.int(3).unwrap_or_default();
    match element.count(5).unwrap_or_default() {
        0 => leaves.push(Leaf {
            name: element.text(4)?.to_owned(),
            stored: stored(element),
            meaning: meaning(element),
            is_optional: repetition == 1,
            is_nested: is_nested || repetition == 2,
        }),
        children => {
            for _ in 0..children {
                (depth < 50).then(|| walk(elements, true, depth + 1, leaves))??;
            }
        }
    }
    Some(())
}

fn stored(element: &Node<'_>) -> Option<Stored> {
    match element.int(1)? {
        1 => Some(Stored::Int32),
        2 => Some(Stored::Int64),
        4 => Some(Stored::Float),
        5 => Some(Stored::Double),
        6 => Some(Stored::Bytes),
        7 => element.count(2).map(Stored::Fixed),
        _ => None,
    }
}

fn meaning(element: &Node<'_>) -> Meaning {
    const DAY_MS: i64 = 86_400_000;
    let logical = element.field(10);
    let of = |id| logical.and_then(|node| node.field(id));
    let scale =
        |node: &Node<'_>, id| node.count(id).and_then(|scale| u32::try_from(scale).ok()).unwrap_or_default();
    if let Some(decimal) = of(5) {
        return Meaning::Decimal(scale(decimal, 1));
    }
    if let Some(unit) = of(8).and_then(|node| node.field(2)) {
        let factor = if unit.field(1).is_some() {
            1
        } else if unit.field(2).is_some() {
            1000
        } else {
            1_000_000
        };
        return Meaning::Instant(DAY_MS * factor);
    }
    match element.int(6) {
        _ if of(6).is_some() => Meaning::Date,
        Some(5) => Meaning::Decimal(scale(element, 7)),
        Some(6) => Meaning::Date,
        Some(9) => Meaning::Instant(DAY_MS),
        Some(10) => Meaning::Instant(DAY_MS * 1000),
        _ => Meaning::Plain,
    }
}

fn group(node: &Node<'_>, leaves: usize, size: u64) -> Option<Group> {
    let chunks = node.list(1)?.iter().map(|column| {
        let meta = column.field(3)?;
        let data = meta.int(9)?;
        let start = meta.int(11).filter(|dictionary| *dictionary > 0 && *dictionary < data).unwrap_or(data);
        let (start, length) = (u64::try_from(start).ok()?, u64::try_from(meta.int(7)?).ok()?);
        (start.checked_add(length)? <= size).then_some(Chunk { start, length, codec: meta.int(4)? })
    });
    let chunks: Vec<Chunk> = chunks.collect::<Option<_>>()?;
    (chunks.len() == leaves).then_some(Group { rows: node.count(3)?, chunks })
}
