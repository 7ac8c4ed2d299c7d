/** What may happen to phones: their networks, their clocks, and the app itself. */
import { HOUR_MS, SECOND_MS } from '../../shared/units.ts'
import { type Fault, holding, last } from './field.ts'
import type { Condition } from './phone-network.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import { until } from './waiting.ts'

/** So wrong are the clocks of a quarter of all phones all the time. */
export const CLOCK_ERROR_MS = 90 * SECOND_MS

const NOTICED_WITHIN_MS = 2_000
const WAITING_WITHIN_MS = 4_000

const networkFault = (
  name: string,
  count: number,
  conditions: readonly Condition[],
  [fromS, toS]: [number, number],
): Fault => ({
  name,
  domain: 'phone',
  strike: (field, random) =>
    holding(field, { count, random, why: name }, async (phones) => {
      for (const [i, { network }] of phones.entries()) network.become(conditions[i % conditions.length] ?? 'good')
      await last(field, random, fromS, toS)
      for (const { network } of phones) network.become('good')
    }),
})

const everybodyReconnects: Fault = {
  name: 'everybody reconnects at once',
  domain: 'phone',
  async strike({ club }) {
    const linked = club.everybody.filter(({ network }) => network.nodeNo() !== undefined)
    const cutMs = performance.now()
    for (const { network } of linked) network.cut()
    await until(() => linked.every((phone) => phone.lastOfflineMs() > cutMs), NOTICED_WITHIN_MS)
  },
}

const phonesRestarted: Fault = {
  name: 'apps killed and opened again',
  domain: 'phone',
  strike: (field, random) =>
    holding(field, { count: 8, random, why: 'restart' }, async (phones) => {
      await Promise.all(phones.map((phone) => phone.restart()))
      // And whoever waits for an answer right now: then nobody knows what has become of it but the outbox.
      const isWaiting = (phone: RecordedPhone) => phone !== field.club.pulse && phone.view().waitingCommands.length > 0
      const waitingMs = await until(() => field.club.everybody.some(isWaiting), WAITING_WITHIN_MS)
      if (waitingMs !== undefined)
        await Promise.all(field.club.everybody.filter(isWaiting).map((phone) => phone.restart()))
    }),
}

const clocksJump: Fault = {
  name: 'clocks of phones jump an hour',
  domain: 'phone',
  strike: (field, random) =>
    holding(field, { count: 10, random, why: 'clock' }, async (phones) => {
      const before = phones.map(({ clock }) => clock.offsetMs)
      for (const { clock } of phones) clock.offsetMs += random.pick([-HOUR_MS, HOUR_MS])
      await last(field, random, 3, 6)
      // Some are opened again by the wrong clock: what they kept stays in order.
      await Promise.all(phones.slice(0, 3).map((phone) => phone.restart()))
      await last(field, random, 2, 4)
      for (const [i, { clock }] of phones.entries()) clock.offsetMs = before[i] ?? 0
    }),
}

export const phoneFaults: readonly Fault[] = [
  everybodyReconnects,
  networkFault('dead zones', 8, ['dead', 'silent'], [10, 11]),
  networkFault('slow readers', 4, ['slow'], [10, 15]),
  networkFault('lost messages and replies', 12, ['lossy'], [8, 12]),
  networkFault('late bytes of phones', 12, ['late'], [8, 12]),
  phonesRestarted,
  clocksJump,
]
