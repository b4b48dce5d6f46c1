// Keeps the field pages for days without network. It stores pages and their files, never anything typed, and sends nothing.
const CACHE = `field-${KEPT.version}`;

// Style sheets name their fonts; the addresses carry a hash that only the style sheet knows.
async function filesIn(response) {
  if (!(response.headers.get("Content-Type") || "").startsWith("text/css")) return [];
  const text = await response.clone().text();
  return [...text.matchAll(/url\(["']?([^"')]+)["']?\)/g)]
    .map(([, address]) => new URL(address, response.url))
    .filter((address) => address.origin === self.location.origin)
    .map(String);
}

async function keep() {
  const cache = await caches.open(CACHE);
  const more = await Promise.all(
    [...KEPT.pages, ...KEPT.files].map(async (address) => {
      const response = await fetch(address, { cache: "reload", credentials: "omit" });
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      const found = await filesIn(response);
      await cache.put(address, response);
      return found;
    }),
  );
  await cache.addAll([...new Set(more.flat())]);
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("field-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// A page comes fresh when there is network; a file's address changes with its content, so the kept one is always right.
async function answer(request) {
  const cache = await caches.open(CACHE);
  if (request.mode !== "navigate") return (await cache.match(request)) || fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});
