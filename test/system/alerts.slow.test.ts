import { expect, onTestFinished, test } from 'vitest'
import { alertsOf } from '../../client/state/alerts.ts'
import type { MemberId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, startsSharing, type World, wish } from '../support/world.ts'

test('[AT1] a phone that dies is one alert on three nodes, also of a run in which another has gone dark', async () => {
  // The five minutes of frost are 7.5 s here.
  const nodes = await someNodes(3, { TIME_SCALE: 40 })
  const at = (node: number) => nodes.worlds[node] as World
  const planned = await aRun(at(0))
  const leader = await aPhone(at(0), planned.seat)
  const runnerAt = async (node: number, name: string) =>
    aPhone(at(node), await aSeat(at(node), planned.invites.runner, name))
  const [aidar, madina, bolat] = [await runnerAt(1, 'Aidar'), await runnerAt(2, 'Madina'), await runnerAt(2, 'Bolat')]
  await wish(leader, { type: 'start-run' })
  await wish(leader, { type: 'set-conditions', heat: 'frost', alertsOff: [] })
  for (const phone of [aidar, madina, bolat]) {
    await startsSharing(phone)
    phone.addFix({ latitudeDeg: 51.128, longitudeDeg: 71.4304, accuracyM: 5, takenAtMs: phone.nowMs() })
    const myId = phone.view().myId as MemberId
    await until(() => expect(leader.view().places.has(myId)).toBe(true))
  }
  madina.look(false) // into a pocket
  const aidarId = aidar.view().myId as MemberId
  const beganMs = bolat.nowMs()
  const runsOn = setInterval(() => {
    const takenAtMs = bolat.nowMs()
    const northDeg = ((takenAtMs - beganMs) / 1_000) * (2.5 / 111_000)
    bolat.addFix({ latitudeDeg: 51.128 + northDeg, longitudeDeg: 71.4304, accuracyM: 5, takenAtMs })
  }, 100)
  onTestFinished(() => clearInterval(runsOn))
  await aidar.close()
  await until(() => expect(alertsOf(leader.view(), leader.nowMs())).toHaveLength(1))
  const [shown] = alertsOf(leader.view(), leader.nowMs())
  expect(shown).toMatchObject({ name: 'Aidar', isAudible: false, owner: null })
  expect(shown?.alert).toMatchObject({ rule: 'no-contact', memberId: aidarId, status: 'raised' })
  if (!shown) throw new Error('no alert')
  await wish(leader, { type: 'own-alert', alertId: shown.alert.alertId })
  const raised = [...leader.view().run.alerts.values()]
  expect(raised.map(({ memberId, status }) => [memberId, status])).toEqual([[aidarId, 'owned']])
})
