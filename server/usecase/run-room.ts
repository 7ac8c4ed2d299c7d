/** One run on one node: its book, the seats connected here, and everybody's newest place. */
import { randomInt } from 'node:crypto'
import type { Fix } from '../../shared/geo/fix.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { Gone } from '../../shared/protocol/wire.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import { type CommandId, type MemberId, MINUTE_MS, type RouteId, type RunId } from '../../shared/units.ts'
import type { Wish } from '../core/decision.ts'
import type { Head } from '../store/store.ts'
import { type CatchingUp, catchingUp } from './catching-up.ts'
import type { Obeyed } from './draft.ts'
import type { House } from './house.ts'
import { lanesOf } from './lanes.ts'
import { lookedNews, placesNews, presentNews, readNews } from './news.ts'
import { obedience } from './obey.ts'
import { outWishes, rememberOut } from './out-wishes.ts'
import { type Places, placesFrom } from './places.ts'
import { presenceOf } from './presence.ts'
import { ringingOf } from './push-ringing.ts'
import { rhythmsOf, type Ticking } from './rhythms.ts'
import { emptyBook, type RunBook } from './run-book.ts'
import { type RunProgress, runProgress } from './run-progress.ts'
import type { Seat } from './seals.ts'
import type { SeatLink } from './seat-link.ts'
import { seatsHere } from './seats-here.ts'
import { runWatch } from './watch-run.ts'

/** The oldest place that says where somebody is, for distances and for who is told of a call for help. */
const NEARNESS_AGE_MS = 15 * MINUTE_MS

export type RunRoom = CatchingUp & {
  readonly runId: RunId
  readonly places: Places
  readonly progress: Pick<RunProgress, 'take' | 'toKeep'>
  book(): RunBook
  obey(wish: Wish, byId: MemberId | null, commandId: CommandId): Promise<Obeyed>
  /** Looks at the store again; resolves when that is done, rejects when the store is away. */
  doubt(): Promise<void>
  /** Gives the run what a copy of its journal has more. The links of the copy must have been verified. */
  merge(copy: RunBook): Promise<void>
  /** PU16: pushes to themself, once, although nothing has happened. */
  ringForTest(memberId: MemberId): void
  /** Where the store's journal ends, as a poll has told: looks again if it is not where the book is. */
  polled(head: Head): void
  /** The member whose seat this is now; `undefined` once they were removed or sit on another phone. */
  memberOf(seat: Pick<Seat, 'memberId' | 'seatNo'>): Member | undefined
  enter(link: SeatLink): void
  leave(link: SeatLink): void
  /** The next frame to this seat holds everybody. */
  wantKey(link: SeatLink): void
  /** Whether this seat looks, or how often, has changed. */
  look(link: SeatLink): void
  /** A route of the run, which one `putRoute` was given; left out, the one it has now. */
  route(routeId?: RouteId): Promise<string | undefined>
  putRoute(routeId: RouteId, json: string): Promise<void>
  /** @param level what is left out for load (core/load.ts). */
  tick(ticking: Ticking, level: number): void
  /** Calls after each change of the book, until what is returned is called. */
  onTurned(hear: () => void): () => void
  /** Nobody is connected or listens, and nothing is under way. */
  isIdle(): boolean
  /** Tells every seat that the run is over for it. */
  dismiss(reason: Gone['reason']): void
  links(): Iterable<SeatLink>
  close(): void
}

/** What else wants to know of a run on this node. */
export type RoomEvents = {
  /** What the store had said to be safe may be gone. */
  readonly onLoss: (room: RunRoom) => void
  readonly onForgotten: (room: RunRoom) => void
  /** Nothing more of this member is to be stored. */
  readonly onErased: (room: RunRoom, memberId: MemberId) => void
}

/** @throws StoreAway when the store is. */
export async function openRunRoom(house: House, runId: RunId, events: RoomEvents): Promise<RunRoom> {
  const { store, clock, outList } = house
  let book = emptyBook
  let life: string | undefined
  let keptRoute: { routeId: RouteId; json: string } | undefined
  const progress = runProgress(house, runId, { id: () => book.run.head.route?.routeId, read: () => room.route() })
  const lanes = lanesOf(house.tally)
  let places: Places = placesFrom(new Map(), progress, lanes.moved)
  const seats = seatsHere(() => book, speaksFor)
  const rhythms = rhythmsOf(house.rates, lanes, freshPlace)
  const listeners = new Set<() => void>()
  const presence = presenceOf(seats.links, randomInt(2 ** 32), clock.timeScale)
  const ringing = ringingOf(
    house,
    runId,
    () => book,
    presence,
    (commandId, wish, byId) => obey(wish, byId, commandId),
  )
  const watch = runWatch((run) => ({ fixOf: places.fixOf, progressOf, ...presence.seenIn(run) }))

  const { obey, doubt, merge, isIdle, isBehind } = obedience(house, runId, {
    book: () => book,
    placeOf: freshPlace,
    alongM: (memberId) => progressOf(memberId)?.atM,
    turned(next, added, isRebuilt) {
      book = next
      for (const { fact } of added) {
        if (fact.event.type !== 'member-erased') continue
        events.onErased(room, fact.event.memberId)
        places.forget(fact.event.memberId)
        progress.forget(fact.event.memberId)
      }
      rememberOut(house, runId, added)
      setImmediate(() => seats.dismissLosers(added)) // after the answer to who erased themself
      if (isRebuilt) seats.tellAgain()
      else seats.tellAll()
      for (const hear of listeners) hear()
    },
    looked({ life: lifeNow, isRebuilt }) {
      const hasNewLife = life !== undefined && life !== '' && life !== lifeNow
      life = lifeNow
      if (hasNewLife && !isRebuilt) seats.tellAgain()
      if (!hasNewLife && !isRebuilt) return
      events.onLoss(room)
      void giveRouteBack().catch((fault: unknown) => house.onFault(fault, 'route'))
    },
    appended: (added) => ringing.ring(added),
    owed: () => outWishes(house, runId, book.run),
    forgotten: () => events.onForgotten(room),
  })

  const { catchUp, journalAfter } = catchingUp(() => book, speaksFor, doubt, seats)

  async function giveRouteBack(): Promise<void> {
    if (!keptRoute || book.run.head.route?.routeId !== keptRoute.routeId) return
    await store.putRoute(runId, keptRoute.routeId, keptRoute.json)
  }

  /** Who was here an hour ago is not near now, and who shares no more is nowhere. */
  function freshPlace(memberId: MemberId): Fix | undefined {
    const member = book.run.members.get(memberId)
    if (!member || !isSharing(member)) return undefined
    const fix = places.fixOf(memberId)
    return fix && clock.nowMs() - fix.takenAtMs <= NEARNESS_AGE_MS ? fix : undefined
  }

  function progressOf(memberId: MemberId): PlaceProgress | null {
    const fix = places.fixOf(memberId)
    return fix ? progress.of(memberId, fix.takenAtMs) : null
  }

  /** What nobody wished and a node has seen: proposed, and left to the rules. */
  function lookAround(nowMs: number): void {
    const { run } = book
    const observations = watch.look(run, nowMs)
    if (observations.length === 0) return
    const id = house.seals.observedId(runId, `${run.version} ${JSON.stringify(observations)}`)
    void obey({ type: 'observe', observations }, null, id) // what could not be stored now is seen again
  }

  function speaksFor({ memberId, seatNo }: { memberId: MemberId; seatNo: number }): Member | undefined {
    const member = book.run.members.get(memberId)
    if (!member || member.status === 'removed' || member.seatNo !== seatNo) return undefined
    return outList.isOut(runId, memberId, seatNo) ? undefined : member
  }

  function hear(message: Uint8Array): void {
    const news = readNews(message)
    if (news?.of === 'places') places.hear(book.run, news.places)
    if (news?.of === 'looked') presence.hearLooked(news.looked, performance.now())
    if (news?.of === 'present') presence.hear(news.present, performance.now())
    if (news?.of === 'facts' && news.version > book.run.version) void doubt().catch(() => undefined) // the poll looks again
  }

  function callOut(nowMs: number): void {
    const taken = places.takenHere()
    if (taken.length > 0) house.bus.tell(runId, placesNews(nowMs, taken))
    const present = presence.due(book.run, performance.now())
    if (present) house.bus.tell(runId, presentNews(present))
    const looked = presence.lookedDue(book.run, performance.now())
    if (looked) house.bus.tell(runId, lookedNews(looked))
  }

  const room: RunRoom = {
    runId,
    get places() {
      return places
    },
    progress,
    book: () => book,
    obey,
    doubt,
    merge,
    ringForTest: (memberId) => ringing.test(memberId),
    polled(head) {
      const isThere = head.version === book.run.version && head.mac === book.mac
      if (!isThere || head.isForgotten || head.life !== life || isBehind()) void doubt().catch(() => undefined) // polled again in a second
    },
    memberOf: speaksFor,
    enter(link) {
      seats.enter(link)
      lanes.enter(link)
    },
    leave(link) {
      seats.leave(link)
      lanes.leave(link)
    },
    wantKey: lanes.wantKey,
    look(link) {
      lanes.look(link)
      if (link.isLooking) lanes.wantKey(link)
    },
    catchUp,
    journalAfter,
    async route(routeId = book.run.head.route?.routeId) {
      if (routeId === undefined) return undefined
      if (keptRoute?.routeId === routeId) return keptRoute.json
      const json = await store.readRoute(runId, routeId)
      if (json !== undefined && routeId === book.run.head.route?.routeId) keptRoute = { routeId, json }
      return json
    },
    async putRoute(routeId, json) {
      await store.putRoute(runId, routeId, json)
      keptRoute = { routeId, json }
    },
    tick(ticking, level) {
      const nowMs = clock.nowMs()
      const { run } = book
      places.refresh(run.members)
      for (const memberId of progress.tick()) places.tellAgain(memberId)
      if (!house.bus.isAlone) callOut(nowMs)
      lanes.tick(run, places, nowMs, level)
      lookAround(nowMs)
      seats.tellCounts(presence.connectedCount(run, performance.now()))
      rhythms.tick(run, seats.links, presence.lookingCount(), ticking)
    },
    onTurned(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
    isIdle: () => seats.links.size === 0 && listeners.size === 0 && isIdle(),
    dismiss: seats.dismissAll,
    links: () => seats.links,
    close: () => stopListening(),
  }

  /** A tracker's clock may be ahead: what its owner's next fixes say now must not be older than that. */
  async function newestFixes(): Promise<ReadonlyMap<MemberId, Fix>> {
    const nowMs = clock.nowMs()
    const newest = [...(await store.newestFixes(runId))]
    return new Map(newest.map(([id, fix]) => [id, fix.takenAtMs > nowMs ? { ...fix, takenAtMs: nowMs } : fix]))
  }

  /** What was called out in a gap is in the store, if it was stored at all. */
  async function learnPlaces(): Promise<void> {
    await doubt()
    for (const [memberId, fix] of await newestFixes()) places.learn(memberId, fix)
    await progress.learn()
  }

  // Listen before reading: what happens in between is then told twice, and folded once.
  const stopListening = await house.bus.listen(runId, {
    onMessage: hear,
    onDoubt: () => void learnPlaces().catch(() => undefined), // then the poll looks, and places come anew
  })
  try {
    await doubt()
    places = placesFrom(await newestFixes(), progress, lanes.moved)
    await progress.learn()
  } catch (fault) {
    stopListening()
    throw fault
  }
  return room
}
