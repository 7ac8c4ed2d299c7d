import { describe, expect, test } from 'vitest'
import { countsOf, myStock, namedPieces, stepped, supplyOf, waterOutlook } from '../../client/state/stock.ts'
import { requestKindNames } from '../../shared/run/requests.ts'
import {
  canServe,
  namedPiecesOf,
  type Piece,
  piecesOf,
  type Stock,
  stockAfterGiving,
  stockAfterReturning,
} from '../../shared/run/stock.ts'
import { shortOf, waterForecast } from '../../shared/supply/water-forecast.ts'
import { HOUR_MS, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import {
  aidar,
  carries,
  claimed,
  dana,
  lena,
  madina,
  mum,
  raised,
  START_MS,
  sunday,
  timur,
  underWay,
} from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const requestId = p.request(1)
const handOverId = p.handOver(1)
const piece = (kind: Piece['kind'], count: number, forId: MemberId | null = null): Piece => ({ kind, count, forId })
const stockOf = (emptiesCount: number, ...pieces: Piece[]): Stock => ({ pieces, emptiesCount })
const set = (stock: Stock, isRefill = false) => wishes({ type: 'set-stock', stock, isRefill })
const give = (quantity = 1, runnerId = aidar) =>
  wishes({ type: 'record-hand-over', handOverId, runnerId, kind: 'water', quantity })
const gave = (quantity = 1, ofId: typeof requestId | null = null) => p.handedOver(1, { quantity, requestId: ofId })
const gotIt = wishes({ type: 'confirm-delivered', requestId })
const delivered = (cyclistId: MemberId | null = dana) => p.delivered(1, cyclistId)

describe('saying what one carries', () => {
  const eight = stockOf(0, piece('water', 8), piece('gel', 4))

  test('[SK4] a helper says what they carry, before the start too; a refill is told apart', () => {
    for (const id of [dana, lena])
      given(...sunday)
        .when(set(eight), id)
        .gives(carries(id, eight))
    given(...underWay)
      .when(set(eight, true), dana)
      .gives(carries(dana, eight, 'refilled'))
    for (const id of [aidar, mum])
      given(...underWay)
        .when(set(eight), id)
        .isRefused('not-for-your-role')
    given(...underWay, p.ended)
      .when(set(eight), dana)
      .isRefused('run-has-ended')
  })

  test('[SK4] the same said twice is once, and of a kind there is none where it counts 0', () => {
    given(...underWay, carries(dana, eight))
      .when(set(stockOf(0, piece('gel', 4), piece('salt', 0), piece('water', 8))), dana)
      .givesNothing()
    given(...underWay)
      .when(set(stockOf(0, piece('water', 0))), dana)
      .gives(carries(dana, stockOf(0)))
  })

  test('[SK4] each kind once and at most 1,000 pieces together', () => {
    const table = [piece('water', 500), piece('isotonic', 500)]
    given(...underWay)
      .when(set(stockOf(0, ...table)), dana)
      .gives(carries(dana, stockOf(0, ...table)))
    for (const pieces of [
      [...table, piece('tube', 1)],
      [piece('water', 1), piece('water', 2)],
    ])
      given(...underWay)
        .when(set(stockOf(0, ...pieces)), dana)
        .isRefused('malformed', 'command.stock')
  })

  test('[SK4] a piece may be named for somebody they see', () => {
    const aidars = stockOf(0, piece('isotonic', 1, aidar), piece('isotonic', 2))
    given(...underWay)
      .when(set(aidars), dana)
      .gives(carries(dana, aidars))
    const red = [p.groupAdded('red'), p.changed(dana, 'cyclist', 'red')]
    for (const [forId, since] of [
      [aidar, red],
      [aidar, [{ type: 'member-removed', memberId: aidar } as const]],
      [mum, []],
      [p.person('nobody'), []],
    ] as const)
      given(...underWay, ...since)
        .when(set(stockOf(0, piece('gel', 1, forId))), dana)
        .isRefused('no-such-thing', 'command.stock')
  })
})

describe('handing over', () => {
  const history = [...underWay, carries(dana, stockOf(0, piece('water', 3), piece('water', 1, aidar)))]
  const left = (water: number, aidars: number, empties: number) =>
    carries(dana, stockOf(empties, piece('water', water), piece('water', aidars, aidar)), 'given')

  test('[SK5] what is named for the runner goes first, then anybody’s, and empties come back', () => {
    given(...history)
      .when(give(), dana)
      .gives(gave(), left(3, 0, 1))
    given(...history)
      .when(give(2), dana)
      .gives(gave(2), left(2, 0, 2))
    given(...history)
      .when(give(1, madina), dana)
      .gives({ ...gave(), runnerId: madina }, left(2, 1, 1))
  })

  test('[SK5] a request that is served takes its pieces too, whoever says so', () => {
    const asked = [...history, raised(1, aidar, { quantity: 2 }), claimed(1, dana)]
    given(...asked)
      .when(give(2), dana)
      .gives(gave(2, requestId), { ...delivered(), handOverId }, left(2, 0, 2))
    given(...asked)
      .when(gotIt, aidar)
      .gives(delivered(), left(2, 0, 2))
    given(...history, raised(1, aidar))
      .when(gotIt, aidar)
      .gives(delivered(null))
  })

  test('[SK5] it never goes below nothing, and refuses no hand-over', () => {
    given(...underWay, carries(dana, stockOf(0, piece('water', 1), piece('water', 2, madina))))
      .when(give(2), dana)
      .gives(gave(2), carries(dana, stockOf(2, piece('water', 0), piece('water', 2, madina)), 'given'))
    given(...underWay)
      .when(give(2), dana)
      .gives(gave(2))
    const gel = wishes({ type: 'record-hand-over', handOverId, runnerId: aidar, kind: 'gel', quantity: 1 })
    given(...history)
      .when(gel, dana)
      .gives({ ...gave(), kind: 'gel' })
  })

  test('[SK6] when both say it, it is one hand-over', () => {
    const told = [...history, raised(1, aidar), claimed(1, dana), at(NOW_MS - 5 * MINUTE_MS, delivered())]
    given(...told)
      .when(give(), dana)
      .gives(gave(1, requestId))
    given(...told)
      .when(give(3), dana)
      .gives(gave(3, requestId), left(2, 0, 2))
    given(...told.slice(0, -1), at(NOW_MS - 5 * MINUTE_MS - 1, delivered()))
      .when(give(), dana)
      .gives(gave(), left(3, 0, 1))
    given(...told, { ...gave(1, requestId), handOverId: p.handOver(2) })
      .when(give(), dana)
      .gives(gave(), left(3, 0, 1))
    given(...told)
      .when(give(), timur)
      .gives({ ...gave(), cyclistId: timur })
  })

  test('[SK7] a hand-over that was none gives its pieces back', () => {
    const before = stockOf(2, piece('water', 3), piece('water', 1, aidar))
    for (const runnerId of [aidar, madina])
      expect(stockAfterReturning(stockAfterGiving(before, 'water', 1, runnerId), 'water', 1, runnerId)).toEqual(before)
    expect(stockAfterReturning(stockOf(0), 'gel', 2, aidar)).toEqual(stockOf(0, piece('gel', 2)))
    const full = stockOf(500, piece('water', 500))
    expect(stockAfterReturning(full, 'water', 5, aidar)).toEqual(stockOf(495, piece('water', 500)))
    expect(stockAfterGiving(full, 'water', 1, aidar)).toEqual(stockOf(500, piece('water', 499)))
  })
})

describe('who can bring it', () => {
  const asks = raised(1, aidar)
  const short = (...more: Parameters<typeof runOf>) => {
    const run = runOf(...underWay, asks, ...more)
    return shortOf(run, run.requests.get(requestId) as never)
  }
  const none = stockOf(0, piece('gel', 9), piece('water', 1, madina))

  test('[SK8] what is named for another is theirs, and what is named for the runner is known', () => {
    const stock = stockOf(0, piece('water', 2), piece('water', 1, aidar), piece('water', 4, madina))
    expect(piecesOf(stock, 'water', aidar)).toBe(3)
    expect(namedPiecesOf(stock, 'water', aidar)).toBe(1)
    expect(namedPiecesOf(null, 'water', aidar)).toBe(0)
    expect(canServe(none, { kind: 'water', runnerId: aidar })).toBe(false)
    expect(canServe(none, { kind: 'water', runnerId: madina })).toBe(true)
    for (const kind of requestKindNames) expect(canServe(null, { kind, runnerId: aidar })).toBe(true)
    for (const kind of ['mechanical', 'help'] as const) expect(canServe(none, { kind, runnerId: aidar })).toBe(true)
  })

  test('[SK8] a request that no available helper can bring is known; who has not said may have it', () => {
    expect(short()).toBe(false)
    expect(short(carries(dana, none))).toBe(false)
    expect(short(carries(dana, none), carries(timur, none))).toBe(true)
    expect(short(carries(dana, none), carries(timur, none), carries(lena, stockOf(0, piece('water', 1))))).toBe(false)
    const refills = p.helps(timur, 'refilling')
    expect(short(carries(dana, none), refills)).toBe(true)
    expect(short(p.stopped(dana), p.stopped(timur))).toBe(false)
  })
})

describe('the card of a request', () => {
  const asks = raised(1, aidar)
  const told = (by: MemberId, ...more: Parameters<typeof runOf>) => {
    const view = viewOf([...underWay, asks, ...more], { by })
    return supplyOf(view, view.run.requests.get(requestId) as never)
  }
  const none = stockOf(0, piece('gel', 9))

  test('[SK8] it says before one rides that nobody has it, that I have none, or that I have theirs', () => {
    expect(told(dana)).toBeNull()
    expect(told(dana, carries(dana, none))).toBe('not-me')
    expect(told(dana, carries(dana, none), carries(timur, none))).toBe('nobody')
    expect(told(lena, carries(dana, none), carries(timur, none))).toBe('nobody')
    expect(told(dana, carries(dana, stockOf(0, piece('water', 1, aidar))))).toBe('named')
    expect(told(dana, carries(dana, none), claimed(1, timur))).toBeNull()
    expect(told(dana, carries(dana, none), claimed(1, dana))).toBe('not-me')
    expect(told(dana, carries(dana, none), claimed(1, dana), delivered())).toBeNull()
  })
})

describe('the water of the run', () => {
  const fifteen = [
    carries(dana, stockOf(0, piece('water', 9), piece('gel', 9))),
    carries(timur, stockOf(0, piece('isotonic', 6))),
  ]
  const gives = (no: number, atMs: number, quantity = 1) => at(atMs, { ...gave(quantity), handOverId: p.handOver(no) })
  const forecast = (...more: Parameters<typeof runOf>) => waterForecast(runOf(...underWay, ...more), NOW_MS)

  test('[SK9] it is out when the bottles end at the rate of the last 40 minutes', () => {
    const recent = [1, 2, 3, 4].map((no) => gives(no, NOW_MS - no * 9 * MINUTE_MS))
    const old = gives(9, NOW_MS - 40 * MINUTE_MS, 5)
    expect(forecast(...fifteen, ...recent, old)).toEqual({
      bottles: 15,
      perHour: 6,
      outAtMs: NOW_MS + 2.5 * HOUR_MS,
    })
    const assumed = [raised(1, madina, { quantity: 2 }), claimed(1, dana), at(NOW_MS - 1, delivered())]
    expect(forecast(...fifteen, ...recent, ...assumed)?.perHour).toBe(9)
  })

  test('[SK9] nothing is said while one has not told, nor from fewer than three bottles; none left is now', () => {
    expect(forecast(fifteen[0] as never)).toBeNull()
    expect(waterForecast(runOf(...sunday, ...fifteen), NOW_MS)).toBeNull()
    expect(forecast(...fifteen, gives(1, NOW_MS - 1, 2))).toEqual({ bottles: 15, perHour: 3, outAtMs: null })
    const empty = [dana, timur].map((id) => carries(id, stockOf(9, piece('gel', 4))))
    expect(forecast(...empty)).toEqual({ bottles: 0, perHour: 0, outAtMs: NOW_MS })
    expect(forecast(p.stopped(dana), p.stopped(timur))).toBeNull()
  })

  test('[SK9] who refills counts with what they have, and who cannot come does not', () => {
    expect(forecast(...fifteen, p.helps(dana, 'refilling'))?.bottles).toBe(15)
    expect(forecast(...fifteen, p.helps(dana, 'puncture'))?.bottles).toBe(6)
  })

  test('[SK9] of a run that has only begun the rate is that of ten minutes', () => {
    const run = runOf(...underWay, ...fifteen, gives(1, START_MS + MINUTE_MS, 3))
    expect(waterForecast(run, START_MS + 2 * MINUTE_MS)?.perHour).toBe(18)
  })

  test('[SK9] a leader reads how many have said what they carry', () => {
    const view = viewOf([...underWay, fifteen[0] as never])
    expect(waterOutlook(view, NOW_MS)).toEqual({ forecast: null, saidCount: 1, cyclistCount: 2 })
    expect(waterOutlook(viewOf([...underWay, ...fifteen]), NOW_MS)?.forecast?.bottles).toBe(15)
    expect(waterOutlook(viewOf([...underWay, p.stopped(dana), p.stopped(timur)]), NOW_MS)).toBeNull()
  })
})

describe('the phone of who carries', () => {
  const stock = stockOf(2, piece('water', 3), piece('water', 1, aidar), piece('gel', 0))

  test('[SK10] it shows what was said last, also while that waits to be sent', () => {
    expect(myStock(viewOf(underWay, { by: dana }))).toBeNull()
    const view = viewOf([...underWay, carries(dana, stock)], { by: dana })
    expect(countsOf(myStock(view) as Stock)).toEqual([{ kind: 'water', count: 4 }])
    expect(namedPieces(view, myStock(view) as Stock)).toEqual([{ ...piece('water', 1, aidar), name: 'Aidar' }])
    const waiting = viewOf(underWay, { by: dana, waiting: [{ type: 'set-stock', stock, isRefill: false }] })
    expect(countsOf(myStock(waiting) as Stock)).toEqual([{ kind: 'water', count: 4 }])
  })

  test('[SK10] the bottle of somebody who was taken out of the run is anybody’s, and can be said so', () => {
    const history = [...underWay, carries(dana, stock), event({ type: 'member-removed', memberId: aidar })]
    const mine = myStock(viewOf(history, { by: dana })) as Stock
    expect(mine).toEqual(stockOf(2, piece('water', 4), piece('gel', 0)))
    given(...history)
      .when(set(mine), dana)
      .gives(carries(dana, stockOf(2, piece('water', 4))))
  })

  test('[SK10] a stepper never goes below nothing', () => {
    expect(stepped(stock, 'gel', null, -1)).toEqual(stock)
    expect(stepped(stock, 'salt', null, 1).pieces.at(-1)).toEqual(piece('salt', 1))
    expect(stepped(stock, 'water', aidar, 1).pieces[1]).toEqual(piece('water', 2, aidar))
  })
})
