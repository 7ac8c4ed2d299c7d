/** Keeps the screen on, as far as the browser lets it: a dark screen stops locating. Returns what lets it go dark. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let isWanted = true

  async function ask(): Promise<void> {
    if (!isWanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      lock = await navigator.wakeLock.request('screen')
      if (!isWanted) await lock.release()
    } catch {
      // Low battery or not allowed: the page says anyway that locating stops when the screen locks.
    }
  }

  // The browser drops the lock whenever the page is hidden.
  const again = () => void ask()
  document.addEventListener('visibilitychange', again)
  void ask()
  return () => {
    isWanted = false
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
