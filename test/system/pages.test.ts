import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { pages } from '../../server/transport/http-pages.ts'

async function somePages() {
  const dir = mkdtempSync(join(tmpdir(), 'serik-pages-'))
  mkdirSync(join(dir, 'assets'))
  const files = {
    'index.html': 'page',
    'index.html.br': 'page.br',
    'index.html.gz': 'page.gz',
    'worker.js': 'worker',
    'manifest.webmanifest': '{}',
    'assets/app-x1.js': 'app',
    'assets/app-x1.js.gz': 'app.gz',
    'assets/small-x2.js': 'small',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  const app = express()
  app.disable('x-powered-by')
  pages(app, dir)
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    rmSync(dir, { recursive: true, force: true })
  })
  const { port } = server.address() as AddressInfo
  return (path: string, accepts: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const headers = { 'accept-encoding': accepts }
      get({ port, host: '127.0.0.1', path, headers }, (response: IncomingMessage) => {
        let body = ''
        response.on('data', (part: Buffer) => {
          body += part.toString()
        })
        response.on('end', () => {
          const { 'content-encoding': packing, 'cache-control': kept, 'content-type': type, vary } = response.headers
          resolve({ status: response.statusCode, body, packing, kept, type: type?.split(';')[0], vary })
        })
      }).on('error', reject)
    })
}

const YEAR = 'public, max-age=31536000, immutable'

test('[PW8] a page is sent as small as the browser can open it, and asked for anew each time', async () => {
  const ask = await somePages()
  const page = { status: 200, kept: 'no-cache', type: 'text/html', vary: 'Accept-Encoding' }
  for (const path of ['/', '/index.html', '/j', '/r/run_abc', '/privacy', '/c/clb_abc', '/plan']) {
    expect(await ask(path, 'gzip, deflate, br'), path).toEqual({ ...page, body: 'page.br', packing: 'br' })
    expect(await ask(path, 'gzip'), path).toEqual({ ...page, body: 'page.gz', packing: 'gzip' })
    expect(await ask(path, 'identity'), path).toEqual({ ...page, body: 'page', packing: undefined })
  }
  expect(await ask('/worker.js', 'br')).toMatchObject({ body: 'worker', kept: 'no-cache', type: 'text/javascript' })
  expect(await ask('/manifest.webmanifest', 'br')).toMatchObject({
    kept: 'no-cache',
    type: 'application/manifest+json',
  })
})

test('[PW8] what has a name made of what it holds is kept for a year, packed or not', async () => {
  const ask = await somePages()
  const script = { status: 200, kept: YEAR, type: 'text/javascript' }
  expect(await ask('/assets/app-x1.js', 'br, gzip')).toMatchObject({ ...script, body: 'app.gz', packing: 'gzip' })
  expect(await ask('/assets/small-x2.js', 'br, gzip')).toMatchObject({ ...script, body: 'small', packing: undefined })
  for (const path of ['/assets/none.js', '/assets', '/..%2f..%2fetc/passwd', '/.git/config'])
    expect(await ask(path, 'br'), path).toMatchObject({ status: expect.toSatisfy((status) => status >= 301) })
})
