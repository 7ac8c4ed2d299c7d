/** The words somebody meets first: on the way in, and beside the buttons of a runner. They are loaded before all others. */
import { begin } from './begin.ts'
import { claims } from './claims.ts'
import { distance, formats } from './formats.ts'
import { measures } from './measures.ts'
import { member } from './member.ts'
import * as names from './names.ts'
import { runner } from './runner.ts'
import { settings } from './settings.ts'

export const first = {
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

export type FirstTexts = typeof first
