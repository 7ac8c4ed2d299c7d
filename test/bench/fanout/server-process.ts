/** `node server-process.js SYSTEM SETTINGS [PROFILE-FOLDER]`: one Node process of a system's server side. Says its port to who started it. */
import { profileOnSignal } from './profile.ts'
import { systemNamed } from './systems.ts'

const [, , name = '', settings = '{}', profileFolder = ''] = process.argv
const system = await systemNamed(name)
if (!system.serve) throw new Error(`${name} has no server of its own`)
if (profileFolder) profileOnSignal(profileFolder)
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0)) // whoever started it is gone
process.send?.(await system.serve(JSON.parse(settings)))
