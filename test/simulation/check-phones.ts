/** G4: every phone holds what its seat may see of the journal, and shows everybody where they were last. */
import { isDeepStrictEqual } from 'node:util'
import type { RunView } from '../../client/state/run-view.ts'
import { isSeenWithPlace } from '../../server/core/audience.ts'
import { seenBy, wordsSeenBy } from '../../server/core/snapshot.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import type { JournalRead } from './check-journal.ts'
import type { Problem, World } from './world.ts'

/** A frame rounds to 1e-5 degree and 0.1 s; people are further apart. */
const NEAR_DEG = 8e-6
const NEAR_MS = 200

export async function checkPhones(world: World, { run }: JournalRead): Promise<Problem[]> {
  const { people, store, runId } = world
  const problems: Problem[] = []
  const words = await store.truth().readWords(runId)
  const newest = await store.truth().newestFixes(runId)
  for (const person of people) {
    const view = person.phone()?.view()
    const member = run.members.get(person.memberId)
    const wrong = (check: string, text: string) => void problems.push({ check, text: `${person.name}: ${text}` })
    if (!view || !member) wrong('G4', 'the phone is off, or its member unknown')
    else if (view.link === 'gone') {
      if (isThere(member) && !isMoved(member, person.name)) wrong('G6', 'was put out, and belongs here')
    } else if (!isThere(member)) wrong('G6', `was ${member.status}, and is still ${view.link}`)
    else {
      for (const text of differences(view, run, member, words)) wrong('G4', text)
      for (const text of placesOff(world, view, run, member, newest)) wrong('G5 places', text)
    }
  }
  return problems
}

const isThere = ({ status, isErased }: Member): boolean => status !== 'removed' && !isErased
/** Their seat is on another phone now. */
const isMoved = ({ seatNo }: Member, name: string): boolean => seatNo > 1 && !name.endsWith("'".repeat(seatNo - 1))

function* differences(view: RunView, run: RunState, me: Member, words: Iterable<Word>): Generator<string> {
  const right = seenBy(run, me)
  const seen = view.run
  if (seen.version > run.version) yield `stands at ${seen.version}, beyond the journal's ${run.version}`
  for (const [part, value] of Object.entries(right) as [keyof RunState, RunState[keyof RunState]][])
    if (part !== 'version' && !isDeepStrictEqual(seen[part], value)) yield `${part}: ${unlike(seen[part], value)}`
  const told = [...view.words.values()].map(({ key, text }) => `${key}=${text}`).sort()
  const may = [...wordsSeenBy(words, run, me)].map(({ key, text }) => `${key}=${text}`).sort()
  if (!isDeepStrictEqual(told, may)) yield `words: ${unlike(told, may)}`
}

function unlike(has: unknown, right: unknown): string {
  const parts = (of: unknown): string[] =>
    typeof of === 'object' && of !== null && 'values' in of
      ? [...(of as ReadonlyMap<string, unknown>).values()].map((each) => JSON.stringify(each))
      : [JSON.stringify(of)]
  const [held, should] = [parts(has), parts(right)]
  const more = held.filter((each) => !should.includes(each))
  const less = should.filter((each) => !held.includes(each))
  return `has ${more.join(' ').slice(0, 600)} and should have ${less.join(' ').slice(0, 600)}`
}

type Newest = ReadonlyMap<MemberId, Fix>

function* placesOff(
  { people, trouble }: World,
  view: RunView,
  run: RunState,
  me: Member,
  newest: Newest,
): Generator<string> {
  for (const member of run.members.values()) {
    const { memberId, memberNo } = member
    const isSeen = isSharing(member) && isThere(member) && isSeenWithPlace(run, me, member)
    const place = view.places.get(memberId)
    if (place && !isSeen) yield `shows ${memberNo}, whom it may not see`
    const fix = isSeen ? newest.get(memberId) : undefined
    // Where somebody was when they last stopped sharing may be shown or not.
    if (!fix || fix.takenAtMs < (member.windows.at(-1)?.fromMs ?? 0)) continue
    const recorded = people.filter((person) => person.memberId === memberId).flatMap((person) => person.recorded)
    const at = (deg: number | undefined) =>
      recorded.find((each) => Math.abs(each.fix.latitudeDeg - (deg ?? 0)) < NEAR_DEG)
    const [last, shown] = [at(fix.latitudeDeg), at(place?.latitudeDeg)]
    // A phone that tells the time wrong says it was later than it is; and what the bus lost, it lost.
    if (!last?.isOnTime || last.atMs < trouble.endedAtMs) continue
    const isNewest = shown !== undefined && shown.atMs >= last.atMs // or not yet stored when its phone was lost
    const isHonest = place !== undefined && shown !== undefined && place.takenAtMs < shown.fix.takenAtMs + NEAR_MS
    if (!isNewest || !isHonest)
      yield `shows ${memberNo} at ${place?.latitudeDeg} of ${place?.takenAtMs}, and they are at ${fix.latitudeDeg} of ${fix.takenAtMs}`
  }
}
