/** The out list of a node, in a file beside its secrets: one JSON line for each seat that is over, and each forgotten run. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type MemberId, memberIdSchema, type RunId, runIdSchema } from '../shared/units.ts'
import type { Out, OutList } from './usecase/house.ts'

const lineSchema = z.union([
  z.object({ runId: runIdSchema, memberId: memberIdSchema, seatNo: z.int().nullable(), isErased: z.boolean() }),
  z.object({ runId: runIdSchema, isForgotten: z.literal(true) }),
])

/** @throws Error when the file is there and cannot be read. */
export function openOutList(file: string, onFault: (fault: unknown, where: string) => void): OutList {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return outListOf(lines, (line) => {
    try {
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch (fault) {
      onFault(fault, 'out list') // it still holds in memory
    }
  })
}

/** @param lines what was kept before; one that was cut short by a crash is left out. */
export function outListOf(lines: readonly string[], keep: (line: string) => void): OutList {
  const outs = new Map<RunId, Map<MemberId, Out>>()
  const forgotten = new Set<RunId>()

  /** `false` when nothing is new. */
  function note(runId: RunId, out: Out): boolean {
    const ofRun = outs.get(runId) ?? new Map<MemberId, Out>()
    const before = ofRun.get(out.memberId)
    const isErased = out.isErased || before?.isErased === true
    const seatNo = before && (before.seatNo === null || out.seatNo === null) ? null : lastOf(before?.seatNo, out.seatNo)
    if (before && before.isErased === isErased && before.seatNo === seatNo) return false
    outs.set(runId, ofRun.set(out.memberId, { ...out, seatNo, isErased }))
    return true
  }

  const write = (line: z.infer<typeof lineSchema>) => keep(JSON.stringify(line))

  for (const text of lines) {
    const line = lineSchema.safeParse(parsed(text))
    if (!line.success) continue
    if ('isForgotten' in line.data) forgotten.add(line.data.runId)
    else {
      const { runId, ...out } = line.data
      note(runId, out)
    }
  }

  return {
    isOut(runId, memberId, seatNo) {
      const out = outs.get(runId)?.get(memberId)
      return out !== undefined && (out.seatNo === null || seatNo <= out.seatNo)
    },
    of: (runId) => [...(outs.get(runId)?.values() ?? [])],
    put(runId, out) {
      if (note(runId, out)) write({ runId, ...out })
    },
    isForgotten: (runId) => forgotten.has(runId),
    forget(runId) {
      outs.delete(runId)
      if (!forgotten.has(runId)) write({ runId, isForgotten: true })
      forgotten.add(runId)
    },
  }
}

const lastOf = (before: number | null | undefined, now: number | null): number | null =>
  now === null ? null : Math.max(before ?? 0, now)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
