/** One MapLibre map beneath the people: streets and the route. Who stands where is drawn over it. */
import maplibre, { type GeoJSONSource, type Map as GlMap, type StyleSpecification } from 'maplibre-gl'
import type { RouteLine } from '../../../shared/geo/route.ts'
import { type Camera, isOtherCamera, metresPerPxAt, type Point, zoomOf } from '../../state/plan-camera.ts'
import type { MapSource } from './map-source.ts'
import { mapStyle, usesPmtiles } from './map-style.ts'

export type Tiles = {
  readonly lookAt: (camera: Camera) => void
  readonly drawRoute: (line: RouteLine | null) => void
  readonly close: () => void
}

export type TilesEvents = {
  /** Each time it is drawn from elsewhere; the last time of a move it is at rest. */
  readonly onShown: (camera: Camera, isAtRest: boolean) => void
  /** A hand has moved it, or begins to. */
  readonly onMoved: (camera: Camera) => void
  readonly onTap: (at: Point) => void
  /** Whether there is a map to be seen; not before its first tiles are drawn, nor when the graphics of the phone have given up. */
  readonly onThere: (isThere: boolean) => void
}

const EASE_MS = 400
const LOOK_AGAIN_MS = 16
const ROUTE = 'serik-route'

let knowsPmtiles = false

async function readyStyle(source: MapSource): Promise<StyleSpecification> {
  const style = await mapStyle(source)
  if (usesPmtiles(style) && !knowsPmtiles) {
    const { Protocol } = await import('pmtiles')
    maplibre.addProtocol('pmtiles', new Protocol().tile)
    knowsPmtiles = true
  }
  return style
}

/** Rejects when there is no style or the phone cannot draw it. */
export async function openTiles(
  container: HTMLElement,
  source: MapSource,
  first: Camera,
  { onShown, onMoved, onTap, onThere }: TilesEvents,
): Promise<Tiles> {
  const style = await readyStyle(source)
  container.replaceChildren() // of an attempt that failed
  const map = new maplibre.Map({
    container,
    ...viewOf(first),
    attributionControl: false,
    keyboard: false, // the sheet above has the keys
    maxPitch: 0,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    validateStyle: false,
  })
  map.addControl(new maplibre.AttributionControl({ compact: false }))
  const canvas = map.getCanvas()
  canvas.tabIndex = -1
  canvas.setAttribute('aria-hidden', 'true')
  canvas.removeAttribute('role')
  const isStill = matchMedia('(prefers-reduced-motion: reduce)')
  let line: RouteLine | null = null
  let isByHand = false
  /** What was told of a hand comes back as a wish, and the last one not first. */
  const told = new WeakSet<Camera>()
  let isClosed = false

  const tellMoved = () => {
    const camera = cameraOf(map)
    told.add(camera)
    onMoved(camera)
  }
  const isHeld = () =>
    [map.dragPan, map.scrollZoom, map.touchZoomRotate, map.dragRotate].some((hand) => hand.isActive())

  // Without a listener MapLibre says in the console what is no news here: tiles that do not come.
  map.on('error', () => undefined)
  map.on('style.load', () => addRoute(map, line))
  map.once('load', () => {
    onShown(cameraOf(map), true)
    onThere(true)
  })
  map.on('webglcontextlost', () => onThere(false))
  map.on('webglcontextrestored', () => onThere(true))
  map.on('move', () => onShown(cameraOf(map), false))
  map.on('moveend', () => onShown(cameraOf(map), true))
  map.on('movestart', ({ originalEvent }: { originalEvent?: Event }) => {
    if (!originalEvent) return
    isByHand = true
    tellMoved()
  })
  map.on('moveend', () => {
    if (!isByHand || map.isMoving()) return
    isByHand = false
    tellMoved()
  })
  map.on('click', ({ point }) => onTap({ x: point.x, y: point.y }))

  await graphicsAtRest(map.getCanvas())
  map.setStyle(style, { diff: false, validate: false })
  const stopThemes = onThemeChange(() => {
    readyStyle(source).then(
      (next) => !isClosed && map.setStyle(next),
      () => undefined, // it keeps the colours it has
    )
  })
  return {
    lookAt(camera) {
      // One that moves may be there by chance, on its way to elsewhere.
      if (told.has(camera) || isHeld() || !(map.isMoving() || isOtherCamera(cameraOf(map), camera))) return
      isByHand = false // what a hand has left gliding gives way
      if (isStill.matches || !map.loaded()) map.jumpTo(viewOf(camera))
      else map.easeTo({ ...viewOf(camera), duration: EASE_MS })
    },
    drawRoute(next) {
      if (line === next) return
      line = next
      const drawn = map.getSource(ROUTE) as GeoJSONSource | undefined
      if (drawn) drawn.setData(routeData(line))
    },
    close() {
      isClosed = true
      stopThemes()
      map.remove()
    },
  }
}

/**
 * MapLibre asks of each shader whether it compiled, and the page stands still until the graphics have done all that lies before it: on a slow
 * phone for a tenth of a second. What opening them takes, and their first shader, is waited for here without standing still.
 */
async function graphicsAtRest(canvas: HTMLCanvasElement): Promise<void> {
  const gl = canvas.getContext('webgl2') // the one that MapLibre has opened
  const shader = gl?.createShader(gl.VERTEX_SHADER)
  if (!gl || !shader) return
  gl.shaderSource(shader, 'void main() {}')
  gl.compileShader(shader)
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  gl.flush()
  while (fence && !gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  gl.deleteShader(shader)
  gl.deleteSync(fence)
}

function viewOf(camera: Camera) {
  const { centre, bearingDeg } = camera
  return {
    center: [centre.longitudeDeg, centre.latitudeDeg] as [number, number],
    zoom: zoomOf(camera),
    bearing: bearingDeg,
  }
}

function cameraOf(map: GlMap): Camera {
  const { lat, lng } = map.getCenter().wrap()
  return {
    centre: { latitudeDeg: lat, longitudeDeg: lng },
    metresPerPx: metresPerPxAt(lat, map.getZoom()),
    bearingDeg: map.getBearing(),
  }
}

const routeData = (line: RouteLine | null) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: {
    type: 'LineString' as const,
    coordinates: (line?.points ?? []).map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]),
  },
})

/** A little to its right, so that the ways out and back lie beside each other. */
function addRoute(map: GlMap, line: RouteLine | null): void {
  if (map.getSource(ROUTE)) return
  map.addSource(ROUTE, { type: 'geojson', data: routeData(line), tolerance: 0.5 })
  const layout = { 'line-join': 'round', 'line-cap': 'round' } as const
  const offset = { 'line-offset': 2.5 }
  map.addLayer({
    id: `${ROUTE}-edge`,
    type: 'line',
    source: ROUTE,
    layout,
    paint: { ...offset, 'line-width': 7, 'line-color': colourOf('--card'), 'line-opacity': 0.8 },
  })
  map.addLayer({
    id: ROUTE,
    type: 'line',
    source: ROUTE,
    layout,
    paint: { ...offset, 'line-width': 4, 'line-color': colourOf('--accent') },
  })
}

/** As the page draws it now: its colours depend on the theme. */
function colourOf(name: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function onThemeChange(changed: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] })
  query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    query.removeEventListener('change', changed)
  }
}
