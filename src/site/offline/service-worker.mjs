/**
 * The site without a network, from the second page on. The build writes the list of files in place
 * of `FILES` and puts this script at the site's base path, which is what it governs.
 *
 * Each file is kept under its path and the hash of its content, so that a new build asks only for what
 * changed, and an open page of the old build keeps the files that it may still load: the new worker
 * waits until no page of the old build is open, as browsers do by themselves.
 */

/** Paths relative to the base path, "" being the front page, each with the hash of its content. */
const files = new Map(Object.entries(/** @type {Record<string, string>} */ (FILES)));

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const base = new URL("./", scope.location.href);
/** Hosts may have several sites below one origin, whose workers share one storage. */
const cacheName = `rollout-lab ${base.pathname}`;
const atOnce = 4;

scope.addEventListener("install", (event) => event.waitUntil(keepAll()));
scope.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOwn = url.origin === base.origin && url.pathname.startsWith(base.pathname);
  if (request.method !== "GET" || !isOwn) return;
  const path = decodeURI(url.pathname.slice(base.pathname.length));
  if (files.has(path))
    event.respondWith(
      /^_astro\//.test(path) ? cacheFirst(request, path) : networkFirst(request, path),
    );
  else if (request.mode === "navigate") event.respondWith(unknownPage(request, path));
});

/** @param {string} path */
function keyOf(path) {
  return `${new URL(encodeURI(path), base).href}?${files.get(path)}`;
}

async function keepAll() {
  const cache = await caches.open(cacheName);
  const waiting = [...files.keys()];
  const keepSome = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const key = keyOf(path);
      if (await cache.match(key)) continue;
      const response = await fetch(new URL(encodeURI(path), base), { cache: "no-cache" });
      // One that is missing ends the installation; the browser tries again on a later visit.
      if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
      await cache.put(key, response);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, keepSome));
}

async function forgetOthers() {
  const cache = await caches.open(cacheName);
  const wanted = new Set([...files.keys()].map(keyOf));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await scope.clients.claim();
}

/** @param {string} path */
async function kept(path) {
  const cache = await caches.open(cacheName);
  return cache.match(keyOf(path));
}

/**
 * For what has a hash in its name: it never changes.
 *
 * @param {Request} request
 * @param {string} path
 */
async function cacheFirst(request, path) {
  return (await kept(path)) ?? fetch(request);
}

/**
 * For pages and what else keeps its name: with a network, a new build is seen at once.
 *
 * @param {Request} request
 * @param {string} path
 */
async function networkFirst(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    const response = await kept(path);
    if (response) return response;
    throw error;
  }
}

/**
 * A page that was not in the build. Without a network it may be one without its slash.
 *
 * @param {Request} request
 * @param {string} path
 */
async function unknownPage(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    if (files.has(`${path}/`)) return Response.redirect(new URL(encodeURI(`${path}/`), base));
    const notFound = await kept("404.html");
    if (notFound) return notFound;
    throw error;
  }
}
