import { expect, test } from 'vitest'
import { lostWishes } from '../../server/core/readmit.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { CommandId } from '../../shared/units.ts'
import { everyEvent } from '../support/every-event.ts'
import { event, factsOf, given, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, raised, sunday, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const readmit = (...events: RunEvent[]) => wishes({ type: 'readmit', events, words: [], atMs: p.START_MS })
const removed = event({ type: 'member-removed', memberId: dana })
const delivered = event({ type: 'request-delivered', requestId, cyclistId: dana, handOverId: null, distanceM: null })

test('[RA1] what a fork knew enters once, each fact after the ones before it', () => {
  given(...underWay)
    .when(readmit(raised(1, aidar)), aidar)
    .gives(raised(1, aidar))
  given(...underWay)
    .when(readmit(raised(1, aidar), claimed(1, dana), delivered), aidar)
    .gives(raised(1, aidar), claimed(1, dana), delivered)
  given(...underWay, raised(1, aidar))
    .when(readmit(raised(1, aidar), claimed(1, dana)), aidar)
    .gives(claimed(1, dana))
})

test('[RA1] where the journal has gone another way the journal stays', () => {
  const stays = (history: readonly RunEvent[], lost: RunEvent) =>
    given(...history)
      .when(readmit(lost), null)
      .givesNothing()
  stays([...underWay, raised(1, aidar), claimed(1, timur)], claimed(1, dana))
  stays(
    [...underWay, raised(1, aidar), delivered],
    event({ type: 'request-cancelled', requestId, reason: 'by-author' }),
  )
  stays([...underWay, raised(1, aidar), removed], claimed(1, dana))
  stays([...underWay, event({ type: 'member-removed', memberId: aidar })], raised(1, aidar))
  stays([...underWay], p.started)
  stays([...underWay, p.ended], p.sets(timur))
  stays([...underWay, removed], event({ type: 'member-returned', memberId: dana }))
  stays(
    [...sunday, event({ type: 'member-reseated', memberId: dana, seatNo: 3 })],
    event({ type: 'member-reseated', memberId: dana, seatNo: 2 }),
  )
})

test('[RA1] whoever joined on a fork gets the next number, and their request goes under it', () => {
  const newcomer = p.person('zarina')
  const asked = raised(7, newcomer, { runnerNo: 6 })
  given(...underWay)
    .when(readmit(p.joined(newcomer, 'runner', 6), asked), newcomer)
    .gives(p.joined(newcomer, 'runner', 7), { ...asked, runnerNo: 7 })
})

test('[RA1] nothing that is said of one erased comes back with it', () => {
  const erased = event({ type: 'member-erased', memberId: aidar })
  const word = { key: `name:${aidar}`, ownerId: aidar, text: 'Aidar' }
  const title = { key: 'title', ownerId: null, text: 'Sunday' }
  const renamed = event({ type: 'message-sent', messageId: p.message(1), groupId: null })
  const wish = wishes({ type: 'readmit', events: [renamed], words: [word, title], atMs: 1 })
  given(...underWay, erased)
    .when(wish, lena)
    .givesWithWords([title], renamed)
})

test.each(Object.entries(everyEvent))(
  '[RA1] %s enters a run it knows nothing of without breaking it',
  (_type, lost) => {
    for (const run of [runOf(), runOf(...sunday), runOf(...underWay, p.ended)]) {
      const again = factsOf([lost]).reduce(evolve, run)
      expect(again.version).toBe(1)
    }
  },
)

test('[RA2] who is out on a fork is out before anything else enters, and a wish stays whole', () => {
  const idOf = (no: number) => `cmd_${String(no).padStart(12, '0')}` as CommandId
  const facts = factsOf([raised(1, aidar), claimed(1, dana), removed]).map((fact, i) => ({
    ...fact,
    commandId: idOf(i < 2 ? 1 : 2),
    byId: i < 2 ? aidar : lena,
    atMs: 100 + i,
  }))
  const note = { key: `note:${requestId}`, ownerId: aidar, text: 'cold' }
  const words = new Map([[note.key, note]])
  expect(lostWishes(facts, words)).toEqual([
    { commandId: idOf(2), byId: lena, wish: { type: 'readmit', events: [removed], words: [], atMs: 102 } },
    {
      commandId: idOf(1),
      byId: aidar,
      wish: { type: 'readmit', events: [raised(1, aidar), claimed(1, dana)], words: [note], atMs: 100 },
    },
  ])
})
