import { expect, test } from 'vitest'
import { requestLife } from '../../client/state/request-life.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, wish } from '../support/world.ts'

test('[LE4] what a cyclist who went dark had claimed is offered again, and the runner reads it', async () => {
  // Three minutes of silence are 0.45 s here, and two for an answer 0.3 s.
  const world = await aWorld({ TIME_SCALE: 400 })
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const [dana, timur] = [
    await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Dana')),
    await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Timur')),
  ]
  await wish(leader, { type: 'start-run' })
  const requestId = await asksForWater(runner)
  const life = () => {
    const view = runner.view()
    const request = view.run.requests.get(requestId)
    return request && requestLife(view, request, runner.nowMs()).is
  }
  await until(() => expect(life()).toBe('looking'))
  await wish(dana, { type: 'claim-request', requestId })
  await until(() => expect(life()).toBe('coming'))
  await dana.close()
  await until(() => expect(life()).toBe('asked-whether'))
  await until(() => expect(life()).toBe('looking'))
  await wish(timur, { type: 'claim-request', requestId })
  await until(() => expect(life()).toBe('coming'))
})
