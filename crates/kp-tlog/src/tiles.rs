//! Tiles: the tree as plain files of 256 hashes each, which any web server, USB stick or mirror carries unchanged.
//!
//! Rule: C2SP `tlog-tiles`. Here are names and contents; who writes the files decides where and how durably.

use crate::checkpoint::read_decimal;
use crate::hash::Hash;
use crate::prove::{HashReader, ProveError, root_of_range};

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;

/// Levels of tiles: eight levels of 256 reach 2^64 leaves, and no log goes beyond.
const LEVELS: u8 = 8;

/// One file of hashes: `width` subtree roots of `256^level` leaves each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// 0 holds leaf hashes; each level above holds the roots of full tiles below.
    pub level: u8,
    /// Place within the level, from 0.
    pub index: u64,
    /// Hashes in it, 1 to 256; below 256 the tile is partial.
    pub width: u16,
}

/// One file of entries: those whose leaf hashes stand in the level 0 tile of the same index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bundle {
    /// Place, from 0.
    pub index: u64,
    /// Entries in it, 1 to 256; below 256 the bundle is partial.
    pub width: u16,
}

/// Why entries do not make a bundle, or bytes are not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// Not 1 to 256 entries.
    #[error("a bundle holds 1 to 256 entries, not {0}")]
    Count(usize),
    /// An entry that does not fit its length field.
    #[error("entry {at} of the bundle has {found} bytes; at most 65535 fit")]
    TooLong {
        /// Place in the bundle, from 0.
        at: usize,
        /// Bytes of the entry.
        found: usize,
    },
    /// The bytes end within an entry.
    #[error("the bundle ends within entry {at} (from 0): it was cut")]
    Cut {
        /// Place in the bundle, from 0.
        at: usize,
    },
    /// Fewer or more entries than its name says.
    #[error("the bundle's name says {expected} entries, its bytes hold {found}")]
    Width {
        /// Entries by its name.
        expected: u16,
        /// Entries found.
        found: usize,
    },
}

impl Tile {
    /// Where it lies below the log's address: `tile/0/x001/234.p/5`.
    ///
    /// ```
    /// use kp_tlog::Tile;
    /// let tile = Tile { level: 0, index: 1_234_067, width: 256 };
    /// assert_eq!(tile.path(), "tile/0/x001/x234/067");
    /// assert_eq!(Tile::from_path("tile/0/x001/x234/067"), Some(tile));
    /// ```
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, index_path(self.index, self.width))
    }

    /// Reads exactly what [`Tile::path`] writes.
    pub fn from_path(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = read_decimal(level).filter(|level| *level < LEVELS.into())?;
        let (index, width) = read_index_path(rest)?;
        Some(Self { level: u8::try_from(level).ok()?, index, width })
    }
}

impl Bundle {
    /// Where it lies below the log's address: `tile/entries/000.p/5`.
    pub fn path(&self) -> String {
        format!("tile/entries/{}", index_path(self.index, self.width))
    }

    /// Reads exactly what [`Bundle::path`] writes.
    pub fn from_path(path: &str) -> Option<Self> {
        let (index, width) = read_index_path(path.strip_prefix("tile/entries/")?)?;
        Some(Self { index, width })
    }

    /// The entries in it: first, and how many.
    pub fn entries(&self) -> (u64, u64) {
        (self.index * TILE_WIDTH, self.width.into())
    }
}

/// All tiles of a tree, full and partial, level by level.
pub fn tiles_of(size: u64) -> Vec<Tile> {
    tiles_between(0, size)
}

/// The tiles that a tree of `new` leaves has and one of `old` leaves did not have: what to write after it grew.
pub fn tiles_between(old: u64, new: u64) -> Vec<Tile> {
    let mut tiles = Vec::new();
    for level in 0..LEVELS {
        let (before, now) = (old >> (8 * level), new >> (8 * level));
        for (index, width) in places_between(before, now) {
            tiles.push(Tile { level, index, width });
        }
    }
    tiles
}

/// The entry bundles that a log of `new` entries has and one of `old` entries did not have.
pub fn bundles_between(old: u64, new: u64) -> Vec<Bundle> {
    places_between(old, new).map(|(index, width)| Bundle { index, width }).collect()
}

/// A tile's bytes: its hashes one after the other, 8,192 bytes when full.
pub fn tile_bytes<R: HashReader>(reader: &mut R, tile: Tile) -> Result<Vec<u8>, ProveError<R::Error>> {
    let beyond = || ProveError::NoSuchTile(tile.path());
    let leaves_each = 1_u64.checked_shl(8 * u32::from(tile.level)).ok_or_else(beyond)?;
    let first_leaf = tile.index.checked_mul(TILE_WIDTH).and_then(|hash| hash.checked_mul(leaves_each));
    let mut first = first_leaf.ok_or_else(beyond)?;
    let mut bytes = Vec::with_capacity(32 * usize::from(tile.width));
    for _ in 0..tile.width {
        // A tree of one leaf has that leaf as its root, so level 0 is no special case.
        let hash: Hash = root_of_range(reader, first, leaves_each)?;
        first = first.checked_add(leaves_each).ok_or_else(beyond)?;
        bytes.extend_from_slice(hash.as_bytes());
    }
    Ok(bytes)
}

/// An entry bundle's bytes: each entry with its length before it in two bytes, big-endian.
pub fn entry_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, BundleFault> {
    if entries.is_empty() || entries.len() as u64 > TILE_WIDTH {
        return Err(BundleFault::Count(entries.len()));
    }
    let mut bytes = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let entry = entry.as_ref();
        let length =
            u16::try_from(entry.len()).map_err(|_| BundleFault::TooLong { at, found: entry.len() })?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Reads the entries of a bundle that by its name holds `width` of them.
pub fn read_entry_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, BundleFault> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let cut = BundleFault::Cut { at: entries.len() };
        let Some((length, after)) = rest.split_first_chunk::<2>() else { return Err(cut) };
        let Some((entry, after)) = after.split_at_checked(u16::from_be_bytes(*length).into()) else {
            return Err(cut);
        };
        entries.push(entry);
        rest = after;
    }
    if entries.len() != usize::from(width) {
        return Err(BundleFault::Width { expected: width, found: entries.len() });
    }
    Ok(entries)
}

/// Places (index, width) that a level of `new` hashes has and one of `old` hashes did not have.
fn places_between(old: u64, new: u64) -> impl Iterator<Item = (u64, u16)> {
    let first = if new > old { old / TILE_WIDTH } else { new.div_ceil(TILE_WIDTH) };
    (first..new.div_ceil(TILE_WIDTH)).map(move |index| {
        let width = (new - index * TILE_WIDTH).min(TILE_WIDTH);
        (index, u16::try_from(width).expect("because a tile is at most 256 wide"))
    })
}

/// `x001/x234/067`, with `.p/<width>` when partial.
fn index_path(index: u64, width: u16) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut above = index / 1000;
    while above > 0 {
        path = format!("x{:03}/{path}", above % 1000);
        above /= 1000;
    }
    if u64::from(width) < TILE_WIDTH { format!("{path}.p/{width}") } else { path }
}

/// Reads what [`index_path`] writes, by writing it again: no second name for the same file.
fn read_index_path(path: &str) -> Option<(u64, u16)> {
    let (place, width) = match path.split_once(".p/") {
        Some((place, width)) => (place, u16::try_from(read_decimal(width)?).ok()?),
        None => (path, 256),
    };
    let digits: String = place.chars().filter(|c| !matches!(c, 'x' | '/')).collect();
    let index = digits.parse().ok()?;
    let taken = (1..=256).contains(&width) && index_path(index, width) == path;
    taken.then_some((index, width))
}
