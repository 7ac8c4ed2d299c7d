/** People on the way without phone or app: bodies that helpers may see. */
import type { RouteLine } from '../../shared/geo/route.ts'
import { type Body, runnerBody } from './body.ts'
import type { Random } from './random.ts'
import { runnerPlan } from './runner-motion.ts'

export const guestBodies = (random: Random, line: RouteLine, count: number, paceMps: number): Body[] =>
  Array.from({ length: count }, (_, i) =>
    runnerBody(line, runnerPlan(random.fork(i), { paceMps, lengthM: line.lengthM }), 0, undefined),
  )
