/** A phone whose network lets no websocket through, before two nodes and the proxy that README.md tells people to run. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { environmentSchema } from '../../server/config.ts'
import { type Serving, serve } from '../../server/serve.ts'
import { BALANCED_BY, startCaddy } from '../faults/caddy.ts'
import { launchShell } from '../support/chromium.ts'
import { aRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, type World, wish } from '../support/world.ts'

async function twoNodes(): Promise<Serving[]> {
  const redis = await aRedis()
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'serik-polling-'))
  const nodes: Serving[] = []
  onTestFinished(async () => {
    for (const node of nodes) await node.close()
    rmSync(DATA_DIR, { recursive: true, force: true })
  })
  for (let no = 0; no < 2; no++) {
    const config = environmentSchema.parse({
      PORT: 0,
      HOST: '127.0.0.1',
      REDIS_URL: redis.url,
      DATA_DIR,
      MAP_STYLE_URL: 'off',
    })
    const onFault = (fault: unknown) => expect(fault).toBeUndefined()
    nodes.push(await serve({ config, webDir: resolve('dist/web'), onFault }))
  }
  return nodes
}

async function aPageWithoutWebsockets(seat: string, url: string) {
  const browser = await launchShell()
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['geolocation'], locale: 'en-US' })
  await context.addInitScript(() => {
    const refused = function (this: WebSocket) {
      setTimeout(() => this.onerror?.(new Event('error')), 0)
    }
    refused.prototype.close = () => undefined
    Object.assign(window, { WebSocket: refused })
    localStorage.setItem('serik.pocket', 'by-hand')
  })
  await context.setGeolocation({ latitude: 51.128, longitude: 71.4304, accuracy: 8 })
  const page = await context.newPage()
  await page.goto(`${url}/s#${seat}`)
  return page
}

test('[ND14] who has no websocket asks and is told by polling, through the proxy of README.md, whichever node they are on', async () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`${BALANCED_BY}\n`)
  const nodes = await twoNodes()
  const caddy = await startCaddy(nodes.map(({ port }) => port))
  onTestFinished(() => caddy.close())
  const [one, other] = nodes.map(
    ({ port }): World => ({ url: () => `http://127.0.0.1:${port}`, faults: [], restart: () => Promise.reject() }),
  ) as [World, World]
  const planned = await aRun(one)
  const leader = await aPhone(one, planned.seat)
  const dana = await aPhone(other, await aSeat(one, planned.invites.cyclist, 'Dana'))
  await wish(leader, { type: 'start-run' })

  const page = await aPageWithoutWebsockets(await aSeat(one, planned.invites.runner, 'Aidar'), caddy.url)
  const polled: string[] = []
  page.on('response', (said) => void (said.url().includes('transport=polling') && polled.push(String(said.status()))))
  await page.getByRole('button', { name: 'I am here, start' }).click()
  await page.getByRole('button', { name: /^Water/ }).click()
  for (const phone of [leader, dana]) await until(() => expect(phone.view().run.requests.size).toBe(1))
  const [request] = dana.view().run.requests.values()
  if (!request) throw new Error('no request')
  await wish(dana, { type: 'claim-request', requestId: request.requestId })
  await page.getByText('Dana').first().waitFor()
  expect(polled.length).toBeGreaterThan(5)
  expect(polled.filter((status) => status !== '200')).toEqual([])
})
