// What this device keeps: the root keys it believes, the newest lists, and the language. Never what was verified.

import { hex } from "./bytes.js";
import { BundleFault, accept, open, readyKey, toBytes } from "./lists.js";

const NAME = "kpcs-verifier";
const SHELF = "kept";

/** Waits for a request of IndexedDB. */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function shelf(mode) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
  const database = await done(opening);
  return { database, kept: database.transaction(SHELF, mode).objectStore(SHELF) };
}

async function get(key) {
  const { database, kept } = await shelf("readonly");
  try {
    return await done(kept.get(key));
  } finally {
    database.close();
  }
}

async function put(entries) {
  const { database, kept } = await shelf("readwrite");
  try {
    const finished = new Promise((resolve, reject) => {
      kept.transaction.oncomplete = resolve;
      kept.transaction.onabort = () => reject(kept.transaction.error);
    });
    for (const [key, value] of Object.entries(entries)) kept.put(value, key);
    await finished;
  } finally {
    database.close();
  }
}

export const keptLanguage = () => get("language");
export const keepLanguage = (language) => put({ language });

/** The lists of this device, and whose word they go by. */
export class Lists {
  constructor() {
    this.roots = null;
    this.bundle = null;
    this.etag = null;
    /** The node's clock and this device's differ by more than ten minutes. */
    this.isClockDoubted = false;
  }

  /** What was kept, every signature checked again. */
  async load() {
    this.roots = (await get("roots")) ?? null;
    const bytes = await get("lists");
    if (this.roots === null || bytes === undefined) return;
    this.bundle = await open(bytes, this.roots);
    this.etag = (await get("etag")) ?? null;
  }

  /** Takes the node's root keys where none are pinned yet; says whether those that are pinned are still the node's. */
  async pinFirst() {
    const response = await fetch("/verifier/roots", { cache: "no-store" });
    if (!response.ok) return true;
    const { threshold, keys } = await response.json();
    const given = { threshold: BigInt(threshold), keys: keys.map((key) => Uint8Array.from(key.match(/../g), (pair) => parseInt(pair, 16))) };
    await Promise.all(given.keys.map(readyKey));
    if (this.roots === null) {
      await this.pin(given);
      return true;
    }
    const words = ({ threshold, keys }) => `${threshold} ${keys.map(hex).sort().join(" ")}`;
    this.offered = given;
    return words(given) === words(this.roots);
  }

  /** Believes these root keys from now on. Lists under others are not carried over. */
  async pin(roots) {
    await put({ roots, lists: undefined, etag: undefined });
    Object.assign(this, { roots, bundle: null, etag: null });
  }

  /** Asks the node for newer lists: `new`, `same`, `none` (it has none) or `unreachable`. */
  async fetchNewer(now) {
    let response;
    try {
      const headers = this.etag === null || this.bundle === null ? {} : { "if-none-match": this.etag };
      response = await fetch("/verifier/lists", { cache: "no-store", headers });
    } catch {
      return "unreachable";
    }
    const served = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(served)) this.isClockDoubted = Math.abs(served - Date.now()) > 600_000;
    if (response.status === 304) return "same";
    if (!response.ok) return "none";
    await this.take(new Uint8Array(await response.arrayBuffer()), now, response.headers.get("etag"));
    return "new";
  }

  /** Takes a bundle over, from wherever it came. Throws a BundleFault where a rule of specs/lists.md forbids it. */
  async take(bytes, now, etag = null) {
    if (this.roots === null) throw new BundleFault("no-roots");
    const bundle = await accept(bytes, this.roots, this.bundle, now);
    await put({ lists: toBytes(bundle), etag: etag ?? undefined });
    Object.assign(this, { bundle, etag });
  }
}
