/**
 * The fair rival: mosquitto carries the bytes, and a process beside it makes one frame a run a second of them. Fixes and frames are the
 * floor's.
 */
import { fixBytes, frameBytes, isFix, readFrame } from '../floor-codec.ts'
import { dialMqtt } from '../mqtt.ts'
import type { System } from '../system.ts'
import { takeTurns } from '../turns.ts'
import { missingMosquitto, portOf, startMosquitto } from './mosquitto.ts'

/** Answers with the broker's port: that is where members go. */
async function coalesce(brokerPort: number): Promise<number> {
  const runs = new Map<number, Map<number, Buffer>>()
  const line = await dialMqtt(brokerPort, 'coalescer', (topic, payload) => {
    if (!isFix(payload)) return
    const [, runNo = 0, memberNo = 0] = topic.split('/').map(Number)
    const moved = runs.get(runNo) ?? new Map<number, Buffer>()
    runs.set(runNo, moved.set(memberNo, Buffer.from(payload)))
  })
  await line.subscribe('fixes/#')
  takeTurns(runs, (moved, runNo) => {
    if (moved.size === 0) return
    line.publish(`frames/${runNo}`, frameBytes(moved))
    moved.clear()
  })
  return brokerPort
}

export const mosquittoCoalesced: System = {
  about: 'mosquitto, QoS 0, and a coalescer that publishes one binary frame a run a second',
  isNewestWins: true,
  missing: missingMosquitto,
  start: async (launch) => [await launch.server({ brokerPort: String(await startMosquitto(launch)) })],
  serve: ({ brokerPort }) => coalesce(Number(brokerPort)),
  prepare:
    async ([address]) =>
    async (runNo, memberNo, onPlace) => {
      const id = `member-${runNo}-${memberNo}`
      const line = await dialMqtt(portOf(address), id, (_topic, payload) => readFrame(payload, onPlace))
      await line.subscribe(`frames/${runNo}`)
      const topic = `fixes/${runNo}/${memberNo}`
      return { traffic: line.traffic, close: line.close, send: (fix) => line.publish(topic, fixBytes(fix)) }
    },
}
