/** What opens without network: the page and its parts. What a run is made of is never kept here. */
import { getCacheKeyForURL, matchPrecache } from 'workbox-precaching'
import { type FetchHappens, pagesOf, type WorkerScope } from './worker-scope.ts'

/** Parts too large to be kept before somebody uses them: the map. */
const USED = 'serik-used'
const PAGES = /^\/(?:$|(?:j|s|c|r|plan|privacy)(?:\/|$))/

export function answerFrom(scope: WorkerScope, event: FetchHappens): void {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (request.mode === 'navigate') {
    if (PAGES.test(pathname)) event.respondWith(page(scope, request))
  } else if (getCacheKeyForURL(request.url)) event.respondWith(kept(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(used(request))
  // PW2: all else is the network's alone.
}

async function page(scope: WorkerScope, request: Request): Promise<Response> {
  const { waiting } = scope.registration
  // PW3: this opening is the only one, so nobody needs the parts of the old page: it is loaded anew at once.
  if (waiting && (await pagesOf(scope)).length <= 1) {
    waiting.postMessage('take-over')
    return new Response('', { headers: { Refresh: '0', 'Content-Type': 'text/html' } })
  }
  return (await matchPrecache('/index.html')) ?? fetch(request)
}

async function kept(request: Request): Promise<Response> {
  return (await matchPrecache(request)) ?? fetch(request)
}

async function used(request: Request): Promise<Response> {
  const cache = await caches.open(USED)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

/** Names are made of what they hold: with a new version come other ones. */
export const forgetUsed = (): Promise<boolean> => caches.delete(USED)
