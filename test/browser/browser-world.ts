/** A real server process, and phones that are real Chromium pages. All is closed when the file's tests are over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { builtServer } from '../faults/built-server.ts'
import { launchShell } from '../support/chromium.ts'

const root = resolve(import.meta.dirname, '../..')
/** Not localhost, so no secure context: what a phone in the club's network meets. */
export const PLAIN_HOST = 'serik.test'
const MOVES_EVERY_MS = 400
const FIND_WITHIN_MS = 20_000
/** What somebody has chosen whose page neither goes dark by itself nor becomes a map for two. */
const STEADY: Readonly<Record<string, string>> = { 'serik.pocket': 'by-hand', 'serik.pair': 'all' }

export type BrowserPhone = {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong in the page: exceptions, refused resources, other people's addresses. */
  readonly troubles: string[]
  readonly sees: (text: string | RegExp) => Promise<void>
  readonly taps: (name: string | RegExp) => Promise<void>
}

export type BrowserWorld = {
  readonly url: () => string
  readonly browser: () => Browser
  /** A phone that walks slowly east from a place north of the river. */
  phone(northDeg?: number, kept?: Readonly<Record<string, string>>, locale?: string): Promise<BrowserPhone>
  /** The server is there and answers nothing, until what is returned is called. */
  stall(): () => void
}

/**
 * @param settings beside the usual ones
 * @param launch for pages that need the whole browser
 */
export function browserWorld(settings: Readonly<Record<string, string>> = {}, launch = launchShell): BrowserWorld {
  let url = ''
  let browser: Browser
  let server: ChildProcess
  const dataDir = mkdtempSync(join(tmpdir(), 'serik-browser-'))
  const closing: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })]

  beforeAll(async () => {
    if (!existsSync(join(root, 'dist/web/index.html'))) throw new Error('No pages are built: npx vite build')
    server = spawn(process.execPath, [builtServer()], {
      cwd: root,
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, MAP_STYLE_URL: 'off', ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    closing.push(() => server.kill('SIGKILL'))
    url = await new Promise((found, failed) => {
      server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
      server.stdout?.on('data', (text: Buffer) => {
        const printed = /http:\/\/localhost:\d+/.exec(text.toString())
        if (printed) found(printed[0])
      })
    })
    browser = await launch(`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`)
    closing.push(() => browser.close())
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  return {
    url: () => url,
    browser: () => browser,
    stall() {
      const goOn = () => void server.kill('SIGCONT')
      server.kill('SIGSTOP')
      onTestFinished(goOn)
      return goOn
    },
    async phone(northDeg = 0, kept = STEADY, locale = 'en-US') {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        permissions: ['geolocation'],
        locale,
      })
      context.setDefaultTimeout(FIND_WITHIN_MS)
      await context.addInitScript((words) => {
        for (const [name, word] of Object.entries(words)) localStorage.getItem(name) ?? localStorage.setItem(name, word)
      }, kept)
      const stopWalking = walks(context, 51.128 + northDeg)
      onTestFinished(async () => {
        stopWalking()
        await context.close()
      })
      const page = await context.newPage()
      return phoneOf(page, context, url)
    },
  }
}

/** Chromium tells a place only when it changes, and once an error before it. */
function walks(context: BrowserContext, latitude: number): () => void {
  let longitude = 71.4304
  const timer = setInterval(() => {
    longitude += 1e-5
    void context.setGeolocation({ latitude, longitude, accuracy: 8 }).catch(() => clearInterval(timer))
  }, MOVES_EVERY_MS)
  return () => clearInterval(timer)
}

function phoneOf(page: Page, context: BrowserContext, url: string): BrowserPhone {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(url) && !/^(data|blob):/.test(address) && !address.includes(PLAIN_HOST))
      troubles.push(`asked ${address}`)
  })
  return {
    page,
    context,
    troubles,
    sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    taps: (name) => page.getByRole('button', { name }).first().click(),
  }
}
