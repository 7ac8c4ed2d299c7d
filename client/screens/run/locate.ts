/** The phone's own place, from the browser: watched only while its owner shares. */
import { signal } from '@preact/signals'
import type { Fix } from '../../../shared/geo/fix.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { fixAges } from '../../state/fix-age.ts'

export type Locating =
  | { readonly is: 'off' | 'looking' }
  | { readonly is: 'found'; readonly fix: Fix }
  /** `last`: where the phone was found before, however long ago. */
  | { readonly is: 'trouble'; readonly why: 'denied' | 'unavailable' | 'unsupported'; readonly last: Fix | null }

/** A runner makes 15 m in this time; more often costs battery and tells nothing. */
const FIX_EVERY_MS = 5 * SECOND_MS
const FIND_WITHIN_MS = 30 * SECOND_MS
const QUIET_MS = 15 * SECOND_MS
/** A bridge or a tunnel; then it is said. */
const LOST_AFTER_MS = MINUTE_MS
const HOW = { enableHighAccuracy: true, maximumAge: 0, timeout: FIND_WITHIN_MS }

/** Browsers locate on https and on localhost alone. */
export const canLocate = (): boolean => window.isSecureContext && 'geolocation' in navigator

export function locator(deps: { nowMs: () => number; onFix: (fix: Fix) => void }) {
  const state = signal<Locating>({ is: 'off' })
  let watchId: number | null = null
  let lastSentMs = Number.NEGATIVE_INFINITY
  let last: { readonly fix: Fix; readonly heardMs: number } | null = null
  let ageOf = fixAges()
  let quiet: ReturnType<typeof setTimeout> | undefined

  /** Some browsers tell a place again only when it has changed: who stands still must not look lost. */
  function askWhenQuiet(): void {
    clearTimeout(quiet)
    quiet = setTimeout(() => {
      navigator.geolocation.getCurrentPosition(found, failed, HOW)
      askWhenQuiet()
    }, QUIET_MS)
  }

  function found({ coords, timestamp }: GeolocationPosition): void {
    if (watchId === null) return // an answer after the stop
    askWhenQuiet()
    const monotonicMs = performance.now()
    const ageMs = ageOf(timestamp, monotonicMs, Date.now())
    const fix = fixFrom(coords, Math.round(deps.nowMs() - ageMs))
    state.value = { is: 'found', fix }
    last = { fix, heardMs: monotonicMs }
    if (monotonicMs - lastSentMs < FIX_EVERY_MS) return
    lastSentMs = monotonicMs
    deps.onFix(fix)
  }

  function failed({ code, PERMISSION_DENIED }: GeolocationPositionError): void {
    if (watchId === null) return
    // VW46: the watch goes on after a time-out; what was found a moment ago is still the best there is.
    const isLost = last === null || performance.now() - last.heardMs >= LOST_AFTER_MS
    if (code !== PERMISSION_DENIED && !isLost) return
    lose(code === PERMISSION_DENIED ? 'denied' : 'unavailable')
  }

  function lose(why: Extract<Locating, { is: 'trouble' }>['why']): void {
    state.value = { is: 'trouble', why, last: last?.fix ?? null }
  }

  function start(): void {
    if (watchId !== null) return
    if (!canLocate()) {
      lose('unsupported')
      return
    }
    ageOf = fixAges()
    state.value = { is: 'looking' }
    watchId = navigator.geolocation.watchPosition(found, failed, HOW)
    askWhenQuiet()
  }

  function stop(): void {
    if (watchId !== null) navigator.geolocation.clearWatch(watchId)
    watchId = null
    clearTimeout(quiet)
    if (state.value.is !== 'off') state.value = { is: 'off' }
  }

  return { state, start, stop }
}

function fixFrom(coords: GeolocationCoordinates, takenAtMs: number): Fix {
  const { latitude, longitude, accuracy, speed, heading, altitude } = coords
  return {
    latitudeDeg: latitude,
    longitudeDeg: longitude,
    takenAtMs,
    ...(Number.isFinite(accuracy) && { accuracyM: accuracy }),
    ...(speed !== null && speed >= 0 && { speedMps: speed }),
    ...(heading !== null && heading >= 0 && heading <= 360 && { headingDeg: heading }),
    ...(altitude !== null && Number.isFinite(altitude) && { altitudeM: altitude }),
  }
}
