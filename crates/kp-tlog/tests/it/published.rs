//! Vectors that others published: the eight leaves of the Certificate Transparency reference code (RFC 6962 tests).

use kp_tlog::{
    Frontier, Hash, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash, root_of,
    verify_consistency, verify_inclusion,
};

/// The entries, in hexadecimal.
const ENTRIES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The root over the first 1, 2, ... 8 entries.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// The bytes of a hexadecimal text.
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn leaves() -> Vec<Hash> {
    ENTRIES.iter().map(|entry| leaf_hash(&unhex(entry))).collect()
}

#[test]
fn the_empty_tree() {
    assert_eq!(empty_root().to_hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(root_of(&[]), empty_root());
    assert_eq!(Frontier::new().root(), empty_root());
}

#[test]
fn roots_of_the_first_entries() {
    let mut frontier = Frontier::new();
    for (leaf, root) in leaves().into_iter().zip(ROOTS) {
        frontier.append(leaf);
        assert_eq!(frontier.root().to_hex(), root);
        assert_eq!(root_of(&leaves()[..usize::try_from(frontier.size()).unwrap()]), frontier.root());
    }
}

/// RFC 9162 2.1.5 draws the tree of seven leaves and spells out its proofs.
#[test]
fn proofs_of_the_tree_drawn_in_the_standard() {
    let leaves = &leaves()[..7];
    let (a, b, c, d, e, f, j) = (leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], leaves[5], leaves[6]);
    let (g, h, i) = (node_hash(&a, &b), node_hash(&c, &d), node_hash(&e, &f));
    let (k, l) = (node_hash(&g, &h), node_hash(&i, &j));
    let root = root_of(leaves);
    assert_eq!(inclusion_proof(leaves, 0).unwrap(), [b, h, l]);
    assert_eq!(inclusion_proof(leaves, 3).unwrap(), [c, g, l]);
    assert_eq!(inclusion_proof(leaves, 4).unwrap(), [f, j, k]);
    assert_eq!(inclusion_proof(leaves, 6).unwrap(), [i, k]);
    assert_eq!(consistency_proof(leaves, 3).unwrap(), [c, d, g, l]);
    assert_eq!(consistency_proof(leaves, 4).unwrap(), [l]);
    assert_eq!(consistency_proof(leaves, 6).unwrap(), [i, j, k]);
    for (index, leaf) in (0..).zip(leaves) {
        let proof = inclusion_proof(leaves, index).unwrap();
        verify_inclusion(*leaf, index, 7, &proof, root).unwrap();
    }
    for old in 1..7 {
        let proof = consistency_proof(leaves, old).unwrap();
        let old_root = root_of(&leaves[..usize::try_from(old).unwrap()]);
        verify_consistency(old, old_root, 7, root, &proof).unwrap();
    }
}
