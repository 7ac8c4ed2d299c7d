/** The words of another language: what is not translated yet is English. */
import { texts as english, type Texts } from '../english/texts.ts'

export const texts: Texts = { ...english }
