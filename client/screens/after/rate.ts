import { KM_M, SECOND_MS } from '../../../shared/units.ts'
import { paceText, stopwatchText, t } from '../texts.ts'

const KMH_PER_MPS = 3.6

/** On foot a pace, on a bike a speed. */
export const rateText = (speedMps: number, rides: boolean): string =>
  rides ? t.after.kmh(kmhText(speedMps)) : paceText(speedMps)

/** The same without its unit, where a heading has it. */
export const bareRateText = (speedMps: number, rides: boolean): string =>
  rides ? kmhText(speedMps) : stopwatchText((KM_M / speedMps) * SECOND_MS)

const kmhText = (speedMps: number): string => t.formats.decimal(speedMps * KMH_PER_MPS, 1)

/** As it stands on an axis: seconds a kilometre, or kilometres an hour. */
export const rateValue = (speedMps: number, rides: boolean): number =>
  rides ? speedMps * KMH_PER_MPS : KM_M / speedMps
