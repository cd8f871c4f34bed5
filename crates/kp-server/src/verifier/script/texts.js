// Codes inside what a scanner typed or somebody pasted, and which receipt belongs to which certificate.
// As crates/kp-scan (text.rs) and crates/kp-node (offline.rs) do it.

import { decode } from "./base45.js";
import { Fault } from "./bytes.js";

const MOST_CHARACTERS = 4296;
const MOST_LINES = 60;
const START = /KP[CR]1:/g;
const OUTSIDE = /[^0-9A-Z $%*+\-./:]/;

/** Whether what follows the prefix is base45 of exactly one CBOR item of definite length: then no piece of it is missing. */
function isWhole(code) {
  try {
    const bytes = decode(code.slice(5));
    return itemEnd(bytes, 0, 16) === bytes.length;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}

/** The end of the item that begins at `at`; NaN where there is none. What the item says is not looked at. */
function itemEnd(bytes, at, deeper) {
  if (!(at < bytes.length) || deeper === 0) return NaN;
  const [major, short] = [bytes[at] >> 5, bytes[at] & 0x1f];
  const width = short < 24 ? 0 : 1 << (short - 24);
  if (short > 27 || at + 1 + width > bytes.length) return NaN;
  const value = width === 0 ? short : bytes.subarray(at + 1, at + 1 + width).reduce((sum, byte) => sum * 256 + byte, 0);
  let end = at + 1 + width;
  if (major === 2 || major === 3) return end + value <= bytes.length ? end + value : NaN;
  const inside = { 4: value, 5: value * 2, 6: 1 }[major] ?? 0;
  for (let left = inside; left > 0; left--) {
    end = itemEnd(bytes, end, deeper - 1);
    if (Number.isNaN(end)) return NaN;
  }
  return end;
}

const starts = (line) => Array.from(line.matchAll(START), (match) => match.index);

function within(text) {
  const end = text.search(OUTSIDE);
  return (end < 0 ? text : text.slice(0, end)).slice(0, MOST_CHARACTERS);
}

/** A line without what mail programs put before it (quotation) and after it (a soft line break). */
const unquoted = (line) => line.replace(/^( *> ?)+/, "").replace(/=$/, "");

/** Ways in which broken lines may belong together, the likeliest first. */
function joinings(parts) {
  const whole = parts.join("");
  const ways = [whole, whole.replace(/ +$/, "")];
  if (parts.length > 1) {
    const width = Math.max(...parts.map((part) => part.length));
    const padded = parts.map((part, at) => (at < parts.length - 1 && part.length + 1 === width ? `${part} ` : part));
    ways.push(padded.join(""), parts.join(" "), parts.map((part) => part.trim()).join(""));
  }
  return ways;
}

function codeAt(line, below) {
  const next = line.slice(1).search(/KP[CR]1:/);
  const first = within(next < 0 ? line : line.slice(0, next + 1));
  const parts = [first];
  let length = first.length;
  if (first.length === line.length) {
    for (const more of below.slice(0, MOST_LINES)) {
      length += more.length;
      if (more.trim() === "" || within(more) !== more || starts(more).length > 0 || length > MOST_CHARACTERS) break;
      parts.push(more);
    }
  }
  for (let count = 1; count <= parts.length; count++) {
    const whole = joinings(parts.slice(0, count)).find(isWhole);
    if (whole !== undefined) return whole;
  }
  return parts.join("").replace(/ +$/, "");
}

function found(text) {
  const lines = text.split(/\r?\n/).map(unquoted);
  const codes = new Set();
  for (const [at, line] of lines.entries()) {
    for (const start of starts(line)) codes.add(codeAt(line.slice(start), lines.slice(at + 1)));
  }
  return [...codes];
}

/** A text in which `%20` is a blank again; as it is, where it is no such text. */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The codes in a text, each once, also where they stand escaped in a web address. What holds no code of ours is one code of somebody else, or of a later form. */
export function codesIn(text) {
  const codes = [text, unescaped(text)].map(found).find((codes) => codes.length > 0);
  return codes ?? (text.trim() === "" ? [] : [text.trim()]);
}

/** Whether a text is nothing but a web address, and the certificate's number that it names; null where it is none. None is ever followed. */
export function addressIn(text) {
  if (!/^\s*(https?:\/\/|www\.)\S+\s*$/i.test(text)) return null;
  const words = unescaped(text.trim()).split(/[/?&=#]/);
  return { number: words.find((word) => /^[a-z]{2}-[0-9]{3,}$/i.test(word))?.toUpperCase() ?? null };
}

/** Each certificate begins a pair; a receipt belongs to the certificate before it, or to the first where it came first. */
export function paired(codes) {
  const pairs = [];
  let early = null;
  for (const code of codes) {
    const last = pairs.at(-1);
    if (!code.startsWith("KPR1:")) {
      pairs.push({ credential: code, receipt: code.startsWith("KPC1:") ? early : null });
      if (code.startsWith("KPC1:")) early = null;
    } else if (last !== undefined && last.receipt === null) last.receipt = code;
    else early = code;
  }
  if (early !== null) pairs.push({ credential: early, receipt: null });
  return pairs;
}
