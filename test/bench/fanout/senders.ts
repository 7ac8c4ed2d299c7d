/** When the members of a measurement move. */
import { seededRandom } from '../../../client/simulate/random.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { Line } from './system.ts'
import { type Walker, walker } from './walkers.ts'

const FIX_EVERY_MS = SECOND_MS
const LOOK_EVERY_MS = 5

type Person = { readonly line: Line; readonly no: number; readonly walker: Walker }

/** Begins at once. @param onTaken `person`: the number of the line. */
export function sendFixes(
  seed: string,
  lines: readonly Line[],
  onTaken: (person: number, atMs: number) => void,
): () => void {
  const people = lines.map((line, no) => ({ line, no, walker: walker(`${seed}/${no}`) }))
  const send = ({ line, no, walker }: Person) => {
    const nowMs = Date.now()
    onTaken(no, nowMs)
    line.send(walker.fixAt(nowMs))
  }
  const stops = [
    sendAtOwnMoments(
      people.filter(({ line }) => line.nextFixInMs),
      send,
    ),
    sendEverySecond(
      seed,
      people.filter(({ line }) => !line.nextFixInMs),
      send,
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Everybody has a moment of its own within the second, and keeps to it. */
function sendEverySecond(seed: string, people: readonly Person[], send: (person: Person) => void): () => void {
  if (people.length === 0) return () => undefined
  const random = seededRandom(seed)
  const inTurn = people
    .map((person) => ({ person, phaseMs: random.between(0, FIX_EVERY_MS) }))
    .sort((a, b) => a.phaseMs - b.phaseMs)
  const startMs = Date.now()
  let due = 0
  const timer = setInterval(() => {
    for (;;) {
      const { person, phaseMs } = inTurn[due % inTurn.length] as (typeof inTurn)[number]
      const dueAtMs = startMs + Math.floor(due / inTurn.length) * FIX_EVERY_MS + phaseMs
      if (dueAtMs > Date.now()) return
      due++
      send(person)
    }
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

function sendAtOwnMoments(people: readonly Person[], send: (person: Person) => void): () => void {
  let isOver = false
  const sendNext = (person: Person): void => {
    setTimeout(() => {
      if (isOver) return
      send(person)
      sendNext(person)
    }, person.line.nextFixInMs?.())
  }
  for (const person of people) sendNext(person)
  return () => {
    isOver = true
  }
}
