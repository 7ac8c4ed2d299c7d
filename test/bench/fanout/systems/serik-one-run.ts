/**
 * Runs of thousands, in groups: of each hundred one leads the whole run and sees everybody, by turns, and the others run in one group,
 * and see it and whoever leads.
 */
import { routeFile } from '../serik-seats.ts'
import type { Audience, Shape, System } from '../system.ts'
import { oneNode, released } from './serik.ts'

const HUNDRED = 100

/** @throws RangeError when the members are not in hundreds. */
function divided({ members }: Shape) {
  if (members % HUNDRED !== 0) throw new RangeError('a large run has members in hundreds')
  const leaders = members / HUNDRED
  return { leaders, leads: (memberNo: number) => memberNo < leaders }
}

const GROUP = HUNDRED - 1

export const serikOneRun: System = {
  about: 'all duties, for runs in groups of a hundred with leaders of the whole',
  start: oneNode('sqlite'),
  ...released((shape) => {
    const { leaders, leads } = divided(shape)
    return {
      routeFile: routeFile(),
      roleOf: (memberNo) => (leads(memberNo) ? 'leader' : 'runner'),
      groupOf: (memberNo) => (leads(memberNo) ? null : Math.floor((memberNo - leaders) / GROUP)),
    }
  }),
  audiences(shape): readonly Audience[] {
    const { leaders, leads } = divided(shape)
    const runners = shape.members - leaders
    return [
      {
        name: 'runners',
        has: (memberNo) => !leads(memberNo),
        viewersOf: (memberNo) => (leads(memberNo) ? runners : GROUP - 1),
      },
      { name: 'leaders', has: leads, viewersOf: (memberNo) => (leads(memberNo) ? leaders - 1 : leaders) },
    ]
  },
}
