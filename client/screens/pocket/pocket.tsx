import { useEffect, useRef } from 'preact/hooks'
import { isSomebodyComing } from '../../state/coming-to.ts'
import { lazily } from '../lazily.tsx'
import { useRun } from '../run/running.ts'
import { isPocketed, mayPocket, opensByItself, UNTOUCHED_MS, unpocket } from './pocketed.ts'

const load = async () => (await import('./pocket-screen.tsx')).PocketScreen
const PocketScreen = lazily(load, { isQuiet: true })
const touches = ['pointerdown', 'keydown', 'wheel', 'scroll'] as const

/** Goes dark by itself once nobody touches the page, and asks for no places while it is. */
export function Pocket({ isHelpShown }: { readonly isHelpShown: boolean }) {
  const run = useRun()
  const { view, phone } = run
  const may = mayPocket(run)
  const isDark = isPocketed.value && may
  const touchedAtMs = useRef(performance.now())

  useEffect(() => {
    const touch = () => {
      touchedAtMs.current = performance.now()
    }
    for (const name of touches) addEventListener(name, touch, { passive: true, capture: true })
    return () => {
      for (const name of touches) removeEventListener(name, touch, { capture: true })
      unpocket()
    }
  }, [])
  useEffect(() => {
    if (may)
      void load().catch(() => undefined) // in time for a dead zone
    else unpocket()
  }, [may])
  // Each second: `useRun` follows the clock.
  useEffect(() => {
    if (!opensByItself(run, isHelpShown)) touchedAtMs.current = performance.now()
    else if (performance.now() - touchedAtMs.current >= UNTOUCHED_MS) isPocketed.value = true
  })

  // PO5: but whoever comes is followed, so that near is near.
  const isLooking = !isDark || isSomebodyComing(view)
  useEffect(() => {
    const look = () => phone.look(document.visibilityState === 'visible' && isLooking)
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [phone, isLooking])

  return isDark ? <PocketScreen /> : null
}
