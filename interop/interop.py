"""Reads and verifies our sheets with programs of others; prints a table and fails where they disagree with us.

Nothing of kpcs is used here but the files it wrote: base45, the leaf, the comparison of signed and unsigned claims are
written again from specs, COSE is pycose's and cwt's, Merkle paths are sigstore's, symbols are zxing-cpp's.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).resolve().parent
MUTATIONS = 20
# What is asked of the readers, in percent of pages with both symbols read.
WANTED = {"scan at 200 dpi": 99.0, "photograph": 97.0}


def check_packages():
    """Exactly the versions of requirements.txt are here."""
    for line in (HERE / "requirements.txt").read_text().splitlines():
        if "==" in line:
            name, pinned = line.split("==")
            try:
                found = version(name)
            except PackageNotFoundError:
                sys.exit(f"{name} is not here")
            if found != pinned:
                sys.exit(f"{name} is {found}, not {pinned}")


if sys.argv[1:] == ["--check-packages"]:
    check_packages()
    sys.exit(0)

import cbor2
import cv2
import cwt
import numpy as np
import zxingcpp
from pycose.keys import EC2Key
from pycose.keys.curves import P256
from pycose.messages import Sign1Message
from sigstore._internal.merkle import _chain_border_right, _chain_inner, _decomp_inclusion_proof

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(text):
    """RFC 9285, strictly."""
    if len(text) % 3 == 1:
        raise ValueError("base45: odd tail")
    out = bytearray()
    for at in range(0, len(text), 3):
        group = [ALPHABET.index(c) for c in text[at : at + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(group))
        size = len(group) - 1
        if value >= 256**size:
            raise ValueError("base45: group too large")
        out += value.to_bytes(size, "big")
    return bytes(out)


def to_base45(data):
    out = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            out.append(ALPHABET[digit])
    return "".join(out)


class Keys:
    """The two public keys of a line, for both libraries."""

    def __init__(self, line):
        self.pycose, self.points = {}, {}
        for name in ("document_key", "log_key"):
            point = bytes.fromhex(line[name])
            x, y = uncompressed(point)
            self.pycose[name] = EC2Key(crv=P256, x=x, y=y)
            self.points[name] = x, y

    def cwt(self, name, data):
        """The key under the id that the message names: cwt looks keys up by it."""
        x, y = self.points[name]
        kid = cbor2.loads(cbor2.loads(data).value[0])[4]
        return cwt.COSEKey.new({1: 2, 2: kid, 3: -7, -1: 1, -2: x, -3: y})


def uncompressed(point):
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    numbers = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point).public_numbers()
    return numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")


def verify_credential(text, keys):
    """The statement's bytes and claims if both libraries accept the certificate; an exception otherwise."""
    if not text.startswith("KPC1:"):
        raise ValueError("prefix")
    data = base45(text[5:])
    message = Sign1Message.decode(data)
    if message.uhdr:
        raise ValueError("something is not signed")
    message.key = keys.pycose["document_key"]
    if not message.verify_signature():
        raise ValueError("pycose: signature")
    cwt.COSE.new().decode(data, keys.cwt("document_key", data))
    claims = cbor2.loads(cbor2.loads(data).value[0])[15]
    return data, claims


def verify_receipt(text, keys, statement, claims):
    """The root if both libraries accept the receipt for this certificate; an exception otherwise."""
    if not text.startswith("KPR1:"):
        raise ValueError("prefix")
    data = base45(text[5:])
    tagged = cbor2.loads(data)
    if tagged.tag != 18 or len(tagged.value) != 4 or tagged.value[2] is not None:
        raise ValueError("not a detached COSE_Sign1")
    protected = cbor2.loads(tagged.value[0])
    if protected[395] != 1:
        raise ValueError("another kind of tree")
    size, index, position, previous = protected[15][-65537]
    if set(tagged.value[1]) != {396} or len(tagged.value[1][396][-1]) != 1:
        raise ValueError("not one inclusion proof")
    proof_size, proof_index, path = cbor2.loads(tagged.value[1][396][-1][0])
    if (proof_size, proof_index) != (size, index) or index >= size:
        raise ValueError("the proof is for another place than what is signed")
    leaf = cbor2.dumps(
        [
            1,
            index,
            "credential_signed",
            claims[1],
            claims[2],
            np.datetime_as_string(np.datetime64(claims[6], "s")) + "Z",
            hashlib.sha256(statement).digest(),
            position,
            previous,
        ],
        canonical=True,
    )
    inner, border = _decomp_inclusion_proof(index, size)
    if len(path) != inner + border:
        raise ValueError("the path has another length than the tree")
    leaf_hash = hashlib.sha256(b"\x00" + leaf).digest()
    root = _chain_border_right(_chain_inner(leaf_hash, path[:inner], index), path[inner:])
    message = Sign1Message.decode(data)
    message.payload = root
    message.key = keys.pycose["log_key"]
    if not message.verify_signature():
        raise ValueError("pycose: signature")
    cwt.COSE.new().decode(data, keys.cwt("log_key", data), detached_payload=root)
    return root


def mutated(text, chance):
    """A text that differs in one bit, one character, or by one byte more or less."""
    prefix, body = text[:5], text[5:]
    data = bytearray(base45(body))
    kind = chance.randrange(10)
    if kind == 0:
        at = chance.randrange(len(body))
        other = chance.choice([c for c in ALPHABET if c != body[at]])
        return prefix + body[:at] + other + body[at + 1 :]
    if kind == 1:
        del data[chance.randrange(len(data))]
    elif kind == 2:
        data.insert(chance.randrange(len(data)), chance.randrange(256))
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return prefix + to_base45(bytes(data))


def rendered(pdf, out, *options):
    subprocess.run(["pdftoppm", "-png", "-gray", "-singlefile", *options, pdf, out.with_suffix("")], check=True)
    return cv2.imread(str(out), cv2.IMREAD_GRAYSCALE)


def read_by_zxing(picture):
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return {code.text[:5]: (code.text, code.position) for code in found if code.valid}


def scan(pdf, out, chance):
    """A page as a scanner at 200 dpi in grey sees it: a little askew, noisy, JPEG-like smoothing left out."""
    page = rendered(pdf, out, "-r", "200")
    turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), chance.uniform(-1.5, 1.5), 1.0)
    page = cv2.warpAffine(page, turn, page.shape[::-1], flags=cv2.INTER_AREA, borderValue=255)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 4, page.shape)
    page = np.clip(cv2.GaussianBlur(page, (0, 0), 0.5) * 0.94 + noise, 0, 255).astype(np.uint8)
    cv2.imwrite(str(out), page)
    return page


def photograph(pdf, out, place, chance):
    """1920 x 1080 at 12 to 14 pixels a millimetre: ink spread, 3 % perspective, turned, uneven light, blur, noise,
    JPEG 85. `place` is the middle of both symbols in pixels at 200 dpi."""
    x, y = (int(value * 3) for value in place)
    box = 2900, 2000
    print_ = rendered(
        pdf, out.with_suffix(".png"), "-r", "600", "-x", str(x - box[0] // 2), "-y", str(y - box[1] // 2),
        "-W", str(box[0]), "-H", str(box[1]),
    )
    out.with_suffix(".png").unlink()
    print_ = cv2.GaussianBlur(cv2.erode(print_, np.ones((2, 2))), (0, 0), 1.0)
    scale = chance.uniform(12.0, 14.2) / (600 / 25.4)
    turn = np.deg2rad(chance.uniform(-20, 20))
    corners = []
    for cx, cy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        cx, cy = cx * box[0] / 2 * scale, cy * box[1] / 2 * scale
        cx, cy = cx * np.cos(turn) - cy * np.sin(turn), cx * np.sin(turn) + cy * np.cos(turn)
        corners.append((960 + cx * (1 + chance.uniform(-0.03, 0.03)), 540 + cy * (1 + chance.uniform(-0.03, 0.03))))
    height, width = print_.shape
    matrix = cv2.getPerspectiveTransform(
        np.float32([(0, 0), (width, 0), (width, height), (0, height)]), np.float32(corners)
    )
    seen = cv2.warpPerspective(print_, matrix, (1920, 1080), flags=cv2.INTER_AREA, borderValue=200).astype(float)
    across, down = np.meshgrid(np.linspace(-1, 1, 1920), np.linspace(-1, 1, 1080))
    seen *= 0.72 + chance.uniform(-0.28, 0.28) * across + chance.uniform(-0.2, 0.2) * down
    seen = cv2.GaussianBlur(seen, (0, 0), chance.uniform(0.9, 1.5))
    seen += np.random.default_rng(chance.randrange(2**32)).normal(0, 5, seen.shape)
    seen = np.clip(seen, 0, 255).astype(np.uint8)
    cv2.imwrite(str(out), seen, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return cv2.imread(str(out), cv2.IMREAD_GRAYSCALE)


def middle(found):
    points = [getattr(position, corner) for _, position in found.values()
              for corner in ("top_left", "top_right", "bottom_left", "bottom_right")]
    return np.mean([point.x for point in points]), np.mean([point.y for point in points])


def pictures(each, line, folder):
    """What zxing-cpp reads from the scan and from the photograph of a page."""
    chance = random.Random(each)
    pdf = folder / "sheets" / f"{each:05}.pdf"
    wanted = {"KPC1:": line["kpc1"], "KPR1:": line["kpr1"]}
    texts = {}
    found = read_by_zxing(scan(pdf, folder / f"{each:05}-scan.png", chance))
    texts["scan at 200 dpi"] = {key: text for key, (text, _) in found.items()}
    # Where the symbols stand is the same on every sheet of a layout.
    place = middle(found) if set(found) == set(wanted) else PLACE[0]
    PLACE[0] = place
    found = read_by_zxing(photograph(pdf, folder / f"{each:05}-photo.jpg", place, chance))
    texts["photograph"] = {key: text for key, (text, _) in found.items()}
    return texts, wanted


PLACE = [(800, 1900)]


def verified(line, texts, chance, counts):
    keys = Keys(line)
    data, claims = verify_credential(texts["KPC1:"], keys)
    counts["S verified"] += 1
    assert hashlib.sha256(data).hexdigest() == line["hash"]
    root = verify_receipt(texts["KPR1:"], keys, data, claims)
    counts["R verified"] += 1
    counts["roots agree"] += root.hex() == line["root"]
    for _ in range(MUTATIONS):
        counts["S altered"] += 1
        counts["S altered, refused"] += refused(lambda: verify_credential(mutated(texts["KPC1:"], chance), keys))
        counts["R altered"] += 1
        counts["R altered, refused"] += refused(
            lambda: verify_receipt(mutated(texts["KPR1:"], chance), keys, data, claims)
        )


def refused(attempt):
    try:
        attempt()
    except Exception:  # each library has its own; whatever it is, it is no acceptance
        return True
    return False


def ours(program, files):
    """What our reader reads from the same files."""
    read = {}
    for at in range(0, len(files), 50):
        said = subprocess.run([program, "read", *files[at : at + 50]], check=True, capture_output=True, text=True)
        for line in map(json.loads, said.stdout.splitlines()):
            read[line["file"]] = {text[:5]: text for text in line.get("codes", [])}
    return read


def main(folder, program):
    check_packages()
    folder = Path(folder)
    lines = [json.loads(line) for line in (folder / "certificates.jsonl").read_text().splitlines()]
    counts = dict.fromkeys(
        ["S verified", "R verified", "roots agree", "S altered", "S altered, refused", "R altered",
         "R altered, refused"], 0,
    )
    names = {"scan at 200 dpi": "scan.png", "photograph": "photo.jpg", "PDF itself": None}
    zxing = dict.fromkeys(WANTED, 0)
    own = dict.fromkeys(names, 0)
    wrong = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda at: pictures(at[0], at[1], folder), enumerate(lines)))
    for kind, suffix in names.items():
        files = [
            folder / (f"{each:05}-{suffix}" if suffix else f"sheets/{each:05}.pdf") for each in range(len(lines))
        ]
        read = ours(program, [str(file) for file in files])
        for file, (texts, wanted) in zip(files, results, strict=True):
            own[kind] += read[file.name] == wanted
            # A text that is read differently is worse than none.
            wrong += any(wanted.get(key) != text for key, text in read[file.name].items())
            if kind in WANTED:
                zxing[kind] += texts[kind] == wanted
    for each, (line, (texts, wanted)) in enumerate(zip(lines, results, strict=True)):
        for kind in WANTED:
            if texts[kind] == wanted:
                verified(line, texts[kind], random.Random(each), counts)
                break
    report(len(lines), zxing, own, wrong, counts)


def report(pages, zxing, own, wrong, counts):
    print(f"{'both symbols of a page':28}{'pages':>8}{'zxing-cpp':>12}{'ours':>12}")
    for kind, count in own.items():
        theirs = f"{100 * zxing[kind] / pages:.1f} %" if kind in zxing else "-"
        print(f"{kind:28}{pages:>8}{theirs:>12}{100 * count / pages:>10.1f} %")
    print(f"texts that ours read differently: {wrong}")
    for name, count in counts.items():
        print(f"{name:28}{count:>8}")
    failures = [kind for kind, wanted in WANTED.items() if 100 * min(zxing[kind], own[kind]) / pages < wanted]
    if own["PDF itself"] < pages:
        failures.append("the PDF itself")
    if wrong or counts["S verified"] < pages or counts["R verified"] < pages or counts["roots agree"] < pages:
        failures.append("a certificate or receipt was not verified")
    if counts["S altered"] != counts["S altered, refused"] or counts["R altered"] != counts["R altered, refused"]:
        failures.append("an altered code was accepted")
    if failures:
        sys.exit("FAILED: " + "; ".join(failures))


if __name__ == "__main__":
    main(*sys.argv[1:])
