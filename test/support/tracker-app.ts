/** A native tracker app on a phone whose page is shut. */
import { askTracker, trackerHeard } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { CommandId } from '../../shared/units.ts'
import { aPhone, aRun, aSeat, type World } from './world.ts'

/** A runner with a tracker's address, and an app that posts there. */
export async function aTracker(world: World) {
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const phone = await aPhone(world, seat)
  const tracker = await askTracker(world.url(), seat, newId<CommandId>('cmd'), null)
  if (!tracker.ok) throw new Error(tracker.code)
  const { trackerToken: token, serverUrl } = tracker
  const post = async (body: string, type: string, query = '') =>
    (await fetch(serverUrl + query, { method: 'POST', headers: { 'content-type': type }, body })).status
  const form = (pairs: Record<string, string | number>) =>
    post(
      String(new URLSearchParams({ id: '4824', ...pairs } as Record<string, string>)),
      'application/x-www-form-urlencoded',
    )
  const heard = async () => {
    const said = await trackerHeard(world.url(), seat, token)
    return said.ok ? said : undefined
  }
  return { planned, seat, phone, token, serverUrl, post, form, heard }
}

export const here = (phone: Phone, more: object = {}) => ({
  lat: 51.128,
  lon: 71.4304,
  timestamp: phone.nowMs(),
  ...more,
})
