// One verdict from codes, lists and clock, as crates/kp-verify gives it: the same reasons in the same order.
// Every reason is found side by side; the strongest state wins, and within it the first in the order of REASONS.

import { asOf, newest, readyKey } from "./lists.js";
import { Fault, equal, hex } from "./bytes.js";
import { TextFault, credentialOfText, logOf, receiptMessage, receiptOfText, rootOf } from "./certificate.js";
import { fits, hasId } from "./p256.js";
import { checkBits, checkCode, dayOf, minuteOf, number, plain, readCheckCode, readNumber, toSeconds } from "./terms.js";

const FRESH_SECONDS = 7n * 86_400n;
const LONGEST_SECONDS = 45n * 86_400n;
const TOLERANCE_SECONDS = 600n;

/** Every reason in its order: key, state, what to do next (specs/certificate.md). */
export const REASONS = [
  ["nothing-found", "grey", "scan-again"],
  ["not-our-code", "grey", "scan-again"],
  ["receipt-alone", "grey", "scan-first"],
  ["newer-form", "grey", "update-program"],
  ["damaged-code", "grey", "scan-again"],
  ["not-in-form", "red", "hold"],
  ["number-unreadable", "grey", "type-again"],
  ["check-code-unreadable", "grey", "type-again"],
  ["no-trust-data", "grey", "update-lists"],
  ["issuer-unknown", "red", "hold"],
  ["wrong-issuer", "red", "hold"],
  ["key-for-other-use", "red", "hold"],
  ["unknown-key", "grey", "update-lists"],
  ["altered", "red", "hold"],
  ["paper-number-differs", "red", "hold"],
  ["paper-carats-differ", "red", "hold"],
  ["paper-value-differs", "red", "hold"],
  ["training", "red", "practice"],
  ["key-not-yet-valid", "red", "hold"],
  ["key-out-of-use", "red", "hold"],
  ["key-revoked-before", "red", "hold"],
  ["key-revoked-unproven", "amber", "compare-and-ask"],
  ["used", "red", "hold"],
  ["seen-here", "red", "hold"],
  ["counterfeit", "red", "hold"],
  ["stolen", "red", "hold"],
  ["lost", "red", "hold"],
  ["void", "red", "hold"],
  ["replaced", "red", "hold"],
  ["returned-unused", "red", "hold"],
  ["detained", "red", "hold"],
  ["seized", "red", "hold"],
  ["sent-back", "red", "hold"],
  ["blank-missing", "red", "hold"],
  ["outside-ranges", "red", "hold"],
  ["never-issued", "red", "hold"],
  ["another-registered", "red", "hold"],
  ["check-code-of-another", "red", "hold"],
  ["issuer-not-participant", "red", "hold"],
  ["issuer-suspended", "red", "hold"],
  ["under-way-refused", "red", "hold"],
  ["destination-barred", "red", "hold"],
  ["not-recognised", "red", "hold"],
  ["under-way-hold", "amber", "compare-and-ask"],
  ["conditional", "amber", "compare-and-ask"],
  ["receipt-does-not-fit", "red", "hold"],
  ["receipt-unknown-log", "grey", "update-lists"],
  ["clock-not-trusted", "grey", "set-clock"],
  ["not-yet-valid", "red", "hold"],
  ["expired", "red", "hold"],
  ["trust-too-old", "grey", "update-lists"],
  ["issued-after-list", "amber", "update-lists"],
  ["no-status-list", "amber", "update-lists"],
  ["receipt-missing", "amber", "scan-again"],
  ["receipt-damaged", "amber", "scan-again"],
  ["trust-old", "amber", "update-lists"],
  ["number-not-listed", "grey", "update-lists"],
  ["only-number-checked", "amber", "scan-first"],
  ["technical", "amber", "compare-and-ask"],
  ["single-officer", "amber", "compare-and-ask"],
  ["key-revoked-after", "green", "compare"],
  ["good", "green", "compare"],
];

const STRENGTH = ["green", "amber", "grey", "red"];
const PLACES = new Map(REASONS.map(([key, state, next], place) => [key, { state, next, place }]));

const behind = (clock, made) => toSeconds(clock) + TOLERANCE_SECONDS < toSeconds(made);

/** Whole days from one instant to the other, none where it is earlier. */
export function daysBetween(from, to) {
  const seconds = toSeconds(to) - toSeconds(from);
  return seconds < 0n ? 0 : Number(seconds / 86_400n);
}

/** How old lists are at a moment that a trusted clock says. */
export const ageAt = (bundle, now) =>
  bundle === null ? { kind: "none" } : { kind: "known", asOf: asOf(bundle), days: daysBetween(asOf(bundle), now) };

/** What is known while judging. */
class Case {
  constructor(bundle, clock, seen) {
    this.bundle = bundle;
    this.clock = clock;
    this.seen = seen;
    this.clockGood = !clock.doubted && (bundle === null || !behind(clock.at, newest(bundle)));
    this.reasons = [];
    this.content = null;
    this.number = null;
    this.checkBits = null;
    this.keyClass = null;
  }

  /** `values` are what its sentence says; `raw` tells two reasons apart that read alike. */
  found(key, values = {}, raw = []) {
    this.reasons.push({ key, values, sameness: JSON.stringify([key, values, raw.map(String)]), ...PLACES.get(key) });
  }

  verdict() {
    if (this.reasons.length === 0) this.found("good");
    const strength = (reason) => STRENGTH.indexOf(reason.state);
    this.reasons.sort((a, b) => strength(b) - strength(a) || a.place - b.place);
    const reasons = this.reasons.filter((each, at, all) => at === 0 || all[at - 1].sameness !== each.sameness);
    return {
      state: reasons[0].state,
      reasons,
      content: this.content,
      number: this.number,
      checkCode: this.checkBits === null ? null : checkCode(this.checkBits),
      keyClass: this.keyClass,
      age: this.bundle !== null && !this.clockGood ? { kind: "untold", asOf: asOf(this.bundle) } : ageAt(this.bundle, this.clock.at),
      specimens: this.content === null ? [] : specimensOn(this.bundle, this.content),
    };
  }
}

function specimensOn(bundle, { issuer, issuedAt }) {
  const on = dayOf(issuedAt);
  const forms = bundle.specimens.get(issuer)?.forms ?? [];
  return forms.filter((form) => form.valid_from <= on && (form.valid_until === null || on <= form.valid_until));
}

/**
 * Verifies what is presented. `presented` is `{ nothing: true }`, `{ credential, receipt, paper }` with texts of the codes, or
 * `{ number, checkCode, issuedOn }` as typed; `bundle` are the lists or null; `clock` is `{ at, doubted }`; `seen` says of numbers
 * (by their text) where this verifier saw them before.
 */
export async function verify(presented, bundle, clock, seen = new Map()) {
  const found = new Case(bundle, clock, seen);
  if (presented.nothing) found.found("nothing-found");
  else if (presented.credential !== undefined) await judgeCodes(found, presented);
  else judgeTyped(found, presented);
  return found.verdict();
}

// Scanned codes

async function judgeCodes(found, { credential: text, receipt: receiptText = null, paper = {} }) {
  const credential = await opened(found, text);
  if (credential === null) return;
  const { content } = credential;
  found.checkBits = credential.checkBits;
  found.number = content.number;
  const { bundle } = found;
  if (bundle === null) {
    found.found("no-trust-data");
    return;
  }
  const key = await signerOf(found, credential);
  if (key === null) return;
  const place = await provenPlace(found, credential, receiptText);
  const isListed = judgeNumber(found, credential, place);
  if (key.compromise !== null) judgeCompromise(found, content, key.compromise, place, isListed);
  comparePaper(found, content, paper);
  judgeTrade(found, content);
  judgeTime(found, content);
  if (content.training) found.found("training");
  if (content.singleOfficer) found.found("single-officer");
  if (content.purpose !== null) found.found("technical", { purpose: content.purpose });
  found.content = content;
}

async function opened(found, text) {
  try {
    return await credentialOfText(text);
  } catch (fault) {
    if (fault instanceof Fault) found.found("not-in-form", {}, [fault.message]);
    else if (!(fault instanceof TextFault)) throw fault;
    else if (fault.why === "newer") found.found("newer-form", { form: fault.form });
    else if (fault.why === "damaged") found.found("damaged-code");
    else found.found(text.startsWith("KPR1:") ? "receipt-alone" : "not-our-code");
    return null;
  }
}

function comparePaper(found, content, paper) {
  const signed = content.number.text;
  if (paper.number && paper.number.text !== signed) found.found("paper-number-differs", { number: signed, paper: paper.number.text });
  for (const [figure, key] of [["carats", "paper-carats-differ"], ["value", "paper-value-differs"]]) {
    if (paper[figure] !== undefined && paper[figure] !== content[figure]) {
      found.found(key, { number: signed, paper: plain(paper[figure]), signed: plain(content[figure]) });
    }
  }
}

// Who signed

async function signerOf(found, credential) {
  const { bundle } = found;
  const { issuer } = credential.content;
  if (participant(bundle, issuer) === undefined) {
    found.found("issuer-unknown", { issuer });
    return null;
  }
  for (const own of bundle.trust.get(issuer)?.document_keys ?? []) {
    if (!(await signs(own.public, credential))) continue;
    found.keyClass = own.class;
    judgeKeyTime(found, credential.content, own);
    return own;
  }
  await judgeWhose(found, credential);
  return null;
}

async function signs(bytes, credential) {
  const key = await readyKey(bytes);
  return hasId(key, credential.keyId) && (await fits(key, credential.message, credential.signature));
}

/** The signature fits no document key of the issuer: whose is it? */
async function judgeWhose(found, credential) {
  const { issuer, number } = credential.content;
  let isKnown = false;
  for (const owner of [...found.bundle.trust.keys()].sort()) {
    const { document_keys: documents, log_keys: logs } = found.bundle.trust.get(owner);
    for (const { public: bytes } of [...documents, ...logs]) {
      isKnown ||= hasId(await readyKey(bytes), credential.keyId);
      if (!(await signs(bytes, credential))) continue;
      if (owner === issuer) found.found("key-for-other-use", { issuer });
      else found.found("wrong-issuer", { issuer, signer: owner });
      return;
    }
  }
  if (isKnown) found.found("altered", { number: number.text });
  else found.found("unknown-key", { issuer, key: hex(credential.keyId) });
}

function judgeKeyTime(found, { issuedAt }, key) {
  const until = key.retired_at !== null && key.retired_at < key.signs_until ? key.retired_at : key.signs_until;
  if (issuedAt < key.valid_from) found.found("key-not-yet-valid", { from: dayOf(key.valid_from) });
  if (issuedAt >= until) found.found("key-out-of-use", { until: dayOf(until) });
}

/** The key may be in other hands: did this certificate come before? */
function judgeCompromise(found, { issuer, issuedAt }, compromise, place, isListed) {
  const cameBefore = (log, index) => compromise.cuts.some((cut) => cut.log === log && index < cut.first_untrusted);
  const covered = found.bundle.status.get(issuer)?.complete ?? [];
  const endsBefore = covered.length > 0 && covered.every(({ log, size }) => cameBefore(log, size > 0n ? size - 1n : 0n));
  const noted = { noted: dayOf(compromise.noted_at) };
  if (place !== null) found.found(cameBefore(place.log, place.index) ? "key-revoked-after" : "key-revoked-before", noted);
  else if (issuedAt >= compromise.noted_at) found.found("key-revoked-before", noted);
  else found.found(isListed && endsBefore ? "key-revoked-after" : "key-revoked-unproven", noted);
}

// The receipt

/** The place in a log that the receipt proves, or null (and the reason is said). */
async function provenPlace(found, credential, text) {
  if (text === null) {
    found.found("receipt-missing");
    return null;
  }
  try {
    const receipt = receiptOfText(text);
    const root = await rootOf(receipt, credential);
    return await signedPlace(found, credential, receipt, root);
  } catch (fault) {
    if (fault instanceof Fault) found.found("receipt-does-not-fit", {}, [fault.message]);
    else if (!(fault instanceof TextFault)) throw fault;
    else found.found(fault.why === "not-ours" ? "receipt-missing" : "receipt-damaged");
    return null;
  }
}

async function signedPlace(found, credential, receipt, root) {
  const named = [];
  for (const { log, public: bytes } of found.bundle.trust.get(credential.content.issuer)?.log_keys ?? []) {
    const key = await readyKey(bytes);
    if (log === receipt.log && hasId(key, receipt.keyId)) named.push(key);
  }
  if (named.length === 0) {
    found.found("receipt-unknown-log", { log: receipt.log });
    return null;
  }
  const message = receiptMessage(receipt, root);
  for (const key of named) if (await fits(key, message, receipt.signature)) return { log: receipt.log, index: receipt.index };
  throw new Fault("the log's key did not sign this place of this certificate");
}

// The number

/** Looks at the number of a credential; gives whether the list of certificates holds these very bytes. */
function judgeNumber(found, credential, place) {
  const { issuer, issuedAt, number } = credential.content;
  judgeFate(found, issuer, number, issuedAt);
  const status = found.bundle.status.get(issuer);
  const log = logOf(issuer, issuedAt);
  const complete = status?.complete.find((each) => each.log === log) ?? status?.complete.at(-1);
  if (complete === undefined) {
    found.found("no-status-list", { issuer });
    return false;
  }
  const listed = listedHash(status, number.serial);
  if (listed !== null && equal(listed, credential.hash.subarray(0, 16))) return true;
  if (listed !== null) {
    found.found("another-registered", { number: number.text });
    return false;
  }
  const hasPassed = place !== null && status.complete.some((each) => each.log === place.log && place.index < each.size);
  const until = { complete: minuteOf(complete.at) };
  if (issuedAt < complete.at || hasPassed) found.found("never-issued", { number: number.text, ...until }, [complete.at]);
  else found.found("issued-after-list", until, [complete.at]);
  return false;
}

/** The last of these whose first serial is not above; they stand in order. */
function lastBelow(items, serial) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].first <= serial) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function listedHash(status, serial) {
  const run = lastBelow(status.certificates, serial);
  if (run === undefined || serial - run.first >= BigInt(run.hashes.length / 16)) return null;
  const at = Number(serial - run.first) * 16;
  return run.hashes.subarray(at, at + 16);
}

const PLACED = new Set(["used", "detained", "seized", "sent-back"]);

/** What can be said about a number whatever its bytes are. */
function judgeFate(found, issuer, numbered, issuedAt) {
  const { bundle } = found;
  for (const fate of bundle.status.get(issuer)?.fates ?? []) {
    if (fate.serial === numbered.serial) sayFate(found, fate, numbered);
  }
  const sighting = found.seen.get(numbered.text);
  if (sighting !== undefined) found.found("seen-here", { place: sighting.place, at: dayOf(sighting.at) }, [sighting.at]);
  const ranges = bundle.ranges.get(issuer);
  if (ranges === undefined) return;
  const within = (items) => {
    const range = lastBelow(items, numbered.serial);
    return range !== undefined && numbered.serial <= range.last ? range : undefined;
  };
  const missing = within(ranges.missing_blanks);
  if (missing !== undefined) found.found("blank-missing", { blank: missing.state, since: missing.since });
  const allotted = within(ranges.allotted);
  const on = issuedAt === null ? null : dayOf(issuedAt);
  const isInUse = allotted !== undefined && (on === null || (allotted.from <= on && (allotted.until === null || on <= allotted.until)));
  if (!isInUse) found.found("outside-ranges", { number: numbered.text });
}

function sayFate(found, fate, numbered) {
  const values = { at: dayOf(fate.at) };
  if (PLACED.has(fate.state)) values.place = fate.place;
  if (fate.state === "replaced") values.by = fate.replacedBy === null ? "?" : number(numbered.prefix, fate.replacedBy).text;
  found.found(fate.state, values, [fate.at]);
}

// Who may trade with whom

const participant = (bundle, code) => bundle.participants.participants.find((each) => each.code === code);
const belonged = (one, at) => one.membership.some((time) => time.from <= at && (time.until === null || at < time.until));
const standingAt = (one, direction, at) =>
  one.standing.findLast((each) => each.effective_at <= at && (each.direction === "both" || each.direction === direction));
const isBarred = (change) => change !== undefined && (change.standing === "suspended" || change.standing === "embargo");
const exclusion = (one, of, at) => one.excluded.find((each) => each.of === of && each.from <= at && (each.until === null || at < each.until));

function judgeTrade(found, content) {
  const { issuer, destination, issuedAt: at } = content;
  const from = participant(found.bundle, issuer);
  if (!belonged(from, at)) found.found("issuer-not-participant", { issuer, on: dayOf(at) });
  const then = standingAt(from, "export", at);
  if (isBarred(then)) {
    found.found("issuer-suspended", { issuer, since: dayOf(then.effective_at), act: then.legal_act });
  } else {
    if (then?.standing === "conditional") found.found("conditional", { issuer, scope: then.scope, act: then.legal_act });
    judgeUnderWay(found, from);
  }
  const to = participant(found.bundle, destination);
  if (to === undefined || !belonged(to, at)) {
    found.found("destination-barred", { destination }, [""]);
    return;
  }
  const received = standingAt(to, "import", at);
  if (isBarred(received)) found.found("destination-barred", { destination }, [received.legal_act]);
  for (const [one, other] of [[from, destination], [to, issuer]]) {
    const law = exclusion(one, other, at);
    if (law !== undefined) found.found("not-recognised", { by: one.code, of: law.of, act: law.legal_act });
  }
}

/** Open when the certificate was signed; and today? Where the clock cannot be trusted, it is at least the newest list's time. */
function judgeUnderWay(found, from) {
  const now = found.clockGood ? found.clock.at : newest(found.bundle);
  const change = standingAt(from, "export", now);
  if (!isBarred(change) || change.under_way === "release") return;
  const key = change.under_way === "refuse" ? "under-way-refused" : "under-way-hold";
  found.found(key, { issuer: from.code, since: dayOf(change.effective_at), act: change.legal_act });
}

// The time

function judgeTime(found, content) {
  const { bundle, clockGood } = found;
  const now = found.clock.at;
  const made = newest(bundle);
  if (!clockGood) found.found("clock-not-trusted", { clock: minuteOf(now), newest: minuteOf(made) });
  if (content !== null) {
    if (content.expiresAt <= (clockGood ? now : made)) found.found("expired", { at: minuteOf(content.expiresAt) });
    if (clockGood && behind(now, content.issuedAt)) found.found("not-yet-valid", { from: minuteOf(content.issuedAt) });
  }
  if (!clockGood) return;
  const seconds = toSeconds(now) - toSeconds(asOf(bundle));
  const days = daysBetween(asOf(bundle), now);
  const hasExpired = bundle.snapshot.head.expires_at <= now || bundle.participants.head.expires_at <= now;
  if (seconds > LONGEST_SECONDS || hasExpired) found.found("trust-too-old", { days });
  else if (seconds > FRESH_SECONDS) found.found("trust-old", { days });
}

// Number and check code, typed

const read = (reader, text) => {
  try {
    return reader(text);
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
};

function judgeTyped(found, { number: typedNumber, checkCode: typedCode, issuedOn = null }) {
  const [numbered, bits] = [read(readNumber, typedNumber), read(readCheckCode, typedCode)];
  if (numbered === null) found.found("number-unreadable");
  if (bits === null) found.found("check-code-unreadable");
  if (numbered === null || bits === null) return;
  found.checkBits = bits;
  found.number = numbered;
  if (found.bundle === null) found.found("no-trust-data");
  else lookUp(found, numbered, bits, issuedOn);
}

function lookUp(found, numbered, bits, issuedOn) {
  const { bundle } = found;
  const on = issuedOn ?? dayOf(found.clockGood ? found.clock.at : newest(bundle));
  const spelled = (one) =>
    one.prefixes.some((spell) => spell.prefix === numbered.prefix && spell.from <= on && (spell.until === null || on <= spell.until));
  const issuer = bundle.participants.participants.find(spelled) ?? participant(bundle, numbered.prefix);
  if (issuer === undefined) {
    found.found("issuer-unknown", { issuer: numbered.prefix });
    return;
  }
  const status = bundle.status.get(issuer.code);
  const listed = status === undefined ? null : listedHash(status, numbered.serial);
  const complete = status?.complete.at(-1);
  judgeFate(found, issuer.code, numbered, null);
  judgeTime(found, null);
  const said = { number: numbered.text };
  if (listed !== null) found.found(checkBits(listed) === bits ? "only-number-checked" : "check-code-of-another", said);
  else if (complete !== undefined && issuedOn !== null && issuedOn < dayOf(complete.at)) {
    found.found("never-issued", { ...said, complete: minuteOf(complete.at) });
  } else found.found("number-not-listed", said);
}
