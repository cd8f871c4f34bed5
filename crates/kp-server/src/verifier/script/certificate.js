// The two codes on the paper, opened: specs/certificate.md rules 4 to 23. Opening is strict; no signature is checked here.

import { Fault, concat, sha256 } from "./bytes.js";
import { decode } from "./base45.js";
import { Reader, write } from "./cbor.js";
import { inRange, signedMessage } from "./p256.js";
import { SECOND, checkBits, dayOf, fromSeconds, isCode, number, secondOf } from "./terms.js";

const LARGEST_CREDENTIAL = 486;
const LARGEST_RECEIPT = 2048;
const LONGEST_VALIDITY = 367n * 86_400n * SECOND;
const LONGEST_PATH = 40n;
const MOST_SEALS = 200;
const LARGEST_AMOUNT = (1n << 63n) - 1n;
const CLASSES = new Map([[710210n, "7102.10"], [710221n, "7102.21"], [710231n, "7102.31"]]);

/** Why a text gives nothing: `not-ours`, `newer` with its form, or `damaged`. */
export class TextFault extends Error {
  constructor(why, form = "") {
    super(why);
    this.why = why;
    this.form = form;
  }
}

function bytesOf(text, prefix, family) {
  if (text.startsWith(prefix)) {
    try {
      return decode(text.slice(prefix.length));
    } catch (fault) {
      if (fault instanceof Fault) throw new TextFault("damaged");
      throw fault;
    }
  }
  const later = new RegExp(`^${family}([0-9]{1,3}):`).exec(text);
  throw later ? new TextFault("newer", family + later[1]) : new TextFault("not-ours");
}

export const credentialOfText = (text) => openCredential(bytesOf(text, "KPC1:", "KPC"));
export const receiptOfText = (text) => openReceipt(bytesOf(text, "KPR1:", "KPR"));

const must = (fits, what) => {
  if (!fits) throw new Fault(what);
};

const codeIn = (text) => {
  must(isCode(text), "a participant's code in it is none");
  return text;
};

/** Opens a credential: its form and its own sense. */
export async function openCredential(bytes) {
  must(bytes.length <= LARGEST_CREDENTIAL, "it is longer than it may be");
  const outer = new Reader(bytes);
  outer.tag(18, "the tag of a COSE_Sign1");
  outer.arrayOf(4, "the four parts of a COSE_Sign1");
  const header = outer.row();
  outer.mapOf(0, "an unprotected header with nothing in it");
  const payload = outer.row();
  const signature = inRange(outer.row());
  must(signature, "its signature is none of ours");
  outer.end();
  const heading = credentialHeader(header);
  const content = contentOf(heading, payload);
  const hash = await sha256(bytes);
  return { content, keyId: heading.keyId, hash, checkBits: checkBits(hash), message: signedMessage(header, payload), signature };
}

function credentialHeader(bytes) {
  const header = new Reader(bytes);
  header.mapOf(4, "the four protected headers");
  header.exactly(1, "the algorithm");
  header.exactly(-7, "ES256");
  header.exactly(3, "the content type");
  must(header.text() === "application/kpc+cbor", "its content type is another");
  header.exactly(4, "the key id");
  const keyId = header.fixed(8, "a key id of eight bytes");
  header.exactly(15, "the claims");
  header.mapOf(4, "the four claims");
  header.exactly(1, "the issuer");
  const issuer = codeIn(header.text());
  header.exactly(2, "the number");
  const numberText = header.text();
  header.exactly(4, "the expiry");
  const expiresAt = fromSeconds(header.amount());
  header.exactly(6, "the time of issue");
  const issuedAt = fromSeconds(header.amount());
  header.end();
  return { keyId, issuer, numberText, issuedAt, expiresAt };
}

/** Measures what a field takes, its key of one byte included, against its cap (rule 11). */
function capped(map, cap, read) {
  const start = map.at;
  const value = read();
  must(1 + map.at - start <= cap, "a field of it is longer than its cap");
  return value;
}

function contentOf({ issuer, numberText, issuedAt, expiresAt }, payload) {
  const map = new Reader(payload);
  const pairs = map.map();
  map.exactly(1, "the version");
  map.exactly(1, "version 1");
  map.exactly(2, "the authority");
  const authority = capped(map, 26, () => map.text());
  map.exactly(3, "the destination");
  const destination = codeIn(map.text());
  map.exactly(4, "the exporter");
  const exporter = capped(map, 86, () => party(map));
  map.exactly(5, "the importer");
  const importer = capped(map, 86, () => party(map));
  map.exactly(6, "the origins");
  const origins = originsOf(map);
  map.exactly(7, "the lines");
  const lines = capped(map, 74, () => linesOf(map));
  map.exactly(8, "the total");
  map.arrayOf(2, "carats and value");
  const [carats, value] = [map.amount(), map.amount()];
  map.exactly(9, "the parcels");
  const parcels = map.unsigned();
  map.exactly(10, "the seals");
  const seals = capped(map, 40, () => sealsOf(map));
  map.exactly(11, "the record hash");
  map.fixed(32, "a hash of 32 bytes");
  const extras = extrasOf(map, pairs);
  map.end();
  const content = {
    number: numberOf(numberText, issuer), issuer, issuedAt, expiresAt, authority, destination, exporter, importer, origins, lines,
    carats, value, parcels, seals, ...extras,
  };
  check(content);
  return content;
}

function party(map) {
  map.arrayOf(2, "name and registry id");
  return { name: map.text(), registryId: map.text() };
}

/** The number exactly as signed bytes hold it: prefix, hyphen, six digits or more without needless zeros. */
function numberOf(text, issuer) {
  must(/^[A-Z]{2}-([0-9]{6}|[1-9][0-9]{6,})$/.test(text) && text.length <= 16, "its number is not written as it must be");
  must(text.slice(0, 2) === issuer, "its number does not begin with its issuer");
  return number(issuer, BigInt(text.slice(3)));
}

const rising = (items) => items.every((item, at) => at === 0 || items[at - 1] < item);

function originsOf(map) {
  const length = map.array();
  must(length >= 1n && length <= 3n, "there are one to three origins");
  const codes = [];
  for (let left = length; left > 0n; left--) {
    const text = map.text();
    if (text === "**" && length === 1n) return "mixed";
    codes.push(codeIn(text));
  }
  must(rising(codes), "origins are out of order or there twice");
  return codes;
}

function linesOf(map) {
  const length = map.array();
  must(length >= 1n && length <= 3n, "there are one to three lines");
  const lines = [];
  for (let left = length; left > 0n; left--) {
    map.arrayOf(3, "class, carats and value");
    const [hsNumber, carats, value] = [map.unsigned(), map.amount(), map.amount()];
    must(CLASSES.has(hsNumber), "a class in it is not one of rough diamonds");
    lines.push({ hsNumber, class: CLASSES.get(hsNumber), carats, value });
  }
  return lines;
}

const isSeal = (text) => /^[A-Z0-9./]{1,24}$/.test(text);

/** The seal after this one: its last digits counted up by one, in the same width. */
function following(seal) {
  const [, stem, digits] = /^(.*?)([0-9]*)$/.exec(seal);
  const next = digits === "" ? "" : String(BigInt(digits) + 1n).padStart(digits.length, "0");
  return next.length > digits.length || next === "" ? null : stem + next;
}

function expanded(texts) {
  const seals = [];
  for (const text of texts) {
    const hyphen = text.indexOf("-");
    if (hyphen < 0) {
      seals.push(text);
      continue;
    }
    const [first, tail] = [text.slice(0, hyphen), text.slice(hyphen + 1)];
    must(/^[0-9]+$/.test(tail) && tail.length <= first.length, "a seal in it is no seal number");
    const last = first.slice(0, first.length - tail.length) + tail;
    let seal = first;
    for (; seal !== last; seal = following(seal)) {
      seals.push(seal);
      must(seals.length <= MOST_SEALS && following(seal) !== null, "a seal in it is no seal number");
    }
    seals.push(seal);
  }
  must(seals.length <= MOST_SEALS && seals.every(isSeal), "a seal in it is no seal number");
  return seals;
}

/** Seals in their one short form (rule 16). */
function shortened(seals) {
  const written = [];
  for (let at = 0; at < seals.length; ) {
    let end = at;
    while (end + 1 < seals.length && following(seals[end]) === seals[end + 1]) end++;
    const [first, last] = [seals[at], seals[end]];
    let same = 0;
    while (same < first.length && first[same] === last[same]) same++;
    written.push(end === at ? first : `${first}-${last.slice(same)}`);
    at = end + 1;
  }
  return written;
}

function sealsOf(map) {
  const texts = [];
  for (let left = map.array(); left > 0n; left--) texts.push(map.text());
  const seals = expanded(texts);
  const short = shortened(seals);
  must(short.length === texts.length && short.every((text, at) => text === texts[at]), "its seals are not in their short form");
  must(seals.length > 0 && new Set(seals).size === seals.length, "it has no seal, or one twice");
  return seals;
}

function extrasOf(map, pairs) {
  must(pairs >= 11n && pairs <= 13n, "its map has not the fields that belong there");
  let purpose = null;
  let flags = 0n;
  let left = pairs - 11n;
  if (left > 0n && map.left > 0 && map.bytes[map.at] === 12) {
    map.exactly(12, "the purpose");
    const found = map.unsigned();
    must(found >= 1n && found <= 3n, "its purpose is none that is known");
    purpose = ["seized", "research", "return"][Number(found) - 1];
    left--;
  }
  if (left > 0n) {
    map.exactly(13, "the flags");
    flags = map.unsigned();
    must(flags >= 1n && flags <= 3n, "its flags are none that are known");
    left--;
  }
  must(left === 0n, "its map has a field that does not belong there");
  return { purpose, singleOfficer: (flags & 1n) === 1n, training: (flags & 2n) === 2n };
}

/** A text that may stand in signed bytes as a name: form C, no control characters, no blank at either end. */
const isPlain = (text) =>
  text.normalize("NFC") === text && !/\p{Cc}/u.test(text) && !/^\p{White_Space}|\p{White_Space}$/u.test(text);

function check(content) {
  const { issuedAt, expiresAt, authority, exporter, importer, lines, parcels } = content;
  must(issuedAt >= 0n && expiresAt > issuedAt && expiresAt - issuedAt <= LONGEST_VALIDITY, "its times cannot be");
  for (const text of [authority, exporter.name, exporter.registryId, importer.name, importer.registryId]) {
    must(isPlain(text), "a name in it has characters that signed bytes may not hold");
  }
  must(authority !== "" && exporter.name !== "" && importer.name !== "", "a name is missing");
  must(rising(lines.map((line) => line.hsNumber)), "lines are out of order or there twice");
  must(lines.every((line) => line.carats > 0n), "a line is without carats");
  const sum = (of) => lines.reduce((total, line) => total + of(line), 0n);
  const [carats, value] = [sum((line) => line.carats), sum((line) => line.value)];
  must(carats <= LARGEST_AMOUNT && value <= LARGEST_AMOUNT, "the total is larger than can be");
  must(carats === content.carats && value === content.value, "the total is not the sum of the lines");
  must(parcels >= 1n && parcels <= 255n, "the number of parcels cannot be");
}

/** Opens a receipt: its form and its own sense, not whose receipt it is. */
export function openReceipt(bytes) {
  must(bytes.length <= LARGEST_RECEIPT, "it is longer than 2048 bytes");
  const outer = new Reader(bytes);
  outer.tag(18, "the tag of a COSE_Sign1");
  outer.arrayOf(4, "the four parts of a COSE_Sign1");
  const header = outer.row();
  const receipt = receiptHeader(header);
  outer.mapOf(1, "the one unprotected header");
  outer.exactly(396, "the proofs");
  outer.mapOf(1, "the one kind of proof");
  outer.exactly(-1, "the inclusion proofs");
  outer.arrayOf(1, "the one inclusion proof");
  const path = pathOf(outer.row(), receipt);
  outer.nothing("the left-out payload");
  const signature = inRange(outer.row());
  must(signature, "its signature is none of ours");
  outer.end();
  return { ...receipt, header, path, signature };
}

function receiptHeader(bytes) {
  const header = new Reader(bytes);
  header.mapOf(4, "the four protected headers");
  header.exactly(1, "the algorithm");
  header.exactly(-7, "ES256");
  header.exactly(4, "the key id");
  const keyId = header.fixed(8, "a key id of eight bytes");
  header.exactly(15, "the claims");
  header.mapOf(3, "the three claims");
  header.exactly(1, "the log");
  const log = header.text();
  header.exactly(6, "the time");
  const at = fromSeconds(header.amount());
  header.exactly(-65537, "the places");
  header.arrayOf(4, "the four places");
  const [size, index, position, previous] = [header.unsigned(), header.unsigned(), header.unsigned(), header.unsigned()];
  header.exactly(395, "the kind of tree");
  header.exactly(1, "the tree of RFC 9162");
  header.end();
  must(index > 0n && index < size && position > index && previous < position, "it names places that cannot be");
  return { keyId, log, at, size, index, position, previous };
}

function pathOf(bytes, { size, index }) {
  const proof = new Reader(bytes);
  proof.arrayOf(3, "the three parts of a proof");
  must(proof.unsigned() === size && proof.unsigned() === index, "its proof speaks of another place than its signature");
  const length = proof.array();
  must(length <= LONGEST_PATH, "its path is longer than any log's");
  const path = [];
  for (let left = length; left > 0n; left--) path.push(proof.fixed(32, "a hash of 32 bytes"));
  proof.end();
  return path;
}

/** The log that a participant's credential of that moment stands in: `kp.XA/2026`. */
export const logOf = (issuer, at) => `kp.${issuer}/${dayOf(at).slice(0, 4)}`;

/** The participant's own log of that year, or that of one of its offices, `kp.XA.north/2026`. */
function isLogOf(log, issuer, at) {
  const parts = /^kp\.([A-Z]{2})(?:\.[a-z0-9-]{1,20})?\/(\d{4})$/.exec(log);
  return parts !== null && parts[1] === issuer && parts[2] === dayOf(at).slice(0, 4);
}

/** The root of the log's tree, worked out from the credential and the receipt's path (specs/tlog.md). */
export async function rootOf(receipt, credential) {
  const { content, hash } = credential;
  must(isLogOf(receipt.log, content.issuer, content.issuedAt), "the receipt is from another log");
  must(receipt.at >= content.issuedAt, "the receipt is older than the certificate");
  const leaf = write.array(
    write.unsigned(1), write.unsigned(receipt.index), write.text("credential_signed"), write.text(content.issuer),
    write.text(content.number.text), write.text(secondOf(content.issuedAt)), write.row(hash),
    write.unsigned(receipt.position), write.unsigned(receipt.previous),
  );
  return rootFromPath(await sha256(concat(Uint8Array.of(0), leaf)), receipt);
}

/** Hashes from a leaf to the root: one for each level below the right edge, and one for each step to the left above. */
function pathLength(index, size) {
  const below = index === size - 1n ? 0 : (index ^ (size - 1n)).toString(2).length;
  return below + (index >> BigInt(below)).toString(2).replaceAll("0", "").length;
}

async function rootFromPath(leaf, { index, size, path }) {
  must(path.length === pathLength(index, size), "the receipt has not the hashes that its places need");
  let [node, last, root] = [index, size - 1n, leaf];
  for (const beside of path) {
    if ((node & 1n) === 1n || node === last) {
      root = await sha256(concat(Uint8Array.of(1), beside, root));
      // On the right edge the levels without a neighbour are skipped.
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      root = await sha256(concat(Uint8Array.of(1), root, beside));
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return root;
}

export const receiptMessage = (receipt, root) => signedMessage(receipt.header, root);
