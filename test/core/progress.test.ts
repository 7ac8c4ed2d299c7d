import { describe, expect, test } from 'vitest'
import { movedPlace } from '../../shared/geo/distance.ts'
import { noProgress, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import { placeAtM } from '../../shared/geo/route.ts'
import { at, fixAt, follow, laps, mapOf, outAndBack } from '../support/along.ts'

const straight = mapOf([0, 0], [8_000, 0])

describe('where somebody is along the route', () => {
  test('[PG1] before a fix has come near the route there is no progress, and then it is where the fixes are', () => {
    expect(progressAt(straight, noProgress, 0)).toBeUndefined()
    const far = progressAfter(straight, noProgress, fixAt(at(0, 5_000), 5))
    expect(progressAt(straight, far, 5_000)).toBeUndefined()
    const runner = follow(straight).move(5, 605, 0, 1_800)
    expect(runner.now().atM).toBeCloseTo(1_800, -1)
    expect(runner.now()).toMatchObject({ takenAtMs: 605_000, rival: null, isOffRoute: false, isStopped: false })
    expect(runner.now().speedMps).toBeCloseTo(3, 0)
    expect(runner.now().confidence).toBeGreaterThan(0.99)
  })

  test('[PG2] the legs of an out-and-back are told apart by the way somebody moves', () => {
    const runner = follow(outAndBack(1_500)).move(5, 505, 0, 1_500)
    runner.move(510, 905, 1_515, 2_700)
    expect(runner.now().atM).toBeCloseTo(2_700, -2)
    expect(runner.now().confidence).toBeGreaterThan(0.95)
  })

  test('[PG3] a lap goes by in a gap and is counted', () => {
    const runner = follow(laps(100, 20)).move(5, 605, 0, 1_800)
    runner.move(755, 800, 2_250, 2_385)
    expect(runner.now().atM).toBeGreaterThan(2_360)
    expect(runner.now().atM).toBeLessThan(2_410)
  })

  test('[PG4] who is first seen in the middle of a lap may be on any: it says so, and does not jump', () => {
    const runner = follow(laps(500, 4)).move(5, 205, 3_000, 3_600)
    const { confidence, rival } = runner.now()
    expect(confidence).toBeLessThan(0.8)
    expect(rival?.share).toBeGreaterThan(0.1)
    const lapsApart = Math.abs((rival?.atM ?? 0) - runner.now().atM) / 2_000
    expect(lapsApart).toBeCloseTo(Math.max(1, Math.round(lapsApart)), 1)
    const said = [210, 215, 220, 225].map((tS) => runner.fix(tS, 3_600 + 3 * (tS - 205)).now().atM)
    for (const [index, atM] of said.entries())
      if (index > 0) expect(Math.abs(atM - (said[index - 1] ?? 0))).toBeLessThan(50)
  })

  test('[PG5] in a gap somebody is reckoned on at their pace, and is less sure the longer it lasts', () => {
    const runner = follow(straight).move(5, 605, 0, 1_800)
    const [soon, later, long] = [runner.now(635), runner.now(725), runner.now(1_505)]
    expect(soon.atM).toBeCloseTo(1_890, -2)
    expect(later.atM).toBeGreaterThan(2_100)
    expect(later.atM).toBeLessThan(2_220)
    expect(later.takenAtMs).toBe(605_000)
    expect(soon.confidence).toBeGreaterThan(later.confidence)
    expect(later.confidence).toBeGreaterThan(long.confidence)
    expect(long.spreadM).toBeGreaterThan(later.spreadM)
  })

  test('[PG6] nothing that comes later changes what was said, and a fix that is not newer changes nothing', () => {
    const runner = follow(straight).move(5, 105, 0, 300)
    const before = runner.state()
    runner.fix(100, 5_000).fix(105, 5_000)
    expect(runner.state()).toBe(before)
    const said = progressAt(straight, before, 105_000)
    runner.move(110, 300, 315, 900)
    expect(progressAt(straight, before, 105_000)).toEqual(said)
  })

  test('[PG7] one bad fix moves nobody and raises nothing', () => {
    const runner = follow(outAndBack(2_000)).move(5, 305, 0, 900)
    runner.seen(fixAt(at(915, 160), 310))
    expect(runner.now().atM).toBeCloseTo(915, -2)
    expect(runner.now()).toMatchObject({ isOffRoute: false, isWrongWay: false })
    expect(runner.move(315, 330, 930, 975).now().atM).toBeCloseTo(975, -1)
  })

  test('[PG8] off the route is raised by three fixes 40 m away at the latest, and cleared by two nearer than that', () => {
    const runner = follow(straight).move(5, 305, 0, 900)
    const away = (tS: number, northM: number) => runner.seen(fixAt(at(900, northM), tS)).now().isOffRoute
    expect(away(310, 15)).toBe(false)
    expect(away(315, 45)).toBe(false)
    away(320, 60)
    expect(away(325, 75)).toBe(true)
    expect([80, 90, 70].map((northM, index) => away(330 + 5 * index, northM))).toEqual([true, true, true])
    expect(away(345, 20)).toBe(true)
    expect(away(350, 5)).toBe(false)
    expect(runner.move(355, 400, 915, 1_050).now()).toMatchObject({ isOffRoute: false })
    expect(runner.now().atM).toBeCloseTo(1_050, -2)
  })

  test('[PG9] the wrong way is raised after 80 m back and cleared after some steps forward', () => {
    const runner = follow(straight).move(5, 605, 0, 1_800)
    expect(runner.move(610, 620, 1_785, 1_755).now().isWrongWay).toBe(false)
    expect(runner.move(625, 675, 1_740, 1_590).now()).toMatchObject({ isWrongWay: true, isOffRoute: false })
    expect(runner.now().atM).toBeCloseTo(1_590, -2)
    expect(runner.move(680, 740, 1_605, 1_785).now().isWrongWay).toBe(false)
  })

  test('[PG10] who stands is stopped after half a minute, stays where they stand, and goes on', () => {
    const runner = follow(straight).move(5, 605, 0, 1_800)
    runner.move(610, 700, 1_800, 1_800)
    expect(runner.now()).toMatchObject({ isStopped: true, isWrongWay: false })
    expect(runner.now().atM).toBeCloseTo(1_800, -2)
    expect(runner.move(705, 1_600, 1_800, 1_800).now(1_660).atM).toBeLessThan(1_920)
    expect(runner.move(1_605, 1_665, 1_815, 1_995).now()).toMatchObject({ isStopped: false })
    expect(runner.now().atM).toBeCloseTo(1_995, -2)
  })

  test('[PG11] whoever turns round early is found on the other leg', () => {
    const map = outAndBack(2_000)
    const runner = follow(map).move(5, 505, 0, 1_500).move(510, 800, 2_515, 3_385)
    expect(runner.now().atM).toBeCloseTo(3_385, -2)
    expect(runner.now().isWrongWay).toBe(false)
  })

  test('[PG12] the state is plain data: read back from text it goes on the same', () => {
    const runner = follow(laps(300, 5)).move(5, 405, 0, 1_200)
    const again = follow(laps(300, 5), JSON.parse(JSON.stringify(runner.state())))
    runner.move(410, 500, 1_215, 1_485)
    again.move(410, 500, 1_215, 1_485)
    expect(again.state()).toEqual(runner.state())
  })

  test('[PG13] however often the route comes by, a member has at most eight hypotheses', () => {
    const runner = follow(laps(25, 400))
    for (let tS = 5; tS < 400; tS += 5) {
      runner.fix(tS, 3 * tS)
      expect(runner.state().hypotheses.length).toBeLessThanOrEqual(8)
    }
  })

  test('[PG14] an accuracy that is missing or wrong is learned from the distance to the line', () => {
    for (const accuracyM of [undefined, 60]) {
      const runner = follow(straight)
      for (let tS = 5; tS <= 900; tS += 5) {
        const { latitudeDeg, longitudeDeg } = placeAtM(straight.line, 3 * tS)
        const aside = at(3 * tS, 6 * Math.sin(tS))
        runner.seen({
          latitudeDeg: aside.latitudeDeg,
          longitudeDeg,
          takenAtMs: tS * 1_000,
          ...(accuracyM && { accuracyM }),
        })
        expect(latitudeDeg).toBeCloseTo(51.15, 3)
      }
      expect(runner.state().gait.noiseShare * (accuracyM ?? 10)).toBeLessThan(22)
      expect(runner.now().atM).toBeCloseTo(2_700, -2)
    }
  })

  test('[PG15] who waits ten minutes at the start of laps is still there, and runs the first', () => {
    const runner = follow(laps(250, 5)).move(5, 605, 0, 0)
    expect(runner.now().atM).toBeLessThan(30)
    expect(runner.move(610, 810, 15, 615).now().atM).toBeCloseTo(615, -2)
  })

  test('[PG18] an error that jumps for half a minute, as between houses, costs nobody a lap', () => {
    const map = laps(100, 25)
    const runner = follow(map)
    for (let tS = 5; tS <= 1_500; tS += 5) {
      const isBurst = tS >= 900 && tS < 930
      const place = placeAtM(map.line, 3 * tS)
      runner.seen(fixAt(isBurst ? movedPlace(place, 45, 20) : place, tS))
    }
    expect(runner.now().atM).toBeCloseTo(4_500, -2)
    expect(runner.now().confidence).toBeGreaterThan(0.8)
  })

  test('[PG19] whose silences were stops is thought to have stood in the next, also where it lasts a lap', () => {
    const runner = follow(laps(100, 25))
    let tS = 0
    for (const atM of [200, 380, 560]) {
      runner.move(tS + 5, tS + 65, atM - 180, atM)
      tS += 65 + 45
    }
    const before = runner.now().atM
    runner.fix(tS + 88, 562)
    runner.move(tS + 93, tS + 153, 577, 757)
    expect(before).toBeCloseTo(560, -2)
    expect(runner.now().atM).toBeCloseTo(757, -2)
  })
})
