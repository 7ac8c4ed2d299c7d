/** What lies beneath people and route: another server's style, tiles of the house's own, or nothing. */
import type { Express } from 'express'
import type { About } from '../../shared/protocol/http.ts'
import { DAY_MS } from '../../shared/units.ts'
import { plainStyle } from './plain-style.ts'

export type MapSettings = {
  readonly MAP_STYLE_URL?: string | undefined
  readonly MAP_STYLE_DARK_URL?: string | undefined
  readonly MAP_HOSTS: readonly string[]
  readonly MAP_PMTILES?: string | undefined
}

export type HouseMap = {
  /** As phones are told; `null`: no map beneath the plan. */
  readonly told: About['map']
  /** The tiles that are served from here. */
  readonly pmtilesPath: string | null
}

/** Free, without a key, and it says that it keeps no log of who asks. */
const BY_DEFAULT = {
  styleUrl: 'https://tiles.openfreemap.org/styles/liberty',
  darkStyleUrl: 'https://tiles.openfreemap.org/styles/dark',
}
const TILES_PATH = '/map/tiles.pmtiles'
const OWN = { styleUrl: '/map/style.json', darkStyleUrl: '/map/style-dark.json' }

export function houseMap({ MAP_STYLE_URL, MAP_STYLE_DARK_URL, MAP_HOSTS, MAP_PMTILES }: MapSettings): HouseMap {
  const pmtilesPath = MAP_PMTILES ?? null
  if (MAP_STYLE_URL === 'off') return { told: null, pmtilesPath: null }
  const urls = MAP_STYLE_URL
    ? { styleUrl: MAP_STYLE_URL, darkStyleUrl: MAP_STYLE_DARK_URL ?? null }
    : pmtilesPath
      ? OWN
      : { ...BY_DEFAULT, ...(MAP_STYLE_DARK_URL && { darkStyleUrl: MAP_STYLE_DARK_URL }) }
  const asked = [urls.styleUrl, urls.darkStyleUrl].flatMap((url) =>
    url?.startsWith('http') ? new URL(url).origin : [],
  )
  return { told: { ...urls, hosts: [...new Set([...asked, ...MAP_HOSTS])] }, pmtilesPath }
}

/** What the pages may ask for, besides their own server. */
export const hostsOf = ({ told }: HouseMap): readonly string[] => told?.hosts ?? []

/** What the file is no match for: a range beyond its end (RFC 9110, with its size in `Content-Range`), or another version of it. */
const REFUSED = new Set([412, 416])
type TilesFault = Error & { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }

export function ownTiles(app: Express, { told, pmtilesPath }: HouseMap): void {
  if (!told || pmtilesPath === null) return
  // Byte ranges of one file, which is how phones read it: a few KB of it at a time.
  app.get(TILES_PATH, (_request, response, next) =>
    response.sendFile(pmtilesPath, { maxAge: DAY_MS, dotfiles: 'allow' }, (fault?: TilesFault) => {
      if (!fault || response.headersSent) return
      if (!REFUSED.has(fault.status ?? 0)) return next(fault)
      response.set({ ...fault.headers }).sendStatus(fault.status ?? 0)
    }),
  )
  for (const [path, isDark] of [
    [OWN.styleUrl, false],
    [OWN.darkStyleUrl, true],
  ] as const)
    app.get(path, (_request, response) => {
      response.set('Cache-Control', 'max-age=3600').json(plainStyle(TILES_PATH, isDark))
    })
}
