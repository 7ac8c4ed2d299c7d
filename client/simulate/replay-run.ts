/** One run made of recordings that belong together in time, lived again through the server. */
import type { Fix } from '../../shared/geo/fix.ts'
import type { About } from '../../shared/protocol/http.ts'
import { HOUR_MS, type MemberId, SECOND_MS } from '../../shared/units.ts'
import { join, planRun } from '../net/http-calls.ts'
import { newSecretKey } from '../net/new-id.ts'
import { openPhone } from '../net/open-phone.ts'
import type { Phone } from '../net/phone.ts'
import { memoryPhoneStorage } from '../net/phone-storage.ts'
import { granted, whenCaughtUp } from './answers.ts'
import { added, type Comparison, compare, exportedPoints, nothing } from './exported.ts'
import type { RecordedTrack } from './recorded-track.ts'

const STEP_EVERY_MS = 50
/** Wall time to join and start before the first fix is due. */
const SEATING_MS = 3 * SECOND_MS
const STORE_WITHIN_MS = 120 * SECOND_MS

type Replayed = {
  readonly memberId: MemberId
  readonly phone: Phone
  readonly due: readonly Fix[]
  next: number
  newest?: { readonly takenAtMs: number; readonly addedAtWallMs: number }
}

export type ReplayRun = {
  readonly memberCount: number
  readonly wholeCount: number
  play(): Promise<void>
  compared(): Promise<Comparison>
  sentCount(): number
  unconfirmedCount(): number
  /** From a phone's fix to the leader's screen, in wall milliseconds. */
  readonly latenciesMs: number[]
  close(): Promise<void>
}

/** Recordings whose times touch are one run; those of another day are another. */
export function inRuns(tracks: readonly RecordedTrack[]): RecordedTrack[][] {
  const runs: { endMs: number; tracks: RecordedTrack[] }[] = []
  const timed = tracks.filter(({ fixes }) => fixes.length > 0)
  for (const track of timed.toSorted((a, b) => spanOf(a).fromMs - spanOf(b).fromMs)) {
    const { fromMs, toMs } = spanOf(track)
    const last = runs.at(-1)
    if (last && fromMs <= last.endMs + HOUR_MS) {
      last.tracks.push(track)
      last.endMs = Math.max(last.endMs, toMs)
    } else runs.push({ endMs: toMs, tracks: [track] })
  }
  return runs.map((run) => run.tracks)
}

function spanOf({ fixes }: RecordedTrack): { fromMs: number; toMs: number } {
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { takenAtMs } of fixes) {
    fromMs = Math.min(fromMs, takenAtMs)
    toMs = Math.max(toMs, takenAtMs)
  }
  return { fromMs, toMs }
}

/** Plans the run and seats everybody; dates are moved by a constant so that the first fix is a little from now. */
export async function openReplay(url: string, server: About, tracks: readonly RecordedTrack[]): Promise<ReplayRun> {
  const fromMs = Math.min(...tracks.map((track) => spanOf(track).fromMs))
  const toMs = Math.max(...tracks.map((track) => spanOf(track).toMs))
  const shiftMs = server.nowMs + Math.round(SEATING_MS * server.timeScale) - fromMs
  const planned = granted(
    await planRun(url, {
      createKey: newSecretKey(),
      title: [...new Set(tracks.map(({ source }) => source))].join(', ').slice(0, 80),
      leaderName: 'Replay',
      leaderPhone: null,
      plannedStartMs: server.nowMs,
      expectedDurationMs: toMs - fromMs + HOUR_MS,
      longestDurationMs: toMs - fromMs + 12 * HOUR_MS,
      recordedShiftMs: shiftMs,
      routeFile: null,
    }),
  )
  const phoneOf = (seat: string) => openPhone({ urls: [url], seat, storage: memoryPhoneStorage() })
  const leader = phoneOf(planned.seat)
  const people: Replayed[] = []
  for (const { person, fixes } of tracks) {
    const name = person.trim().slice(0, 40) || 'Someone'
    const wish = { joinKey: newSecretKey(), invite: planned.invites.runner, name, phone: null, startNumber: null }
    const { memberId, seat } = granted(await join(url, wish))
    // In file order: recordings do go back in time.
    const due = fixes.map((fix) => ({ ...fix, takenAtMs: fix.takenAtMs + shiftMs }))
    people.push({ memberId, phone: phoneOf(seat), due, next: 0 })
  }
  await Promise.all([leader, ...people.map(({ phone }) => phone)].map(whenCaughtUp))
  granted(await leader.send({ type: 'start-run' }))
  // From before the first fix, however long the seating took.
  for (const { phone } of people) granted(await phone.send({ type: 'start-sharing', sinceMs: server.nowMs }))
  const latenciesMs: number[] = []
  watchPlaces(leader, people, latenciesMs)

  return {
    latenciesMs,
    memberCount: people.length,
    sentCount: () => people.reduce((sum, { next }) => sum + next, 0),
    wholeCount: people.reduce((sum, { due }) => sum + due.length, 0),
    unconfirmedCount: () => people.reduce((sum, { phone }) => sum + phone.view().waitingFixCount, 0),
    async play() {
      while (people.some(({ next, due }) => next < due.length)) {
        await new Promise((resolve) => setTimeout(resolve, STEP_EVERY_MS))
        for (const person of people) {
          const nowMs = person.phone.nowMs()
          for (let fix = person.due[person.next]; fix && fix.takenAtMs <= nowMs; fix = person.due[++person.next]) {
            person.newest = { takenAtMs: fix.takenAtMs, addedAtWallMs: performance.now() }
            person.phone.addFix(fix)
          }
        }
      }
      await Promise.race([
        Promise.all(people.map(({ phone }) => phone.allFixesStored())),
        new Promise((resolve) => setTimeout(resolve, STORE_WITHIN_MS).unref()),
      ])
      for (const { phone, memberId } of people)
        granted(await phone.send({ type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() }))
      granted(await leader.send({ type: 'end-run', despiteMissing: false }))
    },
    async compared() {
      let all = nothing
      for (const { memberId, due } of people)
        all = added(all, compare(due, shiftMs, await exportedPoints(url, planned.seat, memberId)))
      return all
    },
    close: async () => void (await Promise.all([leader, ...people.map(({ phone }) => phone)].map((p) => p.close()))),
  }
}

/** From the moment a phone had a fix to the moment the leader's screen did; frames tell ages to a tenth of a second. */
function watchPlaces(leader: Phone, people: readonly Replayed[], latenciesMs: number[]): void {
  let before = leader.view().places
  leader.subscribe(({ places }) => {
    if (places === before) return
    before = places
    for (const { memberId, newest } of people) {
      const place = places.get(memberId)
      if (place && newest && Math.abs(place.takenAtMs - newest.takenAtMs) < 100) {
        latenciesMs.push(performance.now() - newest.addedAtWallMs)
      }
    }
  })
}
