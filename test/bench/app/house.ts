/** What the app's bench stands on: the built house on one or several ports, and a Chromium that is as slow as asked for. */
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { launchChromium, launchForMaps } from '../../support/chromium.ts'
import { tinyPmtiles } from '../../support/tiny-pmtiles.ts'
import { route } from '../fanout/walkers.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Settings of a server with tiles of its own around the bench's route. */
export function ownTiles(closing: Closing): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-tiles-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const [start] = route.points
  if (!start) throw new Error('the route of the bench is empty')
  writeFileSync(join(folder, 'region.pmtiles'), tinyPmtiles(start))
  return { MAP_STYLE_URL: '', MAP_PMTILES: join(folder, 'region.pmtiles') }
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

/** As the browser's developer tools mean it, on each request. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 0.9 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 0.9 * 1024 * 1024) / 8,
}
const CPU_SLOWDOWN = 4

export const buildAll = (): void => void execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' })

/** All servers of a bench are nodes of one house. */
const masterSecret = randomBytes(32).toString('base64url')

export type Closing = (() => unknown)[]

/** A built server as a process of its own. Resolves with its address. */
export async function startServer(closing: Closing, settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'serik-app-'))
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ masterSecret }))
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, MAP_STYLE_URL: 'off', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closing.push(async () => {
    server.kill('SIGKILL')
    await once(server, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  })
  return new Promise((found, failed) => {
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
    server.stdout?.on('data', (text: Buffer) => {
      const printed = /http:\/\/localhost:\d+/.exec(text.toString())
      if (printed) found(printed[0])
    })
  })
}

export async function startBrowser(
  closing: Closing,
  launch = launchChromium,
  ...more: readonly string[]
): Promise<Browser> {
  const browser = await launch('--enable-precise-memory-info', ...more)
  closing.push(() => browser.close())
  return browser
}

/** For pages with a map. */
export const startMapBrowser = (closing: Closing, ...more: readonly string[]): Promise<Browser> =>
  startBrowser(closing, launchForMaps, ...more)

export async function newPhone(browser: Browser): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ ...PHONE, permissions: ['geolocation'], locale: 'en-US' })
  // What tsx makes of a function that is handed to the page calls this.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named' })
  await context.setGeolocation({ latitude: 51.128, longitude: 71.4304, accuracy: 8 })
  return { context, page: await context.newPage() }
}

/** From now on the page has a slow phone, and unless `isOnlyCpu` a slow network. */
export async function slowDown(page: Page, isOnlyCpu = false): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  if (!isOnlyCpu) await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  return session
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
