/**
 * The run as it was last known, over a reload: so that a page opened in a dead zone shows who was where, each with its age. For the eyes
 * alone: catching up begins anew. It goes with the run, also on a phone that never hears of its end.
 */
import { WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { SnapshotRow } from '../../shared/protocol/wire.ts'
import { bookFromRows } from '../../shared/run/catch-up.ts'
import type { Head } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { RunView, SeenPlace } from '../state/run-view.ts'
import type { PhoneStorage } from './phone-storage.ts'

const KEY = 'view'
/** Until when anything of the run is kept here, by the server's clock. */
const UNTIL = 'until'
/** A visit may be short, and a page that is left has no time to write. */
const FIRST_WRITE_MS = SECOND_MS
const WRITE_EVERY_MS = 10 * SECOND_MS
/** A row costs a microsecond or two, and thousands are looked at on wide screens. */
const LARGE_MEMBERS = 500
const WRITE_LARGE_EVERY_MS = 60 * SECOND_MS

export type KeptView = Pick<RunView, 'myId' | 'run' | 'words' | 'places'>

type Stored = {
  readonly wire: number
  readonly myId: MemberId
  readonly version: number
  readonly rows: readonly SnapshotRow[]
  readonly places: readonly (readonly [MemberId, SeenPlace])[]
}

export type ViewKeeper = {
  load(): Promise<void>
  /** What was loaded; of a run that is over everything goes. @param nowMs by the server's clock. */
  known(nowMs: number): Promise<KeptView | undefined>
  see(view: RunView): void
  /** Now, where a page is about to be left. */
  write(): void
  close(): void
  /** Others' places and words are not this phone's any more; nothing is written after it. */
  forget(): void
}

export function viewKeeper(storage: PhoneStorage): ViewKeeper {
  let seen: RunView | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false
  let hasWritten = false
  let last: Stored | undefined

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    hasWritten = true
    const stored = seen && storedFrom(seen)
    const untilMs = seen && forgetAtMs(seen.run.head)
    seen = undefined
    if (!stored) return
    void storage.set(UNTIL, untilMs).catch(() => undefined) // then it goes when its page is opened
    void storage.set(KEY, stored).catch(() => undefined) // then a reload shows less
  }

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    seen = undefined
  }

  return {
    write,
    async load() {
      last = (await storage.get(KEY)) as Stored | undefined
    },
    async known(nowMs) {
      const stored = last
      last = undefined
      if (stored?.wire !== WIRE_VERSION) return undefined
      const { run, words } = bookFromRows(stored.version, '', stored.rows)
      if (nowMs >= forgetAtMs(run.head)) {
        for (const key of await storage.keys()) await storage.delete(key) // PW9, G8
        return undefined
      }
      return { myId: stored.myId, run, words, places: new Map(stored.places) }
    },
    see(view) {
      if (!view.isCaughtUp || isClosed) return
      seen = view
      const everyMs = view.run.members.size > LARGE_MEMBERS ? WRITE_LARGE_EVERY_MS : WRITE_EVERY_MS
      timer ??= setTimeout(write, hasWritten ? everyMs : FIRST_WRITE_MS)
    },
    close,
    forget() {
      close()
      void storage.delete(KEY).catch(() => undefined) // no storage, no view
    },
  }
}

/** PW9: whether the retention of what is kept here is over, on a phone that does not open its page any more. */
export async function isOver(storage: PhoneStorage, deviceNowMs: number): Promise<boolean> {
  const untilMs = (await storage.get(UNTIL)) as number | undefined
  const told = (await storage.get('told')) as { readonly offsetMs?: number } | undefined
  return untilMs !== undefined && deviceNowMs + (told?.offsetMs ?? 0) >= untilMs
}

const forgetAtMs = ({ endedAtMs, latestEndMs, retentionMs }: Head): number => (endedAtMs ?? latestEndMs) + retentionMs

function storedFrom({ myId, run, words, places }: RunView): Stored | undefined {
  if (myId === null) return undefined
  const rows: SnapshotRow[] = [{ of: 'head', value: run.head }]
  for (const value of run.groups.values()) rows.push({ of: 'groups', value })
  for (const value of run.members.values()) rows.push({ of: 'members', value })
  for (const value of run.invites.values()) rows.push({ of: 'invites', value })
  for (const value of run.requests.values()) rows.push({ of: 'requests', value })
  for (const value of run.handOvers.values()) rows.push({ of: 'handOvers', value })
  for (const value of run.guests.values()) rows.push({ of: 'guests', value })
  for (const value of run.messages.values()) rows.push({ of: 'messages', value })
  for (const value of run.seen.values()) rows.push({ of: 'seen', value })
  for (const value of run.alerts.values()) rows.push({ of: 'alerts', value })
  for (const value of run.regroups.values()) rows.push({ of: 'regroups', value })
  for (const value of words.values()) rows.push({ of: 'words', value })
  return { wire: WIRE_VERSION, myId, version: run.version, rows, places: [...places] }
}
