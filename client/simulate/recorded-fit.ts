import FitParser from 'fit-file-parser'
import type { RecordedPoint } from './recorded-track.ts'

/**
 * Every `record` message of a FIT file, in file order, those of a watch without reception too. Throws Error with the reason,
 * also for a wrong checksum: a damaged file would replay as nonsense.
 */
export async function fitPoints(bytes: Uint8Array): Promise<RecordedPoint[]> {
  const parser = new FitParser({ force: false, lengthUnit: 'm', mode: 'list' })
  const content = Buffer.from(Uint8Array.from(bytes).buffer)
  const { records = [] } = await parser.parseAsync(content).catch((fault: unknown) => {
    throw new Error(`is not readable as FIT: ${fault instanceof Error ? fault.message : String(fault)}`)
  })
  if (records.length === 0) throw new Error('has no record messages')
  return records.map((record) => ({
    latitude: record.position_lat,
    longitude: record.position_long,
    time: record.timestamp,
    altitude: record.enhanced_altitude ?? record.altitude,
  }))
}
