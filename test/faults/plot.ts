/** One scenario: what is done to a scene, and what was measured. */
import type { Options } from './options.ts'
import type { Scene } from './scene.ts'

/** `lines` go into the report; each of `wrong` is a bound or promise that was broken. */
export type Told = { readonly lines: readonly string[]; readonly wrong: readonly string[] }
export type Plot = (scene: Scene, options: Options) => Promise<Told>

/** A line for the report, and the same line as wrong when the figure is over its bound. */
export function bounded(what: string, text: string, isWithin: boolean, bound: string): Told {
  const line = `${what}: ${text} (at most ${bound})`
  return { lines: [line], wrong: isWithin ? [] : [line] }
}

export const together = (...told: readonly Told[]): Told => ({
  lines: told.flatMap(({ lines }) => lines),
  wrong: told.flatMap(({ wrong }) => wrong),
})
