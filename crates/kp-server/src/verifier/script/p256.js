// ECDSA over P-256 with SHA-256 by the browser's own WebCrypto; here only points are unpacked and ranges are kept.

import { Fault, equal, sha256, utf8 } from "./bytes.js";
import { write } from "./cbor.js";

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const toNumber = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function toBytes(number) {
  const bytes = new Uint8Array(32);
  for (let at = 31, rest = number; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

function power(base, exponent) {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = (square * square) % P) {
    if (rest & 1n) result = (result * square) % P;
  }
  return result;
}

/** The 65 bytes of a point from its 33. */
function unpacked(compressed) {
  const x = toNumber(compressed.subarray(1));
  if (compressed.length !== 33 || (compressed[0] !== 2 && compressed[0] !== 3) || x >= P) {
    throw new Fault("this is not a public key");
  }
  const squared = (((x * x * x - 3n * x + B) % P) + P) % P;
  const root = power(squared, (P + 1n) / 4n);
  if ((root * root) % P !== squared) throw new Fault("this public key is no point of the curve");
  const y = (root & 1n) === BigInt(compressed[0] & 1) ? root : P - root;
  const point = new Uint8Array(65);
  point[0] = 4;
  point.set(toBytes(x), 1);
  point.set(toBytes(y), 33);
  return point;
}

/** A key made ready: its short name, and the key as WebCrypto wants it. */
export async function publicKey(compressed) {
  const point = unpacked(compressed);
  const ready = await crypto.subtle.importKey("raw", point, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return { bytes: compressed, id: (await sha256(compressed)).slice(0, 8), ready };
}

export const isPoint = (compressed) => unpacked(compressed).length === 65;

/** 64 bytes r then s, `0 < r < n`, `0 < s <= n/2` (specs/certificate.md rule 6); else nothing. */
export function inRange(bytes) {
  if (bytes.length !== 64) return null;
  const [r, s] = [toNumber(bytes.subarray(0, 32)), toNumber(bytes.subarray(32))];
  return r > 0n && r < ORDER && s > 0n && s <= ORDER / 2n ? bytes : null;
}

export const fits = (key, message, signature) =>
  crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key.ready, signature, message);

export const hasId = (key, id) => equal(key.id, id);

/** The Sig_structure of RFC 9052 with no external data. */
export const signedMessage = (protectedHeader, payload) =>
  write.array(write.text("Signature1"), write.row(protectedHeader), write.row(new Uint8Array()), write.row(payload));
