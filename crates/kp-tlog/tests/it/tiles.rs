//! Tiles and bundles: names as the C2SP text gives them, contents that lead back to the root.

use kp_tlog::{
    Bundle, BundleFault, Frontier, Hash, ProveError, Tile, bundles_between, entry_bundle, leaf_hash,
    read_entry_bundle, root_of, tile_bytes, tiles_between, tiles_of,
};

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|number| leaf_hash(&entry(number))).collect()
}

fn full(level: u8, index: u64) -> Tile {
    Tile { level, index, width: 256 }
}

/// The two examples in the text of C2SP `tlog-tiles`.
#[test]
fn the_examples_of_the_published_text() {
    let tiles = tiles_of(70_000);
    let count = |level, partial| {
        tiles.iter().filter(|tile| tile.level == level && (tile.width < 256) == partial).count()
    };
    assert_eq!((count(0, false), count(0, true)), (273, 1));
    assert_eq!((count(1, false), count(1, true)), (1, 1));
    assert_eq!((count(2, false), count(2, true)), (0, 1));
    assert!(tiles.contains(&Tile { level: 0, index: 273, width: 112 }));
    assert!(tiles.contains(&Tile { level: 1, index: 1, width: 17 }));
    assert!(tiles.contains(&Tile { level: 2, index: 0, width: 1 }));
    assert_eq!(tiles.len(), 277);
    assert_eq!(tiles_of(256), [full(0, 0), Tile { level: 1, index: 0, width: 1 }]);
    assert_eq!(tiles_of(0), []);
}

#[test]
fn names_are_read_back_and_no_file_has_two() {
    for size in [1, 255, 256, 257, 70_000, 256_000 * 1000] {
        let last = *tiles_of(size).last().unwrap();
        assert_eq!(Tile::from_path(&last.path()), Some(last));
        let bundle = *bundles_between(size - 1, size).last().unwrap();
        assert_eq!(Bundle::from_path(&bundle.path()), Some(bundle));
    }
    assert_eq!(Tile { level: 0, index: 1, width: 5 }.path(), "tile/0/001.p/5");
    assert_eq!(Bundle { index: 1_234_067, width: 256 }.path(), "tile/entries/x001/x234/067");
    assert_eq!(Bundle { index: 2, width: 9 }.entries(), (512, 9));
    for path in [
        "tile/0/1",
        "tile/00/001",
        "tile/8/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/05",
        "tile/0/001/",
        "tile/0/",
        "tile/0/x001/x234",
        "tile/entries/001",
        "tile/0/../001",
    ] {
        assert_eq!(Tile::from_path(path), None, "{path}");
    }
}

/// Who fetches all files of a size can compute its root from the tiles of any level.
#[test]
fn the_files_lead_to_the_root() {
    const SIZE: u64 = 1000;
    let leaves = leaves(SIZE);
    let bytes = |tile| tile_bytes(&mut leaves.as_slice(), tile).unwrap();
    let of_level = |level| -> Vec<u8> {
        tiles_of(SIZE).into_iter().filter(|tile| tile.level == level).flat_map(bytes).collect()
    };
    let hashes = |bytes: &[u8]| -> Vec<Hash> {
        bytes.chunks(32).map(|chunk| Hash::from_slice(chunk).unwrap()).collect()
    };
    assert_eq!(hashes(&of_level(0)), leaves);
    assert_eq!(bytes(full(0, 0)).len(), 8192);
    let above = hashes(&of_level(1));
    assert_eq!(above, [0, 256, 512].map(|first| root_of(&leaves[first..first + 256])));
    // A tree of subtrees has the root of the tree, when the size is full at that level.
    assert_eq!(root_of(&above[..2]), root_of(&leaves[..512]));
}

#[test]
fn growing_writes_exactly_the_files_that_are_new() {
    let mut written = Vec::new();
    for (old, new) in [(0, 1), (1, 1), (1, 255), (255, 256), (256, 600), (600, 66_000)] {
        let added = tiles_between(old, new);
        assert!(added.iter().all(|tile| !written.contains(tile)), "{old} to {new} writes a file twice");
        written.extend(added);
        assert!(tiles_of(new).iter().all(|tile| written.contains(tile)), "{new} lacks a file");
    }
    assert_eq!(bundles_between(255, 257), [Bundle { index: 0, width: 256 }, Bundle { index: 1, width: 1 }]);
    assert_eq!(bundles_between(257, 257), []);
}

#[test]
fn bundles_give_back_their_entries() {
    let entries: Vec<Vec<u8>> = (0..200).map(entry).collect();
    let bytes = entry_bundle(&entries).unwrap();
    let read = read_entry_bundle(&bytes, 200).unwrap();
    assert_eq!(read, entries);
    let frontier: Frontier = read.iter().map(|entry| leaf_hash(entry)).collect();
    assert_eq!(frontier.root(), root_of(&leaves(200)));
    assert_eq!(entry_bundle(&[b"ab"]).unwrap(), [0, 2, b'a', b'b']);
}

#[test]
fn damaged_bundles_have_their_sentence() {
    let bytes = entry_bundle(&[b"ab".as_slice(), b"", b"c"]).unwrap();
    assert_eq!(read_entry_bundle(&bytes, 2), Err(BundleFault::Width { expected: 2, found: 3 }));
    assert_eq!(read_entry_bundle(&bytes[..bytes.len() - 1], 3), Err(BundleFault::Cut { at: 2 }));
    assert_eq!(read_entry_bundle(&bytes[..1], 3), Err(BundleFault::Cut { at: 0 }));
    assert_eq!(entry_bundle::<&[u8]>(&[]), Err(BundleFault::Count(0)));
    assert_eq!(entry_bundle(&vec![b"x"; 257]), Err(BundleFault::Count(257)));
    let long = vec![0_u8; 65_536];
    assert_eq!(entry_bundle(&[&long]), Err(BundleFault::TooLong { at: 0, found: 65_536 }));
}

#[test]
fn a_tile_beyond_the_tree_is_told() {
    let leaves = leaves(3);
    let missing = tile_bytes(&mut leaves.as_slice(), full(0, 0)).unwrap_err();
    assert_eq!(missing, ProveError::ShortRead { first: 3, wanted: 1, found: 0 });
    let beyond = tile_bytes(&mut leaves.as_slice(), full(9, 0)).unwrap_err();
    assert!(beyond.to_string().contains("beyond 2^64 leaves"));
    assert!(tile_bytes(&mut leaves.as_slice(), full(1, u64::MAX)).is_err());
}
