/** Whether a map is to lie beneath the plan, and whose: asked once, when the page has nothing better to do. */
import type { About } from '../../../shared/protocol/http.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { about, isRefusal } from '../../net/http-calls.ts'

export type MapSource = NonNullable<About['map']>

const AGAIN_MS = MINUTE_MS
/** The buttons come first, on a slow phone too. */
const IDLE_WITHIN_MS = 3 * SECOND_MS

let asked: Promise<MapSource | null> | undefined

/** `null`: this house has none. Rejects without network; asked again it is asked again. */
export function mapSource(): Promise<MapSource | null> {
  asked ??= about(location.origin).then((answer) => {
    if (!isRefusal(answer)) return answer.map ?? null
    asked = undefined
    throw new Error(answer.code)
  })
  return asked
}

/** Whoever has asked their browser to save data gets the plan alone. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  return connection?.saveData === true || matchMedia('(prefers-reduced-data: reduce)').matches
}

/** Whether this phone may draw one: MapLibre needs WebGL 2. To open it here only to see would make a slow phone stand still. */
const mayDraw = (): boolean => 'WebGL2RenderingContext' in window

/** Loads the map once somebody looks, the network is there, and the house has one. @returns how to give up */
export function mapsAllowed(load: () => Promise<void>): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (isOver || document.visibilityState !== 'visible' || !navigator.onLine || savesData()) return
    mapSource()
      .then((source) => (source && !isOver && mayDraw() ? load() : undefined))
      .then(giveUp)
      .catch(() => {
        // Without network, or with half of it: the plan is there meanwhile.
        timer = setTimeout(look, AGAIN_MS)
      })
  }
  const giveUp = () => {
    isOver = true
    clearTimeout(timer)
    removeEventListener('online', look)
    document.removeEventListener('visibilitychange', look)
  }
  addEventListener('online', look)
  document.addEventListener('visibilitychange', look)
  if ('requestIdleCallback' in window) requestIdleCallback(look, { timeout: IDLE_WITHIN_MS })
  else timer = setTimeout(look, SECOND_MS)
  return giveUp
}
