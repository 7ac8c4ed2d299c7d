/** A club's standing link, and the runs it leads to. The store has a copy of what is in the runs; a run's own head is what counts. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { ClubMade, ClubNext, ClubShown, Organise } from '../../shared/protocol/http-plan.ts'
import { givesSeats } from '../../shared/run/questions.ts'
import type { Head } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { ClubId, InviteId, RunId } from '../../shared/units.ts'
import { nextRun } from '../core/next-run.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'

/** Those to come; each is looked at whenever somebody follows the link. */
const RUNS_MAX = 60

/** The same `createKey` again is the same club, and names it anew. */
export async function makeClub(
  { seals, store }: House,
  { createKey, name }: { readonly createKey: string; readonly name: string },
): Promise<ClubMade> {
  const clubId = `clb_${seals.idFrom(createKey, 'club')}` as ClubId
  await store.putClubName(clubId, name)
  return { ok: true, organiser: seals.sealClub('organise', clubId), link: seals.sealClub('follow', clubId) }
}

/** CB3: puts runs under the link; what is over or cannot be opened is left out. */
export async function organise(house: House, rooms: Rooms, wish: Organise): Promise<ClubShown | Refusal> {
  const { seals, store } = house
  const clubId = seals.openClub('organise', wish.organiser)
  if (!clubId) return refuse('not-a-member')
  if (wish.name !== null) await store.putClubName(clubId, wish.name)
  for (const token of wish.invites) {
    const invite = seals.openInvite(token)
    if (!invite) continue
    const full = await isFull(house, clubId, invite.runId)
    if (full) return full
    await putUnderClub(house, rooms, clubId, invite)
  }
  const { name, runs } = await openRuns(house, rooms, clubId)
  const shown = runs.map(({ title, head }) => shownRun(title, head))
  return { ok: true, name, link: seals.sealClub('follow', clubId), runs: shown }
}

/** CB6: a refusal when it has too many runs without this one. */
export async function isFull({ store }: House, clubId: ClubId, runId: RunId): Promise<Refusal | undefined> {
  const { runs } = await store.club(clubId)
  if (runs.length < RUNS_MAX || runs.some((one) => one.runId === runId)) return undefined
  return refuse('malformed', { field: 'club', detail: `it has ${RUNS_MAX} runs already` })
}

/** Nothing for a run that is over, is not there, or whose invite is none for runners. */
export async function putUnderClub(
  { store }: House,
  rooms: Rooms,
  clubId: ClubId,
  { runId, inviteId }: { readonly runId: RunId; readonly inviteId: InviteId },
): Promise<void> {
  const { run } = (await rooms.room(runId))?.book() ?? {}
  if (!run || run.head.phase === 'ended' || run.invites.get(inviteId)?.role !== 'runner') return
  await store.putClubRun(clubId, { runId, inviteId, plannedStartMs: run.head.plannedStartMs })
}

/** CB1: the same whether such a club was ever made or not. */
export async function followClub(house: House, rooms: Rooms, link: string): Promise<ClubNext | Refusal> {
  const clubId = house.seals.openClub('follow', link)
  if (!clubId) return refuse('not-a-member')
  const { name, runs } = await openRuns(house, rooms, clubId)
  const next = nextRun(
    runs.filter(({ givesSeats }) => givesSeats),
    house.clock.nowMs(),
  )
  return { ok: true, name, next: next ? { invite: next.invite, ...shownRun(next.title, next.head) } : null }
}

/** Those that are not over, by the runs themselves: a start that was moved is not in the club's copy. What is over leaves the club. */
async function openRuns({ store, seals, clock }: House, rooms: Rooms, clubId: ClubId) {
  const club = await store.club(clubId)
  const open = []
  for (const { runId, inviteId } of club.runs) {
    const book = (await rooms.room(runId))?.book()
    if (!book) continue
    const { head, invites } = book.run
    if (head.phase === 'ended') {
      await store.dropClubRun(clubId, runId)
      continue
    }
    const invite = invites.get(inviteId)
    open.push({
      head,
      title: book.words.get(wordKey.title)?.text ?? null,
      invite: seals.sealInvite({ runId, inviteId }),
      givesSeats: invite !== undefined && givesSeats(book.run, invite, clock.nowMs()),
    })
  }
  return { name: club.name, runs: open.sort((a, b) => a.head.plannedStartMs - b.head.plannedStartMs) }
}

const shownRun = (title: string | null, { plannedStartMs, phase }: Head) => ({
  title,
  plannedStartMs,
  isLive: phase === 'live',
})
