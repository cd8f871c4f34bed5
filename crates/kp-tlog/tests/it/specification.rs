//! Keeps `specs/tlog.md` true: its vectors are made anew here, and the text must be theirs to the byte.

use std::fmt::Write;

use kp_tlog::{
    Checkpoint, CheckpointKey, Frontier, Hash, TlogProof, consistency_proof, empty_root, entry_bundle,
    inclusion_proof, leaf_hash, root_of, tile_bytes, tiles_of,
};
use sha2::{Digest, Sha256};

const ORIGIN: &str = "kp.XA/2026";
const BEGIN: &str = "<!-- vectors: begin -->\n";
const END: &str = "<!-- vectors: end -->\n";

fn specification() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/tlog.md");
    std::fs::read_to_string(path).unwrap()
}

/// The five entries of the example.
fn entries() -> Vec<Vec<u8>> {
    (0..5).map(|number| format!("entry {number}").into_bytes()).collect()
}

fn example_key() -> CheckpointKey {
    // The bytes 0, 1, ... 31: nobody can take this for a secret.
    CheckpointKey::from_seed(ORIGIN, std::array::from_fn(|at| u8::try_from(at).unwrap())).unwrap()
}

fn example_checkpoint(leaves: &[Hash]) -> String {
    Checkpoint::new(ORIGIN, leaves.len() as u64, root_of(leaves)).unwrap().sign(&example_key()).unwrap()
}

fn vectors() -> String {
    let entries = entries();
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let frontier: Frontier = leaves.iter().copied().collect();
    let mut text = String::new();
    let mut block = |title: &str, body: &str| write!(text, "{title}\n\n```text\n{body}```\n\n").unwrap();
    block("Root of the empty tree:", &format!("{}\n", empty_root()));
    block("Leaf hashes of `entry 0` to `entry 4`:", &lines(&leaves));
    let roots: Vec<Hash> = (1..=5).map(|size| root_of(&leaves[..size])).collect();
    block("Roots of the trees of 1 to 5 leaves:", &lines(&roots));
    block("Inclusion of leaf 2 in the tree of 5:", &lines(&inclusion_proof(&leaves, 2).unwrap()));
    block("Consistency from 3 to 5 leaves:", &lines(&consistency_proof(&leaves, 3).unwrap()));
    block("Frontier of 5 leaves as stored:", &format!("{}\n", hex(&frontier.to_bytes())));
    block("Verifier key of the secret `00 01 02 ... 1f`:", &format!("{}\n", example_key().verifier_key()));
    block("Checkpoint of 5 leaves:", &example_checkpoint(&leaves));
    block("Proof of leaf 2 as a file:", &example_proof(&leaves).to_string());
    let bundle = entry_bundle(&entries).unwrap();
    block("Bundle `tile/entries/000.p/5`:", &format!("{}\n", hex(&bundle)));
    let tile = tiles_of(5)[0];
    let bytes = tile_bytes(&mut leaves.as_slice(), tile).unwrap();
    block(&format!("SHA-256 of the tile `{}`:", tile.path()), &format!("{}\n", hex(&Sha256::digest(bytes))));
    text
}

fn example_proof(leaves: &[Hash]) -> TlogProof {
    let hashes = inclusion_proof(leaves, 2).unwrap();
    TlogProof { extra: None, index: 2, hashes, checkpoint: example_checkpoint(leaves) }
}

fn lines(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| format!("{hash}\n")).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_specification_holds_the_vectors_that_the_code_makes() {
    let specification = specification();
    let (_, rest) = specification.split_once(BEGIN).expect("because the vectors' beginning is marked");
    let (written, _) = rest.split_once(END).expect("because the vectors' end is marked");
    let made = vectors();
    assert_eq!(written, made, "put this into specs/tlog.md, if the format was meant to change:\n{made}");
    let hash = format!("SHA-256 of the vectors: `{}`", hex(&Sha256::digest(written)));
    assert!(specification.contains(&hash), "specs/tlog.md must say: {hash}");
}

#[test]
fn the_first_example_is_a_checkpoint_that_opens() {
    let specification = specification();
    let first = specification.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let opened = Checkpoint::open(first, &[example_key().verifier_key()]).unwrap();
    assert_eq!((opened.origin(), opened.size()), (ORIGIN, 5));
}
