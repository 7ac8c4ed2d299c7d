/** A broker written in C: each member publishes its positions under its run's topic, and subscribes to all of them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Launch } from '../launch.ts'
import { dialMqtt } from '../mqtt.ts'
import { missingProgram } from '../peers.ts'
import type { System } from '../system.ts'
import { positionOf } from './naive.ts'

/** The port of a mosquitto that keeps nothing, and drops nothing of what it can hold. */
export const startMosquitto = (launch: Launch): Promise<number> =>
  launch.program('mosquitto', (port) => {
    const file = join(launch.folder, 'mosquitto.conf')
    const settings = [
      'allow_anonymous true',
      'persistence false',
      'log_type error',
      'set_tcp_nodelay true',
      'max_queued_messages 0',
    ]
    writeFileSync(file, `listener ${port} 127.0.0.1\n${settings.join('\n')}\nuser root\n`)
    return ['-c', file]
  })

export const missingMosquitto = () => missingProgram('mosquitto', '-h', 'mosquitto')

export const portOf = (address = ''): number => Number(new URL(address).port)

export const mosquitto: System = {
  about: 'mosquitto of Debian, QoS 0, one JSON message a position to the run',
  isNewestWins: false,
  missing: missingMosquitto,
  start: async (launch) => [`mqtt://127.0.0.1:${await startMosquitto(launch)}`],
  prepare:
    async ([address]) =>
    async (runNo, memberNo, onPlace) => {
      const line = await dialMqtt(portOf(address), `member-${runNo}-${memberNo}`, (topic, payload) => {
        const { t } = JSON.parse(payload.toString()) as { readonly t: number }
        onPlace(Number(topic.slice(topic.lastIndexOf('/') + 1)), t)
      })
      await line.subscribe(`runs/${runNo}/+`)
      const topic = `runs/${runNo}/${memberNo}`
      return {
        traffic: line.traffic,
        close: line.close,
        send: (fix) => line.publish(topic, Buffer.from(JSON.stringify(positionOf(fix)))),
      }
    },
}
