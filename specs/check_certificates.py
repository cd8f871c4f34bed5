#!/usr/bin/env python3
"""Verifies random certificates and receipts with programs that are not ours.

    cargo run --release --example random_credentials -p kp-verify SEED COUNT | python3 specs/check_certificates.py

Needs `cbor2<6`, pycose 1.1.0, cwt, pymerkle, sigstore, cryptography, base45 from PyPI. Written from specs/certificate.md
alone: reading, signatures (pycose and cwt), the entry, its root and path (sigstore and pymerkle), the content, the check
code; then twenty changes to each certificate and twenty to each receipt, all of which must be noticed.
"""

import hashlib
import json
import random
import sys
import unicodedata

import base45
import cbor2
import cwt
import pymerkle
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives import serialization
from pycose.keys import EC2Key
from pycose.messages import CoseMessage, Sign1Message
from sigstore._internal import merkle

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


class Refused(Exception):
    pass


def must(condition, what):
    if not condition:
        raise Refused(what)


def canonical(data):
    """The one value in these bytes, refused where they are not its one encoding."""
    value = cbor2.loads(data)
    must(cbor2.dumps(value, canonical=True) == data, "not canonical")
    return value


def from_text(text, prefix):
    must(text.startswith(prefix), "prefix")
    code = text[len(prefix):]
    must(all(character in ALPHABET for character in code), "character")
    data = base45.b45decode(code)
    must(base45.b45encode(data).decode() == code, "base45")
    return data


class Key:
    def __init__(self, compressed):
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), compressed)
        numbers = public.public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        self.id = hashlib.sha256(compressed).digest()[:8]
        self.pycose = EC2Key(crv="P_256", x=x, y=y)
        pem = public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.cwt = cwt.COSEKey.from_pem(pem, kid=self.id, alg="ES256")


def verified(data, key, payload=None):
    """Both libraries must say yes; either alone refuses."""
    message = CoseMessage.decode(data)
    must(isinstance(message, Sign1Message), "not a COSE_Sign1")
    message.key = key.pycose
    must(message.verify_signature(detached_payload=payload), "pycose: signature")
    cwt.COSE.new().decode(data, key.cwt, detached_payload=payload)


def parts(data):
    tagged = canonical(data)
    must(isinstance(tagged, cbor2.CBORTag) and tagged.tag == 18, "tag")
    must(len(tagged.value) == 4, "parts")
    protected, unprotected, payload, signature = tagged.value
    must(len(signature) == 64, "signature length")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    must(0 < r < ORDER and 0 < s <= ORDER // 2, "signature range")
    return canonical(protected), unprotected, payload


def expand(texts):
    seals = []
    for text in texts:
        first, _, tail = text.partition("-")
        stem, digits = first[: len(first) - len(tail)], first[len(first) - len(tail):]
        if not tail:
            seals.append(first)
            continue
        # The digits that count may begin before the tail, where the number rolls over no further than the tail.
        must(int(tail) > int(digits), "seals")
        seals += [f"{stem}{number:0{len(tail)}}" for number in range(int(digits), int(tail) + 1)]
    return seals


def certificate(data, key):
    must(len(data) <= 486, "length")
    protected, unprotected, payload = parts(data)
    must(list(protected) == [1, 3, 4, 15] and protected[1] == -7, "header")
    must(protected[3] == "application/kpc+cbor" and protected[4] == key.id, "type or key id")
    claims = protected[15]
    must(list(claims) == [1, 2, 4, 6] and unprotected == {}, "claims")
    must(0 < claims[4] - claims[6] <= 367 * 86400 and claims[2][:3] == claims[1] + "-", "times or number")
    content = canonical(payload)
    must(list(content)[:11] == list(range(1, 12)), "fields")
    lines = content[7]
    must([sum(line[at] for line in lines) for at in (1, 2)] == content[8], "total")
    for text in [content[2], *content[4], *content[5]]:
        must(unicodedata.is_normalized("NFC", text), "NFC")
    verified(data, key)
    return {
        "number": claims[2],
        "issuer": claims[1],
        "issued_at": claims[6],
        "expires_at": claims[4],
        "authority": content[2],
        "destination": content[3],
        "exporter": content[4],
        "importer": content[5],
        "origins": content[6],
        "lines": [
            {"class": f"{line[0] // 100}.{line[0] % 100}", "carats": line[1], "value": line[2]}
            for line in lines
        ],
        "parcels": content[9],
        "seals": expand(content[10]),
        "technical": content.get(12, 0),
        "single_officer": bool(content.get(13, 0) & 1),
        "training": bool(content.get(13, 0) & 2),
        "record_hash": content[11].hex(),
    }


def stamp(seconds):
    import datetime

    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def root_by_sigstore(leaf, index, size, path):
    inner, border = merkle._decomp_inclusion_proof(index, size)
    must(len(path) == inner + border, "path length")
    inside = merkle._chain_inner(merkle._hash_leaf(leaf), path[:inner], index)
    return merkle._chain_border_right(inside, path[inner:])


def receipt(data, certificate_data, said, key):
    protected, unprotected, payload = parts(data)
    must(list(protected) == [1, 4, 15, 395] and protected[1] == -7 and protected[395] == 1, "header")
    must(protected[4] == key.id and payload is None, "key id or payload")
    claims = protected[15]
    must(list(claims) == [1, 6, -65537], "claims")
    size, index, position, previous = claims[-65537]
    must(0 < index < size and index < position and previous < position, "places")
    must(claims[1] == f"kp.{said['issuer']}/{stamp(said['issued_at'])[:4]}", "log")
    must(claims[6] >= said["issued_at"], "older")
    must(list(unprotected) == [396] and list(unprotected[396]) == [-1], "proofs")
    (proof,) = unprotected[396][-1]
    proof_size, proof_index, path = canonical(proof)
    must((proof_size, proof_index) == (size, index), "other place")
    must(all(len(each) == 32 for each in path), "hash length")
    digest = hashlib.sha256(certificate_data).digest()
    leaf = cbor2.dumps(
        [1, index, "credential_signed", said["issuer"], said["number"], stamp(said["issued_at"]),
         digest, position, previous],
        canonical=True,
    )
    root = root_by_sigstore(leaf, index, size, path)
    verified(data, key, root)
    return leaf, root, path, size, index


def check_code(data):
    bits = int.from_bytes(hashlib.sha256(data).digest()[:7], "big") >> 6
    ten = "".join(CROCKFORD[bits >> 5 * place & 31] for place in range(9, -1, -1))
    return f"{ten[:4]}-{ten[4:8]}-{ten[8:]}-{CROCKFORD[bits % 37]}"


def opposite(data):
    """The same with n - s instead of s."""
    s = int.from_bytes(data[-32:], "big")
    return data[:-32] + (ORDER - s).to_bytes(32, "big")


def mutations(data, other, draw):
    """Twenty changed forms: bits all over, bytes lost and added, the other half of the curve, another's parts."""
    for _ in range(11):
        bit = draw.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)
    at = draw.randrange(len(data))
    yield data[:at] + data[at + 1:]
    yield data[:at] + bytes([draw.randrange(256)]) + data[at:]
    yield data[:-1]
    yield data + b"\0"
    yield data[1:]  # without its tag
    yield opposite(data)
    yield data[:-64] + bytes(32) + data[-32:]
    yield data[:-64] + other[-64:]
    tagged = cbor2.loads(data)
    tagged.value[1] = {**tagged.value[1], 99: 1}
    yield cbor2.dumps(tagged, canonical=True)


def notices(check):
    try:
        check()
    except Exception:  # noqa: BLE001: whatever a library raises, it did not accept
        return True
    return False


def main():
    draw = random.Random(1)
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    rows = [json.loads(line) for line in sys.stdin]
    counts = dict.fromkeys(
        ["certificates", "receipts", "roots", "paths", "changed certificates refused", "changed receipts refused"], 0
    )
    for at, row in enumerate(rows):
        document, log = (Key(bytes.fromhex(row[name])) for name in ("document_key", "log_key"))
        first, second = from_text(row["kpc1"], "KPC1:"), from_text(row["kpr1"], "KPR1:")
        said = certificate(first, document)
        assert said == row["content"], (said, row["content"])
        assert check_code(first) == row["check_code"]
        counts["certificates"] += 1
        leaf, root, path, size, index = receipt(second, first, said, log)
        assert (leaf.hex(), root.hex()) == (row["leaf"], row["root"])
        counts["receipts"] += 1
        for entry in row["new_entries"]:
            tree.append_entry(bytes.fromhex(entry))
        # pymerkle builds the whole tree anew and counts leaves from 1.
        assert tree.get_size() == size and tree.get_root() == root
        counts["roots"] += 1
        proof = tree.prove_inclusion(index + 1, size)
        assert proof.path[1:] == path and proof.path[0] == hashlib.sha256(b"\0" + leaf).digest()
        pymerkle.verify_inclusion(proof.path[0], root, proof, index=index + 1, size=size)
        counts["paths"] += 1
        other = rows[at - 1]
        other_first, other_second = from_text(other["kpc1"], "KPC1:"), from_text(other["kpr1"], "KPR1:")
        for changed in mutations(first, other_first, draw):
            assert notices(lambda: certificate(changed, document)), changed.hex()
            counts["changed certificates refused"] += 1
        for changed in mutations(second, other_second, draw):
            assert notices(lambda: receipt(changed, first, said, log)), changed.hex()
            counts["changed receipts refused"] += 1
        assert notices(lambda: receipt(other_second, first, said, log))
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
