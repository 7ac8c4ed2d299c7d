import { DETOUR } from '../../shared/geo/meeting/detour.ts'
import { SECOND_MS } from '../../shared/units.ts'

/** Of a cyclist whose own speed is not known. */
export const USUAL_RIDE_MPS = 5

/** Where nothing better is known than the air line. */
export const roughRideMs = (airM: number): number => ((DETOUR * airM) / USUAL_RIDE_MPS) * SECOND_MS
