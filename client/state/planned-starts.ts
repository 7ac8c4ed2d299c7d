/** When a run may begin, by the clock on the wall where its leader is. */
import { DAY_MS } from '../../shared/units.ts'

const SUNDAY = 0

/** The next Sunday at eight, from now on. */
export const nextSundayMs = (nowMs: number): number => {
  const date = new Date(nowMs)
  date.setHours(8, 0, 0, 0)
  date.setDate(date.getDate() + ((SUNDAY - date.getDay() + 7) % 7))
  return date.getTime() > nowMs ? date.getTime() : weekAfterMs(date.getTime())
}

/** Tomorrow at seven, before work. */
export const tomorrowMs = (nowMs: number): number => {
  const date = new Date(nowMs)
  date.setDate(date.getDate() + 1)
  return date.setHours(7, 0, 0, 0)
}

/** The same weekday and time of day, a week or as many as it takes later: a change of the clocks between them moves nobody's morning. */
export const sameTimeLaterMs = (earlierMs: number, nowMs: number): number => {
  const weeks = Math.max(1, Math.floor((nowMs - earlierMs) / (7 * DAY_MS)))
  let startMs = weeksAfterMs(earlierMs, weeks)
  while (startMs <= nowMs) startMs = weekAfterMs(startMs)
  return startMs
}

const weeksAfterMs = (atMs: number, weeks: number): number => {
  const date = new Date(atMs)
  return date.setDate(date.getDate() + 7 * weeks)
}
const weekAfterMs = (atMs: number): number => weeksAfterMs(atMs, 1)

/** As a field for date and time has it: "2026-11-29T08:00". */
export function localText(atMs: number): string {
  const date = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `null` for what is no date and time. */
export function localMs(text: string): number | null {
  const atMs = new Date(text).getTime()
  return Number.isNaN(atMs) ? null : atMs
}
