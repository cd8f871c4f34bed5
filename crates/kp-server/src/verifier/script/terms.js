// The words of the field as they are typed and shown: numbers, check codes, carats, instants, days.
// What is forgiven and what is refused is the same as in crates/kp-terms and crates/kp-certificate.

import { Fault } from "./bytes.js";

// Instants are nanoseconds since 1970 as BigInt, so that lists with parts of a second compare exactly.
export const SECOND = 1_000_000_000n;
const FIRST_SECOND = -377_705_023_201n;
const LAST_SECOND = 253_402_207_200n;

export function fromSeconds(seconds) {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw new Fault("a time is no time");
  return seconds * SECOND;
}

export const toSeconds = (instant) => (instant - (((instant % SECOND) + SECOND) % SECOND)) / SECOND;

export const fromClock = (milliseconds) => BigInt(Math.trunc(milliseconds)) * 1_000_000n;

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{0,8}[1-9]))?Z$/;

/** An instant from its one spelling: `2026-02-10T06:00:00Z`. */
export function instant(text) {
  const parts = INSTANT.exec(text);
  const milliseconds = parts ? Date.parse(`${parts[1]}Z`) : NaN;
  // Date takes 31 February for 3 March: written again it must be the same.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 19) !== parts[1]) {
    throw new Fault(`${text} is not an instant`);
  }
  return fromClock(milliseconds) + BigInt((parts[2] ?? "").padEnd(9, "0"));
}

const iso = (at) => new Date(Number(toSeconds(at) * 1000n)).toISOString();

/** The day of an instant in UTC, `2026-02-10`. */
export const dayOf = (at) => iso(at).slice(0, 10);

/** The minute of an instant, `2026-02-10 06:00 UTC`. */
export const minuteOf = (at) => `${iso(at).slice(0, 16).replace("T", " ")} UTC`;

/** `2026-02-03T09:04:00Z`, as the log's entries hold whole seconds. */
export const secondOf = (at) => `${iso(at).slice(0, 19)}Z`;

/** A day from its one spelling. Days compare as texts. */
export function day(text) {
  instant(`${text}T00:00:00Z`);
  return text;
}

export const isCode = (text) => /^[A-Z]{2}$/.test(text);

const SEPARATOR = /^[\p{White_Space}\-./\\_\u00b7\u2212\ufeff\u2010-\u2015\u200b-\u200f]$/u;
const trimmed = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");

function digitOf(character) {
  if (/^[0-9]$/.test(character)) return { digit: character, letter: false };
  if (/^[Oo]$/.test(character)) return { digit: "0", letter: true };
  if (/^[IiLl]$/.test(character)) return { digit: "1", letter: true };
  const zero = [0x660, 0x6f0, 0xff10].find((zero) => character.codePointAt(0) - zero >= 0 && character.codePointAt(0) - zero < 10);
  return zero === undefined ? null : { digit: String(character.codePointAt(0) - zero), letter: false };
}

const LARGEST_SERIAL = (1n << 64n) - 1n;

/** A certificate's number as people type it: `xa 0001` is XA-000001. A prefix is never guessed. */
export function readNumber(text) {
  let prefix = "";
  let digits = "";
  let letters = 0;
  let group = 0;
  let longGroups = 0;
  for (const [at, character] of Array.from(trimmed(text)).entries()) {
    if (prefix.length < 2) {
      if (/^[A-Za-z]$/.test(character)) prefix += character.toUpperCase();
      else if (!SEPARATOR.test(character)) throw new Fault("a number begins with two letters");
      continue;
    }
    if (character === "-" && at === 2) continue;
    const found = digitOf(character);
    if (found === null) {
      if (!SEPARATOR.test(character)) throw new Fault(`${character} is not a digit`);
      group = 0;
      continue;
    }
    digits += found.digit;
    letters += found.letter ? 1 : 0;
    group += 1;
    // Two groups of six digits are two numbers, not one.
    if (group === 6) longGroups += 1;
  }
  if (prefix.length < 2 || digits === "") throw new Fault("a number is two letters and digits");
  if (letters * 2 > digits.length || longGroups > 1) throw new Fault("this is not one number");
  if (BigInt(digits) > LARGEST_SERIAL) throw new Fault("the number is too long");
  return number(prefix, BigInt(digits));
}

/** A number from its two parts. */
export const number = (prefix, serial) => ({ prefix, serial, text: `${prefix}-${String(serial).padStart(6, "0")}` });

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/** The check code of what has this SHA-256, or whose SHA-256 begins so: fifty bits. */
export const checkBits = (hash) => hash.subarray(0, 7).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 6n;

/** `XXXX-XXXX-XX-C`. */
export function checkCode(bits) {
  let ten = "";
  for (let place = 9n; place >= 0n; place--) ten += SYMBOLS[Number((bits >> (5n * place)) & 31n)];
  return `${ten.slice(0, 4)}-${ten.slice(4, 8)}-${ten.slice(8)}-${SYMBOLS[Number(bits % 37n)]}`;
}

const upper = (character) => (/^[a-z]$/.test(character) ? character.toUpperCase() : character);

/** The fifty bits of a typed check code: O is 0, I and L are 1, blanks and hyphens are left out. */
export function readCheckCode(text) {
  const typed = Array.from(text).filter((each) => !/^[\p{White_Space}\-.\u2013]$/u.test(each));
  if (typed.length !== 11) throw new Fault("a check code has eleven letters and digits");
  const value = (character) => SYMBOLS.indexOf({ O: "0", I: "1", L: "1" }[upper(character)] ?? upper(character));
  let bits = 0n;
  for (const character of typed.slice(0, 10)) {
    if (value(character) < 0 || value(character) > 31) throw new Fault(`${character} is in no check code`);
    bits = (bits << 5n) | BigInt(value(character));
  }
  if (BigInt(value(typed[10])) !== bits % 37n) throw new Fault("the last symbol does not belong to the ten before it");
  return bits;
}

/** Hundredths with a comma between thousands and a point before hundredths. */
export function grouped(hundredths) {
  const whole = String(hundredths / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(hundredths % 100n).padStart(2, "0")}`;
}

/** `36000.50`, as sentences show it. */
export const plain = (hundredths) => `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;

/**
 * Carats as somebody types them from the paper, in hundredths: `36000.50`, `36,000.50`, `36 000,50`, `36000 ct`.
 * What could be read in two ways is refused. Stricter than the desk's reader, never different from it.
 */
export function readCarats(text) {
  const bare = trimmed(trimmed(text).replace(/(carats?|cts?\.?)$/i, ""));
  const forms = [
    /^(\d+)(?:[.,](\d{1,2}))?$/,
    /^(\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/,
    /^(\d{1,3}(?:\.\d{3})+),(\d{1,2})$/,
    /^(\d{1,3}(?:[\s\u00a0\u202f'\u2019]\d{3})+)(?:[.,](\d{1,2}))?$/,
  ];
  const found = forms.map((form) => form.exec(bare)).find((each) => each !== null);
  if (found === undefined) throw new Fault("these are not carats");
  const hundredths = BigInt(found[1].replace(/\D/g, "") + (found[2] ?? "").padEnd(2, "0"));
  if (hundredths >= 1n << 63n) throw new Fault("the number is too large");
  return hundredths;
}
