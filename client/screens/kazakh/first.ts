import type { FirstTexts } from '../english/first.ts'
import { begin } from './begin.ts'
import { claims } from './claims.ts'
import { distance, formats } from './formats.ts'
import { measures } from './measures.ts'
import { member } from './member.ts'
import * as names from './names.ts'
import { runner } from './runner.ts'
import { settings } from './settings.ts'

export const first: FirstTexts = {
  ...names,
  ...begin,
  ...claims,
  ...member,
  ...runner,
  ...settings,
  ...measures,
  formats,
  distance,
}
