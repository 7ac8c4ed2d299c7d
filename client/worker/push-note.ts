/** A push becomes a notification here, in the phone's language and with the names that it knows; or a word to the open page. */
import { type PushNote, replacesKey } from '../../shared/run/push.ts'
import type { Word } from '../../shared/run/words.ts'
import { browserPhoneStorage } from '../net/browser-storage.ts'
import { notedLanguage, notedSeat, type SeatNote } from '../net/worker-notes.ts'
import { noteText } from './note-text.ts'
import { pagesOf, says, type WorkerScope } from './worker-scope.ts'

/** Longer and harder than anything else that makes a phone shake. */
const HELP_PATTERN = [500, 150, 500, 150, 500, 400, 500, 150, 500, 150, 500]
const PATTERN = [250, 120, 250]

type Shown = NotificationOptions & {
  readonly vibrate: readonly number[]
  readonly renotify: boolean
  readonly timestamp: number
}

export async function ringFor(scope: WorkerScope, text: string): Promise<void> {
  const note = read(text)
  const seat = note && (await notedSeat(note.toId).catch(() => undefined))
  const path = seat ? `/r/${seat.key}` : '/'
  // PW5: whoever looks at the run is told there.
  if (note && seat && (await isTold(scope, note, path))) return
  const language = await notedLanguage().catch(() => undefined)
  const { title, body } = noteText(language, note, await nameOf(note, seat))
  const isHelp = note?.what === 'help'
  const shown: Shown = {
    body,
    tag: note ? replacesKey(note) : 'serik',
    data: { path, note },
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    lang: language ?? 'en',
    timestamp: Date.now(),
    vibrate: isHelp ? HELP_PATTERN : PATTERN,
    renotify: true,
    requireInteraction: isHelp,
  }
  await scope.registration.showNotification(title, shown as NotificationOptions)
}

/** PW6 */
export async function openNote(scope: WorkerScope, notification: Notification): Promise<void> {
  notification.close()
  const { path = '/' } = (notification.data ?? {}) as { path?: string }
  for (const page of await pagesOf(scope))
    if (await says(page, { type: 'where', path })) return void (await page.focus())
  await scope.clients.openWindow(path)
}

async function isTold(scope: WorkerScope, note: PushNote, path: string): Promise<boolean> {
  const visible = (await pagesOf(scope)).filter(({ visibilityState }) => visibilityState === 'visible')
  const told = await Promise.all(visible.map((page) => says(page, { type: 'rung', path, note })))
  return told.includes(true)
}

/** `undefined` for what another version of the server may push: then a general sentence is shown. */
function read(text: string): PushNote | undefined {
  try {
    const note = JSON.parse(text) as Partial<PushNote> | null
    return note && typeof note.what === 'string' && typeof note.toId === 'string' && typeof note.runId === 'string'
      ? (note as PushNote)
      : undefined
  } catch {
    return undefined
  }
}

/** PW4: of whom it is about, from what the run's page has kept. */
async function nameOf(note: PushNote | undefined, seat: SeatNote | undefined): Promise<string | null> {
  if (!note?.aboutId || !seat) return null
  const told = (await browserPhoneStorage(seat.seat)
    .get('told')
    .catch(() => undefined)) as { readonly words?: readonly Word[] } | undefined
  return told?.words?.find(({ key }) => key === `name:${note.aboutId}`)?.text ?? null
}
