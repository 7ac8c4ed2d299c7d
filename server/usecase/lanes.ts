/**
 * Who is sent which frames. A lane is one audience at one rhythm: its frame is made once a tick and sent to each of its readers,
 * with one key frame for all who have no base. A reader who is behind is left out, and gets a key frame once it can read again.
 */
import { type FrameLane, frameLane } from '../../shared/frame/frame-lane.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Places as PlacesMessage } from '../../shared/protocol/wire.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Audience, audienceOf, isSeenWithPlace } from '../core/audience.ts'
import { neighbourhood, OVERVIEW_FROM, turnsOf } from '../core/detail.ts'
import { shedding } from '../core/load.ts'
import type { Dot, Places } from './places.ts'
import type { SeatLink } from './seat-link.ts'
import type { Tally } from './tally.ts'

/** Lanes have one of these rhythms, in ticks, so that many wishes make few lanes. */
const RHYTHMS = [1, 2, 3, 5, 10, 30, 60]
/** Clients that cannot decode frames are told at a slower rate. */
const JSON_LEAST_TICKS = 2
/** Whoever rides along a large run comes into other neighbourhoods. */
const LOOK_AROUND_TICKS = 10

export type Lanes = {
  enter(link: SeatLink): void
  leave(link: SeatLink): void
  /** The next frame to this seat holds everybody. */
  wantKey(link: SeatLink): void
  /** Whether it looks, or at what, may have changed. */
  look(link: SeatLink): void
  moved(dot: Dot): void
  /** How often this seat should get frames, in ticks. */
  setRhythm(link: SeatLink, everyTicks: number): void
  tick(run: RunState, places: Places, nowMs: number, level: number): void
}

type Reader = {
  readonly link: SeatLink
  everyTicks: number
  isSettled: boolean
  lane: Lane | undefined
  /** The middle of where it is, in a large audience. */
  middle: Place | undefined
  /** The number of the frame it holds; 0 for none, or none that can be built upon. */
  hasNo: number
}

type Lane = {
  readonly key: string
  readonly frames: FrameLane
  readonly readers: Set<Reader>
  /** Sees what all of them see. */
  viewer: Member
  readonly everyTicks: number
  readonly isJson: boolean
  /** What is near its readers. */
  readonly middle: Place | undefined
  moved: Set<Dot>
  /** Nothing was told in it yet. */
  isNew: boolean
  /** Whom the audience sees, as long as the run does not change, and how many those are. */
  readonly seen: Map<MemberId, boolean>
  seenCount: number
}

export function lanesOf(tally: Tally): Lanes {
  const readers = new Map<SeatLink, Reader>()
  const lanes = new Map<string, Lane>()
  let moved = new Set<Dot>()
  /** Which lanes see a dot, until the run or the lanes change. */
  let lanesOfDot = new Map<Dot, readonly Lane[]>()
  let seenIn: RunState | undefined
  let ticks = 0

  function laneFor(key: string, reader: Reader, viewer: Member, everyTicks: number, places: Places): Lane {
    const known = lanes.get(key)
    if (known) return known
    const lane: Lane = {
      key,
      frames: frameLane(),
      readers: new Set(),
      viewer,
      everyTicks,
      isJson: reader.link.frames === 'json',
      middle: reader.middle,
      moved: new Set(places.dots()),
      isNew: true,
      seen: new Map(),
      seenCount: 0,
    }
    lanes.set(key, lane)
    lanesOfDot = new Map()
    return lane
  }

  function settle(reader: Reader, run: RunState, places: Places): void {
    const { link } = reader
    reader.isSettled = true
    const viewer = run.members.get(link.memberId)
    const everyTicks = link.frames === 'json' ? Math.max(JSON_LEAST_TICKS, reader.everyTicks) : reader.everyTicks
    const place = places.count() > OVERVIEW_FROM ? places.fixOf(link.memberId) : undefined
    reader.middle = place && neighbourhood(place, reader.middle)
    const key = viewer && link.isLooking ? laneKey(audienceOf(run, viewer), everyTicks, reader) : undefined
    if (key !== reader.lane?.key) {
      part(reader)
      if (!viewer || key === undefined) return
      reader.lane = laneFor(key, reader, viewer, everyTicks, places)
      reader.lane.readers.add(reader)
    }
    if (reader.lane && viewer) reader.lane.viewer = viewer
  }

  function part(reader: Reader): void {
    const { lane } = reader
    reader.lane = undefined
    reader.hasNo = 0
    if (!lane) return
    lane.readers.delete(reader)
    if (lane.readers.size > 0) return
    lanes.delete(lane.key)
    lanesOfDot = new Map()
  }

  function handOut(run: RunState): void {
    for (const dot of moved) {
      let seeing = lanesOfDot.get(dot)
      if (!seeing) {
        seeing = [...lanes.values()].filter((lane) => sees(lane, run, dot))
        lanesOfDot.set(dot, seeing)
      }
      for (const lane of seeing) lane.moved.add(dot)
    }
    moved = new Set()
  }

  function follow(run: RunState, places: Places): void {
    if (run !== seenIn) {
      for (const lane of lanes.values()) {
        lane.seen.clear()
        lane.seenCount = 0
      }
      lanesOfDot = new Map()
    }
    if (ticks % LOOK_AROUND_TICKS === 0 && places.count() > OVERVIEW_FROM)
      for (const reader of readers.values()) reader.isSettled = false
    for (const reader of readers.values()) if (run !== seenIn || !reader.isSettled) settle(reader, run, places)
    seenIn = run
  }

  /** What the lane's readers are told now of what has moved since its last frame. */
  function changesOf(lane: Lane, run: RunState, places: Places, turnsTimes: number): FramePlace[] {
    const isOverview = lane.seenCount > OVERVIEW_FROM && !lane.isNew

    const told: FramePlace[] = []
    const later = new Set<Dot>()
    for (const dot of lane.moved) {
      if (isOverview && !isTurn(dot, lane, turnsTimes)) later.add(dot)
      else {
        const place = sees(lane, run, dot) ? places.placeOf(dot) : undefined
        if (place) told.push(place)
      }
    }
    lane.moved = later
    return told
  }

  function isTurn({ fix, member }: Dot, { middle, everyTicks, seenCount }: Lane, turnsTimes: number): boolean {
    const turns = turnsOf(fix, middle, seenCount)
    if (turns === 1) return true
    const frames = Math.max(1, Math.round((turns * turnsTimes) / everyTicks))
    return (member?.memberNo ?? 0) % frames === Math.floor(ticks / everyTicks) % frames
  }

  function sees(lane: Lane, run: RunState, { memberId, member }: Dot): boolean {
    const known = lane.seen.get(memberId)
    if (known !== undefined) return known
    const isSeen = member !== undefined && isSeenWithPlace(run, lane.viewer, member)
    lane.seen.set(memberId, isSeen)
    if (isSeen) lane.seenCount++
    return isSeen
  }

  function sendFrames(lane: Lane, run: RunState, places: Places, nowMs: number, changes: readonly FramePlace[]): void {
    const { frames } = lane
    const baseNo = frames.no
    const change = frames.next(nowMs, changes)
    let key: Uint8Array | undefined
    const isShown = (memberNo: number): boolean => {
      const dot = places.dotOf(memberNo)
      return dot !== undefined && sees(lane, run, dot) && places.isShown(dot)
    }
    for (const reader of lane.readers) {
      if (reader.hasNo > 0 && reader.hasNo === frames.no) continue
      const stands = reader.hasNo > 0 && reader.hasNo === baseNo
      if (!stands && frames.no > 0) key ??= frames.key(isShown)
      const frame = stands ? change : key
      if (!frame) continue
      if (reader.link.tellFrame(frame)) {
        reader.hasNo = frames.no
        tally.framesSent++
        if (!stands) tally.keyFramesSent++
      } else {
        reader.hasNo = 0
        tally.framesSkipped++
      }
    }
  }

  function sendJson(lane: Lane, run: RunState, places: Places, nowMs: number, changes: readonly FramePlace[]): void {
    const messageOf = (told: readonly FramePlace[]): PlacesMessage => ({
      atMs: nowMs,
      places: told.flatMap(({ memberNo, takenAtMs, ...place }) => {
        const dot = places.dotOf(memberNo)
        return dot ? [{ memberId: dot.memberId, ageMs: Math.max(0, nowMs - takenAtMs), ...place }] : []
      }),
    })
    const change = changes.length > 0 ? messageOf(changes) : undefined
    let all: PlacesMessage | undefined
    const everybody = () =>
      messageOf([...places.dots()].flatMap((dot) => (sees(lane, run, dot) ? (places.placeOf(dot) ?? []) : [])))
    for (const reader of lane.readers) {
      if (reader.hasNo === 0) all ??= everybody()
      const message = reader.hasNo > 0 ? change : all
      if (!message || message.places.length === 0) continue
      reader.hasNo = reader.link.tellPlaces(message) ? 1 : 0
      if (reader.hasNo > 0) tally.framesSent++
      else tally.framesSkipped++
    }
  }

  return {
    enter: (link) => void readers.set(link, { ...newReader, link }),
    leave(link) {
      const reader = readers.get(link)
      if (reader) part(reader)
      readers.delete(link)
    },
    wantKey(link) {
      const reader = readers.get(link)
      if (reader) reader.hasNo = 0
    },
    look(link) {
      const reader = readers.get(link)
      if (reader) reader.isSettled = false
    },
    setRhythm(link, everyTicks) {
      const reader = readers.get(link)
      const nearest = RHYTHMS.findLast((ticksEach) => ticksEach <= everyTicks) ?? 1
      if (!reader || reader.everyTicks === nearest) return
      reader.everyTicks = nearest
      reader.isSettled = false
    },
    moved: (dot) => void moved.add(dot),
    tick(run, places, nowMs, level) {
      ticks++
      follow(run, places)
      handOut(run)
      const { turnsTimes, everyTimes } = shedding(level)
      for (const lane of lanes.values()) {
        const isDue = ticks % (lane.everyTicks * everyTimes) === 0
        const { isNew } = lane
        // Who has no base does not wait for the rhythm: the last frame is told again.
        if (!isDue && !isNew && ![...lane.readers].some(({ hasNo }) => hasNo === 0)) continue
        const changes = isDue || isNew ? changesOf(lane, run, places, turnsTimes) : []
        lane.isNew = false
        if (lane.isJson) sendJson(lane, run, places, nowMs, changes)
        else sendFrames(lane, run, places, nowMs, changes)
      }
    },
  }
}

const newReader = { everyTicks: 1, isSettled: false, lane: undefined, middle: undefined, hasNo: 0 }

const laneKey = (audience: Audience, everyTicks: number, { link, middle }: Reader): string =>
  `${audience}/${everyTicks}/${link.frames}/${middle ? `${middle.latitudeDeg},${middle.longitudeDeg}` : ''}`
