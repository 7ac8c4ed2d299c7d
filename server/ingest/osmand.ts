/**
 * The OsmAnd protocol as Traccar Client speaks it: JSON in its versions 9, a form from 10 on, a query before both and
 * in OsmAnd itself. The words and units are those of Traccar's own `OsmAndProtocolDecoder`.
 */
import { fixSchema } from '../../shared/geo/fix.ts'
import { DAY_MS, SECOND_MS } from '../../shared/units.ts'
import type { IngestProtocol, TrackerPost, TrackerReport } from './ingest.ts'

const KNOTS_PER_MPS = 3600 / 1852
const ALTITUDE_UNKNOWN_M = -9999
/** Traccar's own border: what is smaller counts seconds. */
const TIME_IS_MS_FROM = 2_147_483_647
/** Old receivers count 1,024 weeks and begin anew. */
const GPS_ROLLOVER_MS = 1_024 * 7 * DAY_MS
/** The app posts one point at a time, some 600 characters. */
const BODY_CHARACTERS_MAX = 64_000
const TEXT_VALUE_CHARACTERS_MAX = 60
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const DATE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:Z|([ +-])(\d\d):?(\d\d)?)?$/

const PLACE_WORDS = ['lat', 'lon', 'location']
// biome-ignore format: a list of words reads best as one
const WORDS = [
  ...PLACE_WORDS, 'id', 'deviceid', 'timestamp', 'speed', 'bearing', 'heading', 'altitude', 'accuracy', 'hdop', 'batt',
  'charge', 'alarm', 'valid', 'notificationToken', 'driverUniqueId', 'cell', 'wifi',
]

/** One point as it was sent: any value may be missing, text, or nonsense. */
type SentPoint = {
  readonly latitude: unknown
  readonly longitude: unknown
  readonly time: unknown
  readonly accuracy: unknown
  readonly speedMps: number | undefined
  readonly heading: unknown
  readonly altitude: unknown
  readonly battery: number | undefined
  readonly isCallForHelp: boolean
}

const nothing: TrackerReport = { fixes: [], unreadable: 0, isCallForHelp: false }
const unreadable: TrackerReport = { ...nothing, unreadable: 1 }

export const osmand: IngestProtocol = {
  name: 'osmand',
  read: (post) => (post.contentType.startsWith('application/json') ? readJson(post) : readPairs(post)),
}

function readJson({ bodyText, receivedAtMs }: TrackerPost): TrackerReport {
  const location = field(parsed(bodyText), 'location')
  if (!isObject(location)) return unreadable
  const coords = field(location, 'coords')
  const coordinate = (name: string) => (isObject(coords) ? field(coords, name) : coords)
  const sent = {
    latitude: coordinate('latitude'),
    longitude: coordinate('longitude'),
    time: field(location, 'timestamp'),
    accuracy: coordinate('accuracy'),
    speedMps: numberFrom(coordinate('speed')),
    heading: coordinate('heading'),
    altitude: coordinate('altitude'),
    battery: numberFrom(field(field(location, 'battery'), 'level')),
    isCallForHelp: isSos(field(location, 'alarm')) || isSos(field(field(location, 'extras'), 'alarm')),
  }
  return report(sent, receivedAtMs)
}

function readPairs({ query, bodyText, receivedAtMs }: TrackerPost): TrackerReport {
  const form = bodyText.length > BODY_CHARACTERS_MAX ? undefined : new URLSearchParams(bodyText)
  // An address typed in with its settings is a query without a place: it must not hide the points in the body.
  const isForm = query.size === 0 || (!says(query, PLACE_WORDS) && form && says(form, PLACE_WORDS))
  const pairs = isForm ? form : query
  if (pairs?.size === 0) return nothing
  if (!pairs || !says(pairs, WORDS)) return unreadable
  const [latitude, longitude] = said(pairs, 'location')?.split(',') ?? []
  const sent = {
    latitude: said(pairs, 'lat') ?? latitude,
    longitude: said(pairs, 'lon') ?? longitude,
    time: said(pairs, 'timestamp'),
    accuracy: said(pairs, 'accuracy'),
    speedMps: numberFrom(said(pairs, 'speed'), KNOTS_PER_MPS),
    heading: said(pairs, 'bearing', 'heading'),
    altitude: said(pairs, 'altitude'),
    battery: numberFrom(said(pairs, 'batt'), 100),
    isCallForHelp: pairs.getAll('alarm').some(isSos),
  }
  return report(sent, receivedAtMs)
}

const says = (pairs: URLSearchParams, words: readonly string[]) => words.some((word) => pairs.has(word))

/** What is said twice and differently is joined, so that it reads as no number and no time. */
function said(pairs: URLSearchParams, ...words: string[]): string | undefined {
  const values = new Set(words.flatMap((word) => pairs.getAll(word)).filter((value) => value !== ''))
  return values.size === 0 ? undefined : [...values].join(' or ')
}

/** A wrong extra costs only itself; a wrong place or time costs the point. */
function report(sent: SentPoint, receivedAtMs: number): TrackerReport {
  const { isCallForHelp } = sent
  if (isMissing(sent.latitude) && isMissing(sent.longitude)) return { ...nothing, isCallForHelp }
  const altitudeM = numberFrom(sent.altitude)
  const values = {
    latitudeDeg: numberFrom(sent.latitude),
    longitudeDeg: numberFrom(sent.longitude),
    takenAtMs: timeMs(sent.time, receivedAtMs),
    // Phones that know no accuracy send 0.
    accuracyM: between(Number.MIN_VALUE, Number.MAX_VALUE, numberFrom(sent.accuracy)),
    speedMps: between(0, Number.MAX_VALUE, sent.speedMps),
    headingDeg: between(0, 360, numberFrom(sent.heading)),
    altitudeM: altitudeM === ALTITUDE_UNKNOWN_M ? undefined : altitudeM,
    battery: between(0, 1, sent.battery),
  }
  const known = Object.entries(values).filter(([, value]) => value !== undefined)
  const fix = fixSchema.safeParse(Object.fromEntries(known))
  return fix.success ? { fixes: [fix.data], unreadable: 0, isCallForHelp } : { ...unreadable, isCallForHelp }
}

function timeMs(value: unknown, receivedAtMs: number): number | undefined {
  if (isMissing(value)) return receivedAtMs
  const number = numberFrom(value)
  const sentMs = number === undefined ? dateMs(value) : number < TIME_IS_MS_FROM ? number * SECOND_MS : number
  if (sentMs === undefined) return undefined
  const takenAtMs = Math.round(sentMs)
  const correctedMs = takenAtMs + GPS_ROLLOVER_MS
  return Math.abs(correctedMs - receivedAtMs) <= DAY_MS ? correctedMs : takenAtMs
}

/** A date without a zone is UTC, wherever this server stands. NaN for a month or an hour that is none. */
function dateMs(value: unknown): number | undefined {
  const date = typeof value === 'string' && value.length <= TEXT_VALUE_CHARACTERS_MAX ? DATE.exec(value.trim()) : null
  if (!date) return undefined
  const [, day, minute, second = '00', fraction = '', sign, zoneHour, zoneMinute = '00'] = date
  // A space is a `+` that was sent without encoding.
  const zone = sign ? `${sign === '-' ? '-' : '+'}${zoneHour}:${zoneMinute}` : 'Z'
  return Date.parse(`${day}T${minute}:${second}${fraction}${zone}`)
}

function numberFrom(value: unknown, perOurUnit = 1): number | undefined {
  const isText = typeof value === 'string' && value.length <= TEXT_VALUE_CHARACTERS_MAX && DECIMAL.test(value.trim())
  const number = isText ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number / perOurUnit : undefined
}

function between(min: number, max: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined
}

function parsed(text: string): unknown {
  try {
    return text.length > BODY_CHARACTERS_MAX ? undefined : JSON.parse(text)
  } catch {
    return undefined // not JSON: one unreadable point
  }
}

const isSos = (value: unknown) => typeof value === 'string' && value.toLowerCase() === 'sos'
const isMissing = (value: unknown) => value === undefined || value === null || value === ''
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function field(value: unknown, name: string): unknown {
  return isObject(value) ? (value as Record<string, unknown>)[name] : undefined
}
