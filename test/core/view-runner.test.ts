import { beforeAll, describe, expect, test } from 'vitest'
import { waitingText } from '../../client/screens/run/waiting-text.ts'
import { appsFor, systemOf } from '../../client/screens/runner/tracker-apps.ts'
import { speak } from '../../client/screens/texts.ts'
import { breaksThrough } from '../../client/state/breaks-through.ts'
import { emergencyFrom, emergencyOf, formOf, keptForm } from '../../client/state/emergency.ts'
import { myTimeMs } from '../../client/state/my-time.ts'
import { pairOf } from '../../client/state/pair.ts'
import type { Command } from '../../shared/run/commands.ts'
import { contactText } from '../../shared/run/emergency.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { at, by, event } from '../support/given-run.ts'
import {
  aidar,
  alert,
  claimed,
  dana,
  handOver,
  joined,
  lena,
  madina,
  message,
  planned,
  raised,
  regroup,
  request,
  START_MS,
  sets,
  started,
  stopped,
  underWay,
} from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const NOW_MS = START_MS + MINUTE_MS
beforeAll(() => speak('en'))

test('[VW43] what waits to be sent is listed in the words of whoever tapped it', () => {
  const asked = { type: 'raise-request', requestId: request(2), kind: 'gel', quantity: 2, note: null } as const
  const history = [...underWay, raised(1, aidar)]
  const waiting: readonly Command[] = [
    asked,
    { type: 'cancel-request', requestId: request(2) },
    { type: 'confirm-delivered', requestId: request(1) },
    { type: 'claim-request', requestId: request(1) },
    { type: 'record-hand-over', handOverId: handOver(1), runnerId: aidar, kind: 'water', quantity: 1 },
    { type: 'see-members', memberIds: [aidar, madina] },
    { type: 'pause', reason: 'shoe' },
    { type: 'set-minor', memberId: aidar, isMinor: true },
  ]
  const view = viewOf(history, { by: dana, waiting })
  expect(view.waitingCommands.map(({ command }) => waitingText(view, command))).toEqual([
    '2 × Gel',
    'Cancel: 2 × Gel',
    'Got it: Water',
    'I bring it: Water to Aidar',
    'Handed over: Water to Aidar',
    'Seen: Aidar, Madina',
    'Pause',
    'Another tap',
  ])
})

test('[VW44] calls for help break through first, then questions, then messages not yet seen', () => {
  const history = [
    ...underWay,
    by(lena, event({ type: 'message-sent', messageId: message(1), groupId: null })),
    by(
      lena,
      event({
        type: 'regroup-called',
        regroupId: regroup(1),
        groupId: null,
        place: { latitudeDeg: 51.1, longitudeDeg: 71.4 },
        atM: null,
        atMs: NOW_MS,
      }),
    ),
    raised(1, aidar),
    claimed(1, dana),
    event({ type: 'request-met', requestId: request(1) }),
    event({
      type: 'alert-asked',
      alertId: alert(1),
      rule: 'stopped',
      memberId: aidar,
      value: null,
      sinceMs: START_MS,
    }),
    raised(2, madina, { kind: 'help', toldIds: [aidar] }),
  ]
  const words = [
    { key: `message:${message(1)}`, ownerId: lena, text: 'Ice' },
    { key: `regroup:${regroup(1)}`, ownerId: lena, text: 'Bridge' },
  ]
  const seen = breaksThrough(viewOf(history, { by: aidar, words }), NOW_MS)
  expect(seen.map(({ is }) => is)).toEqual(['alarm', 'are-you-fine', 'met', 'regroup', 'message'])
  const mine = breaksThrough(viewOf([...history, raised(3, aidar, { kind: 'first-aid' })], { by: aidar }), NOW_MS)
  expect(mine.map(({ is }) => is)).toEqual(['alarm', 'my-alarm', 'are-you-fine', 'met', 'regroup'])
  expect(breaksThrough(viewOf(underWay, { by: aidar }), NOW_MS)).toEqual([])
  const others = breaksThrough(
    viewOf([...history, event({ type: 'regroup-ended', regroupId: regroup(1) })], { by: madina }),
    NOW_MS,
  )
  expect(others.map(({ is }) => is)).toEqual(['my-alarm'])
})

test('[VW45] whom to call has a name and a number or is not sent, and is read back as it was typed', () => {
  const form = { name: ' Aigul, wife ', phone: '+7 701 000', note: '' }
  const known = { contact: { name: 'Aigul, wife', phone: '+7 701 000' }, note: null }
  expect(emergencyFrom(form)).toEqual(known)
  expect(emergencyFrom({ ...form, phone: ' ' })).toBe('half')
  expect(emergencyFrom({ ...form, name: '' })).toBe('half')
  expect(emergencyFrom({ ...form, phone: 'at home' })).toBe('no-phone')
  expect(emergencyFrom({ name: '', phone: '', note: 'asthma' })).toEqual({ contact: null, note: 'asthma' })
  const words = [{ key: `emergency:${aidar}`, ownerId: aidar, text: contactText(known.contact) }]
  expect(emergencyOf(viewOf(underWay, { words }), aidar)).toEqual(known)
  expect(formOf(known)).toEqual({ name: 'Aigul, wife', phone: '+7 701 000', note: '' })
  expect(keptForm(JSON.stringify(form))).toEqual(form)
  for (const text of ['', 'null', '{"name":3']) expect(keptForm(text).phone).toBe('')
})

describe('two people', () => {
  const two = (leaderRole: 'leader', otherRole: 'runner' | 'cyclist') => [
    planned,
    joined(lena, leaderRole, 1),
    joined(dana, otherRole, 2),
    started,
    sets(lena),
    sets(dana),
  ]
  const seenBy = (id: typeof lena, ...history: Parameters<typeof viewOf>[0][number][]) =>
    pairOf(viewOf(history, { by: id }))

  test('[BR27] whoever is not the runner brings, whichever of them leads', () => {
    const led = two('leader', 'cyclist')
    expect([seenBy(lena, ...led)?.brings, seenBy(dana, ...led)?.brings]).toEqual([false, true])
    const leads = two('leader', 'runner')
    expect([seenBy(lena, ...leads)?.brings, seenBy(dana, ...leads)?.brings]).toEqual([true, false])
  })

  test('[BR27] not before both are on their way, nor with a third, nor once one has stopped', () => {
    const both = two('leader', 'cyclist')
    expect(seenBy(lena, ...both.slice(0, -1))).toBe(null)
    expect(seenBy(lena, ...both, joined(aidar, 'runner', 3))).toBe(null)
    expect(seenBy(lena, ...both, joined(aidar, 'watcher', 3))).not.toBe(null)
    expect(seenBy(lena, ...both, stopped(dana))).toBe(null)
    expect(seenBy(lena, planned, joined(lena, 'leader', 1), started, sets(lena))).toBe(null)
  })
})

test('[PO4] the time on the way is since the run began, or since its owner came later', () => {
  const live = [planned, joined(lena, 'leader', 1), at(START_MS, started)]
  expect(myTimeMs(viewOf(live), NOW_MS)).toBe(null)
  expect(myTimeMs(viewOf([...live, sets(lena, START_MS - MINUTE_MS)]), NOW_MS)).toBe(MINUTE_MS)
  expect(myTimeMs(viewOf([...live, sets(lena, START_MS + MINUTE_MS / 2)]), NOW_MS)).toBe(MINUTE_MS / 2)
})

test.each([
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36', 'android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1', 'ios'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36', null],
] as const)('[BR28] an app is recommended for the phone there is: %s', (userAgent, system) => {
  expect(systemOf(userAgent)).toBe(system)
  expect(appsFor(system)[0]?.name).toBe('Traccar Client')
})
