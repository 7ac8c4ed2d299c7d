import { describe, expect, test } from 'vitest'
import { clustersOf, type Dot } from '../../client/state/plan.ts'
import { cameraOn, cornersOf } from '../../client/state/plan-camera.ts'
import { type PlacedMember, placesOnPlan } from '../../client/state/plan-dots.ts'
import { aimOf, isFarFrom } from '../../client/state/plan-look.ts'
import type { SeenPlace } from '../../client/state/run-view.ts'
import { noTrails } from '../../client/state/trails.ts'
import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { MemberId } from '../../shared/units.ts'
import { aidar, dana, lena, madina, raised, sets, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { nowAt, routeSet, seenAt, spotAtM, watched } from '../support/watched.ts'

const line = routeLine([spotAtM(0), spotAtM(6_000)])
const known = { line, trails: noTrails }
const run = [...underWay, routeSet, sets(dana)]
const markOf = (place: SeenPlace, atS: number, id: MemberId = aidar) =>
  placesOnPlan(viewOf(run, { places: [[id, place]] }), nowAt(atS), known)[0]

describe('how much a dot may claim', () => {
  test('[MA5] for 20 s it is where it was measured, then where its owner must be by now, within a ring', () => {
    expect(markOf(seenAt(1_000, nowAt(0)), 19)).toMatchObject({ how: 'measured', ringM: null })
    const reckoned = markOf(seenAt(1_000, nowAt(0)), 40)
    expect(reckoned).toMatchObject({ how: 'reckoned', ageMs: 40_000, isStale: false })
    expect(distanceM(reckoned?.place as SeenPlace, spotAtM(1_120))).toBeLessThan(1)
    expect(reckoned?.ringM).toBeCloseTo(5 + 0.4 * 120)
  })

  test('[MA5] an old place stays where it was, and so does that of whoever stands, is off the route or as likely elsewhere', () => {
    const stays = (place: SeenPlace, atS: number) => {
      const mark = markOf(place, atS)
      expect(mark?.how).toBe('measured')
      expect(distanceM(mark?.place as SeenPlace, spotAtM(1_000))).toBeLessThan(1)
    }
    stays(seenAt(1_000, nowAt(0)), 61)
    stays(seenAt(1_000, nowAt(0), { isStopped: true }), 40)
    stays(seenAt(1_000, nowAt(0), { isOffRoute: true }), 40)
    stays(seenAt(1_000, nowAt(0), { confidence: 0.4 }), 40)
  })

  test('[MA5] without a route they are carried on the way they went', () => {
    const free = viewOf(underWay)
    const { view, outlook } = watched(free, new Map([[aidar, (s: number) => 3 * s]]), 120)
    const [mark] = placesOnPlan(view, nowAt(150), { line: null, trails: outlook.trails })
    expect(mark?.how).toBe('reckoned')
    expect(distanceM(mark?.place as SeenPlace, spotAtM(450))).toBeLessThan(25)
  })

  test('[MA6] who is located roughly has a ring of that, and who may be a lap on is told so', () => {
    const rough = { ...seenAt(1_000, nowAt(0)), accuracyM: 80 }
    expect(markOf(rough, 5)).toMatchObject({ how: 'rough', ringM: 80, isDoubtful: false })
    const doubtful = seenAt(1_000, nowAt(0), { rival: { atM: 3_000, share: 0.3 } })
    expect(markOf(doubtful, 5)).toMatchObject({ how: 'measured', isDoubtful: true })
  })

  test('[MA6] roles, waiting, a call and myself are told', () => {
    const places = [aidar, madina, dana, lena].map((id) => [id, seenAt(500, nowAt(0))] as const)
    const view = viewOf([...run, raised(1, aidar), raised(2, madina, { kind: 'help' })], { by: dana, places })
    const told = placesOnPlan(view, nowAt(1), known).map(({ memberId, role, waits, isCalling, isMe }) => [
      memberId,
      role,
      waits,
      isCalling,
      isMe,
    ])
    expect(told.slice(0, 2).sort()).toEqual([
      [aidar, 'runner', 'open', false, false],
      [lena, 'leader', null, false, false],
    ])
    expect(told.slice(2)).toEqual([
      [madina, 'runner', 'open', true, false],
      [dana, 'cyclist', null, false, true],
    ])
  })
})

describe('thousands', () => {
  test('[MA7] each is in one cluster, those alone are alone, and the sheet holds no more than it has room for', () => {
    let seed = 1
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const dots: Dot[] = Array.from({ length: 6_000 }, (_, no) => ({
      memberId: `mbr_${no}` as MemberId,
      x: random() * 400,
      y: random() * 400,
      isAlone: no === 17,
      isStale: no % 3 === 0,
    }))
    const clusters = clustersOf(dots)
    expect(clusters.flatMap((cluster) => cluster.dots).length).toBe(6_000)
    expect(
      clusters.filter((cluster) => cluster.dots.some(({ isAlone }) => isAlone)).map(({ dots }) => dots.length),
    ).toEqual([1])
    expect(clusters.every(({ dots }) => new Set(dots.map(({ isStale }) => isStale)).size === 1)).toBe(true)
    expect(clusters.length).toBeLessThan(400)
  })
})

describe('what the sheet shows by itself', () => {
  const sheet = { widthPx: 400, heightPx: 400, marginPx: 30 }
  const marks = (eastM: readonly number[]) => {
    const ids = [lena, aidar, madina]
    const places = eastM.map((m, no) => [ids[no] as MemberId, seenAt(m, nowAt(0))] as const)
    return placesOnPlan(
      viewOf(run, { by: dana, places: [...places, [dana, seenAt(1_000, nowAt(0))]] }),
      nowAt(1),
      known,
    )
  }
  const seen = (shown: readonly PlacedMember[], points: readonly Place[] = line.points) => {
    const people = cornersOf(shown.map(({ place }) => place))
    return { marks: shown, people, whole: cornersOf([...people, ...points]) }
  }
  const looked = (eastM: readonly number[]) => ({
    ...seen(marks(eastM)),
    meetings: [],
    me: spotAtM(1_000),
    courseDeg: 90,
  })

  test('[MA4] my way up: me in the middle, with where I am to be, the next in front and the next behind', () => {
    const scene = looked([700, 1_400, 3_000])
    // A later meeting waits its turn.
    const aim = aimOf('heading', { ...scene, meetings: [spotAtM(1_800), spotAtM(5_000)] }, sheet)
    expect(aim?.camera).toMatchObject({ centre: scene.me, bearingDeg: 90 })
    expect(aim?.places.map((place) => Math.round(distanceM(place, spotAtM(0)) / 100) * 100)).toEqual([
      1_000, 1_800, 1_400, 700,
    ])
    expect(aim?.camera.metresPerPx).toBeCloseTo(800 / 170, 1)
  })

  test('[MA4] of two people my way up shows the other, however far, and on a bicycle too', () => {
    for (const [me, other] of [
      [dana, aidar],
      [aidar, dana],
    ] as const) {
      const places = [[me, seenAt(1_000, nowAt(0))] as const, [other, seenAt(5_000, nowAt(0))] as const]
      const shown = placesOnPlan(viewOf(run, { by: me, places }), nowAt(1), known)
      const aim = aimOf('heading', { ...looked([]), ...seen(shown), me: spotAtM(1_000) }, sheet)
      expect(aim?.places.map((place) => Math.round(distanceM(place, spotAtM(0))))).toEqual([1_000, 5_000])
    }
  })

  test('[MA4] people near each other on a long route are shown alone or with all of it', () => {
    expect(isFarFrom(looked([1_100, 1_200, 1_300]), sheet)).toBe(true)
    expect(isFarFrom(looked([0, 5_900, 1_300]), sheet)).toBe(false)
    const group = looked([1_100, 1_200, 1_300])
    expect(aimOf('people', group, sheet)).toEqual({ camera: cameraOn(group.people, sheet), places: group.people })
    expect(aimOf('route', group, sheet)).toEqual({ camera: cameraOn(line.points, sheet), places: group.whole })
    expect(aimOf('people', { ...group, ...seen([], []) }, sheet)).toBeNull()
  })

  test('[MA4] without a place of mine there is no way of mine', () => {
    const { camera } = aimOf('heading', { ...looked([1_100]), me: null }, sheet) ?? {}
    expect(camera?.bearingDeg).toBe(0)
  })
})
