/** Runs in every state that a screen can show, with seats for the pages to look from. Made once, cheap, in real time. */
import { newId } from '../../client/net/new-id.ts'
import { placeAtM } from '../../shared/geo/route.ts'
import type { Role } from '../../shared/run/roles.ts'
import {
  type GroupId,
  HOUR_MS,
  type InviteId,
  KM_M,
  type MessageId,
  MINUTE_MS,
  type RegroupId,
} from '../../shared/units.ts'
import { goes, joins, leads, type Person, plans, route } from './shown-people.ts'

export type Shown = {
  readonly url: string
  /** Of the pages: nobody else's phone uses them. */
  readonly seats: Readonly<Record<string, { readonly seat: string; readonly role: Role }>>
  readonly invites: Readonly<Record<'runner' | 'watcher' | 'guardian', string>>
  close(): Promise<void>
}

const BANK_M = 8.3 * KM_M
/** A third of a kilometre. */
const ASIDE_DEG = 0.003

export async function showsRuns(url: string): Promise<Shown> {
  const seats: Record<string, { seat: string; role: Role }> = {}
  const [people, stops]: [Person[], (() => void)[]] = [[], []]
  /** Somebody of the scene, whose phone stays. */
  const stays = async (person: Promise<Person>) => {
    people.push(await person)
    return person
  }
  /** A seat for a page: what it does beforehand it does on a phone that is put away. */
  const seat = async (
    name: string,
    role: Role,
    person: Promise<Person>,
    before?: (person: Person) => Promise<unknown>,
  ) => {
    const { phone, ...of } = await person
    await before?.({ phone, ...of })
    await phone.allFixesStored()
    await phone.close()
    seats[name] = { seat: of.seat, role }
    return of
  }

  const sunday = await plans(url, {
    title: 'Sunday on both banks of the Esil',
    leaderName: 'Lena',
    leaderPhone: '+7 701 111 22 33',
    hasRoute: true,
  })
  const { runner, cyclist, watcher, leader } = sunday.invites as Record<string, string>
  const along = (who: Person, atM: number, how = {}) => goes(who, atM, how).then((stop) => stops.push(stop))
  const bolat = await stays(joins(url, leader ?? '', 'Bolat Nurlanuly', { phone: '+7 702 555 66 77' }))
  const lena = await leads(url, sunday)
  await lena.wish({ type: 'start-run' })
  const groupId = newId<GroupId>('grp')
  await lena.wish({ type: 'add-group', groupId, name: 'Fast', colour: '#b3201a', targetPaceMps: 3.1 })
  await lena.wish({ type: 'set-conditions', heat: 'warm', alertsOff: [] })
  await along(bolat, BANK_M - 60)

  const runs = async (name: string, atM: number, how = {}, more = {}) => {
    const person = await stays(joins(url, runner ?? '', name, more))
    await along(person, atM, how)
    return person
  }
  const aidar = await runs('Aidar', BANK_M, {}, { startNumber: '12', phone: '+7 700 123 45 67' })
  const madina = await runs('Madina', BANK_M - 40)
  const aigerim = await runs('Айгерім Сейдахметова', BANK_M - 70)
  await runs('Alexander Konstantinopolsky', BANK_M - 900)
  await runs('Ерлан', BANK_M - 930)
  const straggler = await runs('Nurlan', BANK_M - 2_600)
  const lost = await runs('Timofey', BANK_M - 500, { besideDeg: ASIDE_DEG })
  const alia = await runs('Alia', BANK_M - 880)
  const done = await runs('Сергей', 800)
  const paused = await runs('Zhanna', BANK_M - 300, { isOnTheMove: false })
  await stays(joins(url, runner ?? '', 'Not yet here'))
  const dana = await stays(joins(url, cyclist ?? '', 'Dana'))
  await along(dana, BANK_M - 700)
  await dana.wish({
    type: 'set-stock',
    stock: { pieces: [{ kind: 'water', count: 2, forId: null }], emptiesCount: 1 },
    isRefill: false,
  })
  const timur = await stays(joins(url, cyclist ?? '', 'Timur'))
  await along(timur, BANK_M + 1_500)

  await done.wish({
    type: 'stop',
    memberId: done.memberId,
    reason: 'finished',
    untilMs: Math.round(done.phone.nowMs()),
  })
  await paused.wish({ type: 'pause', reason: 'shoe' })
  await lena.wish({ type: 'set-minor', memberId: alia.memberId, isMinor: true })
  await lena.wish({ type: 'change-member', memberId: straggler.memberId, role: 'runner', groupId })
  await lena.wish({
    type: 'send-message',
    messageId: newId<MessageId>('msg'),
    text: 'Breakfast at eleven, by the west bridge.',
    groupId: null,
  })
  await lena.wish({
    type: 'count-guests',
    guestsId: newId('gst'),
    count: 3,
    name: 'Friends of Aidar',
    startNumber: null,
  })
  await lena.wish({ type: 'begin-head-count' })
  await bolat.wish({ type: 'see-members', memberIds: [aidar.memberId, madina.memberId] })
  await lena.wish({
    type: 'call-regroup',
    regroupId: newId<RegroupId>('rgp'),
    groupId: null,
    name: 'Boat house',
    place: placeAtM(route, BANK_M + 900),
    atM: BANK_M + 900,
    atMs: Math.round(lena.phone.nowMs() + 12 * MINUTE_MS),
  })
  const { invite: guardian = '' } = await lena.wish({
    type: 'issue-invite',
    inviteId: newId<InviteId>('inv'),
    role: 'guardian',
    groupId: null,
    wardId: alia.memberId,
    maxUses: 5,
    expiresAtMs: Math.round(lena.phone.nowMs() + HOUR_MS),
  })
  await aidar.asks('water')
  await aigerim.asks('snack')
  await madina.asks('gel')
  const forMadina = await madina.asks('mechanical')
  await timur.wish({ type: 'claim-request', requestId: forMadina })

  await seat('leader', 'leader', Promise.resolve(lena))
  await seat('before', 'runner', joins(url, runner ?? '', 'Kamila'))
  const out = (person: Person) =>
    goes(person, BANK_M - 20).then((stop) => {
      stop()
    })
  await seat('running', 'runner', joins(url, runner ?? '', 'Sanzhar'), async (person) => {
    await out(person)
    await person.wish({ type: 'set-usual', kind: 'isotonic', quantity: 1, note: 'the bottle with my name' })
    await person.wish({
      type: 'set-drink-plan',
      plan: { everyMs: 20 * MINUTE_MS, everyM: null, drinkMl: 150, carbGPerH: 40 },
    })
  })
  await seat('asking', 'runner', joins(url, runner ?? '', 'Мария'), async (person) => {
    await out(person)
    await person.asks('isotonic')
    const requestId = await person.asks('water')
    await dana.wish({ type: 'claim-request', requestId })
  })
  await seat('paused', 'runner', joins(url, runner ?? '', 'Olga'), async (person) => {
    await out(person)
    await person.wish({ type: 'pause', reason: 'toilet' })
  })
  await seat('stopped', 'runner', joins(url, runner ?? '', 'Viktor'), async (person) => {
    await out(person)
    await person.wish({
      type: 'stop',
      memberId: person.memberId,
      reason: 'finished',
      untilMs: Math.round(person.phone.nowMs()),
    })
  })
  await seat('cyclist', 'cyclist', joins(url, cyclist ?? '', 'Arman'), async (person) => {
    const stop = await goes(person, BANK_M - 1_200)
    stop()
    await person.wish({ type: 'set-helping', kind: 'bike', state: 'available' })
    const pieces = (['water', 'gel'] as const).map((kind) => ({ kind, count: 4, forId: null }))
    await person.wish({ type: 'set-stock', stock: { pieces, emptiesCount: 0 }, isRefill: false })
    const requestId = await straggler.asks('water')
    await person.wish({ type: 'claim-request', requestId })
  })
  await seat('watcher', 'watcher', joins(url, watcher ?? '', 'Mum'))
  await seat('guardian', 'guardian', joins(url, guardian, 'Saule'))
  await lost.phone.allFixesStored()

  await plannedRun()
  await alarmRun()
  await endedRun()
  await pairRun()
  await seat(
    'alone',
    'leader',
    plans(url, { title: 'Tuesday, just us', leaderName: 'Lena' }).then((run) => leads(url, run)),
  )

  return {
    url,
    seats,
    invites: { runner: runner ?? '', watcher: watcher ?? '', guardian },
    async close() {
      for (const stop of stops) stop()
      await Promise.all(people.map(({ phone }) => phone.close()))
    },
  }

  async function plannedRun(): Promise<void> {
    const run = await plans(url, {
      title: 'Next Sunday, the park',
      leaderName: 'Lena',
      startsInMs: 5 * 24 * HOUR_MS,
      hasRoute: true,
    })
    await seat('planned', 'leader', leads(url, run))
    await seat('plannedRunner', 'runner', joins(url, run.invites.runner ?? '', 'Aidar'))
    await seat('plannedCyclist', 'cyclist', joins(url, run.invites.cyclist ?? '', 'Dana'))
  }

  /** Somebody calls for help, and nobody has it yet. */
  async function alarmRun(): Promise<void> {
    const run = await plans(url, { title: 'Evening run', leaderName: 'Lena', leaderPhone: '+7 701 111 22 33' })
    const who = await leads(url, run)
    await who.wish({ type: 'start-run' })
    await seat(
      'alarmRunner',
      'runner',
      joins(url, run.invites.runner ?? '', 'Aidar', { phone: '+7 700 123 45 67' }),
      async (person) => {
        const stop = await goes(person, BANK_M)
        stop()
        const contact = { name: 'Гүлнар Әбдірахманқызы', phone: '+7 705 222 33 44' }
        await person.wish({ type: 'set-emergency', contact, note: 'Diabetes, type 1. Glucose in the left pocket.' })
        await person.asks('help')
      },
    )
    await seat('alarmCyclist', 'cyclist', joins(url, run.invites.cyclist ?? '', 'Dana'))
    await seat('alarmLeader', 'leader', Promise.resolve(who))
  }

  async function endedRun(): Promise<void> {
    const run = await plans(url, { title: 'Saturday, it is over', leaderName: 'Lena', hasRoute: true })
    const who = await leads(url, run)
    await who.wish({ type: 'start-run' })
    await seat('endedRunner', 'runner', joins(url, run.invites.runner ?? '', 'Aidar'), async (person) => {
      const stop = await goes(person, BANK_M)
      stop()
      const requestId = await person.asks('water')
      await who.wish({ type: 'claim-request', requestId }).catch(() => undefined) // a leader may not everywhere
      await person.wish({ type: 'confirm-delivered', requestId })
    })
    await who.wish({ type: 'end-run', despiteMissing: true })
    await seat('endedLeader', 'leader', Promise.resolve(who))
  }

  async function pairRun(): Promise<void> {
    const run = await plans(url, { title: 'Dawn', leaderName: 'Dana' })
    const who = await leads(url, run)
    await who.wish({ type: 'start-run' })
    await seat('pairRunner', 'runner', joins(url, run.invites.runner ?? '', 'Aidar'), async (person) => {
      const stop = await goes(person, BANK_M)
      stop()
    })
    await seat('pairLeader', 'leader', Promise.resolve(who), async (person) => {
      const stop = await goes(person, BANK_M - 300)
      stop()
    })
  }
}
