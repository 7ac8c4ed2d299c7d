import type { Texts } from '../english/texts.ts'
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

export const texts: Texts = {
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
