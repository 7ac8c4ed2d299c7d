import { routeFile } from '../serik-seats.ts'
import type { System } from '../system.ts'
import { oneNode, released } from './serik.ts'

export const serikLate: System = {
  about: 'all duties, with phones that take their fix just before the tick of their run, as the SDK does',
  start: oneNode('sqlite'),
  ...released(() => ({ routeFile: routeFile() }), { isForTheTick: true }),
}
