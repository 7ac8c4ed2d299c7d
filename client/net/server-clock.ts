/** The server's clock on a phone: a monotonic clock anchored at each welcome, so a wrong phone clock is harmless. */
const LATE_MAX_MS = 2_000

export type ServerClock = {
  nowMs(): number
  /** By how much what was told until now was wrong: at the first welcome; later 0, since fixes may be sent by then. */
  anchor(serverNowMs: number, timeScale: number): number
  /** The server's clock was there when this was sent: a clock that is behind it was set by a slow welcome. */
  hear(serverAtMs: number): void
  timeScale(): number
  /** How far the server is from this device's own clock; a guess until the first welcome. */
  offsetMs(): number
  /** What `offsetMs` was when the phone was last open. */
  presume(offsetMs: number): void
}

export function serverClock(): ServerClock {
  let scale = 1
  let anchorServerMs = Date.now()
  let anchorMonotonicMs = performance.now()
  let isAnchored = false
  const nowMs = () => Math.round(anchorServerMs + (performance.now() - anchorMonotonicMs) * scale)
  return {
    nowMs,
    timeScale: () => scale,
    offsetMs: () => (scale === 1 ? nowMs() - Date.now() : 0),
    presume(offsetMs) {
      if (!isAnchored) anchorServerMs = Date.now() + offsetMs
      anchorMonotonicMs = isAnchored ? anchorMonotonicMs : performance.now()
    },
    anchor(serverNowMs, timeScale) {
      // A later welcome may have travelled longer: the clock never steps back for that, it only catches up.
      const lateMs = nowMs() - serverNowMs
      const errorMs = isAnchored ? 0 : -lateMs
      const isLate = isAnchored && lateMs > 0 && lateMs < LATE_MAX_MS * timeScale
      anchorServerMs = isLate ? nowMs() : serverNowMs
      anchorMonotonicMs = performance.now()
      scale = timeScale
      isAnchored = true
      return errorMs
    },
    hear(serverAtMs) {
      if (isAnchored && serverAtMs > nowMs()) {
        anchorServerMs = serverAtMs
        anchorMonotonicMs = performance.now()
      }
    },
  }
}
