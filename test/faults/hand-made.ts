/** Operations as the checks get them, made by hand. */
import type { Refusal, RefusalCode } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { CommandId, MemberId } from '../../shared/units.ts'
import type { Op } from './history.ts'

let count = 0

export const ok = (version: number, isFact = true): Accepted | Refusal => ({ ok: true, version, isFact })
export const refused = (code: RefusalCode): Accepted | Refusal => ({ ok: false, code })

/** Answered with "yes" unless told otherwise; `endedMs` null without an answer of its own is unknown. */
export function anOp(
  command: Command,
  byId: MemberId,
  invokedMs: number,
  endedMs: number | null,
  answer: Op['answer'] = endedMs === null ? null : ok(1),
): Op {
  const no = count++
  return { no, byId, commandId: `cmd_${no}` as CommandId, command, about: null, invokedMs, endedMs, answer }
}
