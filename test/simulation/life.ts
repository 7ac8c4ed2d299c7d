/** People at their run: they record, they think of something every few seconds, and they all reach for the same request. */
import type { GroupId, MemberId, RequestId } from '../../shared/units.ts'
import type { Person } from './person.ts'
import { type Asking, aWish } from './wishes.ts'
import type { World } from './world.ts'

const FIX_EVERY_MS = 5_000
const THINKS_EVERY_MS = [4_000, 12_000] as const
/** How long helpers take to see a request and reach for it. */
const REACH_MS = [300, 1_500] as const
const RACES = 0.5
/** Runs with a group in them. */
const GROUPS = 0.5
const LOOKS = 0.4
const LOOKS_EVERY_MS = [4_000, 12_000] as const
const GROUP = 'grp_simulatedgroup' as GroupId

/** Everybody sets out, and goes on until they are told to come home. */
export function setOut(world: World, isOver: () => boolean): void {
  const { time, people, random } = world
  const [leader] = people
  if (random.next() < GROUPS) leader?.tap(() => ({ type: 'start-run' }))
  if (random.next() < GROUPS)
    leader?.tap(() => ({ type: 'add-group', groupId: GROUP, name: 'slow', colour: '#00ff00', targetPaceMps: null }))
  const first = new Set<string>()
  for (const person of people) begin(person)

  function begin(person: Person): void {
    const mind = random.fork(`mind of ${person.name}`)
    let movingId: MemberId | undefined
    if (person.role !== 'watcher') {
      time.after(mind.between(500, 3_000), time.outside, () => share(person))
      time.after(mind.between(0, FIX_EVERY_MS), time.outside, record)
    }
    time.after(mind.between(1_000, 8_000), time.outside, think)
    time.after(mind.between(0, LOOKS_EVERY_MS[0]), time.outside, glance)

    /** Most phones are in a pocket most of the time. */
    function glance(): void {
      person.look(isOver() || mind.next() < LOOKS)
      if (!isOver()) time.after(mind.between(...LOOKS_EVERY_MS), time.outside, glance)
    }

    function record(): void {
      if (isOver()) return
      if (person.isSharing) person.record()
      time.after(FIX_EVERY_MS * mind.between(0.9, 1.1), time.outside, record)
    }

    function think(): void {
      if (isOver()) return
      time.after(mind.between(...THINKS_EVERY_MS), time.outside, think)
      if (person.role !== 'watcher' && mind.next() < 0.03) {
        if (person.isSharing) stopSharing(person)
        else share(person)
        return
      }
      const isTheFirst = (what: string) => mind.next() < 0.5 && !first.has(what) && Boolean(first.add(what))
      const asking: Omit<Asking, 'phone'> = { meId: person.memberId, random: mind, isTheFirst }
      person.tap(
        (phone) => {
          const wish = aWish(person.role, { ...asking, phone })
          if (wish?.type === 'raise-request' && mind.next() < RACES) race(wish.requestId)
          if (wish?.type === 'reseat-member') movingId = wish.memberId
          return wish
        },
        (answer) => {
          if (answer.ok && answer.seat !== undefined && movingId) moved(movingId, answer.seat)
        },
      )
    }
  }

  function race(requestId: RequestId): void {
    for (const helper of people.filter(({ role }) => role === 'cyclist' || role === 'leader'))
      time.after(random.between(...REACH_MS), time.outside, () =>
        helper.tap(() => ({ type: 'claim-request', requestId })),
      )
  }

  function moved(memberId: MemberId, seat: string): void {
    const old = people.find((person) => person.memberId === memberId)
    if (!old) return
    const person = world.seat(`${old.name}'`, memberId, old.role, seat)
    old.isSharing = false // the old phone lies in a drawer
    person.open()
    begin(person)
  }
}

function share(person: Person): void {
  person.tap((phone) => {
    person.isSharing = true
    return { type: 'start-sharing', sinceMs: phone.nowMs() }
  })
}

function stopSharing(person: Person): void {
  person.tap((phone) => {
    person.isSharing = false
    return { type: 'stop-sharing', untilMs: phone.nowMs() }
  })
}
