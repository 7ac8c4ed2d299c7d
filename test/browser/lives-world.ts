/**
 * People who live through a run on real pages: each phone goes along a course while the run's clock goes faster, may lie in a dead zone,
 * and may have a wrong clock; the server can be killed and comes back on the same data.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { shortened } from '../../client/simulate/courses/shortened.ts'
import { courses } from '../../client/simulate/courses.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import { builtServer } from '../faults/built-server.ts'
import { freePort } from '../faults/free-port.ts'
import { launchShell } from '../support/chromium.ts'

const root = resolve(import.meta.dirname, '../..')
const TIME_SCALE = 8
const MOVES_EVERY_MS = 500
const FIND_WITHIN_MS = 30_000

export type LivedPhone = {
  readonly page: Page
  /** Exceptions in the page. */
  readonly troubles: string[]
  sees(text: string | RegExp): Promise<void>
  /** A page in a pocket is taken out first. */
  taps(name: string | RegExp): Promise<void>
  /** From `fromM` along the course, at `paceMps` of the run's time; a negative one goes back. */
  goes(fromM: number, paceMps: number): void
  deadZone(isIn: boolean): Promise<void>
  close(): Promise<void>
}

export type LivesWorld = {
  url(): string
  /** A GeoJSON file of the course, for a leader. */
  readonly routeFile: { name: string; mimeType: string; buffer: Buffer }
  /** @param clockAheadMs how wrong its clock is */
  phone(clockAheadMs?: number): Promise<LivedPhone>
  /** kill -9. */
  kill(): Promise<void>
  startAgain(): Promise<void>
}

export function livesWorld(courseName: 'dawn' | 'river', km: number): LivesWorld {
  const course = shortened(courses[courseName], km)
  const line = routeLine(course.points)
  const dataDir = mkdtempSync(join(tmpdir(), 'serik-lives-'))
  let server: ChildProcess
  let browser: Browser
  let port = 0
  const url = () => `http://localhost:${port}`

  async function start(): Promise<void> {
    server = spawn(process.execPath, [builtServer()], {
      cwd: root,
      env: {
        ...process.env,
        ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, MAP_STYLE_URL: 'off' },
        ...{ TIME_SCALE: String(TIME_SCALE), FRAME_EVERY_MS: '8000' },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(server.stdout as NodeJS.ReadableStream, 'data')
  }

  async function kill(): Promise<void> {
    server.kill('SIGKILL')
    await once(server, 'exit')
  }

  beforeAll(async () => {
    port = await freePort()
    await start()
    browser = await launchShell()
  })
  afterAll(async () => {
    await browser.close()
    await kill()
    rmSync(dataDir, { recursive: true, force: true })
  })

  return {
    url,
    kill,
    startAgain: start,
    routeFile: {
      name: `${courseName}.geojson`,
      mimeType: 'application/geo+json',
      buffer: Buffer.from(
        JSON.stringify({
          type: 'Feature',
          properties: {},
          geometry: {
            type: 'LineString',
            coordinates: course.points.map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg]),
          },
        }),
      ),
    },
    async phone(clockAheadMs = 0) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        ...{ hasTouch: true, isMobile: true, permissions: ['geolocation'] },
      })
      context.setDefaultTimeout(FIND_WITHIN_MS)
      if (clockAheadMs !== 0) await context.addInitScript(wrongClock, clockAheadMs)
      const page = await context.newPage()
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(error.message))
      let way: { readonly fromM: number; readonly paceMps: number; readonly sinceMs: number } | null = null
      const timer = setInterval(() => {
        if (!way) return
        const goneM = (way.paceMps * TIME_SCALE * (performance.now() - way.sinceMs)) / 1_000
        void found(context, placeAtM(line, Math.min(line.lengthM, Math.max(0, way.fromM + goneM)))).catch(() =>
          clearInterval(timer),
        )
      }, MOVES_EVERY_MS)
      const close = async () => {
        clearInterval(timer)
        await context.close()
      }
      onTestFinished(close)
      return {
        page,
        troubles,
        close,
        sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
        async taps(name) {
          await outOfPocket(page)
          await page.getByRole('button', { name }).filter({ visible: true }).first().click()
        },
        goes(fromM, paceMps) {
          way = { fromM, paceMps, sinceMs: performance.now() }
        },
        deadZone: (isIn) => context.setOffline(isIn),
      }
    },
  }
}

/** A runner's page goes dark and deaf by itself. */
async function outOfPocket(page: Page): Promise<void> {
  const slide = page.locator('.pocket .slide')
  const box = await slide.boundingBox({ timeout: 500 }).catch(() => null)
  if (!box) return
  await page.mouse.move(box.x + 10, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2, { steps: 5 })
  await page.mouse.up()
  await slide.waitFor({ state: 'detached' })
}

/** Chromium tells a place only when it changes: a hair is enough. */
let hair = 0
const found = (context: BrowserContext, place: { latitudeDeg: number; longitudeDeg: number }): Promise<void> => {
  hair = 1e-7 - hair
  return context.setGeolocation({
    latitude: place.latitudeDeg + hair,
    longitude: place.longitudeDeg,
    accuracy: 6,
  })
}

/** In the page, before anything else: what a phone with a wrong clock says of the time, and of when it was located. */
function wrongClock(aheadMs: number): void {
  const True = Date
  const nowMs = True.now.bind(True)
  class Wrong extends True {
    constructor(...given: [] | [number]) {
      if (given.length === 0) super(nowMs() + aheadMs)
      else super(...given)
    }
    static override now(): number {
      return nowMs() + aheadMs
    }
  }
  window.Date = Wrong as DateConstructor
  const { geolocation } = navigator
  const late =
    (tell: PositionCallback): PositionCallback =>
    (position) =>
      tell({ coords: position.coords, timestamp: position.timestamp + aheadMs } as GeolocationPosition)
  const [watch, once] = [geolocation.watchPosition.bind(geolocation), geolocation.getCurrentPosition.bind(geolocation)]
  geolocation.watchPosition = (tell, ...rest) => watch(late(tell), ...rest)
  geolocation.getCurrentPosition = (tell, ...rest) => once(late(tell), ...rest)
}
