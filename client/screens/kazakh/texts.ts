import type { Texts } from '../english/texts.ts'
import { after, replay } from './after.ts'
import { alerts } from './alerts.ts'
import { before } from './before.ts'
import { begin } from './begin.ts'
import { claims } from './claims.ts'
import { crew } from './crew.ts'
import { cueSwitch, cues } from './cues.ts'
import { dispatch } from './dispatch.ts'
import { distance, formats } from './formats.ts'
import { helper } from './helper.ts'
import { drawing, map } from './map.ts'
import { measures } from './measures.ts'
import { member } from './member.ts'
import * as names from './names.ts'
import { privacy } from './privacy.ts'
import { install, push } from './push.ts'
import { regroup } from './regroup.ts'
import { roll } from './roll.ts'
import { runner } from './runner.ts'
import { settings } from './settings.ts'
import { supply } from './supply.ts'

export const texts: Texts = {
  ...names,
  ...alerts,
  after,
  replay,
  ...before,
  ...begin,
  ...claims,
  ...member,
  ...helper,
  ...crew,
  ...dispatch,
  ...regroup,
  ...roll,
  ...supply,
  push,
  install,
  ...privacy,
  ...runner,
  ...settings,
  cues,
  cueSwitch,
  drawing,
  map,
  ...measures,
  formats,
  distance,
}
