/** How well the length of a pack is known: several runners of one course, each with own fixes at own moments. */

import { noProgress, type ProgressState, progressAfter, progressAt } from '../../../shared/geo/progress/filter.ts'
import { routeMap } from '../../../shared/geo/progress/route-map.ts'
import { packOf } from '../../../shared/pack/pack.ts'
import { noPassages, type Passages, passagesAfter } from '../../../shared/pack/passages.ts'
import type { MemberId } from '../../../shared/units.ts'
import type { BenchCourse } from './bench-courses.ts'
import { slidingWindow } from './matchers.ts'
import { type Conditions, recordingOf } from './recording.ts'

const RUNNERS = 8
const EACH_S = 30

/** Errors in metres of the spread from the first to the last runner, each 30 s; and those of sliding windows. */
export function spreadErrors(
  course: BenchCourse,
  seed: number,
  conditions: Conditions,
): { ours: number[]; naive: number[] } {
  const map = routeMap(course.line)
  const runners = Array.from({ length: RUNNERS }, (_, index) => ({
    memberId: `mem_${index}` as MemberId,
    recording: recordingOf(course, seed * 1_000 + index, conditions),
    next: 0,
    state: noProgress as ProgressState,
    passages: noPassages as Passages,
    window: slidingWindow(course.line),
    naiveM: 0,
  }))
  const endS = Math.min(...runners.map(({ recording }) => recording.truths.length))
  const errors: { ours: number[]; naive: number[] } = { ours: [], naive: [] }
  for (let tS = EACH_S; tS < endS; tS += EACH_S) {
    for (const runner of runners) {
      const { moments } = runner.recording
      for (let moment = moments[runner.next]; moment && moment.truth.tS <= tS; moment = moments[++runner.next]) {
        const { fix } = moment
        if (!fix) continue
        runner.state = progressAfter(map, runner.state, fix)
        const then = progressAt(map, runner.state, fix.takenAtMs)
        if (then) runner.passages = passagesAfter(runner.passages, then)
        runner.naiveM = runner.window(fix, fix.takenAtMs).atM ?? 0
      }
    }
    const members = runners.flatMap(({ memberId, state, passages }) => {
      const progress = progressAt(map, state, 1_000 * (tS + 1))
      return progress ? [{ memberId, progress, passages }] : []
    })
    const trueM = runners.map(({ recording }) => recording.truths[tS]?.atM ?? 0)
    const naiveM = runners.map((runner) => runner.naiveM)
    const spread = packOf(members).spread
    if (spread) errors.ours.push(Math.abs(spread.gapM - rangeOf(trueM)))
    errors.naive.push(Math.abs(rangeOf(naiveM) - rangeOf(trueM)))
  }
  return errors
}

const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
