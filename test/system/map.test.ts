import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { serve } from '../../server/serve.ts'
import { houseMap } from '../../server/transport/http-map.ts'
import type { About } from '../../shared/protocol/http.ts'
import { tinyPmtiles } from '../support/tiny-pmtiles.ts'

const file = tinyPmtiles({ latitudeDeg: 51.14, longitudeDeg: 71.45 })

async function started(settings: Record<string, string>): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'serik-map-'))
  writeFileSync(join(dir, 'region.pmtiles'), file)
  const MAP_PMTILES = settings.MAP_PMTILES && join(dir, settings.MAP_PMTILES)
  const own = { PORT: '0', HOST: '127.0.0.1', STORE: 'memory', DATA_DIR: dir }
  const serving = await serve({ config: readConfig({ ...own, ...settings, MAP_PMTILES }), onFault: () => undefined })
  onTestFinished(async () => {
    await serving.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return `http://127.0.0.1:${serving.port}`
}
const about = async (url: string) => (await (await fetch(`${url}/api/about`)).json()) as About
const policyOf = async (url: string): Promise<Record<string, string>> => {
  const text = (await fetch(`${url}/healthz`)).headers.get('content-security-policy') ?? ''
  return Object.fromEntries(text.split(';').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]))
}

test('[MA11] by default the map is OpenFreeMap’s, and pages may ask that server and no other', async () => {
  const url = await started({})
  const { map } = await about(url)
  expect(map).toEqual({
    styleUrl: 'https://tiles.openfreemap.org/styles/liberty',
    darkStyleUrl: 'https://tiles.openfreemap.org/styles/dark',
    hosts: ['https://tiles.openfreemap.org'],
  })
  expect(await policyOf(url)).toMatchObject({
    'connect-src': "'self' ws: wss: https://tiles.openfreemap.org",
    'img-src': "'self' data: blob: https://tiles.openfreemap.org",
    'worker-src': "'self' blob:",
    'script-src': "'self'",
  })
})

test('[MA11] a style of one’s own is told with its servers; off is no map and no other server', async () => {
  const told = houseMap(
    readConfig({ MAP_STYLE_URL: 'https://a.example/style', MAP_HOSTS: 'https://b.example,https://a.example' }),
  )
  expect(told).toEqual({
    told: {
      styleUrl: 'https://a.example/style',
      darkStyleUrl: null,
      hosts: ['https://a.example', 'https://b.example'],
    },
    pmtilesPath: null,
  })
  const url = await started({ MAP_STYLE_URL: 'off', MAP_PMTILES: 'region.pmtiles' })
  expect((await about(url)).map).toBeNull()
  expect((await policyOf(url))['connect-src']).toBe("'self' ws: wss:")
  expect((await fetch(`${url}/map/tiles.pmtiles`)).status).toBe(404)
})

test('[MA12] tiles of one’s own are served in ranges of bytes, with a plain style in light and dark', async () => {
  const url = await started({ MAP_PMTILES: 'region.pmtiles' })
  expect((await about(url)).map).toEqual({
    styleUrl: '/map/style.json',
    darkStyleUrl: '/map/style-dark.json',
    hosts: [],
  })
  const part = await fetch(`${url}/map/tiles.pmtiles`, { headers: { range: 'bytes=0-126' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 0-126/${file.length}`)
  expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(0, 127))).toBe(true)
  const beyond = await fetch(`${url}/map/tiles.pmtiles`, { headers: { range: `bytes=${file.length}-` } })
  expect(beyond.status).toBe(416)
  expect(beyond.headers.get('content-range')).toBe(`bytes */${file.length}`)
  const other = await fetch(`${url}/map/tiles.pmtiles`, { headers: { 'if-match': '"another"' } })
  expect(other.status).toBe(412)
  const styles = await Promise.all(
    ['style.json', 'style-dark.json'].map(async (name) => (await fetch(`${url}/map/${name}`)).json()),
  )
  for (const style of styles) {
    expect(style.sources.house.url).toBe('pmtiles:///map/tiles.pmtiles')
    expect(style.sources.house.attribution).toContain('OpenStreetMap')
    expect(style.glyphs).toBeUndefined()
  }
  expect(styles[0].layers[0].paint).not.toEqual(styles[1].layers[0].paint)
})
