/** After the last fault has healed: until everybody has been answered, every fix is confirmed, and all stand at the same version. */
import { newId } from '../../client/net/new-id.ts'
import type { MessageId } from '../../shared/units.ts'
import type { Field } from './field.ts'
import { differences } from './fresh-phone.ts'
import type { Trouble } from './trouble.ts'
import { rest, until } from './waiting.ts'

const QUIET_WITHIN_MS = 90_000
/** G4, as the issue has it. */
export const SAME_WITHIN_MS = 5_000

export type Settled = {
  readonly troubles: readonly Trouble[]
  /** From the end of the workload until nobody waited for an answer or a receipt. */
  readonly quietAfterMs: number | null
  /** From the last word that everybody may see until all phones were equal to fresh ones on their seats. */
  readonly sameAfterMs: number
}

export async function settle({ arena, club }: Field, isIdle: () => boolean): Promise<Settled> {
  const troubles: Trouble[] = []
  const staying = club.everybody.filter((phone) => phone.view().link !== 'gone')
  const startedMs = performance.now()
  const quietAfterMs = await until(() => isIdle() && staying.every((phone) => isQuiet(phone.view())), QUIET_WITHIN_MS)
  if (quietAfterMs === undefined)
    for (const phone of staying) {
      const { link, waitingCommands } = phone.view()
      if (!isQuiet(phone.view()))
        troubles.push({
          promise: 'G1',
          about: phone.name,
          what: `is ${link} and still waits: ${waitingCommands.length} commands`,
        })
    }
  const leftMs = Math.max(5_000, QUIET_WITHIN_MS - (performance.now() - startedMs))
  const stored = Promise.all(staying.map((phone) => phone.allFixesStored())).then(() => true)
  if (!(await Promise.race([stored, rest(leftMs).then(() => false)])))
    for (const phone of staying) {
      const { waitingFixCount } = phone.view()
      if (waitingFixCount > 0)
        troubles.push({ promise: 'G3', about: phone.name, what: `${waitingFixCount} fixes were never confirmed` })
    }
  for (const { memberId } of staying) arena.history.allStored(memberId)

  // A word to all moves every seat to the same version, also those that are told little.
  const messageId = newId<MessageId>('msg')
  const told = await club.leader.send({ type: 'send-message', messageId, text: 'That is all.', groupId: null })
  if (!told?.ok)
    troubles.push({ promise: 'G1', about: 'leader', what: `the last word was not taken: ${JSON.stringify(told)}` })
  const toldMs = performance.now()
  const urls = arena.nodes.map(({ url }) => url)
  const compared = staying.map((phone, i) => {
    const others = urls.map((_, at) => urls[(at + i) % urls.length] as string)
    return differences(phone, others, SAME_WITHIN_MS, true)
  })
  troubles.push(...(await Promise.all(compared)).flat())
  return { troubles, quietAfterMs: quietAfterMs ?? null, sameAfterMs: performance.now() - toldMs }
}

const isQuiet = ({ link, waitingCommands }: { link: string; waitingCommands: readonly unknown[] }): boolean =>
  link === 'online' && waitingCommands.length === 0
