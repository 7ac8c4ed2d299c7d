import type { TrackerReport } from '../../server/ingest/ingest.ts'
import { osmand } from '../../server/ingest/osmand.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { SECOND_MS } from '../../shared/units.ts'

export const takenAtMs = Date.UTC(2025, 1, 12, 13)
export const receivedAtMs = takenAtMs + 2 * SECOND_MS

export const read = (contentType: string, query: string, bodyText: string) =>
  osmand.read({ contentType, query: new URLSearchParams(query), bodyText, receivedAtMs })
export const byQuery = (query: string) => read('', query, '')
export const byForm = (form: string) => read('application/x-www-form-urlencoded', '', form)
export const byText = (text: string) => read('application/json', '', text)
export const byJson = (location: unknown) => byText(JSON.stringify({ location, device_id: '48241179' }))

export const report = (...fixes: Fix[]): TrackerReport => ({ fixes, unreadable: 0, isCallForHelp: false })
export const heartbeat = report()
export const help: TrackerReport = { ...heartbeat, isCallForHelp: true }
export const unreadable: TrackerReport = { ...heartbeat, unreadable: 1 }

export const place = { latitudeDeg: 51.128, longitudeDeg: 71.4304 }
export const here = 'id=48241179&lat=51.128&lon=71.4304&timestamp=1739365200'
export const coords = { latitude: 51.128, longitude: 71.4304, accuracy: 8, speed: 2.8, heading: 180, altitude: 350 }
export const timestamp = '2025-02-12T13:00:00.000Z'
export const recorded = {
  timestamp,
  coords,
  is_moving: true,
  odometer: 1234,
  event: 'motionchange',
  battery: { level: 0.85, is_charging: false },
  activity: { type: 'on_foot' },
  extras: {},
  _: '&id=48241179&lat=51.128&lon=71.4304&timestamp=2025-02-12T13:00:00.000Z&',
}
