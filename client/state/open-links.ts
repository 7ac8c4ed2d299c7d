/** The links that let people into a run, as a leader has them to hand on. */
import type { RunState } from '../../shared/run/state.ts'
import type { InviteId } from '../../shared/units.ts'

/** A link's secret names its run and its invite, and then is sealed. */
export const inviteIdOf = (secret: string): InviteId => (secret.split('.')[2] ?? '') as InviteId

/** CW9: one that was taken back, here or by another leader, is none to hand on. Who may not know it keeps it. */
export const openLink = (run: RunState, secret: string | undefined): string | undefined =>
  secret !== undefined && run.invites.get(inviteIdOf(secret))?.isWithdrawn ? undefined : secret
