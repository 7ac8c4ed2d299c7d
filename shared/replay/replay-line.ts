/** A track of a replay as a line of text: whole numbers, each the difference to the one before. Both ends of the wire use this file. */
import { GRID_PER_DEG, type Moment, TICK_MS } from './thinned.ts'

/** A stretch without a gap. */
export type ReplayStretch = {
  /** Between the stretch before and this one somebody was on their way, unheard; otherwise nothing is known of that time. */
  readonly isJoined: boolean
  readonly moments: readonly Moment[]
}

export type ReplayLine = { readonly memberNo: number; readonly stretches: readonly (readonly number[])[] }

/** Times are told from `fromMs` on. */
export function replayLine(memberNo: number, stretches: readonly ReplayStretch[], fromMs: number): ReplayLine {
  return {
    memberNo,
    stretches: stretches.map(({ isJoined, moments }) => {
      const numbers = [isJoined ? 1 : 0]
      let [tick, north, east] = [0, 0, 0]
      for (const { takenAtMs, latitudeDeg, longitudeDeg } of moments) {
        const now = [
          Math.round((takenAtMs - fromMs) / TICK_MS),
          Math.round(latitudeDeg * GRID_PER_DEG),
          Math.round(longitudeDeg * GRID_PER_DEG),
        ] as const
        numbers.push(now[0] - tick, now[1] - north, now[2] - east)
        ;[tick, north, east] = now
      }
      return numbers
    }),
  }
}

/** A stretch as it is kept for drawing: thousands of people have a million moments. */
export type PackedStretch = {
  readonly isJoined: boolean
  /** Tenths of a second since the replay's `fromMs`, rising. */
  readonly ticks: Int32Array
  /** Hundred-thousandths of a degree. */
  readonly north: Int32Array
  readonly east: Int32Array
}
export type ReplayTrack = { readonly memberNo: number; readonly stretches: readonly PackedStretch[] }

export function trackOfLine({ memberNo, stretches }: ReplayLine): ReplayTrack {
  return {
    memberNo,
    stretches: stretches.map((numbers) => {
      const count = Math.floor((numbers.length - 1) / 3)
      const [ticks, north, east] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
      let [tick, n, e] = [0, 0, 0]
      for (let index = 0; index < count; index++) {
        ticks[index] = tick += numbers[1 + index * 3] as number
        north[index] = n += numbers[2 + index * 3] as number
        east[index] = e += numbers[3 + index * 3] as number
      }
      return { isJoined: numbers[0] === 1, ticks, north, east }
    }),
  }
}
