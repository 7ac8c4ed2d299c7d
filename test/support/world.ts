/** A real server on a free port, and phones of the real SDK. All is closed when the test is over. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { join as joinRun, planRun } from '../../client/net/http-calls.ts'
import { newId, newSecretKey } from '../../client/net/new-id.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone, PhoneOptions } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { type Config, environmentSchema } from '../../server/config.ts'
import { type Serving, serve } from '../../server/serve.ts'
import type { Planned, PlanRun } from '../../shared/protocol/http.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RequestId } from '../../shared/units.ts'
import { until } from './until.ts'

export type World = {
  readonly url: () => string
  readonly faults: unknown[]
  /** Stops the server and starts it again on the same data, on the same port. */
  restart(): Promise<void>
}

export async function aWorld(settings: Partial<Config> = {}): Promise<World> {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'serik-test-'))
  const faults: unknown[] = []
  const given = environmentSchema.parse({
    PORT: 0,
    HOST: '127.0.0.1',
    STORE: 'sqlite',
    TICK_MS: 50,
    FIX_EVERY_MS: 100,
    FRAME_EVERY_MS: 100,
    DATA_DIR,
  })
  let config: Config = { ...given, ...settings }
  const start = (): Promise<Serving> => serve({ config, onFault: (fault) => faults.push(fault) })
  let serving = await start()
  config = { ...config, PORT: serving.port }
  onTestFinished(async () => {
    await serving.close()
    rmSync(DATA_DIR, { recursive: true, force: true })
    expect(faults).toEqual([])
  })
  return {
    url: () => `http://127.0.0.1:${serving.port}`,
    faults,
    async restart() {
      await serving.close()
      serving = await start()
      // This process hears of its own closed connections first, or its next call would go out on one.
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
    },
  }
}

export async function aRun(world: World, wish: Partial<PlanRun> = {}): Promise<Planned> {
  const planned = await planRun(world.url(), {
    createKey: newSecretKey(),
    title: 'Sunday',
    leaderName: 'Lena',
    leaderPhone: null,
    plannedStartMs: null,
    expectedDurationMs: null,
    longestDurationMs: null,
    recordedShiftMs: 0,
    routeFile: null,
    ...wish,
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned))
  return planned
}

export async function aSeat(world: World, invite: string, name: string): Promise<string> {
  const joined = await joinRun(world.url(), { joinKey: newSecretKey(), invite, name, phone: null, startNumber: null })
  if (!joined.ok) throw new Error(JSON.stringify(joined))
  return joined.seat
}

export async function aPhone(world: World, seat: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = openPhone({ urls: [world.url()], seat, storage: memoryPhoneStorage(), ...options })
  onTestFinished(() => phone.close())
  await until(() => expect(phone.view()).toMatchObject({ link: 'online', isCaughtUp: true }))
  return phone
}

/** Sends a wish that must be granted. */
export async function wish(phone: Phone, command: Command): Promise<number> {
  const answer = await phone.send(command)
  if (!answer.ok) throw new Error(`${command.type}: ${JSON.stringify(answer)}`)
  return answer.version
}

export async function startsSharing(phone: Phone): Promise<void> {
  await wish(phone, { type: 'start-sharing', sinceMs: phone.nowMs() })
}

export async function asksForWater(phone: Phone): Promise<RequestId> {
  const requestId = newId<RequestId>('req')
  await wish(phone, { type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null })
  return requestId
}
