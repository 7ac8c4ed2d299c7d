/** The words of another language: what is not translated yet is English. */
import { texts as english, type Texts } from '../english/texts.ts'
import { before } from './before.ts'
import { drawing, map } from './map.ts'
import { crew } from './crew.ts'
import { privacy } from './privacy.ts'
import { runner } from './runner.ts'
import { settings } from './settings.ts'

export const texts: Texts = { ...english, drawing, map, ...before, ...crew, ...privacy, ...runner, ...settings }
