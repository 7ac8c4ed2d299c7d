import { expect, onTestFinished, test } from 'vitest'
import type { Phone } from '../../client/net/phone.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { MemberId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, startsSharing, type World, wish } from '../support/world.ts'
import { browserWorld } from './browser-world.ts'
import { joins, startsSharing as startsSharingOnPage } from './club.ts'

const world = browserWorld()

/** Dana's phone, so many metres north of somebody it sees; fixes as often as a phone makes them near a hand-over. */
function rides(dana: Phone, beside: () => MemberId | undefined) {
  let northM = 300
  let fixCount = 0
  const timer = setInterval(() => {
    const id = beside()
    const place = id && dana.view().places.get(id)
    if (!place) return
    dana.addFix({ ...movedPlace(place, 0, northM), takenAtMs: Math.round(dana.nowMs()), accuracyM: 5 })
    fixCount++
  }, 1_000)
  onTestFinished(() => clearInterval(timer))
  return {
    /** Until so many fixes were made there. */
    async to(metres: number, fixes = 0) {
      northM = metres
      fixCount = 0
      await until(() => expect(fixCount).toBeGreaterThanOrEqual(fixes), 60_000)
    },
  }
}

test('[LE14] a runner who has met their cyclist is asked once, and says that they got nothing', async () => {
  const here = { url: world.url } as World
  const planned = await aRun(here)
  const leader = await aPhone(here, planned.seat)
  const dana = await aPhone(here, await aSeat(here, planned.invites.cyclist, 'Dana'))
  const timur = await aPhone(here, await aSeat(here, planned.invites.cyclist, 'Timur'))
  await wish(leader, { type: 'start-run' })
  await startsSharing(dana)
  const aidar = await world.phone()
  await joins(aidar, `${world.url()}/j#${planned.invites.runner}`, 'Aidar')
  await startsSharingOnPage(aidar)
  await aidar.taps('Water')
  await aidar.sees('Still looking for someone')

  const requestOf = (phone: Phone) => [...phone.view().run.requests.values()][0]
  const bike = rides(dana, () => requestOf(dana)?.runnerId)
  await until(() => expect(requestOf(dana)?.status).toBe('open'))
  const { requestId } = requestOf(dana) ?? expect.fail()
  await wish(dana, { type: 'claim-request', requestId })
  await aidar.sees('Dana is coming')

  // Fifteen seconds side by side, seen by a node that looks each five.
  await bike.to(3, 25)
  await bike.to(200)
  await until(() => expect(requestOf(dana)?.metAtMs).not.toBeNull())
  await aidar.page.getByText('Without an answer it counts as handed over in three minutes.').waitFor()
  await aidar.taps('No, not yet')
  await until(() => expect(requestOf(dana)).toMatchObject({ status: 'claimed', isMetDenied: true }))
  await aidar.sees('Dana is coming')
  expect([aidar.troubles, requestOf(timur)?.cyclistId]).toEqual([[], dana.view().myId])
})
