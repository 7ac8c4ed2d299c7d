/** A lean phone: docs/WIRE.md by hand, as far as positions need it. */
import { newId } from '../../../client/net/new-id.ts'
import { asSent, fixEncoder } from '../../../shared/frame/fix-codec.ts'
import { frameReader } from '../../../shared/frame/frame-reader.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../../shared/protocol/version.ts'
import type { Welcome } from '../../../shared/protocol/wire.ts'
import type { Command } from '../../../shared/run/commands.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { dialSocketIo, type SocketIoLine } from './socket-io.ts'
import { addressFor, type Join, type Line, type OnPlace } from './system.ts'

const STREAM_ID = 'bench000'

/** Of a run's members the leader is the first. */
export type Seats = readonly (readonly string[])[]

type Phone = { readonly line: SocketIoLine; readonly asLine: Line }

/** Of the lane alone: nobody is anybody. */
export const frameJoin =
  (addresses: readonly string[]): Join =>
  async (runNo, memberNo, onPlace) =>
    (await dial(addressFor(addresses, memberNo), `${runNo}/${memberNo + 1}`, onPlace)).asLine

/** Takes its seat, lets the run begin when it is the leader's, and shares its place. */
export const seatedJoin =
  (addresses: readonly string[], seats: Seats): Join =>
  async (runNo, memberNo, onPlace) => {
    let onWelcome: (welcome: Welcome) => void = () => undefined
    const welcomed = new Promise<Welcome>((resolve) => {
      onWelcome = resolve
    })
    const seat = seats[runNo]?.[memberNo] ?? ''
    const { line, asLine } = await dial(addressFor(addresses, memberNo), seat, onPlace, (event, body) => {
      if (event === 'welcome') onWelcome(body as Welcome)
      if (event === 'refused') throw new Error(`a fix was refused: ${JSON.stringify(body)}`)
    })
    const { nowMs } = await welcomed
    await wish(line, { type: 'start-sharing', sinceMs: nowMs })
    if (memberNo === 0) await wish(line, { type: 'start-run' })
    await line.ask('look', { isLooking: true, everyMs: SECOND_MS })
    return asLine
  }

async function dial(
  address: string,
  seat: string,
  onPlace: OnPlace,
  onEvent: (event: string, body: unknown) => void = () => undefined,
): Promise<Phone> {
  const encoder = fixEncoder()
  const reader = frameReader()
  let seq = 0
  const greeting = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'binary' }
  const line = await dialSocketIo(address, greeting, {
    onEvent,
    onRaw(bytes) {
      const frame = reader.read(bytes)
      if (typeof frame === 'string') line.emit('key-frame', {})
      else for (const { memberNo, takenAtMs } of frame.places) onPlace(memberNo - 1, takenAtMs)
    },
  })
  return {
    line,
    asLine: {
      traffic: line.traffic,
      close: line.close,
      send: (fix) => line.raw(encoder.encode({ streamId: STREAM_ID, fixes: [{ seq: ++seq, ...asSent(fix) }] })),
    },
  }
}

async function wish(line: SocketIoLine, command: Command): Promise<void> {
  const answer = await line.ask('command', { commandId: newId('cmd'), command })
  if (!(answer as { ok: boolean }).ok) throw new Error(`${command.type}: ${JSON.stringify(answer)}`)
}
