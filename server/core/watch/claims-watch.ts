/** Whether those who claimed still come, who would be there much sooner, and who has met whom. */
import type { Watcher } from './scene.ts'

export const claimsWatch: Watcher<null> = {
  nothing: null,
  look: (memory) => ({ memory, observations: [] }),
}
