/** Waits for conditions of the outside world: processes, phones, ports. */
import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 25

/** After `ms`, or at once when the signal ends the wait. */
export const rest = (ms: number, signal?: AbortSignal): Promise<void> =>
  pause(ms, undefined, signal ? { signal } : {}).catch(() => undefined)

/** How long it took until it was so, in ms; `undefined` when it was not within that time, or the signal came first. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
  signal?: AbortSignal,
  everyMs = LOOK_EVERY_MS,
): Promise<number | undefined> {
  const startedMs = performance.now()
  for (;;) {
    if (await isSo()) return performance.now() - startedMs
    if (performance.now() - startedMs > withinMs || signal?.aborted) return undefined
    await rest(everyMs, signal)
  }
}

/** @throws Error that names what was waited for. */
export async function mustBecome(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number> {
  const tookMs = await until(isSo, withinMs)
  if (tookMs === undefined) throw new Error(`waited ${withinMs} ms in vain until ${what}`)
  return tookMs
}
