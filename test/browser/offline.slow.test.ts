/** The page without network, and when there is a newer one. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { environmentSchema } from '../../server/config.ts'
import { serve } from '../../server/serve.ts'
import { until } from '../support/until.ts'
import { browserWorld, PLAIN_HOST } from './browser-world.ts'
import { joins, linkFor, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

const isReady = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

/** What a run's page says when it is first there, opened anew. */
async function firstDrawn(page: Page): Promise<string | undefined> {
  await page.addInitScript(() => {
    const drawn: string[] = []
    Object.assign(window, { drawn })
    new MutationObserver(() => {
      const run = document.querySelector<HTMLElement>('.run')
      if (run) drawn.push(run.innerText)
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.reload()
  await page.getByRole('button', { name: /^Water/ }).waitFor()
  return page.evaluate(() => (window as unknown as { drawn: string[] }).drawn[0])
}

test('[PW1] in a dead zone the page opens, the run shows as it was with its ages, and a tap waits until there is a network', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.001)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await leader.page.goto(leader.page.url())
  await isReady(runner.page)
  await runner.page.reload() // what was kept is written as the page is left
  await runner.sees('Connected')

  await runner.context.setOffline(true)
  expect(await firstDrawn(runner.page)).toContain('Water') // and not first an empty page
  await runner.sees('offline')
  await runner.page.getByRole('button', { name: /^Water/ }).click()
  await runner.page.getByRole('button', { name: 'Where' }).click()
  await runner.sees('Lena')

  await runner.context.setOffline(false)
  await leader.sees(/Aidar.*/)
  await leader.page.getByText('Water').first().waitFor()
  expect(runner.troubles.filter((trouble) => !/ERR_INTERNET_DISCONNECTED/.test(trouble))).toEqual([])
})

test('[PW1] whose screen is the map for two sees it at once too', async () => {
  const pair = { 'serik.pocket': 'by-hand' }
  const [leader, runner] = [await world.phone(0, pair), await world.phone(0.001, pair)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await runner.page.locator('.pair').waitFor()
  await isReady(runner.page)
  await runner.page.reload()
  await runner.sees('Connected')
  await runner.context.setOffline(true)
  expect(await firstDrawn(runner.page)).toContain('Water')
  await runner.page.locator('.pair').waitFor()
})

test('[PW2] of what a run is made of nothing is kept by the worker', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  await isReady(leader.page)
  await leader.page.reload()
  await leader.sees('Connected')
  const kept = await leader.page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })
  expect(kept).toContain('/index.html')
  expect(kept.filter((path) => !/^\/(assets\/|index\.html$|manifest|icon|badge)/.test(path))).toEqual([])
  const large = await leader.page.evaluate(async () => {
    let bytes = 0
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        bytes = Math.max(bytes, (await (await cache.match(request))?.arrayBuffer())?.byteLength ?? 0)
    }
    return bytes
  })
  expect(large).toBeLessThan(200_000) // the map comes with its first use
})

test('[PW13] on plain http there is no worker, and the page works', async () => {
  const leader = await world.phone()
  const plain = world.url().replace('localhost', PLAIN_HOST)
  await leader.page.goto(plain)
  await leader.page.getByLabel('Your name').waitFor()
  expect(await leader.page.evaluate(() => 'serviceWorker' in navigator)).toBe(false)
  expect(leader.troubles).toEqual([])
})

/** A server of its own, whose pages can be changed. */
async function aChangingServer() {
  const root = mkdtempSync(join(tmpdir(), 'serik-version-'))
  const webDir = join(root, 'web')
  cpSync(resolve('dist/web'), webDir, { recursive: true })
  for (const name of ['index.html', 'worker.js'])
    for (const ending of ['.br', '.gz']) rmSync(join(webDir, name + ending), { force: true })
  const config = environmentSchema.parse({
    PORT: 0,
    HOST: '127.0.0.1',
    STORE: 'memory',
    DATA_DIR: join(root, 'data'),
    MAP_STYLE_URL: 'off',
  })
  const serving = await serve({ config, webDir, onFault: (fault) => expect(fault).toBeUndefined() })
  onTestFinished(async () => {
    await serving.close()
    rmSync(root, { recursive: true, force: true })
  })
  return {
    url: `http://localhost:${serving.port}`,
    newVersion(mark: string) {
      const change = (name: string, from: RegExp, to: string) => {
        const before = readFileSync(join(webDir, name), 'utf8')
        const after = before.replace(from, to)
        if (after === before) throw new Error(`${name} has no ${from}`)
        writeFileSync(join(webDir, name), after)
      }
      change('index.html', /<title>[^<]*<\/title>/, `<title>${mark}</title>`)
      change(
        'worker.js',
        /(["'`]?revision["'`]?:\s*["'`])\w+(["'`],\s*["'`]?url["'`]?:\s*["'`]index\.html)/,
        `$1${mark}$2`,
      )
    },
  }
}

const versionOf = (page: Page) =>
  page.evaluate(
    async () => new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html').title,
  )

test('[PW3] a new version is taken at the next opening, and not while another page of the old one is open', async () => {
  const server = await aChangingServer()
  const phone = await world.phone()
  const { page, context } = phone
  await page.goto(server.url)
  await isReady(page)
  const other = await context.newPage()
  await other.goto(server.url)
  server.newVersion('second')
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await until(async () =>
    expect(await page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting))).toBe(true),
  )
  await page.reload()
  expect(await page.content()).not.toContain('second')
  expect(await page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting))).toBe(true)
  await other.close()
  // The browser may still count the closed page at the first opening after it.
  await until(async () => {
    await page.reload()
    expect(await page.evaluate(() => document.head.innerHTML)).toContain('second')
  })
  await context.setOffline(true)
  await page.reload()
  expect(await page.evaluate(() => document.head.innerHTML)).toContain('second')
  expect(await versionOf(page).catch(() => 'second')).toBe('second')
})

test('[PW3] a page that asks for the newest takes it, whatever other page is open', async () => {
  const server = await aChangingServer()
  const { page, context } = await world.phone()
  await page.goto(server.url)
  await isReady(page)
  const other = await context.newPage() // for whose sake the new one waits
  await other.goto(server.url)
  server.newVersion('third')
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await until(async () =>
    expect(await page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting))).toBe(true),
  )
  await page.evaluate(async () => {
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
    const { waiting } = await navigator.serviceWorker.ready
    waiting?.postMessage('take-over')
    await taken
  })
  await page.reload()
  expect(await page.evaluate(() => document.head.innerHTML)).toContain('third')
})
