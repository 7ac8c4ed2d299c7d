import { expect, test } from 'vitest'
import { type Helping, helperStateSchema } from '../../shared/run/helping.ts'
import { cyclistsOf } from '../../shared/run/questions.ts'
import { at, event, given, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import {
  aidar,
  claimed,
  dana,
  helps,
  lena,
  madina,
  mum,
  raised,
  START_MS,
  sunday,
  timur,
  underWay,
} from '../support/people.ts'

const is = (state: Helping['state'], kind: Helping['kind'] = 'bike') => wishes({ type: 'set-helping', kind, state })
const released = (no: number) => event({ type: 'request-released', requestId: p.request(no), reason: 'helper-busy' })

test('[SK1] a helper says with what they help and whether they are available, until the end', () => {
  for (const id of [dana, lena])
    given(...sunday)
      .when(is('available', 'table'), id)
      .gives(helps(id, 'available', 'table'))
  for (const id of [aidar, mum])
    given(...sunday)
      .when(is('refilling'), id)
      .isRefused('not-for-your-role')
  given(...underWay, p.ended)
    .when(is('refilling'), dana)
    .isRefused('run-has-ended')
})

test('[SK1] said twice it is once', () => {
  given(...underWay)
    .when(is('available'), dana)
    .givesNothing()
  given(...underWay, helps(dana, 'puncture'))
    .when(is('puncture'), dana)
    .givesNothing()
})

test('[SK2] only available cyclists are offered work', () => {
  for (const state of helperStateSchema.options) {
    const ids = cyclistsOf(runOf(...underWay, helps(dana, state))).map(({ memberId }) => memberId)
    expect(ids.toSorted()).toEqual(state === 'available' ? [dana, timur] : [timur])
  }
})

test('[SK2] one who is left alone has what waits at once, and so has who is available again', () => {
  const atOnce = claimed(1, timur, { isAutomatic: true })
  given(...underWay, raised(1, aidar))
    .when(is('refilling'), dana)
    .gives(helps(dana, 'refilling'), atOnce)
  given(...underWay, raised(1, aidar), claimed(1, dana))
    .when(is('puncture'), dana)
    .gives(helps(dana, 'puncture'), released(1), atOnce)
  given(...underWay, p.stopped(dana), raised(1, aidar), claimed(1, lena))
    .when(is('puncture'), lena)
    .gives(helps(lena, 'puncture'), released(1), atOnce)
  given(...underWay, p.stopped(timur), helps(dana, 'refilling'), raised(1, aidar))
    .when(is('available'), dana)
    .gives(helps(dana, 'available'), claimed(1, dana, { isAutomatic: true }))
  given(...underWay, p.stopped(timur), helps(dana, 'refilling'))
    .when({ type: 'raise-request', requestId: p.request(1), kind: 'water', quantity: 1, note: null }, aidar)
    .gives(raised(1, aidar))
})

test('[SK2] a claim and a bottle of one who is not available are not refused', () => {
  const away = [...underWay, raised(1, aidar), helps(dana, 'with-injured')]
  given(...away)
    .when({ type: 'claim-request', requestId: p.request(1) }, dana)
    .gives(claimed(1, dana))
  const gel = { handOverId: p.handOver(1), runnerId: madina, kind: 'gel', quantity: 1 } as const
  given(...away)
    .when({ type: 'record-hand-over', ...gel }, dana)
    .gives({ type: 'handed-over', ...gel, cyclistId: dana, requestId: null } as never)
})

test.each(['puncture', 'with-injured'] as const)(
  '[SK3] %s gives back what they had claimed, but no call for help',
  (state) => {
    const third = p.joined(p.person('berik'), 'cyclist', 7)
    given(
      ...underWay,
      third,
      raised(1, aidar),
      at(START_MS + 1, raised(2, madina, { kind: 'mechanical' })),
      raised(3, madina, { kind: 'first-aid' }),
      raised(4, madina, { kind: 'gel' }),
      claimed(1, dana),
      claimed(2, dana),
      claimed(3, dana),
      claimed(4, timur),
    )
      .when(is(state), dana)
      .gives(helps(dana, state), released(1), released(2))
  },
)

test('[SK3] who refills keeps it', () => {
  given(...underWay, raised(1, aidar), claimed(1, dana))
    .when(is('refilling'), dana)
    .gives(helps(dana, 'refilling'))
})
