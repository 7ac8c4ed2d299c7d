/** The words of another language: what is not translated yet is English. */
import { texts as english, type Texts } from '../english/texts.ts'
import { before } from './before.ts'
import { privacy } from './privacy.ts'
import { settings } from './settings.ts'

export const texts: Texts = { ...english, ...before, ...privacy, ...settings }
