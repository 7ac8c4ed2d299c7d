/** Whether the page lies in a pocket: dark, and deaf to every touch but one. */
import { signal } from '@preact/signals'
import { SECOND_MS } from '../../../shared/units.ts'
import { breaksThrough } from '../../state/breaks-through.ts'
import { sharingOf } from '../../state/sharing.ts'
import { pocketWay } from '../kept.ts'
import type { Run } from '../run/running.ts'

export const isPocketed = signal(false)

/** PO2: nobody has touched it for so long. */
export const UNTOUCHED_MS = 20 * SECOND_MS

/** PO1: only what shares from this page lies in a pocket. */
export const mayPocket = ({ view, mine, locates, kept }: Run): boolean =>
  mine !== undefined &&
  (mine.status === 'out' || mine.status === 'paused') &&
  sharingOf(view) === 'on' &&
  locates.value &&
  !kept.isDemo

/** PO3: never by itself over what waits for somebody. */
export function opensByItself(run: Run, isHelpShown: boolean): boolean {
  const { view, mine, nowMs } = run
  return (
    mayPocket(run) &&
    mine?.role === 'runner' &&
    mine.status === 'out' &&
    view.run.head.phase === 'live' &&
    pocketWay.get() !== 'by-hand' &&
    !isHelpShown &&
    breaksThrough(view, nowMs).every(({ is }) => is === 'message') &&
    !isBusy()
  )
}

/** Somebody types, or is asked something by a dialog. */
const isBusy = (): boolean =>
  document.visibilityState !== 'visible' ||
  document.querySelector('dialog[open]') !== null ||
  (document.activeElement?.matches('input, select, textarea') ?? false)

/** To be called from a tap: browsers fill the screen for nobody else. */
export function pocket(): void {
  isPocketed.value = true
  void document.documentElement.requestFullscreen?.().catch(() => undefined) // dark all the same
}

export function unpocket(): void {
  isPocketed.value = false
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
}
