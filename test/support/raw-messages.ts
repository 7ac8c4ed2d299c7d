/** Well-formed messages to spoil. */
import { expect } from 'vitest'
import { newId, newSecretKey } from '../../client/net/new-id.ts'

export const asCommand = <Command extends object>(command: Command) => ({ commandId: newId('cmd'), command })
export const aFix = (more: object = {}) => ({
  seq: 1,
  latitudeDeg: 51.128,
  longitudeDeg: 71.43,
  takenAtMs: Date.now(),
  ...more,
})
export const fixes = (more: object = {}) => ({ streamId: 'stream01', fixes: [aFix(more)] })
export const water = (more: object = {}) =>
  asCommand({ type: 'raise-request', requestId: newId('req'), kind: 'water', quantity: 1, note: null, ...more })

export const malformedAt = (field: string) => expect.objectContaining({ ok: false, code: 'malformed', field })

export const joinWish = () => ({ joinKey: newSecretKey(), invite: 'x', name: 'A', phone: null, startNumber: null })
export const planWish = (more: object = {}) => ({
  createKey: newSecretKey(),
  title: null,
  leaderName: 'Lena',
  leaderPhone: null,
  plannedStartMs: null,
  expectedDurationMs: null,
  longestDurationMs: null,
  recordedShiftMs: 0,
  routeFile: null,
  ...more,
})
