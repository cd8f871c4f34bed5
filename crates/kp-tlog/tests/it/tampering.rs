//! Damage of every kind: one leaf changed, removed, put in or moved; one hash, index or size of a proof altered.

use kp_tlog::{
    Frontier, Hash, HashReader, ProofFault, ProveError, consistency_proof, consistency_proof_from,
    empty_root, inclusion_proof, inclusion_proof_from, leaf_hash, root_of, verify_consistency,
    verify_inclusion,
};
use proptest::prelude::*;

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

/// A tree of 1 to 300 leaves and a place in it.
fn tree_and_place() -> impl Strategy<Value = (Vec<Hash>, usize)> {
    (1_u64..300).prop_flat_map(|size| (Just(leaves(size)), 0..usize::try_from(size).unwrap()))
}

proptest! {
    #[test]
    fn any_changed_leaf_changes_the_root((mut leaves, at) in tree_and_place(), byte in 0_usize..32, bit in 0_u8..8) {
        let root = root_of(&leaves);
        leaves[at].0[byte] ^= 1 << bit;
        prop_assert_ne!(root_of(&leaves), root);
    }

    #[test]
    fn any_removed_leaf_changes_the_root((mut leaves, at) in tree_and_place()) {
        let root = root_of(&leaves);
        leaves.remove(at);
        prop_assert_ne!(root_of(&leaves), root);
    }

    #[test]
    fn any_inserted_leaf_changes_the_root((mut leaves, at) in tree_and_place(), copied in any::<bool>()) {
        let root = root_of(&leaves);
        // A copy of its neighbour is the likeliest thing to be put in unseen.
        let inserted = if copied { leaves[at] } else { leaf_hash(b"put in") };
        leaves.insert(at, inserted);
        prop_assert_ne!(root_of(&leaves), root);
    }

    #[test]
    fn any_two_exchanged_leaves_change_the_root((mut leaves, at) in tree_and_place(), other in any::<prop::sample::Index>()) {
        let root = root_of(&leaves);
        let other = other.index(leaves.len());
        prop_assume!(other != at);
        leaves.swap(at, other);
        prop_assert_ne!(root_of(&leaves), root);
    }

    #[test]
    fn the_frontier_has_the_root_of_all_its_leaves((leaves, at) in tree_and_place()) {
        // Stored and read back half-way, as the log does at every append.
        let first: Frontier = leaves[..at].iter().copied().collect();
        let mut frontier = Frontier::from_bytes(&first.to_bytes()).unwrap();
        frontier.extend(leaves[at..].iter().copied());
        prop_assert_eq!(frontier.root(), root_of(&leaves));
        prop_assert_eq!(frontier.size(), leaves.len() as u64);
    }

    #[test]
    fn an_altered_inclusion_proof_proves_nothing((leaves, at) in tree_and_place(), bit in 0_u8..8) {
        let (index, size, root) = (at as u64, leaves.len() as u64, root_of(&leaves));
        let proof = inclusion_proof(&leaves, index).unwrap();
        verify_inclusion(leaves[at], index, size, &proof, root).unwrap();
        prop_assert!(verify_inclusion(leaf_hash(b"another"), index, size, &proof, root).is_err());
        for altered in altered(&proof, bit) {
            prop_assert!(verify_inclusion(leaves[at], index, size, &altered, root).is_err());
        }
        for other in 0..size + 1 {
            prop_assert_eq!(verify_inclusion(leaves[at], other, size, &proof, root).is_ok(), other == index);
        }
    }

    #[test]
    fn an_altered_consistency_proof_proves_nothing((leaves, at) in tree_and_place(), bit in 0_u8..8) {
        let (old, new) = (at as u64, leaves.len() as u64);
        let (old_root, root) = (root_of(&leaves[..at]), root_of(&leaves));
        let proof = consistency_proof(&leaves, old).unwrap();
        verify_consistency(old, old_root, new, root, &proof).unwrap();
        prop_assert!(verify_consistency(old, leaf_hash(b"another"), new, root, &proof).is_err());
        for altered in altered(&proof, bit) {
            prop_assert!(verify_consistency(old, old_root, new, root, &altered).is_err());
        }
        if old > 0 {
            prop_assert!(verify_consistency(old, old_root, new, leaf_hash(b"another"), &proof).is_err());
            // A leaf of the old tree changed behind everybody's back: no honest proof leads there.
            let mut rewritten = leaves.clone();
            rewritten[at - 1] = leaf_hash(b"rewritten");
            let forged = consistency_proof(&rewritten, old).unwrap();
            prop_assert!(verify_consistency(old, old_root, new, root_of(&rewritten), &forged).is_err());
        }
    }

    #[test]
    fn damaged_frontiers_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(frontier.to_bytes(), bytes);
        }
    }

    #[test]
    fn proofs_of_any_numbers_never_panic(index in any::<u64>(), size in any::<u64>(), count in 0_usize..70) {
        let proof = vec![leaf_hash(b"any"); count];
        let root = leaf_hash(b"root");
        prop_assert!(verify_inclusion(root, index, size, &proof, root).is_err() || size == 1);
        let found = verify_consistency(index, root, size, leaf_hash(b"other"), &proof);
        prop_assert!(found.is_err());
    }
}

/// Every proof that differs in one step: a bit turned in each hash, one left out, one more, two exchanged.
fn altered(proof: &[Hash], bit: u8) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..proof.len() {
        let mut turned = proof.to_vec();
        turned[at].0[31] ^= 1 << bit;
        all.push(turned);
        let mut cut = proof.to_vec();
        cut.remove(at);
        all.push(cut);
        if at > 0 && proof[at] != proof[at - 1] {
            let mut exchanged = proof.to_vec();
            exchanged.swap(at - 1, at);
            all.push(exchanged);
        }
    }
    all.push([proof, &[leaf_hash(b"one more")]].concat());
    all
}

#[test]
fn faults_say_what_is_wrong() {
    let leaves = leaves(5);
    let root = root_of(&leaves);
    let proof = inclusion_proof(&leaves, 2).unwrap();
    let sentence = |fault: ProofFault| fault.to_string();
    assert_eq!(
        sentence(verify_inclusion(leaves[2], 5, 5, &proof, root).unwrap_err()),
        "leaf 5 cannot be in a tree of 5 leaves"
    );
    assert_eq!(
        sentence(verify_inclusion(leaves[2], 2, 5, &proof[1..], root).unwrap_err()),
        "the proof has 2 hashes where these sizes need 3"
    );
    assert_eq!(
        sentence(verify_consistency(6, root, 5, root, &[]).unwrap_err()),
        "the older tree has 6 leaves and the newer 5: a log never shrinks"
    );
    assert_eq!(
        verify_consistency(0, root, 5, root, &[]).unwrap_err(),
        ProofFault::NotEmptyRoot(root),
        "nobody has seen an empty tree with a root of its own"
    );
    verify_consistency(0, empty_root(), 5, root, &[]).unwrap();
    verify_consistency(5, root, 5, root, &[]).unwrap();
    assert!(verify_consistency(5, root, 5, leaves[0], &[]).is_err());
    assert_eq!(
        inclusion_proof(&leaves, 5).unwrap_err().to_string(),
        "leaf 5 does not exist in a tree of 5 leaves; the last is 4"
    );
    assert_eq!(
        consistency_proof(&leaves, 6).unwrap_err().to_string(),
        "a tree of 6 leaves cannot be the beginning of one of 5"
    );
}

/// A storage that has lost its last leaf, and one that cannot be read.
struct Storage {
    leaves: Vec<Hash>,
    broken: bool,
}

impl HashReader for Storage {
    type Error = String;

    fn leaf_hashes(&mut self, first: u64, count: u64) -> Result<Vec<Hash>, String> {
        if self.broken {
            return Err("no such table".to_owned());
        }
        let last = (first + count).min(self.leaves.len() as u64);
        Ok(self.leaves[usize::try_from(first).unwrap()..usize::try_from(last).unwrap()].to_vec())
    }
}

#[test]
fn storage_answers_as_memory_does_and_its_failures_are_told() {
    // More than one piece of 4,096 hashes.
    let leaves = leaves(9000);
    let mut storage = Storage { leaves: leaves.clone(), broken: false };
    assert_eq!(inclusion_proof_from(&mut storage, 8191, 9000), Ok(inclusion_proof(&leaves, 8191).unwrap()));
    assert_eq!(
        consistency_proof_from(&mut storage, 5000, 9000),
        Ok(consistency_proof(&leaves, 5000).unwrap())
    );
    let short = inclusion_proof_from(&mut storage, 0, 9001).unwrap_err();
    assert_eq!(short, ProveError::ShortRead { first: 8192, wanted: 809, found: 808 });
    storage.broken = true;
    assert_eq!(inclusion_proof_from(&mut storage, 0, 2), Err(ProveError::Read("no such table".to_owned())));
}
