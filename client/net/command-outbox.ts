/**
 * Wishes on their way. Each is kept, in order, until the server has answered it, and is sent again with
 * the same id as often as it takes. Calls for help go beside the others. What was granted is kept too, until
 * the run is forgotten: a server that lost it is told again.
 */
import { type Refusal, refusals } from '../../shared/protocol/errors.ts'
import { OUTBOX_VERSION } from '../../shared/protocol/version.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command, SentCommand } from '../../shared/run/commands.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import type { CommandId } from '../../shared/units.ts'
import { newId } from './new-id.ts'
import type { PhoneStorage } from './phone-storage.ts'

const RETRY_MS = 1_000
const FAULTS_MAX = 5
const KEY = 'command/'
const GRANTED_KEY = 'granted/'
/** What one phone gives back may stand on what another has yet to give back: asked so often, so far apart. */
const AGAIN_MAX = 8
const AGAIN_MS = 4_000
/** More than any thumb taps in a run; the oldest go first. */
const GRANTED_MAX = 2_000

export type Answer = Accepted | Refusal
/** Rejects when no answer came. */
export type Transmit = (sent: SentCommand) => Promise<Answer>

export type CommandOutbox = {
  /** Reads what an earlier page or process left. */
  load(): Promise<void>
  send(command: Command): Promise<Answer>
  waiting(): readonly SentCommand[]
  /** A way to the server has opened. */
  open(transmit: Transmit): void
  shut(): void
  /** What may have to be given back goes before what is new: until that is known, calls for help go alone. */
  hold(isHeld: boolean): void
  /** The server may have lost what it had granted after a version: once more, under the same ids, before what waits. */
  again(afterVersion: number): void
  /** The seat is over: whoever waits is told so, and what is stored stays for the one who looks. */
  refuseAll(refusal: Refusal): void
}

type Kept = {
  readonly key: string
  readonly sent: SentCommand
  readonly resolve: (answer: Answer) => void
  /** How often it was sent again after it had been granted; 0 for a new wish. */
  readonly again: number
}
type Granted = { readonly sent: SentCommand; readonly version: number }
type Stored = { readonly v: number; readonly sent: SentCommand; readonly version?: number }

/** Calls for help, and what follows them, never wait behind other wishes. */
type Lane = 'alarm' | 'other'

export function commandOutbox(storage: PhoneStorage, onChange: () => void): CommandOutbox {
  let kept: Kept[] = []
  /** By key, in order. */
  let granted = new Map<string, Granted>()
  let transmit: Transmit | undefined
  let over: Refusal | undefined
  let order = 0
  const alarmIds = new Set<string>()
  const faults = new WeakMap<Kept, number>()
  const pumping = new Set<Lane>()
  let wakeUp: (() => void)[] = []
  let isHeld = false

  function laneOf({ sent: { command } }: Kept): Lane {
    if (command.type === 'raise-request' && isAlarm(command.kind)) alarmIds.add(command.requestId)
    return 'requestId' in command && alarmIds.has(command.requestId) ? 'alarm' : 'other'
  }

  /** A wish that meets the same fault again and again must not hold up the ones behind it. */
  function isHopeless(wish: Kept): boolean {
    faults.set(wish, (faults.get(wish) ?? 0) + 1)
    return (faults.get(wish) ?? 0) >= FAULTS_MAX
  }

  /** A while, or until there is a new way to the server. */
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      wakeUp.push(resolve)
      setTimeout(resolve, ms)
    })

  function pumpAll(): void {
    void pump('alarm')
    void pump('other')
  }

  async function pump(lane: Lane): Promise<void> {
    if (pumping.has(lane)) return
    pumping.add(lane)
    for (let first = firstOf(lane); transmit && first; first = firstOf(lane)) {
      const way = transmit
      const answer = await way(first.sent).catch(() => undefined)
      // Unanswered is not refused: the same again, on this way or the next.
      const waitMs = answer === undefined ? RETRY_MS : retryAfterMs(first, answer)
      if (answer === undefined || waitMs > 0) {
        if (transmit === way) await pause(waitMs)
        continue
      }
      answered(first, answer)
    }
    pumping.delete(lane)
  }

  function answered({ key, sent, resolve, again }: Kept, answer: Answer): void {
    kept = kept.filter((each) => each.key !== key)
    // A yes that changed nothing stands on an older one, and would mean something else later.
    if (answer.ok && answer.isFact) grant(key, { sent, version: answer.version })
    else if (again > 0 && again < AGAIN_MAX && !answer.ok && answer.code === 'no-such-thing')
      setTimeout(() => resend([[key, again + 1]]), AGAIN_MS)
    else if (!answer.ok) forgetGranted(key)
    void storage.delete(key).catch(() => undefined) // sent twice is harmless
    onChange()
    resolve(answer)
  }

  function grant(key: string, one: Granted): void {
    granted.set(key, one)
    void storage.set(grantedKey(key), { v: OUTBOX_VERSION, ...one } satisfies Stored).catch(() => undefined)
    const [oldest] = granted.keys()
    if (granted.size > GRANTED_MAX && oldest !== undefined) forgetGranted(oldest)
  }

  /** Before what waits, in the order they had. */
  function resend(keys: readonly (readonly [key: string, again: number])[]): void {
    const isWaiting = new Set(kept.map(({ key }) => key))
    const once = keys.flatMap(([key, again]): Kept[] => {
      const one = granted.get(key)
      return one && !isWaiting.has(key) ? [{ key, sent: one.sent, again, resolve: () => undefined }] : []
    })
    if (once.length === 0 || over) return
    kept = [...once, ...kept]
    onChange()
    pumpAll()
  }

  const grantedKey = (key: string): string => GRANTED_KEY + key.slice(KEY.length)

  function forgetGranted(key: string): void {
    if (granted.delete(key)) void storage.delete(grantedKey(key)).catch(() => undefined)
  }

  async function stored(all: readonly string[], prefix: string): Promise<({ key: string } & Granted)[]> {
    const keys = all.filter((key) => key.startsWith(prefix)).sort()
    const found = (await Promise.all(keys.map((key) => storage.get(key)))) as (Stored | undefined)[]
    return keys.flatMap((key, no) => {
      const one = found[no]
      if (one?.v !== OUTBOX_VERSION) return []
      return [{ key: KEY + key.slice(prefix.length), sent: one.sent, version: one.version ?? 0 }]
    })
  }

  const firstOf = (lane: Lane) => (isHeld && lane === 'other' ? undefined : kept.find((each) => laneOf(each) === lane))

  function retryAfterMs(wish: Kept, answer: Answer): number {
    if (answer.ok || refusals[answer.code]?.phoneShould !== 'retry') return 0
    if (answer.code === 'internal' && isHopeless(wish)) return 0
    return answer.retryAfterMs ?? RETRY_MS
  }

  return {
    async load() {
      const keys = await storage.keys()
      const [old, before] = await Promise.all([stored(keys, KEY), stored(keys, GRANTED_KEY)])
      kept = [...old.map(({ key, sent }) => ({ key, sent, again: 0, resolve: () => undefined })), ...kept]
      granted = new Map([...before.map(({ key, ...one }) => [key, one] as const), ...granted])
      onChange()
      pumpAll()
    },
    send(command) {
      if (over) return Promise.resolve(over)
      const sent = { commandId: newId<CommandId>('cmd'), command }
      return new Promise((resolve) => {
        // Sortable as text; the clock keeps what is sent now behind what an earlier page left.
        const key = `${KEY}${String(Date.now() * 1_000 + (order++ % 1_000)).padStart(17, '0')}`
        kept = [...kept, { key, sent, resolve, again: 0 }]
        void storage.set(key, { v: OUTBOX_VERSION, sent } satisfies Stored).catch(() => undefined) // then it lives as long as the page
        onChange()
        pumpAll()
      })
    },
    waiting: () => kept.map(({ sent }) => sent),
    open(way) {
      transmit = way
      for (const resolve of wakeUp) resolve()
      wakeUp = []
      pumpAll()
    },
    shut() {
      transmit = undefined
    },
    hold(now) {
      isHeld = now
      if (!now) pumpAll()
    },
    again(afterVersion) {
      resend([...granted].filter(([, { version }]) => version > afterVersion).map(([key]) => [key, 1]))
    },
    refuseAll(refusal) {
      transmit = undefined
      over = refusal
      for (const { resolve } of kept) resolve(refusal)
    },
  }
}
