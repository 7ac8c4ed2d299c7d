import { expect, test } from 'vitest'
import { inviteIdOf, openLink } from '../../client/state/open-links.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import type { RunId } from '../../shared/units.ts'
import { runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { underWay } from '../support/people.ts'

test('[CW9] a link that was taken back is none to hand on, and one that its reader may not know stays', () => {
  const inviteId = p.invite('friends')
  const secret = sealsFrom(Buffer.alloc(32, 1)).sealInvite({ runId: 'run_000000000001' as RunId, inviteId })
  expect(inviteIdOf(secret)).toBe(inviteId)
  const more = { role: 'runner', groupId: null, wardId: null, maxUses: 3, expiresAtMs: p.LATEST_END_MS } as const
  const issued = { type: 'invite-issued', inviteId, ...more } as const
  expect(openLink(runOf(...underWay), secret)).toBe(secret)
  expect(openLink(runOf(...underWay, issued), secret)).toBe(secret)
  expect(openLink(runOf(...underWay, issued, { type: 'invite-withdrawn', inviteId }), secret)).toBeUndefined()
  expect(openLink(runOf(...underWay), undefined)).toBeUndefined()
})
