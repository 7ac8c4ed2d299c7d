/** The replay of the open run: fetched when somebody wants it, once for the log and the player. */
import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { routeLine } from '../../../shared/geo/route.ts'
import type { MemberId } from '../../../shared/units.ts'
import type { Phone } from '../../net/phone.ts'
import { fetchReplay, type Replay } from '../../net/replay.ts'
import { drawnM, placeAt, tickOf } from '../../state/replay-at.ts'
import { courseAtM } from '../../state/replay-course.ts'
import { type Run, useRun } from '../run/running.ts'

export type ReplayHere =
  | { readonly is: 'not-asked' | 'fetching' | 'failed' }
  | { readonly is: 'here'; readonly replay: Replay }

const sources = new WeakMap<Phone, Signal<ReplayHere>>()

function sourceOf(phone: Phone): Signal<ReplayHere> {
  const known = sources.get(phone)
  if (known) return known
  const made = signal<ReplayHere>({ is: 'not-asked' })
  sources.set(phone, made)
  return made
}

export async function fetchHere({ phone, kept }: Pick<Run, 'phone' | 'kept'>): Promise<void> {
  const source = sourceOf(phone)
  if (source.value.is === 'fetching') return
  source.value = { is: 'fetching' }
  const answer = await fetchReplay(location.origin, kept.seat)
  source.value = 'code' in answer ? { is: 'failed' } : { is: 'here', replay: answer }
}

/** `isWanted`: fetches it if it is not here. One that was fetched before the run's end is fetched again after it. */
export function useReplay(isWanted: boolean): ReplayHere {
  const run = useRun()
  const source = sourceOf(run.phone)
  const { endedAtMs } = run.view.run.head
  const here = source.value
  const isOld = here.is === 'here' && endedAtMs !== null && here.replay.nowMs < endedAtMs
  useEffect(() => {
    if (isWanted && (here.is === 'not-asked' || isOld)) void fetchHere(run)
  }, [isWanted, here.is, isOld])
  return here
}

/** Where somebody was along the route at a moment, or without one how far they had come; `null` when it is not known. */
export function whereAlong(here: ReplayHere, { view, route }: Pick<Run, 'view' | 'route'>) {
  const points = route.value?.points ?? []
  const line = points.length > 1 ? routeLine(points) : null
  const tracks = here.is === 'here' ? new Map(here.replay.tracks.map((track) => [track.memberNo, track])) : null
  return (memberId: MemberId, atMs: number): number | null => {
    const track = tracks?.get(view.run.members.get(memberId)?.memberNo ?? 0)
    if (!track || here.is !== 'here') return null
    const tick = tickOf(atMs, here.replay.fromMs)
    const place = placeAt(track, tick)
    if (!place) return null
    const goneM = drawnM(track, tick)
    return line ? courseAtM(line, place, goneM) : goneM
  }
}
