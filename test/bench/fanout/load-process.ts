/** `node load-process.js PLAN`: the members of one measurement. Says what it measured to who started it. */
import { underLoad } from './load.ts'

process.on('disconnect', () => process.exit(0)) // whoever started it is gone
process.send?.(await underLoad(JSON.parse(process.argv[2] ?? '')), () => process.exit(0))
