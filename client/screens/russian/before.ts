import type { before as english } from '../english/before.ts'

export const before: typeof english = {
  again: {
    nextWeek: 'Повторить через неделю',
  },
}
