import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { locator } from '../../client/screens/run/locate.ts'
import type { Fix } from '../../shared/geo/fix.ts'

const [DENIED, TIMED_OUT] = [1, 3]

/** A browser that is told by the test where it is, or that it cannot be known. */
function aBrowser() {
  let tell: PositionCallback = () => undefined
  let fail: PositionErrorCallback = () => undefined
  const geolocation = {
    watchPosition(found: PositionCallback, failed: PositionErrorCallback) {
      ;[tell, fail] = [found, failed]
      return 1
    },
    getCurrentPosition: () => undefined,
    clearWatch: () => undefined,
  }
  vi.stubGlobal('window', { isSecureContext: true })
  vi.stubGlobal('navigator', { geolocation })
  const coords = { latitude: 51.13, longitude: 71.43, accuracy: 8, speed: null, heading: null, altitude: null }
  return {
    found: () => tell({ coords, timestamp: Date.now() } as unknown as GeolocationPosition),
    fails: (code: number) => fail({ code, PERMISSION_DENIED: DENIED } as GeolocationPositionError),
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('[VW46] a place that is not found anew for a minute is said to be lost, and the last one stays', () => {
  const browser = aBrowser()
  const fixes: Fix[] = []
  const { state, start, stop } = locator({ nowMs: Date.now, onFix: (fix) => fixes.push(fix) })
  start()
  browser.fails(TIMED_OUT)
  expect(state.value).toEqual({ is: 'trouble', why: 'unavailable', last: null })
  browser.found()
  vi.advanceTimersByTime(59_000)
  browser.fails(TIMED_OUT)
  expect(state.value.is).toBe('found')
  vi.advanceTimersByTime(2_000)
  browser.fails(TIMED_OUT)
  expect(state.value).toEqual({ is: 'trouble', why: 'unavailable', last: fixes[0] })
  browser.found()
  expect(state.value.is).toBe('found')
  browser.fails(DENIED)
  expect(state.value).toEqual({ is: 'trouble', why: 'denied', last: fixes.at(-1) })
  stop()
  expect(state.value.is).toBe('off')
})
