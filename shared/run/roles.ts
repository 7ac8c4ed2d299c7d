import { z } from 'zod/mini'

export const roleSchema = z.enum(['runner', 'cyclist', 'leader', 'watcher', 'guardian'])
export type Role = z.infer<typeof roleSchema>

/** Those who are out on the course and must be accounted for. */
export const takesPart = (role: Role): boolean => role === 'runner' || role === 'cyclist' || role === 'leader'
/** Those who bring things and answer calls for help. */
export const isHelper = (role: Role): boolean => role === 'cyclist' || role === 'leader'

export const pauseReasons = ['toilet', 'shoe', 'rest', 'other'] as const
export const pauseReasonSchema = z.enum(pauseReasons)
export type PauseReason = z.infer<typeof pauseReasonSchema>

export const stopReasons = ['finished', 'going-home', 'got-a-lift'] as const
export const stopReasonSchema = z.enum(stopReasons)
export type StopReason = z.infer<typeof stopReasonSchema>
