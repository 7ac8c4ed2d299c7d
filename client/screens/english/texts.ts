/**
 * Every word on the page, in English. Another language is another object of the same type: sentences with
 * numbers or names are functions, so that each language may order and inflect them as it needs.
 */
import { after, replay } from './after.ts'
import { alerts } from './alerts.ts'
import { before } from './before.ts'
import { crew } from './crew.ts'
import { cueSwitch, cues } from './cues.ts'
import { dispatch } from './dispatch.ts'
import { first } from './first.ts'
import { helper } from './helper.ts'
import { drawing, map } from './map.ts'
import { privacy } from './privacy.ts'
import { install, push } from './push.ts'
import { regroup } from './regroup.ts'
import { roll } from './roll.ts'
import { supply } from './supply.ts'

export const texts = {
  ...first,
  ...alerts,
  after,
  replay,
  ...before,
  ...helper,
  ...crew,
  ...dispatch,
  ...regroup,
  ...roll,
  ...supply,
  push,
  install,
  ...privacy,
  cues,
  cueSwitch,
  drawing,
  map,
}

export type Texts = typeof texts
