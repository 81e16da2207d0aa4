// The service worker: after a visit with a run, the book reads and runs with no network.
// The build puts `SITE` above: the version, the files by path with their digests, and the folder of
// what is kept only when a page has used it.
"use strict";

const scope = new URL(self.registration.scope);
const name = (part) => `livebook ${scope.pathname} ${part}`;
const TEXT = name(SITE.version);
const PYTHON = name("python");
const used = new URL(SITE.used, scope).href;

/** The path below the site's root that a request asks for. */
function pathOf(url) {
  const path = url.pathname.slice(scope.pathname.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : decodeURIComponent(path);
}

/** Keep the site's text: what an older cache has unchanged is taken from there. */
async function keepText() {
  const cache = await caches.open(TEXT);
  const older = (await caches.keys()).filter((key) => key.startsWith(name("")) && key !== PYTHON);
  const digests = {};
  for (const key of older) {
    const listing = await (await caches.open(key)).match("digests");
    if (listing) Object.assign(digests, { [key]: await listing.json() });
  }
  const waiting = Object.entries(SITE.files);
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [path, digest] = next;
      const address = new URL(path, scope).href;
      const holder = older.find((key) => digests[key]?.[path] === digest);
      const kept = holder && (await (await caches.open(holder)).match(address));
      const answer = kept ?? (await fetch(address, { cache: "no-cache" }));
      if (answer.ok) await cache.put(address, answer);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  await cache.put("digests", new Response(JSON.stringify(SITE.files)));
}

/** Remove the caches of earlier versions, of this site alone. */
async function dropOld() {
  for (const key of await caches.keys()) {
    if (key.startsWith(name("")) && key !== TEXT && key !== PYTHON) await caches.delete(key);
  }
}

/** Keep the files that Python was loaded from; what the present page does not name is old. */
async function keepPython(addresses) {
  const cache = await caches.open(PYTHON);
  const wanted = addresses.filter((address) => address.startsWith(used));
  for (const address of wanted) {
    if (await cache.match(address)) continue;
    const answer = await fetch(address, { cache: "force-cache" }); // it has just been loaded
    if (answer.ok) await cache.put(address, answer);
  }
  const listing = wanted.find((address) => address.endsWith("/site.json"));
  if (!listing) return;
  const description = await (await cache.match(listing)).text();
  for (const { url } of await cache.keys()) {
    const file = url.slice(used.length);
    if (!wanted.includes(url) && !description.includes(`"${file}"`)) await cache.delete(url);
  }
}

/** From the network if it answers, else from the caches; a page is never an older copy's. */
async function networkFirst(request, address) {
  try {
    const answer = await fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
    if (answer.ok || answer.type === "opaqueredirect") return answer;
    return (await caches.match(address)) ?? answer;
  } catch (error) {
    const kept = await caches.match(address);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepText());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keepPython(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope.href)) return;
  const path = pathOf(url);
  const address = new URL(path, scope).href;
  if (path in SITE.files) event.respondWith(networkFirst(request, address));
  else if (address.startsWith(used)) {
    const fixed = !path.endsWith("/site.json");
    event.respondWith(
      fixed
        ? caches.match(address).then((kept) => kept ?? fetch(request))
        : networkFirst(request, address),
    );
  }
});
