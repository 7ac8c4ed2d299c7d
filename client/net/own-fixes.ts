/** A member's own track: what the server has stored of it, and what this phone keeps, also without network. */
import type { Fix } from '../../shared/geo/fix.ts'
import type { MemberId } from '../../shared/units.ts'
import type { PhoneStorage } from './phone-storage.ts'

/** What the server does not believe either. */
const WORST_ACCURACY_M = 150
const PATIENCE_MS = 30_000

/** All that this phone recorded and still keeps, in no order. */
export async function keptFixes(storage: PhoneStorage): Promise<Fix[]> {
  const keys = (await storage.keys().catch(() => [])).filter((key) => key.startsWith('fixes/'))
  const pages = await Promise.all(keys.map((key) => storage.get(key).catch(() => undefined)))
  return pages
    .flatMap((page) => (page as readonly Fix[] | undefined) ?? [])
    .filter(({ accuracyM = 0 }) => accuracyM <= WORST_ACCURACY_M)
}

export type StoredTrack = { readonly fixes: readonly Fix[]; readonly unbelievedAtMs: ReadonlySet<number> }

/** What an export of one member says, in the run's own time; `null` when it cannot be had just now. */
export async function storedTrack(
  url: string,
  seat: string,
  memberId: MemberId,
  shiftMs: number,
): Promise<StoredTrack | null> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/api/track.geojson?member=${memberId}`, {
      headers: { authorization: `Bearer ${seat}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return answer.ok ? trackOf((await answer.json()) as Exported, shiftMs) : null
  } catch {
    return null // no network: what this phone keeps is shown meanwhile
  }
}

type Exported = {
  readonly features: readonly {
    readonly properties: {
      readonly coordinateProperties: Readonly<Record<'times' | 'flag', readonly (string | null)[]>>
    }
    readonly geometry: { readonly type: 'LineString' | 'Point'; readonly coordinates: unknown } | null
  }[]
}

function trackOf({ features }: Exported, shiftMs: number): StoredTrack {
  const fixes: Fix[] = []
  const unbelievedAtMs = new Set<number>()
  for (const { properties, geometry } of features) {
    const { times, flag } = properties.coordinateProperties
    const points = geometry?.type === 'Point' ? [geometry.coordinates] : (geometry?.coordinates ?? [])
    for (const [index, [longitudeDeg, latitudeDeg, altitudeM]] of (points as number[][]).entries()) {
      const takenAtMs = Date.parse(times[index] ?? '') + shiftMs
      if (longitudeDeg === undefined || latitudeDeg === undefined || !Number.isFinite(takenAtMs)) continue
      if (flag[index] === 'unbelieved') unbelievedAtMs.add(takenAtMs)
      else fixes.push({ latitudeDeg, longitudeDeg, takenAtMs, ...(altitudeM !== undefined && { altitudeM }) })
    }
  }
  return { fixes, unbelievedAtMs }
}

/** Both together: the server's word counts for what it has, and what it has not got yet is the phone's. */
export const bothTogether = (stored: StoredTrack | null, kept: readonly Fix[]): Fix[] =>
  stored ? [...stored.fixes, ...kept.filter(({ takenAtMs }) => !stored.unbelievedAtMs.has(takenAtMs))] : [...kept]
