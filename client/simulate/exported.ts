/** What the server has in the end, read the way anybody would: from the exported tracks. */
import { parse } from 'csv-parse/sync'
import { asSent } from '../../shared/frame/fix-codec.ts'
import type { Fix } from '../../shared/geo/fix.ts'

export type Comparison = {
  readonly sent: number
  readonly stored: number
  readonly lost: number
  readonly doubled: number
}

/** Time, latitude and longitude of each point of a member's exported track. */
export async function exportedPoints(url: string, leaderSeat: string, memberId: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/track.csv?member=${memberId}`, {
    headers: { authorization: `Bearer ${leaderSeat}` },
  })
  if (!answer.ok) throw new Error(`the track of ${memberId} could not be read: ${answer.status} ${await answer.text()}`)
  const rows = parse(await answer.text(), { columns: true }) as { time: string; latitude: string; longitude: string }[]
  return rows.map(({ time, latitude, longitude }) => `${Date.parse(time)}|${Number(latitude)}|${Number(longitude)}`)
}

/** Point by point, not by number alone, as phones send them. */
export function compare(sent: readonly Fix[], shiftMs: number, stored: readonly string[]): Comparison {
  const counts = new Map<string, number>()
  for (const key of stored) counts.set(key, (counts.get(key) ?? 0) + 1)
  let lost = 0
  for (const { takenAtMs, latitudeDeg, longitudeDeg } of sent.map(asSent)) {
    const key = `${takenAtMs - shiftMs}|${latitudeDeg}|${longitudeDeg}`
    const left = counts.get(key) ?? 0
    if (left === 0) lost++
    else counts.set(key, left - 1)
  }
  const doubled = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { sent: sent.length, stored: stored.length, lost, doubled }
}

export const added = (a: Comparison, b: Comparison): Comparison => ({
  sent: a.sent + b.sent,
  stored: a.stored + b.stored,
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
})
export const nothing: Comparison = { sent: 0, stored: 0, lost: 0, doubled: 0 }
