/** `node rejoin-process.js PLAN`: everybody goes, much happens, and everybody comes back at once. Says how long that took. */
import { rejoin } from './rejoin-load.ts'

process.on('disconnect', () => process.exit(0)) // whoever started it is gone
process.send?.(await rejoin(JSON.parse(process.argv[2] ?? '')), () => process.exit(0))
