/** What else happens in a run: messages that are seen, a "usual" that is set again and again, and people who leave for good. */
import { setMaxListeners } from 'node:events'
import { newId } from '../../client/net/new-id.ts'
import type { Random } from '../../client/simulate/random.ts'
import { itemKindNames } from '../../shared/run/requests.ts'
import type { MemberId, MessageId } from '../../shared/units.ts'
import type { Club } from './club.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import { rest, until } from './waiting.ts'

const MESSAGE_EVERY_MS = 15_000
const READERS = 5
const PULSE_EVERY_MS = 300
const SEEN_WITHIN_MS = 30_000
const QUANTITY_MAX = 5

export type Departure = { readonly memberId: MemberId; readonly ackedMs: number; outMs: number | null }

export type Chores = {
  readonly departures: readonly Departure[]
  /** The next leaver is removed by the leader, the last one erases themself. Resolves when that is acknowledged. */
  letLeave(): Promise<void>
  /** Resolves when what was begun is answered. */
  stop(): Promise<void>
}

export function startChores(club: Club, random: Random): Chores {
  const { leader, runners, cyclists, leavers, pulse } = club
  const end = new AbortController()
  setMaxListeners(0, end.signal)
  const { signal } = end
  const departures: Departure[] = []

  async function beat(): Promise<void> {
    for (let no = 0; !signal.aborted; no++) {
      const kind = itemKindNames[no % itemKindNames.length] ?? 'water'
      const quantity = 1 + (Math.floor(no / itemKindNames.length) % QUANTITY_MAX)
      await pulse.send({ type: 'set-usual', kind, quantity, note: null })
      await rest(PULSE_EVERY_MS, signal)
    }
  }

  async function tellAndSee(): Promise<void> {
    for (let no = 1; !signal.aborted; no++) {
      await rest(MESSAGE_EVERY_MS, signal)
      if (signal.aborted) return
      const messageId = newId<MessageId>('msg')
      const told = await leader.send({ type: 'send-message', messageId, text: `Word ${no}`, groupId: null })
      if (!told?.ok) continue
      const readers = new Set(Array.from({ length: READERS }, () => random.pick([...runners, ...cyclists])))
      await Promise.all([...readers].map((reader) => see(reader, messageId)))
    }
  }

  async function see(reader: RecordedPhone, messageId: MessageId): Promise<void> {
    const has = () => reader.view().run.messages.has(messageId)
    if ((await until(has, SEEN_WITHIN_MS, signal)) !== undefined) await reader.send({ type: 'see-message', messageId })
  }

  const staying = [...leavers]
  async function letLeave(): Promise<void> {
    const leaver = staying.shift()
    if (!leaver) return
    const { memberId } = leaver
    const isLast = staying.length === 0
    const answer = await (isLast ? leaver.send({ type: 'erase-me' }) : leader.send({ type: 'remove-member', memberId }))
    // Whoever erases themself may be told that they are out before they are told that it was done.
    if (!answer || (!answer.ok && !(isLast && answer.code === 'not-a-member'))) return
    const departure: Departure = { memberId, ackedMs: performance.now(), outMs: null }
    departures.push(departure)
    const watch = () => {
      if (leaver.view().link === 'gone') departure.outMs ??= performance.now()
    }
    leaver.subscribe(watch)
    watch()
  }

  const works = [beat(), tellAndSee()]
  return {
    departures,
    letLeave,
    async stop() {
      end.abort()
      await Promise.all(works)
    },
  }
}
