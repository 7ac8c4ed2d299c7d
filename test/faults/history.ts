/**
 * What every phone invoked and what it was answered, in the manner of Jepsen: kept in memory for the checks,
 * and written as JSON lines for whoever looks into a failure.
 */
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Fix } from '../../shared/geo/fix.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { CommandId, MemberId, RequestId } from '../../shared/units.ts'

/** One wish from its tap to its answer. Moments are `performance.now()` of the one process that all phones live in. */
export type Op = {
  readonly no: number
  readonly byId: MemberId
  readonly commandId: CommandId
  readonly command: Command
  /** The request a hand-over was meant for, which its command does not name. */
  readonly about: RequestId | null
  readonly invokedMs: number
  endedMs: number | null
  /** `null`: unknown. It may have happened, happen later, or never. */
  answer: Accepted | Refusal | null
}

export type FixRecord = { readonly fix: Fix; readonly recordedMs: number }

export type History = {
  readonly file: string
  readonly ops: readonly Op[]
  fixesOf(memberId: MemberId): readonly FixRecord[]
  /** So many of the member's first fixes were confirmed as stored. */
  storedCountOf(memberId: MemberId): number
  invoked(op: Pick<Op, 'byId' | 'commandId' | 'command' | 'about'>): Op
  answered(op: Op, answer: Accepted | Refusal): void
  recorded(memberId: MemberId, fix: Fix): void
  allStored(memberId: MemberId): void
  /** Anything else worth a line: a fault, a link, a restart. */
  noted(what: string, more?: Readonly<Record<string, unknown>>): void
  close(): Promise<void>
}

export function openHistory(file: string): History {
  const ops: Op[] = []
  const fixes = new Map<MemberId, FixRecord[]>()
  const storedCounts = new Map<MemberId, number>()
  const lines = createWriteStream(file)

  function write(line: Readonly<Record<string, unknown>>): void {
    const monotonicMs = Math.round(performance.now())
    const wall = new Date(performance.timeOrigin + performance.now()).toISOString()
    lines.write(`${JSON.stringify({ wall, monotonicMs, ...line })}\n`)
  }
  const fixesOf = (memberId: MemberId): FixRecord[] => {
    const known = fixes.get(memberId) ?? []
    fixes.set(memberId, known)
    return known
  }

  return {
    file,
    ops,
    fixesOf,
    storedCountOf: (memberId) => storedCounts.get(memberId) ?? 0,
    invoked(begun) {
      const op: Op = { no: ops.length, ...begun, invokedMs: performance.now(), endedMs: null, answer: null }
      ops.push(op)
      write({ line: 'invoke', op: op.no, ...begun })
      return op
    },
    answered(op, answer) {
      op.endedMs = performance.now()
      op.answer = answer
      write({ line: answer.ok ? 'ok' : 'refused', op: op.no, byId: op.byId, answer })
    },
    recorded(memberId, fix) {
      fixesOf(memberId).push({ fix, recordedMs: performance.now() })
      write({ line: 'fix', byId: memberId, no: fixesOf(memberId).length, fix })
    },
    allStored(memberId) {
      const count = fixesOf(memberId).length
      if (count === storedCounts.get(memberId)) return
      storedCounts.set(memberId, count)
      write({ line: 'receipt', byId: memberId, storedThrough: count })
    },
    noted: (what, more = {}) => write({ line: what, ...more }),
    async close() {
      for (const op of ops) if (op.answer === null) write({ line: 'unknown', op: op.no, byId: op.byId })
      lines.end()
      await finished(lines)
    },
  }
}
