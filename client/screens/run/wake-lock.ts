/** Keeps the screen on, as far as the browser lets it: a dark screen stops locating. */
import { signal } from '@preact/signals'

/** `refused`: the phone may darken its screen, and is said to. */
export const wakeLock = signal<'unasked' | 'held' | 'refused'>('unasked')

/** Returns what lets the screen go dark. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let isWanted = true

  async function ask(): Promise<void> {
    if (!isWanted || document.visibilityState !== 'visible') return
    if (!('wakeLock' in navigator)) {
      wakeLock.value = 'refused'
      return
    }
    try {
      const held = await navigator.wakeLock.request('screen')
      if (!isWanted) return void held.release()
      lock = held
      wakeLock.value = 'held'
      held.onrelease = takenBack
    } catch {
      wakeLock.value = 'refused' // low battery, or not allowed
    }
  }

  /** As when the battery runs low. */
  function takenBack(): void {
    if (isWanted && document.visibilityState === 'visible') wakeLock.value = 'refused'
  }

  // The browser drops the lock whenever the page is hidden.
  const again = () => void ask()
  document.addEventListener('visibilitychange', again)
  void ask()
  return () => {
    isWanted = false
    wakeLock.value = 'unasked'
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
