/** A short form of `npm run bench:progress`: some courses, one seed each. */
import { expect, test } from 'vitest'
import { benchCourses } from '../bench/progress/bench-courses.ts'
import { serik } from '../bench/progress/matchers.ts'
import { noOffScore, scoreOffRoute } from '../bench/progress/off-route-score.ts'
import { noPlaceScore, scorePlaces } from '../bench/progress/place-score.ts'
import { recordingOf } from '../bench/progress/recording.ts'

const SEED = 41
const usual = { correlationS: 10, fixEveryS: 5, gapS: 0, hasDetours: false, outlierChance: 0.001 }

test.each(['park-laps', 'shuttle-1000', 'eight', 'river', 'track'])(
  '[PG16] on %s places are right and sure',
  (name) => {
    const course = benchCourses().find((each) => each.name === name) ?? expect.fail()
    for (const [sigmaM, gapS, least] of [
      [5, 0, 0.99],
      [10, 0, 0.99],
      [10, 120, 0.97],
    ] as const) {
      const recording = recordingOf(course, SEED, { ...usual, sigmaM, gapS })
      const answer = serik(course.line)
      const answers = recording.moments.map(({ truth, fix }) => answer(fix, 1_000 * (truth.tS + 1)))
      const score = noPlaceScore()
      scorePlaces(score, recording, answers)
      expect(score.right / score.fixes, `seed ${SEED}, sigma ${sigmaM}, gaps ${gapS}`).toBeGreaterThanOrEqual(least)
      const sure = score.reliability[9] ?? expect.fail()
      expect(sure.right / sure.count, 'where it says 0.9').toBeGreaterThan(0.9)
    }
  },
)

test('[PG8] on a generated course each detour is found within half a minute, and nothing else is called off the route', () => {
  const course = benchCourses().find(({ name }) => name === 'bike-path') ?? expect.fail()
  const score = noOffScore()
  scoreOffRoute(score, recordingOf(course, SEED, { ...usual, sigmaM: 10, hasDetours: true }), serik(course.line))
  expect(score.delaysS.length, `seed ${SEED}`).toBeGreaterThan(0)
  expect(score).toMatchObject({ missed: 0, falseAlarms: 0 })
  expect(Math.max(...score.delaysS)).toBeLessThanOrEqual(30)
})
