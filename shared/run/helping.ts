/** What a helper is there with, and whether they may be offered work now. */
import { z } from 'zod/mini'

export const helperKinds = ['bike', 'car', 'table'] as const
export const helperKindSchema = z.enum(helperKinds)
/** Only the available are offered work; who refills keeps what they have claimed. */
export const helperStates = ['available', 'refilling', 'puncture', 'with-injured'] as const
export const helperStateSchema = z.enum(helperStates)
export type HelperState = z.infer<typeof helperStateSchema>

export const helpingSchema = z.strictObject({ kind: helperKindSchema, state: helperStateSchema })
export type Helping = z.infer<typeof helpingSchema>

export const ordinaryHelping: Helping = { kind: 'bike', state: 'available' }

/** SK3: these cannot come: what they had claimed is offered again. Who refills comes back, and keeps it. */
export const cannotCome = (state: HelperState): boolean => state === 'puncture' || state === 'with-injured'
