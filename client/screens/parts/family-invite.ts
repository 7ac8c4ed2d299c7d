import type { Command } from '../../../shared/run/commands.ts'
import type { MemberId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'

const FAMILY_MAX = 10

/** The wish for a link by which a family sees this one dot. The answer carries the secret. */
export const familyInvite = (wardId: MemberId, expiresAtMs: number): Extract<Command, { type: 'issue-invite' }> => ({
  type: 'issue-invite',
  inviteId: newId('inv'),
  role: 'guardian',
  groupId: null,
  wardId,
  maxUses: FAMILY_MAX,
  expiresAtMs,
})
