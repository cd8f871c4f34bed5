// CBOR in its one deterministic form (RFC 8949 section 4.2.1): specs/certificate.md rule 4. Any other encoding is a fault.

import { Fault, compare, concat, fromUtf8, utf8 } from "./bytes.js";

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const LARGEST_AMOUNT = (1n << 63n) - 1n;

/** Takes values off the front of some bytes. Numbers are BigInt, lengths of what follows are too. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get left() {
    return this.bytes.length - this.at;
  }

  take(length) {
    if (length > this.left) throw new Fault("the bytes end too early");
    this.at += Number(length);
    return this.bytes.subarray(this.at - Number(length), this.at);
  }

  /** The kind of the next value, without taking it. */
  get major() {
    if (this.left === 0) throw new Fault("the bytes end too early");
    return this.bytes[this.at] >> 5;
  }

  head(major, what) {
    if (this.major !== major) throw new Fault(`another sort of value stands where ${what} belongs`);
    const short = this.take(1)[0] & 0x1f;
    if (short < 24) return BigInt(short);
    if (short > 27) throw new Fault("a length is not written in its one form");
    const value = this.take(1 << (short - 24)).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    if (value < [24n, 1n << 8n, 1n << 16n, 1n << 32n][short - 24]) throw new Fault("a number is not in its shortest form");
    return value;
  }

  unsigned() {
    return this.head(UNSIGNED, "a number");
  }

  amount() {
    const value = this.unsigned();
    if (value > LARGEST_AMOUNT) throw new Fault("a number is larger than can be");
    return value;
  }

  exactly(wanted, what) {
    const found = wanted < 0 ? -1n - this.head(NEGATIVE, what) : this.head(UNSIGNED, what);
    if (found !== BigInt(wanted)) throw new Fault(`something else stands where ${what} belongs`);
  }

  row(what = "a row of bytes") {
    return this.take(this.head(BYTES, what));
  }

  fixed(length, what) {
    const row = this.row(what);
    if (row.length !== length) throw new Fault(`something else stands where ${what} belongs`);
    return row;
  }

  text() {
    return fromUtf8(this.take(this.head(TEXT, "a text")));
  }

  array() {
    return this.head(ARRAY, "a list");
  }

  arrayOf(length, what) {
    if (this.head(ARRAY, what) !== BigInt(length)) throw new Fault(`something else stands where ${what} belongs`);
  }

  map() {
    return this.head(MAP, "a map");
  }

  mapOf(pairs, what) {
    if (this.head(MAP, what) !== BigInt(pairs)) throw new Fault(`something else stands where ${what} belongs`);
  }

  tag(wanted, what) {
    if (this.head(TAG, what) !== BigInt(wanted)) throw new Fault(`something else stands where ${what} belongs`);
  }

  nothing(what) {
    if (this.take(1)[0] !== 0xf6) throw new Fault(`something else stands where ${what} belongs`);
  }

  end() {
    if (this.left !== 0) throw new Fault("bytes follow after the end");
  }

  /** Any value: numbers as BigInt, maps as Map with their keys as texts, nothing as null. */
  value(depth = 16) {
    if (depth === 0) throw new Fault("values lie deeper in each other than any of ours");
    switch (this.major) {
      case UNSIGNED:
        return this.unsigned();
      case NEGATIVE:
        return -1n - this.head(NEGATIVE, "a number");
      case BYTES:
        return this.row();
      case TEXT:
        return this.text();
      case ARRAY: {
        const items = [];
        for (let left = this.array(); left > 0n; left--) items.push(this.value(depth - 1));
        return items;
      }
      case MAP:
        return this.pairs(depth);
      default:
        this.nothing("a value");
        return null;
    }
  }

  pairs(depth) {
    const found = new Map();
    let before = null;
    for (let left = this.map(); left > 0n; left--) {
      const start = this.at;
      const key = this.text();
      const encoded = this.bytes.subarray(start, this.at);
      if (before !== null && compare(before, encoded) >= 0) throw new Fault("keys of a map are out of order or there twice");
      before = encoded;
      found.set(key, this.value(depth - 1));
    }
    return found;
  }
}

/** One whole canonical value. */
export function read(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}

function headed(major, value) {
  const number = BigInt(value);
  if (number < 24n) return Uint8Array.of((major << 5) | Number(number));
  const size = number < 1n << 8n ? 0 : number < 1n << 16n ? 1 : number < 1n << 32n ? 2 : 3;
  const head = new Uint8Array(1 + (1 << size));
  head[0] = (major << 5) | (24 + size);
  for (let at = head.length - 1, rest = number; at > 0; at--, rest >>= 8n) head[at] = Number(rest & 0xffn);
  return head;
}

export const write = {
  unsigned: (value) => headed(UNSIGNED, value),
  row: (bytes) => concat(headed(BYTES, bytes.length), bytes),
  text: (text) => concat(headed(TEXT, utf8(text).length), utf8(text)),
  array: (...items) => concat(headed(ARRAY, items.length), ...items),
};
