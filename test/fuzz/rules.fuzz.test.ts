import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from '../../server/core/decide.ts'
import { dueAtMs } from '../../server/core/decide-wake.ts'
import { factSchema } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import { cyclistsOf, isEnded, isSharing, leadersOf } from '../../shared/run/questions.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { canServe } from '../../shared/run/stock.ts'
import { everyEvent } from '../support/every-event.ts'
import { factsOf } from '../support/given-run.ts'
import { lastOf, type Played, placesOf, play, steps, times } from '../support/run-arbitrary.ts'

const nowhere = () => undefined

function always(holds: (played: Played) => void): void {
  fc.assert(
    fc.property(steps(80), (all) => {
      for (const played of play(all)) holds(played)
    }),
    times(60),
  )
}

test('[FO1] any fact can be folded at any time', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(everyEvent)), { size: 'max', maxLength: 60 }), (events) => {
      const facts = factsOf(events)
      expect(facts.reduce(evolve, newRun).version).toBe(facts.length)
    }),
    times(200),
  )
})

test('[DC1] every wish is answered: with a refusal, or with well-formed facts and words', () => {
  always(({ decision, facts }) => {
    if (!decision.ok) return expect(decision).toMatchObject({ ok: false, code: expect.any(String) })
    for (const fact of facts) expect(JSON.stringify(factSchema.parse(fact))).toBe(JSON.stringify(fact))
    for (const word of decision.words)
      expect(word).toEqual({ ...word, key: expect.stringMatching(/^[a-z]+(:[a-z0-9_]+)?$/) })
  })
})

test('[G6] whoever has no seat changes nothing, and a watcher or guardian only what is their own', () => {
  const own = ['member-renamed', 'phone-set', 'push-set', 'member-erased']
  always(({ wish, byId, decision, before: { run } }) => {
    const by = byId === null ? undefined : run.members.get(byId)
    if (byId === null || ['plan-run', 'join'].includes(wish.type)) return
    if (!by || by.status === 'removed') expect(decision).toEqual({ ok: false, code: 'not-a-member' })
    else if (!takesPart(by.role) && decision.ok)
      expect(decision.events.filter(({ type }) => !own.includes(type))).toEqual([])
  })
})

test('[RQ13] what has ended never opens again, but an assumed hand-over that is undone', () => {
  always(({ before, after, decision }) => {
    const events = decision.ok ? decision.events : []
    const undone = new Set(events.flatMap((event) => (event.type === 'request-unassumed' ? [event.requestId] : [])))
    for (const request of before.run.requests.values()) {
      if (!isEnded(request)) continue
      if (request.isAssumed && undone.has(request.requestId)) continue
      expect(after.run.requests.get(request.requestId)).toEqual(request)
    }
  })
})

test('[RQ17] at any time a runner has one open request of a kind, and what is claimed has a helper who rides', () => {
  always(({ after: { run } }) => {
    const open = [...run.requests.values()].filter(({ status }) => status === 'open' || status === 'claimed')
    expect(new Set(open.map(({ runnerId, kind }) => `${runnerId} ${kind}`)).size).toBe(open.length)
    for (const request of run.requests.values()) expect(helperTrouble(run, request)).toBe('')
  })
})

function helperTrouble(run: RunState, request: Request): string {
  const helper = request.cyclistId === null ? undefined : run.members.get(request.cyclistId)
  if (isEnded(request) !== ['delivered', 'closed', 'cancelled'].includes(request.status)) return 'half ended'
  if (isEnded(request)) return ''
  if (request.status === 'open') return helper ? 'open with a helper' : ''
  if (!helper) return request.status === 'claimed' ? 'claimed by nobody' : ''
  const helps = isHelper(helper.role) && helper.status !== 'removed' && helper.status !== 'stopped'
  return helps && helper.memberId !== request.runnerId ? '' : 'claimed by one who helps no more'
}

test('[MB11] somebody leads as long as somebody takes part', () => {
  always(({ after: { run } }) => {
    const takers = [...run.members.values()].filter(({ role, status }) => takesPart(role) && status !== 'removed')
    expect(leadersOf(run).length > 0).toBe(takers.length > 0)
  })
})

test('[MB4] windows of sharing follow each other, and only the last of one who takes part is open', () => {
  always(({ after: { run } }) => {
    for (const member of run.members.values()) expect(windowTrouble(run, member)).toBe('')
  })
})

function windowTrouble(run: RunState, member: Member): string {
  const { windows, status, role } = member
  for (const [i, { fromMs, toMs }] of windows.entries()) {
    if (toMs !== null && toMs < fromMs) return 'ends before it begins'
    if (toMs === null && i < windows.length - 1) return 'open in the middle'
    if (fromMs < (windows[i - 1]?.toMs ?? 0)) return 'overlaps'
  }
  const mayShare = takesPart(role) && status !== 'removed' && status !== 'stopped' && run.head.phase !== 'ended'
  return isSharing(member) && !mayShare ? 'shares too long' : ''
}

test('[RQ5] a request that one cyclist could be given at once never waits for a tap', () => {
  always(({ after: { run }, decision }) => {
    if (!decision.ok || cyclistsOf(run).length !== 1) return
    const raised = decision.events.find((event) => event.type === 'request-raised')
    const request = raised && run.requests.get(raised.requestId)
    if (request?.status !== 'open') return
    const [cyclist] = cyclistsOf(run)
    const isOwn = request.runnerId === cyclist?.memberId
    const isOfAnotherGroup = cyclist?.groupId !== null
    const isNoErrand = ['help', 'first-aid', 'slow-down'].includes(request.kind)
    const hasNone = cyclist !== undefined && !canServe(cyclist.stock, request)
    expect(isOwn || isOfAnotherGroup || isNoErrand || hasNone).toBe(true)
  })
})

test('[WK1] a run is woken exactly when something comes due, and not again before something else does', () => {
  fc.assert(
    fc.property(steps(60), (all) => {
      const { run } = lastOf(play(all))
      const dueMs = dueAtMs(run)
      if (dueMs === null || run.head.phase === 'ended') return
      const wake = (nowMs: number, placeOf = nowhere) =>
        decide(run, { type: 'wake' }, null, { nowMs, placeOf, alongM: () => undefined })
      expect(wake(dueMs - 1)).toEqual({ ok: true, events: [], words: [] })
      const woken = wake(dueMs, placesOf(1) as never)
      if (!woken.ok || woken.events.length === 0) throw new Error('woken for nothing')
      const after = woken.events.reduce(
        (each, event) => evolve(each, { version: each.version + 1, atMs: dueMs, byId: null, event }),
        run,
      )
      expect(dueAtMs(after)).toBeGreaterThan(dueMs)
    }),
    times(200),
  )
})
