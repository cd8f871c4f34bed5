// The lists that a verifier carries, taken over only forwards and only as signed: specs/lists.md.

import { Fault, compare, equal, hex, sha256 } from "./bytes.js";
import { Reader, read, write } from "./cbor.js";
import { fits, hasId, inRange, isPoint, publicKey, signedMessage } from "./p256.js";
import { day, fromSeconds, instant, isCode } from "./terms.js";

const LARGEST_LIST = 16 * 1024 * 1024;
const LARGEST_BUNDLE = 64 * 1024 * 1024;
const MOST_SIGNATURES = 32n;
const MOST_LISTS = 2000n;
const MOST_SIGNATURE_BYTES = 512;

/** Why a bundle is not taken: `word` says which rule of specs/lists.md it breaks. */
export class BundleFault extends Error {
  constructor(word, list = null, detail = "") {
    super(`${word} ${list ? `${list.contentType} ${list.issuer}` : ""} ${detail}`.trim());
    this.word = word;
    this.list = list;
  }
}

// What stands in lists, shape by shape. Each takes a value as read and gives what the verifier works with.

const must = (fits, what) => {
  if (!fits) throw new Fault(what);
};
const text = (value) => (must(typeof value === "string", "a text is missing"), value);
const unsigned = (value) => (must(typeof value === "bigint" && value >= 0n && value < 1n << 64n, "a number is missing"), value);
const row = (length) => (value) => (must(value instanceof Uint8Array && value.length === length, "bytes are missing"), value);
const someRow = (value) => (must(value instanceof Uint8Array, "bytes are missing"), value);
const code = (value) => (must(isCode(text(value)), "a participant's code is none"), value);
const key = row(33);
const at = (value) => instant(text(value));
const onDay = (value) => day(text(value));
const orNull = (shape) => (value) => (value === null ? null : shape(value));
const word = (...words) => (value) => (must(words.includes(value), "a word is none of those that may stand there"), value);
const listOf = (shape) => (value) => (must(Array.isArray(value), "a list is missing"), value.map(shape));
const record = (shapes) => (value) => {
  const names = Object.keys(shapes);
  must(value instanceof Map && value.size === names.length && names.every((name) => value.has(name)), "fields are not those that belong there");
  return Object.fromEntries(names.map((name) => [name, shapes[name](value.get(name))]));
};

const HEAD = record({ version: unsigned, issuer: text, issued_at: at, expires_at: at });
const threshold = (value) => (must(unsigned(value) < 1n << 32n, "a threshold is too large"), value);
const SIGNERS = record({ threshold, keys: listOf(key) });
const STANDING = record({
  standing: word("open", "conditional", "suspended", "embargo"), direction: word("both", "export", "import"), scope: text,
  effective_at: at, under_way: word("hold-and-ask", "release", "refuse"), legal_act: text,
});
const PARTICIPANT = record({
  code, name: text, membership: listOf(record({ from: at, until: orNull(at), legal_act: text })), standing: listOf(STANDING),
  excluded: listOf(record({ of: code, from: at, until: orNull(at), legal_act: text })),
  prefixes: listOf(record({ prefix: code, from: onDay, until: orNull(onDay) })), signers: SIGNERS,
});
const COMPROMISE = record({ cuts: listOf(record({ log: text, first_untrusted: unsigned })), noted_at: at });
const DOCUMENT_KEY = record({
  public: key, class: word("software", "token"), valid_from: at, signs_until: at, retired_at: orNull(at), compromise: orNull(COMPROMISE),
});
const STATES = ["used", "void", "lost", "stolen", "counterfeit", "replaced", "returned-unused", "detained", "seized", "sent-back"];
const fate = (value) => {
  must(Array.isArray(value) && value.length === 5, "a fate has five parts");
  const [serial, state, seconds, place, replacedBy] = value;
  must(unsigned(state) >= 1n && state <= 10n && typeof seconds === "bigint", "a fate is none that is known");
  return { serial: unsigned(serial), state: STATES[Number(state) - 1], at: fromSeconds(seconds), place: text(place), replacedBy: orNull(unsigned)(replacedBy) };
};

/** In order, each pair of neighbours so. */
const sorted = (items, before) => items.every((item, at) => at === 0 || before(items[at - 1], item));
const textBefore = (a, b) => compare(new TextEncoder().encode(a), new TextEncoder().encode(b)) < 0;
const apart = (a, b) => a.last < b.first;
const ofParticipant = (list) => isCode(list.head.issuer);

const count = (run) => BigInt(run.hashes.length / 16);
const SORTS = {
  participants: {
    shape: record({ head: HEAD, snapshot_signers: SIGNERS, participants: listOf(PARTICIPANT) }),
    isSound: (list) =>
      list.head.issuer === "scheme" && sorted(list.participants, (a, b) => a.code < b.code) &&
      list.participants.every((each) => sorted(each.standing, (a, b) => a.effective_at <= b.effective_at)),
    keys: (list) => [list.snapshot_signers, ...list.participants.map((each) => each.signers)].flatMap((signers) => signers.keys),
  },
  trust: {
    shape: record({ head: HEAD, document_keys: listOf(DOCUMENT_KEY), log_keys: listOf(record({ log: text, public: key })), list_signers: SIGNERS }),
    isSound: (list) => {
      const documents = list.document_keys.map((each) => hex(each.public));
      return ofParticipant(list) && list.document_keys.every((each) => each.valid_from < each.signs_until) &&
        new Set(documents).size === documents.length &&
        list.document_keys.every((each) => each.compromise === null || sorted(each.compromise.cuts, (a, b) => textBefore(a.log, b.log))) &&
        !list.log_keys.some((each) => documents.includes(hex(each.public)));
    },
    keys: (list) => [...list.document_keys, ...list.log_keys].map((each) => each.public).concat(list.list_signers.keys),
  },
  status: {
    shape: record({
      head: HEAD, complete: listOf(record({ log: text, size: unsigned, at })),
      certificates: listOf(record({ first: unsigned, hashes: someRow })), fates: listOf(fate),
    }),
    isSound: (list) =>
      ofParticipant(list) && list.certificates.every((run) => run.hashes.length > 0 && run.hashes.length % 16 === 0) &&
      sorted(list.certificates, (a, b) => a.first + count(a) < b.first) &&
      sorted(list.fates, (a, b) => a.serial < b.serial || (a.serial === b.serial && a.at <= b.at)) &&
      sorted(list.complete, (a, b) => a.at <= b.at && a.log !== b.log),
    keys: () => [],
  },
  ranges: {
    shape: record({
      head: HEAD, allotted: listOf(record({ first: unsigned, last: unsigned, to: text, from: onDay, until: orNull(onDay) })),
      missing_blanks: listOf(record({ first: unsigned, last: unsigned, state: word("lost", "stolen", "spoiled", "destroyed"), since: onDay })),
    }),
    isSound: (list) =>
      ofParticipant(list) && [...list.allotted, ...list.missing_blanks].every((each) => each.first <= each.last) &&
      sorted(list.allotted, apart) && sorted(list.missing_blanks, apart),
    keys: () => [],
  },
  specimens: {
    shape: record({
      head: HEAD,
      forms: listOf(record({ form: text, valid_from: onDay, valid_until: orNull(onDay), features: listOf(text), picture_hash: row(32) })),
    }),
    isSound: (list) => ofParticipant(list) && sorted(list.forms, (a, b) => a.valid_from <= b.valid_from),
    keys: () => [],
  },
  snapshot: {
    shape: record({ head: HEAD, lists: listOf(record({ content_type: text, issuer: text, version: unsigned, hash: row(32) })) }),
    isSound: (list) =>
      list.head.issuer === "scheme" &&
      sorted(list.lists, (a, b) => textBefore(a.content_type, b.content_type) || (a.content_type === b.content_type && textBefore(a.issuer, b.issuer))),
    keys: () => [],
  },
};

function sortOf(contentType) {
  const name = /^application\/kpc-([a-z]+)\+cbor$/.exec(contentType)?.[1];
  return name !== undefined && Object.hasOwn(SORTS, name) ? SORTS[name] : undefined;
}

/** One signature beside a list, opened: exactly our profile (rule 2). */
function openSignature(bytes) {
  must(bytes.length <= MOST_SIGNATURE_BYTES, "a signature is not that long");
  const outer = new Reader(bytes);
  outer.tag(18, "the tag of a COSE_Sign1");
  outer.arrayOf(4, "the four parts of a COSE_Sign1");
  const header = outer.row();
  outer.mapOf(0, "an unprotected header with nothing in it");
  outer.nothing("the left-out payload");
  const signature = outer.row();
  outer.end();
  const inner = new Reader(header);
  inner.mapOf(3, "the three protected headers");
  inner.exactly(1, "the algorithm");
  inner.exactly(-7, "ES256");
  inner.exactly(3, "the content type");
  const contentType = inner.text();
  inner.exactly(4, "the key id");
  const keyId = inner.fixed(8, "a key id of eight bytes");
  inner.end();
  return { header, signature, contentType, keyId };
}

/** A list with its signatures; nothing is believed yet. */
async function listFile(bytes) {
  must(bytes.length <= LARGEST_LIST, "it is larger than 16 MiB");
  const reader = new Reader(bytes);
  reader.arrayOf(2, "a list and its signatures");
  const payload = reader.row();
  const length = reader.array();
  must(length > 0n && length <= MOST_SIGNATURES, "it has no signature, or too many");
  const signatures = [];
  for (let left = length; left > 0n; left--) signatures.push(openSignature(reader.row()));
  reader.end();
  must(sorted(signatures, (a, b) => compare(a.keyId, b.keyId) < 0), "its signatures are not in order of their key ids");
  const [{ contentType }] = signatures;
  must(signatures.every((each) => each.contentType === contentType), "its signatures name different sorts of list");
  return { payload, signatures, contentType, hash: await sha256(payload), list: null, bytes };
}

/** The list inside, read once. */
function listIn(file, issuer) {
  if (file.list !== null) return file.list;
  try {
    const sort = sortOf(file.contentType);
    must(sort !== undefined, `${file.contentType} is no list that is known`);
    const list = sort.shape(read(file.payload));
    must(sort.isSound(list), "it contradicts itself");
    must(sort.keys(list).every(isPoint), "a key in it is none");
    file.list = list;
    return list;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new BundleFault("list", { contentType: file.contentType, issuer }, fault.message);
  }
}

const ready = new Map();

/** A key made ready once. */
export async function readyKey(bytes) {
  const name = hex(bytes);
  if (!ready.has(name)) ready.set(name, await publicKey(bytes));
  return ready.get(name);
}

/** Enough of these must have signed; a wrong signature of one of them makes the file worthless (rule 3). */
async function signed(file, signers, issuer) {
  const list = { contentType: file.contentType, issuer };
  const keys = await Promise.all(signers.keys.map(readyKey));
  let good = 0n;
  for (const { header, signature, keyId } of file.signatures) {
    const key = keys.find((key) => hasId(key, keyId));
    if (key === undefined) continue;
    const isGood = inRange(signature) !== null && (await fits(key, signedMessage(header, file.payload), signature));
    if (!isGood) throw new BundleFault("list", list, "a signature does not fit");
    good += 1n;
  }
  const needed = signers.threshold > 1n ? signers.threshold : 1n;
  if (good < needed) throw new BundleFault("below-threshold", list);
}

async function unpack(bytes) {
  try {
    must(bytes.length <= LARGEST_BUNDLE, "it is larger than 64 MiB");
    const reader = new Reader(bytes);
    reader.arrayOf(4, "the four parts of a bundle");
    must(reader.text() === "kpcs-lists", "it does not begin as a bundle does");
    reader.exactly(1, "version 1");
    const snapshot = await listFile(reader.row());
    const length = reader.array();
    must(length <= MOST_LISTS, "it has too many lists");
    const files = [];
    for (let left = length; left > 0n; left--) files.push(await listFile(reader.row()));
    reader.end();
    return { snapshot, files };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new BundleFault("not-in-form", null, fault.message);
  }
}

const named = (listed) => ({ contentType: listed.content_type, issuer: listed.issuer });
const isSame = (listed) => (file) => file.contentType === listed.content_type && equal(file.hash, listed.hash);

/** The files in the order of the snapshot; what is missing comes from the older bundle (rule 20). */
function filledIn(snapshot, given, older) {
  const rest = [...given];
  const files = snapshot.lists.map((listed) => {
    const at = rest.findIndex(isSame(listed));
    const file = at >= 0 ? rest.splice(at, 1)[0] : older?.files.find(isSame(listed));
    if (file === undefined) {
      const other = rest.some((file) => file.contentType === listed.content_type && issuerOf(file) === listed.issuer);
      throw new BundleFault(other ? "mixed" : "incomplete", named(listed));
    }
    const { head } = listIn(file, listed.issuer);
    if (head.issuer !== listed.issuer || head.version !== listed.version) throw new BundleFault("mixed", named(listed));
    return file;
  });
  if (rest.length > 0) throw new BundleFault("mixed", { contentType: rest[0].contentType, issuer: issuerOf(rest[0]) });
  return files;
}

function issuerOf(file) {
  try {
    return listIn(file, "?").head.issuer;
  } catch (fault) {
    if (fault instanceof BundleFault) return "?";
    throw fault;
  }
}

/** No version falls, no list vanishes, no version has two lists (rule 21). */
function forwards(older, newer, olderHash, newerHash) {
  const scheme = { contentType: "application/kpc-snapshot+cbor", issuer: "scheme" };
  if (newer.head.version < older.head.version) throw new BundleFault("older", scheme);
  if (newer.head.version === older.head.version && !equal(olderHash, newerHash)) throw new BundleFault("two-of-one-version", scheme);
  for (const known of older.lists) {
    const found = newer.lists.find((each) => each.content_type === known.content_type && each.issuer === known.issuer);
    if (found === undefined) throw new BundleFault("incomplete", named(known));
    if (found.version < known.version) throw new BundleFault("older", named(known));
    if (found.version === known.version && !equal(found.hash, known.hash)) throw new BundleFault("two-of-one-version", named(known));
  }
}

/** Every list under the signatures that it needs. */
async function believed(snapshot, snapshotFile, files, roots) {
  const of = (sort) => files.filter((file) => sortOf(file.contentType) === SORTS[sort]);
  const [participantsFile] = of("participants");
  if (participantsFile === undefined) throw new BundleFault("incomplete", { contentType: "application/kpc-participants+cbor", issuer: "scheme" });
  const participants = listIn(participantsFile, "scheme");
  await signed(participantsFile, roots, "scheme");
  await signed(snapshotFile, participants.snapshot_signers, "scheme");
  const trust = new Map();
  for (const file of of("trust")) {
    const list = listIn(file, "?");
    const participant = participants.participants.find((each) => each.code === list.head.issuer);
    if (participant === undefined) throw new BundleFault("stranger", { contentType: file.contentType, issuer: list.head.issuer });
    await signed(file, participant.signers, list.head.issuer);
    trust.set(list.head.issuer, list);
  }
  const own = async (sort) => {
    const lists = new Map();
    for (const file of of(sort)) {
      const list = listIn(file, "?");
      const signers = trust.get(list.head.issuer);
      if (signers === undefined) throw new BundleFault("stranger", { contentType: file.contentType, issuer: list.head.issuer });
      await signed(file, signers.list_signers, list.head.issuer);
      lists.set(list.head.issuer, list);
    }
    return lists;
  };
  const [status, ranges, specimens] = [await own("status"), await own("ranges"), await own("specimens")];
  return { snapshot, snapshotFile, participants, trust, status, ranges, specimens, files };
}

const heads = ({ snapshot, participants, trust, status, ranges, specimens }) =>
  [snapshot, participants, ...trust.values(), ...status.values(), ...ranges.values(), ...specimens.values()].map((list) => list.head);

/**
 * Takes a bundle over, on top of an older one where there is one. `now` is this device's clock. A bundle that is younger than
 * the clock is taken all the same: then the clock is wrong, and the verdicts say so.
 */
export async function accept(bytes, roots, older, now) {
  const { snapshot: snapshotFile, files } = await unpack(bytes);
  const snapshot = listIn(snapshotFile, "scheme");
  if (older !== null) forwards(older.snapshot, snapshot, older.snapshotFile.hash, snapshotFile.hash);
  const bundle = await believed(snapshot, snapshotFile, filledIn(snapshot, files, older), roots);
  if (heads(bundle).some((head) => head.expires_at <= now)) throw new BundleFault("expired");
  return bundle;
}

/** Opens a bundle that was taken before and kept: everything but its age and its versions is checked again. */
export async function open(bytes, roots) {
  const { snapshot: snapshotFile, files } = await unpack(bytes);
  const snapshot = listIn(snapshotFile, "scheme");
  return believed(snapshot, snapshotFile, filledIn(snapshot, files, null), roots);
}

/** The bytes of the whole bundle, for keeping: what came as an update is whole again. */
export const toBytes = ({ snapshotFile, files }) =>
  write.array(write.text("kpcs-lists"), write.unsigned(1n), write.row(snapshotFile.bytes), write.array(...files.map((file) => write.row(file.bytes))));

/** When the lists were bound together: what their age is counted from. */
export const asOf = (bundle) => bundle.snapshot.head.issued_at;

/** The latest moment that any list was made: a right clock is not earlier. */
export const newest = ({ snapshot, participants, trust, status, ranges }) =>
  heads({ snapshot, participants, trust, status, ranges, specimens: new Map() }).reduce((last, head) => (head.issued_at > last ? head.issued_at : last), 0n);
