/** The page's service worker: opens it without network, and speaks for it when nobody looks. */
import { type PrecacheEntry, precache } from 'workbox-precaching'
import { answerFrom, forgetUsed } from './page-cache.ts'
import { givenAnew } from './push-change.ts'
import { openNote, ringFor } from './push-note.ts'
import type { WorkerScope } from './worker-scope.ts'

declare const self: WorkerScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

precache(self.__WB_MANIFEST)

// The page that brought this worker needs its parts in a dead zone, too.
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([forgetUsed(), self.clients.claim()])))
self.addEventListener('fetch', (event) => answerFrom(self, event))
self.addEventListener('push', (event) => event.waitUntil(ringFor(self, event.data?.text() ?? '')))
self.addEventListener('notificationclick', (event) => event.waitUntil(openNote(self, event.notification)))
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(givenAnew(self, event)))
// A page that is older than the server, and about to be loaded anew, does not wait for the others to be closed.
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting()
})
