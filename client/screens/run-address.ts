import { newSecretKey } from '../net/new-id.ts'

export const runPath = (key: string): string => `/r/${key}`
export const planPath = '/plan'
/** Where clubs are made; a club's own page is below it. */
export const clubsPath = '/c'
export const clubPath = (clubId: string): string => `${clubsPath}/${clubId}`
export const invitePath = (invite: string): string => `/j#${invite}`
/** Another run like the one whose seat is kept under the key. */
export const planAgainPath = (key: string): string => `${planPath}/${key}`

/** A seat names its run in its second part; a seat of another make gets an address of this browser's own. */
export function keyOfSeat(seat: string): string {
  const runId = seat.split('.')[1]
  return runId && /^run_[a-z0-9]+$/.test(runId) ? runId : newSecretKey()
}

export const inviteUrl = (invite: string): string => location.origin + invitePath(invite)
export const clubUrl = (token: string): string => `${location.origin}${clubsPath}#${token}`
export const seatUrl = (seat: string): string => `${location.origin}/s#${seat}`
/** Other phones cannot reach an address that means "this computer". */
export const isReachedByOthers = (): boolean => !/^(localhost|127\.|\[::1\])/.test(location.hostname)
