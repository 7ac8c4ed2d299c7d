/** G3: every fix that was recorded while its member shared is in the track once, in the phone's order. */
import type { TrackPoint } from '../../server/store/store.ts'
import { sharedAt } from '../../shared/run/questions.ts'
import type { JournalRead } from './check-journal.ts'
import type { Person } from './person.ts'
import type { Problem, World } from './world.ts'

export async function checkTracks({ people, store, runId }: World, { run }: JournalRead): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const person of people) {
    const member = run.members.get(person.memberId)
    const points = await store.truth().readTrack(runId, person.memberId)
    if (member?.isErased && points.length > 0)
      problems.push({ check: 'G8', text: `${person.name} was erased, and has a track` })
    if (!member || member.isErased) continue
    const times = new Map<number, number>()
    for (const { fix } of points) times.set(fix.latitudeDeg, (times.get(fix.latitudeDeg) ?? 0) + 1)
    const isOver = person.phone()?.view().link === 'gone'
    for (const { fix, isOwed } of person.recorded) {
      const count = times.get(fix.latitudeDeg) ?? 0
      const mustBeThere = isOwed && !isOver && sharedAt(member, fix.takenAtMs)
      if (count === 0 && mustBeThere)
        problems.push({
          check: 'G3',
          text: `${person.name}: the fix of ${fix.takenAtMs} (${fix.latitudeDeg}) is not there`,
        })
      if (count > 1)
        problems.push({ check: 'G3', text: `${person.name}: the fix of ${fix.takenAtMs} is there ${count} times` })
    }
    if (!isInOrder(person, points)) problems.push({ check: 'G3', text: `${person.name}: the track is out of order` })
  }
  return problems
}

/** Within what each life of a phone has numbered. */
function isInOrder({ recorded }: Person, points: readonly TrackPoint[]): boolean {
  const places = recorded.map(({ fix }) => fix.latitudeDeg)
  const last = new Map<string, number>()
  return points.every(({ source, fix }) => {
    const at = places.indexOf(fix.latitudeDeg)
    if (at < 0) return true // of the member's other phone
    const isNext = at > (last.get(source) ?? -1)
    last.set(source, at)
    return isNext
  })
}
