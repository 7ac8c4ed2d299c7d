import { useEffect, useRef } from 'preact/hooks'
import type { RouteLine } from '../../../shared/geo/route.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Camera } from '../../state/plan-camera.ts'
import { mapSource } from './map-source.ts'
import { openTiles, type TilesEvents, type Tiles as TilesMap } from './open-tiles.ts'

export type TilesProps = TilesEvents & {
  readonly wanted: Camera
  readonly line: RouteLine | null
}

const AGAIN_MS = MINUTE_MS

/** The map beneath the people. Until it can be seen, and where it cannot, it is an empty box. */
export function Tiles({ wanted, line, ...events }: TilesProps) {
  const box = useRef<HTMLDivElement>(null)
  const tiles = useRef<TilesMap | null>(null)
  const latest = useRef({ wanted, line, events })
  latest.current = { wanted, line, events }

  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const open = async () => {
      clearTimeout(timer)
      if (tiles.current || isOver) return
      const source = await mapSource()
      if (!source || !box.current || isOver) return
      const opened = await openTiles(box.current, source, latest.current.wanted, {
        onShown: (camera, isAtRest) => latest.current.events.onShown(camera, isAtRest),
        onMoved: (camera) => latest.current.events.onMoved(camera),
        onTap: (at) => latest.current.events.onTap(at),
        onThere: (isThere) => latest.current.events.onThere(isThere),
      })
      if (isOver) return opened.close()
      tiles.current = opened
      opened.drawRoute(latest.current.line)
      opened.lookAt(latest.current.wanted)
    }
    const tryToOpen = () => {
      // No style, no network, no graphics: the plan goes on as it is.
      void open().catch(() => {
        if (!isOver) timer = setTimeout(tryToOpen, AGAIN_MS)
      })
    }
    tryToOpen()
    addEventListener('online', tryToOpen)
    return () => {
      isOver = true
      clearTimeout(timer)
      removeEventListener('online', tryToOpen)
      tiles.current?.close()
      tiles.current = null
      latest.current.events.onThere(false)
    }
  }, [])
  useEffect(() => tiles.current?.drawRoute(line), [line])
  useEffect(() => tiles.current?.lookAt(wanted), [wanted])
  return <div class="tiles" ref={box} />
}
