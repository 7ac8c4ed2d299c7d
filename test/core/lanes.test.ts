import { expect, test } from 'vitest'
import { type Lanes, lanesOf } from '../../server/usecase/lanes.ts'
import { type Places, placesFrom } from '../../server/usecase/places.ts'
import type { SeatLink } from '../../server/usecase/seat-link.ts'
import { newTally } from '../../server/usecase/tally.ts'
import { frameReader, type ReadFrame } from '../../shared/frame/frame-reader.ts'
import type { Places as PlacesMessage } from '../../shared/protocol/wire.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { runOf } from '../support/given-run.ts'
import {
  aidar,
  changed,
  dana,
  groupAdded,
  joined,
  lena,
  madina,
  mum,
  person,
  sets,
  underWay,
} from '../support/people.ts'

const NOW_MS = 1_800_000_000_000
const fix = (no: number) => ({ latitudeDeg: 51 + no / 1_000, longitudeDeg: 71, takenAtMs: NOW_MS + no })

type Reading = SeatLink & { isBehind: boolean; got: Uint8Array[]; json: PlacesMessage[]; frames_: ReadFrame[] }

function aReader(memberId: MemberId, frames: 'binary' | 'json' = 'binary'): Reading {
  const reader = frameReader()
  const link = {
    ...{ memberId, frames, isLooking: true, isBehind: false },
    ...{ got: [], json: [], frames_: [] },
    tellFrame(this: Reading, frame: Uint8Array) {
      if (this.isBehind) return false
      this.got.push(frame)
      const read = reader.read(frame)
      if (typeof read === 'string') throw new Error(`a frame that is ${read}`)
      this.frames_.push(read)
      return true
    },
    tellPlaces(this: Reading, message: PlacesMessage) {
      this.json.push(message)
      return true
    },
  }
  return link as unknown as Reading
}

function aField(run: RunState = runOf(...underWay)) {
  const tally = newTally()
  const lanes: Lanes = lanesOf(tally)
  const places: Places = placesFrom(new Map(), { hear: () => false, of: () => null }, lanes.moved)
  let nowMs = NOW_MS
  const field = {
    ...{ lanes, places, tally, run },
    tick(level = 0) {
      nowMs += 1_000
      places.refresh(field.run.members)
      lanes.tick(field.run, places, nowMs, level)
    },
    enter(...links: SeatLink[]) {
      for (const link of links) lanes.enter(link)
    },
  }
  return field
}

const toldTo = ({ frames_ }: Reading) =>
  frames_.map(({ isKey, places }) => [isKey, places.map((place) => place.memberNo)])

test('[LN1] a frame is made once for all of an audience, and a key frame once for all who have no base', () => {
  const field = aField()
  const [a, b, late1, late2] = [aReader(aidar), aReader(madina), aReader(dana), aReader(lena)]
  field.enter(a, b)
  field.places.move(aidar, fix(1))
  field.tick()
  field.places.move(madina, fix(2))
  field.enter(late1, late2)
  field.tick()
  expect(toldTo(a)).toEqual([
    [true, [2]],
    [false, [3]],
  ])
  expect(toldTo(late1)).toEqual([[true, [2, 3]]])
  expect(a.got[0]).toBe(b.got[0])
  expect(a.got[1]).toBe(b.got[1])
  expect(late1.got[0]).toBe(late2.got[0])
})

test('[LN2] a reader who is behind gets no frame, and everybody as they are now once it reads again', () => {
  const field = aField()
  const [slow, quick] = [aReader(aidar), aReader(madina)]
  field.enter(slow, quick)
  field.places.move(aidar, fix(1))
  field.tick()
  slow.isBehind = true
  for (let no = 2; no < 50; no++) {
    field.places.move(madina, fix(no))
    field.tick()
  }
  slow.isBehind = false
  field.tick()
  expect(slow.frames_).toHaveLength(2)
  expect(slow.frames_[1]).toMatchObject({
    isKey: true,
    places: [{ memberNo: 2 }, { memberNo: 3, takenAtMs: NOW_MS + 0 }],
  })
  expect(quick.frames_).toHaveLength(49)
  expect(field.tally).toMatchObject({ framesSkipped: 48, framesSent: 51 })
})

test('[LN3] lanes of different rhythms hold the same places, each as often as it asks', () => {
  const field = aField()
  const [often, seldom, json] = [aReader(aidar), aReader(dana), aReader(lena, 'json')]
  field.enter(often, seldom, json)
  field.lanes.setRhythm(seldom, 5)
  for (let no = 1; no <= 20; no++) {
    field.places.move(aidar, fix(no * 1_000))
    field.tick()
  }
  expect(often.frames_).toHaveLength(20)
  expect(seldom.frames_).toHaveLength(5) // the first at once
  expect(json.json).toHaveLength(11)
  expect(seldom.frames_.at(-1)?.places[0]?.latitudeDeg).toBeCloseTo(fix(20_000).latitudeDeg, 4)
  expect(json.json.at(-1)?.places).toMatchObject([{ memberId: aidar, latitudeDeg: fix(20_000).latitudeDeg }])
})

test('[LN4] nobody is told a place that its owner does not share, nor one outside the audience', () => {
  const fast = [groupAdded('fast'), changed(madina, 'runner', 'fast')]
  const field = aField(runOf(...underWay, ...fast))
  const [mate, other, leader] = [aReader(madina), aReader(aidar), aReader(lena)]
  field.enter(mate, other, leader)
  field.places.move(aidar, fix(1))
  field.places.move(madina, fix(2))
  field.places.move(mum, fix(3)) // shares nothing
  field.tick()
  expect(toldTo(mate)).toEqual([[true, [3]]])
  expect(toldTo(other)).toEqual([[true, [2]]])
  expect(toldTo(leader)).toEqual([[true, [2, 3]]])
  field.run = runOf(...underWay, ...fast, { type: 'sharing-stopped', memberId: aidar, toMs: NOW_MS })
  field.lanes.wantKey(leader)
  field.tick()
  expect(leader.frames_.at(-1)?.places.map((place) => place.memberNo)).toEqual([3])
})

test('[LN5] in a large audience places take turns, and each is told within six ticks', () => {
  const many = Array.from({ length: 300 }, (_, i) => person(`p${i}x`))
  const crowd = many.flatMap((memberId, i) => [joined(memberId, 'runner' as const, i + 10), sets(memberId)])
  const field = aField(runOf(...underWay, ...crowd))
  const leader = aReader(lena)
  field.enter(leader)
  const moveAll = (no: number) => {
    for (const memberId of many) field.places.move(memberId, fix(no))
  }
  moveAll(1)
  field.tick()
  expect(leader.frames_[0]?.places).toHaveLength(300)
  moveAll(2)
  const told = new Map<number, number>()
  for (let tick = 0; tick < 6; tick++) {
    field.tick()
    const frame = leader.frames_.at(-1)
    expect(frame?.places.length).toBe(50)
    for (const { memberNo, takenAtMs } of frame?.places ?? []) told.set(memberNo, takenAtMs)
  }
  expect(told.size).toBe(300)
  // Under load a quarter as many, and the rest later; frames go on.
  moveAll(3)
  field.tick(1)
  expect(leader.frames_.at(-1)?.places.length).toBeLessThanOrEqual(15)
})

test('[LN6] under load every other frame is left out, then three of four, and all comes again', () => {
  const field = aField()
  const reader = aReader(aidar)
  field.enter(reader)
  field.places.move(aidar, fix(0))
  field.tick()
  const framesIn = (ticks: number, level: number) => {
    const before = reader.frames_.length
    for (let i = 0; i < ticks; i++) {
      field.places.move(aidar, fix(reader.frames_.length * 100 + i + 1))
      field.tick(level)
    }
    return reader.frames_.length - before
  }
  expect(framesIn(20, 2)).toBe(10)
  expect(framesIn(20, 3)).toBe(5)
  expect(framesIn(20, 0)).toBe(20)
})

test('[LN7] whoever comes back to look, or into another audience, begins with a key frame', () => {
  const field = aField()
  const reader = aReader(aidar)
  field.enter(reader)
  field.places.move(madina, fix(1))
  field.tick()
  reader.isLooking = false
  field.lanes.look(reader)
  field.places.move(madina, fix(2))
  field.tick()
  expect(reader.frames_).toHaveLength(1)
  reader.isLooking = true
  field.lanes.look(reader)
  field.tick()
  expect(reader.frames_.at(-1)).toMatchObject({ isKey: true })
  field.run = runOf(
    ...underWay,
    groupAdded('fast'),
    changed(aidar, 'runner', 'fast'),
    changed(madina, 'runner', 'fast'),
  )
  field.tick()
  expect(reader.frames_.at(-1)).toMatchObject({ isKey: true, places: [{ memberNo: 3 }] })
})

test('[LN11] to whoever is in a large run near ones are told in each frame, others every sixth tick, far ones every fifteenth', () => {
  const many = Array.from({ length: 300 }, (_, i) => person(`p${i}x`))
  const crowd = many.flatMap((memberId, i) => [joined(memberId, 'runner' as const, i + 10), sets(memberId)])
  const field = aField(runOf(...underWay, ...crowd, sets(dana)))
  const cyclist = aReader(dana)
  field.enter(cyclist)
  // A third within 1 km, a third at 6 km, a third at 20 km.
  const northDeg = [0, 0.055, 0.18]
  const moveAll = (no: number) => {
    field.places.move(dana, { latitudeDeg: 51.01, longitudeDeg: 71.015, takenAtMs: NOW_MS + no })
    for (const [i, memberId] of many.entries())
      field.places.move(memberId, {
        latitudeDeg: 51.01 + (northDeg[i % 3] ?? 0),
        longitudeDeg: 71.015,
        takenAtMs: NOW_MS + no * 100,
      })
  }
  moveAll(1)
  field.tick()
  const from = cyclist.frames_.length
  const counts = new Map<number, number>()
  for (let tick = 1; tick <= 30; tick++) {
    moveAll(1 + tick)
    field.tick()
    for (const { memberNo } of cyclist.frames_.at(-1)?.places ?? [])
      if (memberNo >= 10) counts.set(memberNo, (counts.get(memberNo) ?? 0) + 1)
  }
  expect(cyclist.frames_.length - from).toBe(30)
  for (const [i] of many.entries()) expect([i, counts.get(i + 10)]).toEqual([i, [30, 5, 2][i % 3]])
})

test('[LN11] among thousands near ones come at most every other tick', () => {
  const many = Array.from({ length: 2_100 }, (_, i) => person(`p${i}x`))
  const crowd = many.flatMap((memberId, i) => [joined(memberId, 'runner' as const, i + 10), sets(memberId)])
  const field = aField(runOf(...underWay, ...crowd, sets(dana)))
  const cyclist = aReader(dana)
  field.enter(cyclist)
  const moveAll = (no: number) => {
    for (const memberId of [dana, ...many]) field.places.move(memberId, fix(no))
  }
  moveAll(1)
  field.tick()
  const counts = []
  for (let tick = 1; tick <= 4; tick++) {
    moveAll(1 + tick)
    field.tick()
    counts.push(cyclist.frames_.at(-1)?.places.filter(({ memberNo }) => memberNo >= 10).length)
  }
  expect(counts).toEqual([1_050, 1_050, 1_050, 1_050])
})
