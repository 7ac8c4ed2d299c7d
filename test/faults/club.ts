/** The people of a run under test: a leader, cyclists, runners, a watcher, two of a small group, and some who will be sent away. */
import { join, planRun } from '../../client/net/http-calls.ts'
import { newId, newSecretKey } from '../../client/net/new-id.ts'
import type { Random } from '../../client/simulate/random.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Planned } from '../../shared/protocol/http.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { GroupId } from '../../shared/units.ts'
import type { Arena } from './arena.ts'
import { openPhoneNetwork } from './phone-network.ts'
import { type PhoneOwner, type RecordedPhone, recordedPhone } from './recorded-phone.ts'
import { mustBecome, rest } from './waiting.ts'

const JOIN_TRIES = 60
const ONLINE_WITHIN_MS = 30_000

export type Club = {
  readonly planned: Planned
  readonly leader: RecordedPhone
  /** Helpers who race for requests. */
  readonly cyclists: readonly RecordedPhone[]
  readonly runners: readonly RecordedPhone[]
  readonly watcher: RecordedPhone
  /** A runner and a cyclist of a group, who see less than the others. */
  readonly grouped: readonly RecordedPhone[]
  /** Runners who will be removed, and the last of them erases themself. */
  readonly leavers: readonly RecordedPhone[]
  /** Asks for something small again and again, on a good network: tells when the nodes answer again. */
  readonly pulse: RecordedPhone
  readonly everybody: readonly RecordedPhone[]
}

export type ClubSize = { readonly phoneCount: number; readonly leaverCount: number }

export async function gatherClub(arena: Arena, random: Random, { phoneCount, leaverCount }: ClubSize): Promise<Club> {
  const { nodes, history } = arena
  const everybody: RecordedPhone[] = []
  arena.closing.laterDo(() => Promise.all(everybody.map((phone) => phone.close())))
  const ports = nodes.map(({ port }) => port)
  let count = 0

  /** `no`: given in the order of the calls, so that the same seed means the same phones. */
  async function withPhone(no: number, owner: Omit<PhoneOwner, 'network'>): Promise<RecordedPhone> {
    const network = await openPhoneNetwork(ports, random.fork(`network ${no}`))
    const phone = recordedPhone({ ...owner, network }, history, no % nodes.length)
    everybody[no] = phone
    await mustBecome(`${owner.name} is online`, () => phone.view().isCaughtUp, ONLINE_WITHIN_MS)
    return phone
  }
  async function joined(role: 'runner' | 'cyclist' | 'watcher', name: string): Promise<RecordedPhone> {
    const wish = { joinKey: newSecretKey(), invite: planned.invites[role], name, phone: null, startNumber: null }
    const no = count++
    const { memberId, seat } = await granted(() => join(nodes[no % nodes.length]?.url ?? '', wish))
    return withPhone(no, { name, role, memberId, seat })
  }
  const severalJoined = (howMany: number, role: 'runner' | 'cyclist', name: string) =>
    Promise.all(Array.from({ length: howMany }, (_, i) => joined(role, `${name} ${i + 1}`)))

  const plan = {
    createKey: newSecretKey(),
    title: 'A run with troubles',
    leaderName: 'Lena',
    leaderPhone: null,
    plannedStartMs: null,
    expectedDurationMs: null,
    longestDurationMs: null,
    recordedShiftMs: 0,
    routeFile: null,
  }
  const planned = await granted(() => planRun(nodes[0]?.url ?? '', plan))
  const { memberId, seat } = planned
  const leader = await withPhone(count++, { name: 'Lena', role: 'leader', memberId, seat })
  const cyclists = await severalJoined(Math.max(3, Math.round(phoneCount / 6)), 'cyclist', 'Cyclist')
  const watcher = await joined('watcher', 'Watcher')
  const grouped = [await joined('runner', 'Slow runner'), await joined('cyclist', 'Slow cyclist')]
  const leavers = await severalJoined(leaverCount, 'runner', 'Leaver')
  const pulse = await joined('runner', 'Pulse')
  const runners = await severalJoined(Math.max(3, phoneCount - count), 'runner', 'Runner')

  const groupId = newId<GroupId>('grp')
  await must(leader, { type: 'start-run' })
  await must(leader, { type: 'add-group', groupId, name: 'Slow', colour: '#2266cc', targetPaceMps: null })
  for (const { memberId: whom, role } of grouped)
    await must(leader, { type: 'change-member', memberId: whom, role, groupId })
  const sharers = everybody.filter(({ role }) => role === 'runner' || role === 'cyclist')
  await Promise.all(sharers.map((phone) => must(phone, { type: 'start-sharing', sinceMs: phone.nowMs() })))
  return { planned, leader, cyclists, runners, watcher, grouped, leavers, pulse, everybody }
}

async function must(phone: RecordedPhone, command: Command): Promise<void> {
  const answer = await phone.send(command)
  if (!answer?.ok) throw new Error(`${phone.name} could not ${command.type}: ${JSON.stringify(answer)}`)
}

/** Asks until it is granted: a node may still be looking for its store. */
async function granted<T extends { readonly ok: true }>(ask: () => Promise<T | Refusal>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask()
    if (answer.ok) return answer
    if (answer.code !== 'retry-later' || tries === JOIN_TRIES) throw new Error(`refused: ${JSON.stringify(answer)}`)
    await rest(500)
  }
}
