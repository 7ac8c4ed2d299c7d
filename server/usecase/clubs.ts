/** A club's standing link, and the runs it leads to. The store has a copy of what is in the runs; a run's own head is what counts. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { ClubMade, ClubNext, ClubShown, Organise, RenewClub } from '../../shared/protocol/http-plan.ts'
import { givesSeats } from '../../shared/run/questions.ts'
import type { Head } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type ClubId, DAY_MS, type InviteId, type RunId } from '../../shared/units.ts'
import { nextRun } from '../core/next-run.ts'
import type { Club, ClubSecret } from '../store/store.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'

/** Those to come; each is looked at whenever somebody follows the link. */
const RUNS_MAX = 60
/** CB9: after the last time that somebody organised it or followed its link. */
const KEPT_MS = 365 * DAY_MS
/** Of a year nobody misses a day, and not everybody who follows makes the store write. */
const KEPT_ANEW_MS = DAY_MS

type Opened = { readonly ok: true; readonly clubId: ClubId; readonly club: Club }

/** The same `createKey` again is the same club, and names it anew, until somebody has taken its first secret back. */
export async function makeClub(
  { seals, store, clock }: House,
  { createKey, name }: { readonly createKey: string; readonly name: string },
): Promise<ClubMade | Refusal> {
  const clubId = `clb_${seals.idFrom(createKey, 'club')}` as ClubId
  const { renewed } = await store.club(clubId)
  if (renewed.organise.no > 0) return refuse('no-such-thing', { field: 'createKey' })
  await store.putClubName(clubId, name, clock.nowMs() + KEPT_MS)
  return madeOf(seals, clubId, renewed)
}

const madeOf = ({ sealClub }: House['seals'], clubId: ClubId, { organise, follow }: Club['renewed']): ClubMade => ({
  ok: true,
  organiser: sealClub('organise', clubId, organise),
  link: sealClub('follow', clubId, follow),
})

/**
 * CB8: what a secret opens, unless it was renewed since. One that is newer than the store knows shows that the store has lost
 * something: only this house makes them, so it counts from here on.
 */
export async function openClub(
  { seals, store, clock }: House,
  secret: ClubSecret,
  token: string,
  field: string,
): Promise<Opened | Refusal> {
  const opened = seals.openClub(secret, token)
  if (!opened) return refuse('not-a-member')
  const { clubId, renewal } = opened
  const club = await store.club(clubId)
  const known = club.renewed[secret]
  const newest = renewal.no > known.no ? await store.renewClub(clubId, secret, renewal) : known
  if (newest.no !== renewal.no || newest.by !== renewal.by) return refuse('no-such-thing', { field })
  const keptUntilMs = clock.nowMs() + KEPT_MS
  if (club.keptUntilMs !== null && club.keptUntilMs < keptUntilMs - KEPT_ANEW_MS)
    await store.keepClub(clubId, keptUntilMs)
  return { ok: true, clubId, club: { ...club, renewed: { ...club.renewed, [secret]: newest } } }
}

/**
 * CB8: another link, or another secret for those who organise; the one before opens nothing any more. The same `renewKey` again is
 * the same one, also from a phone that knows only the secret it has replaced: the answer may have been lost.
 */
export async function renewClub(house: House, { organiser, which, renewKey }: RenewClub): Promise<ClubMade | Refusal> {
  const { seals, store } = house
  const clubId = seals.openClub('organise', organiser)?.clubId
  if (!clubId) return refuse('not-a-member')
  const secret = which === 'link' ? 'follow' : 'organise'
  const by = seals.idFrom(`${renewKey}/${clubId}`, `club ${which}`)
  const { renewed } = await store.club(clubId)
  if (renewed.organise.by !== by) {
    const opened = await openClub(house, 'organise', organiser, 'organiser')
    if (!opened.ok) return opened
  }
  if (renewed[secret].by === by) return madeOf(seals, clubId, renewed)
  const newest = await store.renewClub(clubId, secret, { no: renewed[secret].no + 1, by })
  // Somebody else was faster: their link is as new as ours, but their secret is theirs to give.
  if (secret === 'organise' && newest.by !== by) return refuse('no-such-thing', { field: 'organiser' })
  return madeOf(seals, clubId, { ...renewed, [secret]: newest })
}

/** CB3: puts runs under the link; what is over or cannot be opened is left out. */
export async function organise(house: House, rooms: Rooms, wish: Organise): Promise<ClubShown | Refusal> {
  const { seals, store, clock } = house
  const opened = await openClub(house, 'organise', wish.organiser, 'organiser')
  if (!opened.ok) return opened
  const { clubId, club } = opened
  if (wish.name !== null) await store.putClubName(clubId, wish.name, clock.nowMs() + KEPT_MS)
  for (const token of wish.invites) {
    const invite = seals.openInvite(token)
    if (!invite) continue
    const full = await isFull(house, clubId, invite.runId)
    if (full) return full
    await putUnderClub(house, rooms, clubId, invite)
  }
  const { name, runs } = await openRuns(house, rooms, clubId)
  const shown = runs.map(({ title, head }) => shownRun(title, head))
  return { ok: true, name, link: seals.sealClub('follow', clubId, club.renewed.follow), runs: shown }
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
  const opened = await openClub(house, 'follow', link, 'link')
  if (!opened.ok) return opened
  const { name, runs } = await openRuns(house, rooms, opened.clubId)
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
