/** `npm run wire-doc` */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wireDocument } from './wire-doc/document.ts'

writeFileSync(join(import.meta.dirname, 'WIRE.md'), wireDocument())
