// Base45 (RFC 9285), read strictly: specs/certificate.md rule 2.

import { Fault } from "./bytes.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export function decode(text) {
  const values = Array.from(text, (character) => ALPHABET.indexOf(character));
  if (values.some((value) => value < 0)) throw new Fault("a character is none of the 45");
  const bytes = new Uint8Array(Math.floor(values.length / 3) * 2 + (values.length % 3 === 2 ? 1 : 0));
  let end = 0;
  for (let at = 0; at < values.length; at += 3) {
    const [a, b, c] = values.slice(at, at + 3);
    if (b === undefined) throw new Fault("one character is left over");
    const number = a + 45 * b + 2025 * (c ?? 0);
    if (number > (c === undefined ? 0xff : 0xffff)) throw new Fault("characters stand for more than their bytes hold");
    if (c !== undefined) bytes[end++] = number >> 8;
    bytes[end++] = number & 0xff;
  }
  return bytes;
}
