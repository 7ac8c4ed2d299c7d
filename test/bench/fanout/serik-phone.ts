/** A lean phone: docs/WIRE.md by hand, as far as the bench needs it. */
import { setTimeout as pause } from 'node:timers/promises'
import { liveSlots } from '../../../client/net/live-slots.ts'
import { newId } from '../../../client/net/new-id.ts'
import { serverClock } from '../../../client/net/server-clock.ts'
import { asSent, fixEncoder } from '../../../shared/frame/fix-codec.ts'
import { frameReader } from '../../../shared/frame/frame-reader.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../../shared/protocol/version.ts'
import type { Accepted, CatchUp, CatchUpAnswer, Rhythm, Welcome } from '../../../shared/protocol/wire.ts'
import type { Command } from '../../../shared/run/commands.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { dialSocketIo, type SocketIoLine } from './socket-io.ts'
import type { Line, OnPlace } from './system.ts'

const STREAM_ID = 'bench000'

export type Phone = {
  readonly line: SocketIoLine
  /** It sends once a second. */
  readonly asLine: Line
  /** Wants frames once a second. */
  look(): Promise<void>
  /** When the SDK's phones take a fix and send it: client/net/live-slots.ts. */
  nextFixInMs(): number
}

export type PhoneEvents = {
  readonly onPlace?: OnPlace
  readonly onEvent?: (event: string, body: unknown) => void
}

/** Resolves when the server has let it in. What follows may come before: listen to `onEvent`. */
export async function dial(address: string, seat: string, { onPlace, onEvent }: PhoneEvents): Promise<Phone> {
  const clock = serverClock()
  const slots = liveSlots(clock)
  const encoder = fixEncoder()
  const reader = frameReader()
  let seq = 0
  const greeting = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'binary' }
  const line = await dialSocketIo(address, greeting, {
    onEvent(event, body) {
      if (event === 'refused') throw new Error(`a fix was refused: ${JSON.stringify(body)}`)
      if (event === 'rhythm') slots.hear(body as Rhythm)
      if (event === 'welcome') {
        const { nowMs, timeScale } = body as Welcome
        clock.anchor(nowMs, timeScale)
      }
      onEvent?.(event, body)
    },
    onRaw(bytes) {
      const frame = reader.read(bytes)
      if (typeof frame === 'string') return line.emit('key-frame', {})
      clock.hear(frame.atMs)
      for (const { memberNo, takenAtMs } of frame.places) onPlace?.(memberNo - 1, takenAtMs)
    },
  })

  return {
    line,
    async look() {
      const askedAtMs = performance.now()
      await line.ask('look', { isLooking: true, everyMs: SECOND_MS })
      slots.answered(performance.now() - askedAtMs)
    },
    nextFixInMs: () => slots.nextFixAtMs() - clock.nowMs(),
    asLine: {
      traffic: line.traffic,
      close: line.close,
      send: (fix) => line.raw(encoder.encode({ streamId: STREAM_ID, fixes: [{ seq: ++seq, ...asSent(fix) }] })),
    },
  }
}

/** Resolves when it has been welcomed too, and looks. */
export async function seated(
  address: string,
  seat: string,
  events: PhoneEvents,
): Promise<Phone & { readonly welcome: Welcome }> {
  let onWelcome: (welcome: Welcome) => void = () => undefined
  const welcomed = new Promise<Welcome>((resolve) => {
    onWelcome = resolve
  })
  const phone = await dial(address, seat, {
    ...events,
    onEvent(event, body) {
      if (event === 'welcome') onWelcome(body as Welcome)
      events.onEvent?.(event, body)
    },
  })
  const welcome = await welcomed
  await phone.look()
  return { ...phone, welcome }
}

/** Comes again when it is told to. @throws Error with any other refusal. */
export async function wish(line: SocketIoLine, command: Command): Promise<Accepted> {
  const commandId = newId('cmd')
  for (;;) {
    const answer = (await line.ask('command', { commandId, command })) as Accepted | Refusal
    if (answer.ok) return answer
    if (answer.retryAfterMs === undefined) throw new Error(`${command.type}: ${JSON.stringify(answer)}`)
    await pause(answer.retryAfterMs)
  }
}

export type Stand = Pick<CatchUp, 'fromVersion' | 'mac'>

/** From its stand, by the tail or page by page; resolves with where the run is, and each answer in order. */
export async function caughtUp(
  line: SocketIoLine,
  from: Stand,
): Promise<{ readonly stand: Stand; readonly answers: readonly CatchUpAnswer[] }> {
  const answers: CatchUpAnswer[] = []
  for (let pageCount = 1; answers.length < pageCount; ) {
    const answer = (await line.ask('catch-up', { ...from, page: answers.length })) as CatchUpAnswer | Refusal
    if (!answer.ok) throw new Error(`catch-up: ${JSON.stringify(answer)}`)
    if (answer.is === 'snapshot') pageCount = answer.pageCount
    answers.push(answer)
  }
  const last = answers.at(-1) as CatchUpAnswer
  return { answers, stand: { fromVersion: last.is === 'tail' ? last.toVersion : last.version, mac: last.mac } }
}
