//! A second opinion: the crate `ct-merkle` must give the same roots and the same proofs, and take ours.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use kp_tlog::{
    Hash, consistency_proof, inclusion_proof, leaf_hash, root_of, verify_consistency, verify_inclusion,
};
use sha2::Sha256;

/// Every shape of tree up to one level of tiles would take long to no end; 0..=66 holds every kind of edge.
const SIZES: u64 = 66;

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn trees() -> impl Iterator<Item = (Vec<Hash>, MemoryBackedTree<Sha256, Vec<u8>>)> {
    (1..=SIZES).map(|size| {
        let mut theirs = MemoryBackedTree::new();
        let ours = (0..size).map(|number| leaf_hash(&entry(number))).collect();
        (0..size).for_each(|number| theirs.push(entry(number)));
        (ours, theirs)
    })
}

#[test]
fn same_roots() {
    for (ours, theirs) in trees() {
        assert_eq!(root_of(&ours).as_bytes()[..], theirs.root().as_bytes()[..], "size {}", ours.len());
    }
}

#[test]
fn same_inclusion_proofs() {
    for (ours, theirs) in trees() {
        let size = ours.len() as u64;
        for (index, leaf) in ours.iter().enumerate() {
            let proof = inclusion_proof(&ours, index as u64).unwrap();
            assert_eq!(joined(&proof), theirs.prove_inclusion(index).as_bytes(), "leaf {index} of {size}");
            verify_inclusion(*leaf, index as u64, size, &proof, root_of(&ours)).unwrap();
        }
    }
}

#[test]
fn same_consistency_proofs() {
    for (ours, theirs) in trees() {
        let size = ours.len();
        for old in 1..size {
            let proof = consistency_proof(&ours, old as u64).unwrap();
            let expected = theirs.prove_consistency(size - old);
            assert_eq!(joined(&proof), expected.as_bytes(), "from {old} to {size}");
            verify_consistency(old as u64, root_of(&ours[..old]), size as u64, root_of(&ours), &proof)
                .unwrap();
        }
    }
}

fn joined(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}
