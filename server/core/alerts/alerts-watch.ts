/** What somebody should know, by the rules of this folder. */
import type { Watcher } from '../watch/scene.ts'

export const alertsWatch: Watcher<null> = {
  nothing: null,
  look: (memory) => ({ memory, observations: [] }),
}
