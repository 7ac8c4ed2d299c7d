/**
 * `npm run screens [-- --only NAME,... --languages kk,ru,en --to FOLDER]`: a picture of every screen on a phone and on a desktop, light and
 * dark, in each language, from runs that are made for it. The names of the pictures: `screen-language-size-theme.webp`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Language, languages } from '../../client/screens/language.ts'
import { builtServer } from '../faults/built-server.ts'
import { launchShell } from '../support/chromium.ts'
import { everyScreen, newPage, type ScreenStep } from './every-screen.ts'
import { type Shown, showsRuns } from './shown-runs.ts'

const root = resolve(import.meta.dirname, '../..')
const QUALITY = 50
/** Places come every two seconds, and what is reckoned from them a second later. */
const PLACES_MS = 3_500
const sizes: Readonly<Record<string, BrowserContextOptions>> = {
  phone: { viewport: { width: 390, height: 844 } },
  desktop: { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
}
const themes = ['light', 'dark'] as const
/** A visit is mostly waiting. */
const AT_ONCE = 5

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    languages: { type: 'string', default: languages.join(',') },
    sizes: { type: 'string', default: Object.keys(sizes).join(',') },
    to: { type: 'string', default: join(root, 'docs/screens') },
  },
})

async function startServer(): Promise<{ url: string; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'serik-screens-'))
  const server = spawn(process.execPath, [builtServer()], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, MAP_STYLE_URL: 'off', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((found, failed) => {
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
    server.stdout.on('data', (text: Buffer) => {
      const printed = /http:\/\/localhost:\d+/.exec(text.toString())
      if (printed) found(printed[0])
    })
  })
  return {
    url,
    async close() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function picture(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  writeFileSync(file, Buffer.from(data, 'base64'))
}

type Visit = { readonly step: ScreenStep; readonly language: Language; readonly size: string }

async function take(browser: Browser, shown: Shown, { step, language, size }: Visit): Promise<void> {
  const page = await newPage(browser, shown, { language, theme: 'light', options: sizes[size] ?? {} })
  const name = `${step.name}-${language}-${size}`
  try {
    await step.go(page, shown)
    if (page.url().includes('/r/')) await page.waitForTimeout(PLACES_MS)
    for (const theme of themes) {
      await page.evaluate((worn) => document.documentElement.setAttribute('data-theme', worn), theme)
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      await picture(page, join(values.to, `${name}-${theme}.webp`))
    }
  } catch (fault) {
    process.exitCode = 1
    process.stderr.write(`${name}: ${fault}\n`)
  }
  await page.context().close()
}

mkdirSync(values.to, { recursive: true })
const server = await startServer()
const browser = await launchShell()
const shown = await showsRuns(server.url)
const wanted = values.only?.split(',')
const steps = everyScreen.filter(({ name }) => !wanted || wanted.includes(name))
const visits = languages
  .toReversed()
  .filter((each) => values.languages.split(',').includes(each))
  .flatMap((language) =>
    steps.flatMap((step) => values.sizes.split(',').map((size): Visit => ({ step, language, size }))),
  )
  .values()
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const visit of visits) {
      process.stderr.write(`${visit.language} ${visit.step.name} ${visit.size}\n`)
      await take(browser, shown, visit)
    }
  }),
)
await browser.close()
await shown.close()
await server.close()
process.exit()
