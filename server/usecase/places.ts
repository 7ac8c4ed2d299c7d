/** The newest place of everybody in a run, as this node knows it: what it took itself, and what other nodes call out. */
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import type { RunProgress } from './run-progress.ts'

/** Somebody's newest place. */
export type Dot = {
  readonly memberId: MemberId
  fix: Fix
  /** As of the last `refresh`. */
  member: Member | undefined
}

export type Places = {
  fixOf(memberId: MemberId): Fix | undefined
  move(memberId: MemberId, fix: Fix): void
  /** Where somebody was, as the store says; a newer place stays. */
  learn(memberId: MemberId, fix: Fix): void
  forget(memberId: MemberId): void
  /** Something else about the place has changed than the place: tells it again, to other nodes too. */
  tellAgain(memberId: MemberId): void
  /** What another node took: shown like one's own, and not called out again. */
  hear(run: RunState, places: readonly FramePlace[]): void
  /** Follows the roster: states are never changed in place. */
  refresh(members: RunState['members']): void
  dots(): Iterable<Dot>
  /** Of whom a place is known. */
  count(): number
  dotOf(memberNo: number): Dot | undefined
  isShown(dot: Dot): boolean
  /** As it is told; `undefined` for who is not shown. Not kept: made and dropped within a tick it costs the garbage collector nothing. */
  placeOf(dot: Dot): FramePlace | undefined
  /** What this node took since it was asked last, of whoever is shown. */
  takenHere(): readonly FramePlace[]
}

/**
 * @param progress goes with each place, wherever that goes.
 * @param onMoved a place has changed, or what is told beside it.
 */
export function placesFrom(
  newest: ReadonlyMap<MemberId, Fix>,
  progress: Pick<RunProgress, 'hear' | 'of'>,
  onMoved: (dot: Dot) => void,
): Places {
  const dots = new Map<MemberId, Dot>()
  const dotsByNo = new Map<number, Dot>()
  let taken = new Set<Dot>()
  let members: RunState['members'] | undefined

  for (const [memberId, fix] of newest) show(memberId, fix)

  function show(memberId: MemberId, fix: Fix): void {
    let dot = dots.get(memberId)
    if (!dot) {
      dot = { memberId, fix, member: undefined }
      dots.set(memberId, dot)
      follow(dot)
    } else if (fix.takenAtMs <= dot.fix.takenAtMs) return
    dot.fix = fix
    onMoved(dot)
  }

  function follow(dot: Dot): void {
    dot.member = members?.get(dot.memberId)
    if (dot.member) dotsByNo.set(dot.member.memberNo, dot)
  }

  function placeOf(dot: Dot): FramePlace | undefined {
    if (!dot.member || !isShown(dot.member)) return undefined
    return framePlace(dot.member.memberNo, dot.fix, progress.of(dot.memberId, dot.fix.takenAtMs))
  }

  return {
    placeOf,
    isShown: ({ member }) => member !== undefined && isShown(member),
    fixOf: (memberId) => dots.get(memberId)?.fix,
    move(memberId, fix) {
      show(memberId, fix)
      const dot = dots.get(memberId)
      if (dot) taken.add(dot)
    },
    learn: show,
    forget(memberId) {
      const dot = dots.get(memberId)
      if (dot?.member) dotsByNo.delete(dot.member.memberNo)
      dots.delete(memberId)
    },
    tellAgain(memberId) {
      const dot = dots.get(memberId)
      if (!dot) return
      onMoved(dot)
      taken.add(dot)
    },
    hear(run, places) {
      for (const place of places) {
        const memberId = memberIdsByNo(run).get(place.memberNo)
        if (!memberId) continue
        const { latitudeDeg, longitudeDeg, takenAtMs, accuracyM, speedMps, headingDeg } = place
        const isNews = progress.hear(memberId, takenAtMs, place.progress)
        show(memberId, {
          latitudeDeg,
          longitudeDeg,
          takenAtMs,
          ...(accuracyM !== null && { accuracyM }),
          ...(speedMps !== null && { speedMps }),
          ...(headingDeg !== null && { headingDeg }),
        })
        const dot = dots.get(memberId)
        if (isNews && dot) onMoved(dot)
      }
    },
    refresh(now) {
      if (now === members) return
      members = now
      for (const dot of dots.values()) {
        const wasShown = dot.member !== undefined && isShown(dot.member)
        follow(dot)
        if (!wasShown && dot.member && isShown(dot.member)) onMoved(dot)
      }
    },
    dots: () => dots.values(),
    count: () => dots.size,
    dotOf: (memberNo) => dotsByNo.get(memberNo),
    takenHere() {
      const places = [...taken].map(placeOf).filter((place) => place !== undefined)
      taken = new Set()
      return places
    },
  }
}

/** Whoever stopped, left or never shared has no dot. */
const isShown = (member: Member): boolean => isSharing(member) && member.status !== 'removed'

const framePlace = (memberNo: number, fix: Fix, progress: FramePlace['progress']): FramePlace => ({
  memberNo,
  latitudeDeg: fix.latitudeDeg,
  longitudeDeg: fix.longitudeDeg,
  takenAtMs: fix.takenAtMs,
  accuracyM: fix.accuracyM ?? null,
  speedMps: fix.speedMps ?? null,
  headingDeg: fix.headingDeg ?? null,
  progress,
})

/** Made anew only when the roster changes. */
const idsByNo = new WeakMap<RunState['members'], ReadonlyMap<number, MemberId>>()

function memberIdsByNo({ members }: RunState): ReadonlyMap<number, MemberId> {
  const known = idsByNo.get(members)
  if (known) return known
  const made = new Map([...members.values()].map(({ memberNo, memberId }) => [memberNo, memberId]))
  idsByNo.set(members, made)
  return made
}
