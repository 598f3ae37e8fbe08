/**
 * Serves the phone page without coverage. It keeps the page with exactly the chunks, styles and letters that it is made of – the build writes their names
 * here – and never an answer of the API: what people wrote and read is the page's own affair (docs/decisions/0015-phone.md).
 */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: 'install' | 'activate', listen: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listen: (event: Fetching) => void): void;
}
const worker = globalThis as unknown as Scope;

const parts: string[] = JSON.parse('__PHONE_PARTS__');
const version = '__PHONE_VERSION__';
const cacheName = `vejnet-phone-${version}`;
const page = '/phone';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([page, ...parts]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('vejnet-phone-') && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

/** The newest page where there is coverage; where there is none, or too little of it, the one that is kept. */
async function newest(request: Request): Promise<Response> {
  const kept = await caches.match(page);
  try {
    return await fetch(request, kept === undefined ? {} : { signal: AbortSignal.timeout(3000) });
  } catch (error) {
    if (kept === undefined) throw error;
    return kept;
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === page || pathname.startsWith(`${page}/`)) event.respondWith(newest(request));
  } else if (parts.includes(pathname)) event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
});
