/** `GET /api/replay`: the whole run once more, as far as this seat could see it. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { ReplayHead } from '../../shared/protocol/http.ts'
import { type ReplayLine, type ReplayTrack, trackOfLine } from '../../shared/replay/replay-line.ts'
import { SECOND_MS } from '../../shared/units.ts'

/** Thousands of tracks over a thin network take their time. */
const PATIENCE_MS = 120 * SECOND_MS
/** A server that makes others' replays just now has room in a moment. */
const TRIES = 8
const AGAIN_MS = 2 * SECOND_MS

export type Replay = Pick<ReplayHead, 'fromMs' | 'nowMs' | 'toleranceM'> & { readonly tracks: readonly ReplayTrack[] }

/** `retry-later` also for an answer that was cut off. */
export async function fetchReplay(url: string, seat: string): Promise<Replay | Refusal> {
  for (let left = TRIES; ; left--) {
    const answer = await once(url, seat)
    if (!('code' in answer) || answer.code !== 'retry-later' || left <= 1) return answer
    await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs ?? AGAIN_MS))
  }
}

async function once(url: string, seat: string): Promise<Replay | Refusal> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/api/replay`, {
      headers: { authorization: `Bearer ${seat}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const lines = (await answer.text()).trimEnd().split('\n')
    const head = JSON.parse(lines.shift() ?? '') as ReplayHead | Refusal
    if (!head.ok) return head
    if (lines.pop() !== '{"isWhole":true}') return refuse('retry-later')
    return { ...head, tracks: lines.map((line) => trackOfLine(JSON.parse(line) as ReplayLine)) }
  } catch {
    // No network, a time-out, or something that is not Serik: each may be better in a while.
    return refuse('retry-later')
  }
}
