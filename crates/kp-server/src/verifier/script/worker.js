// Keeps the verifier on the device, so that it opens with no network. KEPT comes from the node: the files, and a version that
// changes with any of them. Never keeps lists or verdicts.
"use strict";

const NAME = `kpcs-verifier-${KEPT.version}`;

addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    // What the page has just fetched is asked for by its mark, as the page asked for it, and does not come twice. The page itself is
    // fetched as nobody's.
    const asked = (file) => new Request(file, { cache: "no-cache", credentials: file === "/verifier" ? "omit" : "same-origin" });
    await cache.addAll(KEPT.files.map(asked));
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith("kpcs-verifier-") && name !== NAME) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(clear());
});

addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !KEPT.files.includes(pathname)) return;
  const answer = async () => (await (await caches.open(NAME)).match(pathname)) ?? fetch(event.request);
  event.respondWith(answer());
});
