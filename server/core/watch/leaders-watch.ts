/** Whether anybody leads who can be reached. */
import type { Watcher } from './scene.ts'

export const leadersWatch: Watcher<null> = {
  nothing: null,
  look: (memory) => ({ memory, observations: [] }),
}
