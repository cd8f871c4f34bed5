//! The text form of a proof: an outsider with the log's key and one file learns whether an entry is in the log.

use kp_tlog::{
    Checkpoint, CheckpointKey, Hash, TlogProof, TlogProofFault, inclusion_proof, leaf_hash, root_of,
};

fn key() -> CheckpointKey {
    CheckpointKey::from_seed("kp.XA/2026", [7; 32]).unwrap()
}

fn leaves() -> Vec<Hash> {
    (0..11_u64).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn proof(index: u64) -> TlogProof {
    let leaves = leaves();
    let checkpoint = Checkpoint::new("kp.XA/2026", 11, root_of(&leaves)).unwrap();
    TlogProof {
        extra: None,
        index,
        hashes: inclusion_proof(&leaves, index).unwrap(),
        checkpoint: checkpoint.sign(&key()).unwrap(),
    }
}

#[test]
fn a_proof_is_read_back_and_proves() {
    let keys = [key().verifier_key()];
    for (index, leaf) in (0..).zip(leaves()) {
        let mut proof = proof(index);
        if index % 2 == 0 {
            proof.extra = Some(vec![1, 2, 3]);
        }
        let read = TlogProof::read(&proof.to_string()).unwrap();
        assert_eq!(read, proof);
        assert_eq!(read.verify(leaf, &keys).unwrap().size(), 11);
        assert!(matches!(read.verify(leaf_hash(b"other"), &keys), Err(TlogProofFault::Proof(_))));
        assert!(matches!(read.verify(leaf, &[]), Err(TlogProofFault::Checkpoint(_))));
    }
}

#[test]
fn any_changed_byte_outside_extra_is_seen() {
    let keys = [key().verifier_key()];
    let good = proof(6).to_string();
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let believed = TlogProof::read(&text).is_ok_and(|proof| proof.verify(leaves()[6], &keys).is_ok());
        assert!(!believed, "byte {at} changed unseen:\n{text}");
    }
}

#[test]
fn every_mistake_has_its_sentence() {
    let good = proof(6).to_string();
    let sentence = |text: String| TlogProof::read(&text).unwrap_err().to_string();
    assert!(sentence(good.replace("@v1", "@v2")).contains("begins with the line"));
    assert!(sentence(good.replace("index 6", "extra ?\nindex 6")).contains("`extra` line is not base64"));
    assert!(sentence(good.replace("index 6", "index 06")).contains("`index 06` is not an index"));
    assert!(
        sentence(good.replace("index 6\n", "index 6\nAAAA\n")).contains("line 3 of the proof is not a hash")
    );
    assert!(
        sentence(
            good.replace("index 6\n", &format!("index 6\n{}", (leaves()[0].to_base64() + "\n").repeat(65)))
        )
        .contains("no tree is that high")
    );
    assert!(sentence(good.split("\n\n").next().unwrap().to_owned()).contains("the proof was cut"));
    assert!(sentence(String::new()).contains("the proof was cut"));
}
