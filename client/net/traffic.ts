/** What a phone has sent and received of a run, by its connections; a page's own code and pictures are not in it. */
import { SECOND_MS } from '../../shared/units.ts'
import type { PhoneStorage } from './phone-storage.ts'

const KEY = 'traffic'
const WRITE_EVERY_MS = 30 * SECOND_MS

export type Traffic = {
  readonly sentBytes: number
  readonly receivedBytes: number
  /** When it began to be counted, by the server's clock; `null` before anything was. */
  readonly sinceMs: number | null
}

/** Told by whoever dials, for each message of a connection. */
export type Counting = (sentBytes: number, receivedBytes: number) => void

export type TrafficCount = {
  load(): Promise<void>
  readonly add: Counting
  now(): Traffic
  close(): void
}

/** @param isKept over a reload. */
export function trafficCount(storage: PhoneStorage, nowMs: () => number, isKept: boolean): TrafficCount {
  let traffic: Traffic = { sentBytes: 0, receivedBytes: 0, sinceMs: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const plus = (more: Traffic): Traffic => ({
    sentBytes: traffic.sentBytes + more.sentBytes,
    receivedBytes: traffic.receivedBytes + more.receivedBytes,
    sinceMs: more.sinceMs ?? traffic.sinceMs,
  })
  function write(): void {
    timer = undefined
    void storage.set(KEY, traffic).catch(() => undefined) // then it is counted anew
  }

  return {
    async load() {
      const before = isKept ? ((await storage.get(KEY)) as Traffic | undefined) : undefined
      if (before) traffic = plus(before)
    },
    add(sentBytes, receivedBytes) {
      traffic = plus({ sentBytes, receivedBytes, sinceMs: traffic.sinceMs ?? nowMs() })
      if (isKept && !isClosed) timer ??= setTimeout(write, WRITE_EVERY_MS)
    },
    now: () => traffic,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

/** What a message takes as a frame of a websocket: a client masks its own. */
export function frameBytes(data: unknown, isMasked: boolean): number {
  const bytes = sizeOf(data)
  return bytes + (bytes > 0xffff ? 10 : bytes > 125 ? 4 : 2) + (isMasked ? 4 : 0)
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return 1 + utf8Bytes(data) // with the kind of the packet before it
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data.byteLength
  return 1
}

function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // Half of a pair counts two, so that both are four.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return bytes
}
