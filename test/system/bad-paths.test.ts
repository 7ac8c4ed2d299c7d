import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { environmentSchema } from '../../server/config.ts'
import { serve } from '../../server/serve.ts'
import { aScene, http } from '../support/raw-doors.ts'
import { joinWish, malformedAt, planWish } from '../support/raw-messages.ts'
import { aWorld } from '../support/world.ts'

/** As written: `fetch` would tidy the path. */
function statusAndText(url: string, path: string): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { path }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve([response.statusCode ?? 0, text]))
    })
    asked.on('error', reject).end()
  })
}

test('[BI23] a path nobody serves, or one that leads out of the pages, is refused', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'serik-test-'))
  mkdirSync(join(dir, 'web'))
  writeFileSync(join(dir, 'web/index.html'), 'the page')
  writeFileSync(join(dir, 'secret.txt'), 'masterSecret')
  writeFileSync(join(dir, 'web/.hidden'), 'masterSecret')
  const config = environmentSchema.parse({
    PORT: 0,
    HOST: '127.0.0.1',
    DATA_DIR: join(dir, 'web/data'),
    STORE: 'memory',
  })
  const faults: unknown[] = []
  const serving = await serve({ config, webDir: join(dir, 'web'), onFault: (fault) => faults.push(fault) })
  onTestFinished(async () => {
    await serving.close()
    rmSync(dir, { recursive: true })
  })
  const url = `http://127.0.0.1:${serving.port}`
  expect(await statusAndText(url, '/')).toEqual([200, 'the page'])
  expect(await statusAndText(url, '/r/run_x')).toEqual([200, 'the page'])
  const climbs = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/.hidden',
  ]
  const odd = [
    '/%00',
    '/index.html%00.txt',
    '/%',
    '/%E0%A4%A',
    '/r/%E0%A4%A',
    '/r/../../secret.txt',
    `/${'a/'.repeat(5_000)}`,
    '//secret.txt',
  ]
  for (const path of [...climbs, ...odd, '/package.json']) {
    const [status, text] = await statusAndText(url, path)
    expect([path, status >= 400 && status < 500, text.includes('masterSecret')]).toEqual([path, true, false])
  }
  for (const path of ['/api/%E0%A4%A', '/api/tracker/%E0%A4%A', '/api/track.%ZZ', '/api/nothing', '/api'])
    expect(JSON.parse((await statusAndText(url, path))[1])).toMatchObject({ ok: false, field: 'path' })
  expect(faults).toEqual([])
})

test('[BI24] an export of a wrong kind or member, and a wrong method, are refused', async () => {
  const { world, planned, badSeat, unharmed } = await aScene()
  const asked = async (path: string, seat = badSeat) => (await http(world, 'GET', path, { seat })).said
  expect(await asked('/api/track.exe')).toMatchObject({ code: 'no-such-thing', field: 'format' })
  expect(await asked('/api/track.csv?member=all')).toEqual(malformedAt('member'))
  expect(await asked('/api/track.csv?member=a&member=b', planned.seat)).toEqual(malformedAt('member'))
  for (const [method, path] of [
    ['DELETE', '/api/runs'],
    ['PATCH', '/api/join'],
    ['PUT', '/api/track.csv'],
    ['POST', '/api/route'],
  ] as const)
    expect(await http(world, method, path, { seat: planned.seat, body: {} })).toMatchObject({ status: 404 })
  await unharmed()
})

test('[BI25] a GET, such as a link preview or an NFC tag makes, changes nothing', async () => {
  const { world, planned, settle, unharmed } = await aScene()
  const body = { commandId: newId('cmd'), trackerToken: null }
  const { said } = await http(world, 'POST', '/api/tracker', { seat: planned.seat, body })
  await settle()
  const asJoin = new URLSearchParams({ ...joinWish(), invite: planned.invites.runner, phone: '', startNumber: '' })
  const paths = [
    `/api/join?${asJoin}`,
    `/api/runs?${new URLSearchParams(planWish() as never)}`,
    `/t/${said.trackerToken}?lat=51&lon=71&alarm=sos`,
    `/api/tracker/${said.trackerToken}`,
    '/api/route',
    '/api/track.csv',
    '/api/demo',
    '/api/about',
    '/j',
    '/s',
    `/r/${planned.runId}`,
  ]
  for (const path of paths)
    for (const method of ['GET', 'HEAD']) await http(world, method, path, { seat: planned.seat })
  await unharmed()
})

test('[BI26] another site may read no answer', async () => {
  const world = await aWorld()
  for (const [method, path] of [
    ['GET', '/api/about'],
    ['OPTIONS', '/api/join'],
  ] as const) {
    const response = await fetch(world.url() + path, { method, headers: { origin: 'https://evil.example' } })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})
