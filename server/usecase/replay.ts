/**
 * The whole run once more, for a seat: where everybody was whose place it could see, thinned. One track at a time is read, so that
 * thousands of them need no more memory than one, and the tick gets its turn between any two.
 */

import { type ReplayLine, type ReplayStretch, replayLine } from '../../shared/replay/replay-line.ts'
import { type Moment, onGrid, stretchesOf, thinned } from '../../shared/replay/thinned.ts'
import type { Member } from '../../shared/run/state.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type Span, seenWhen } from '../core/seen-when.ts'
import type { House } from './house.ts'
import type { RunRoom } from './run-room.ts'

/** How far somebody may be drawn from where they were. */
export const REPLAY_TOLERANCE_M = 10
/** Of a longer silence nobody can say where somebody was meanwhile. */
const GUESSED_MS = 15 * MINUTE_MS
/** A run that is over changes only by what phones still send. */
const FRESH_MS = { live: 15 * SECOND_MS, ended: 5 * MINUTE_MS }
/** Of the lines remembered: some 20,000 people. */
const REMEMBERED_CHARACTERS = 32_000_000

export type Replays = {
  /** The lines of `docs/WIRE.md`, as they are asked for. Rejects when the store is away. */
  lines(room: RunRoom, viewer: Member): AsyncGenerator<string>
}

type Remembered = { readonly line: string; readonly untilMs: number }

export function replays({ store, clock }: Pick<House, 'store' | 'clock'>): Replays {
  const remembered = new Map<string, Remembered>()
  let characters = 0

  function remember(key: string, line: string, untilMs: number): void {
    forget(key)
    remembered.set(key, { line, untilMs })
    characters += key.length + line.length
    for (const oldest of remembered.keys()) {
      if (characters <= REMEMBERED_CHARACTERS) break
      forget(oldest)
    }
  }

  function forget(key: string): void {
    const known = remembered.get(key)
    if (known && remembered.delete(key)) characters -= key.length + known.line.length
  }

  /** Places do not stay here for want of somebody who asks for them again. */
  function forgetOld(): void {
    for (const [key, { untilMs }] of remembered) if (untilMs <= performance.now()) forget(key)
  }

  /** `''` for somebody of whom there is nothing to show. */
  async function lineOf(room: RunRoom, member: Member, spans: readonly Span[], fromMs: number): Promise<string> {
    const { head } = room.book().run
    const covers = ({ fromMs: from, toMs: to }: Span) =>
      member.windows.every((window) => from <= window.fromMs && (window.toMs ?? Number.POSITIVE_INFINITY) <= to)
    // Only what shows all of somebody's way is remembered: whoever saw less of it would be shown what others saw.
    const isWhole = spans.some(covers)
    // Where the windows or the beginning have changed it is another line.
    const key = `${room.runId} ${member.memberId} ${fromMs} ${JSON.stringify(member.windows)}`
    const known = isWhole ? remembered.get(key) : undefined
    if (known && performance.now() < known.untilMs) return known.line

    const moments: Moment[] = []
    for (const { fix, flag } of await store.readTrack(room.runId, member.memberId)) {
      const { takenAtMs } = fix
      if (flag !== 'believed' || !spans.some(({ fromMs: from, toMs: to }) => from <= takenAtMs && takenAtMs <= to))
        continue
      moments.push({ latitudeDeg: fix.latitudeDeg, longitudeDeg: fix.longitudeDeg, takenAtMs })
    }
    const stretches = joinedStretches(moments, member, spans)
    const line =
      stretches.length === 0
        ? ''
        : `${JSON.stringify(replayLine(member.memberNo, stretches, fromMs) satisfies ReplayLine)}\n`
    if (isWhole) remember(key, line, performance.now() + (head.phase === 'ended' ? FRESH_MS.ended : FRESH_MS.live))
    return line
  }

  return {
    async *lines(room, viewer) {
      forgetOld()
      const { run, journal } = room.book()
      const facts = journal.slice(0, run.version).map(({ fact }) => fact)
      const seen = seenWhen(run, facts, viewer)
      const members = [...seen.keys()].flatMap((memberId) => run.members.get(memberId) ?? [])
      const fromMs = run.head.startedAtMs ?? run.head.plannedStartMs
      yield `${JSON.stringify({ ok: true, fromMs, nowMs: clock.nowMs(), toleranceM: REPLAY_TOLERANCE_M })}\n`
      for (const member of members.sort((a, b) => a.memberNo - b.memberNo)) {
        // Who left or was erased meanwhile is asked for no more.
        const now = room.book().run.members.get(member.memberId)
        if (!now || now.isErased || now.status === 'removed' || now.windows.length === 0) continue
        const line = await lineOf(room, now, seen.get(member.memberId) ?? [], fromMs)
        if (line !== '') yield line
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      yield `${JSON.stringify({ isWhole: true })}\n`
    },
  }
}

/** A gap is joined when its owner shared all the while, the viewer saw them all the while, and it is not too long to say anything. */
function joinedStretches(moments: readonly Moment[], member: Member, spans: readonly Span[]): ReplayStretch[] {
  let before: Moment | undefined
  return stretchesOf(moments).flatMap((stretch) => {
    // Windows and spans may follow each other within a minute: there too nothing is drawn in between.
    const parts = cutBetween(stretch, (a, b) => inOne(member, spans, a, b))
    return parts.map((part) => {
      const [first, last] = [onGrid(part[0] as Moment), part.at(-1)]
      const isJoined =
        before !== undefined &&
        first.takenAtMs - before.takenAtMs <= GUESSED_MS &&
        inOne(member, spans, before, part[0] as Moment)
      before = last
      return { isJoined, moments: thinned(part, REPLAY_TOLERANCE_M) }
    })
  })
}

function inOne({ windows }: Member, spans: readonly Span[], a: Moment, b: Moment): boolean {
  const holds = (fromMs: number, toMs: number) => fromMs <= a.takenAtMs && b.takenAtMs <= toMs
  return (
    windows.some(({ fromMs, toMs }) => holds(fromMs, toMs ?? Number.POSITIVE_INFINITY)) &&
    spans.some(({ fromMs, toMs }) => holds(fromMs, toMs))
  )
}

function cutBetween(stretch: readonly Moment[], isOne: (a: Moment, b: Moment) => boolean): Moment[][] {
  const parts: Moment[][] = []
  for (const moment of stretch) {
    const last = parts.at(-1)?.at(-1)
    if (last && isOne(last, moment)) parts.at(-1)?.push(moment)
    else parts.push([moment])
  }
  return parts
}
