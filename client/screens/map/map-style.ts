/** The style of the house, made ready for MapLibre: read by ourselves, so that a server that fails is no error of the page. */
import type { StyleSpecification } from 'maplibre-gl'
import { SECOND_MS } from '../../../shared/units.ts'
import type { MapSource } from './map-source.ts'

const WITHIN_MS = 15 * SECOND_MS

/** As the page is drawn now. */
export function isDark(): boolean {
  const { colorScheme } = getComputedStyle(document.documentElement)
  if (colorScheme === 'dark' || colorScheme === 'light') return colorScheme === 'dark'
  return matchMedia('(prefers-color-scheme: dark)').matches
}

/** Rejects when it cannot be read. */
export async function mapStyle({ styleUrl, darkStyleUrl }: MapSource): Promise<StyleSpecification> {
  const url = new URL((isDark() ? darkStyleUrl : null) ?? styleUrl, location.href)
  const answer = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) })
  if (!answer.ok) throw new Error(`the style of the map: ${answer.status}`)
  const style = (await answer.json()) as StyleSpecification
  return { ...style, ...rooted(style, url) }
}

/** A style of our own server names no server: it does not know by which name we reach it. */
function rooted(style: StyleSpecification, { origin }: URL): Partial<StyleSpecification> {
  const whole = (address: string) =>
    address.replace(/^(pmtiles:\/\/)?\/(?!\/)/, (_, protocol = '') => `${protocol}${origin}/`)
  const sources = Object.entries(style.sources).map(([name, source]) => {
    const { url, tiles, data } = source as { url?: string; tiles?: string[]; data?: unknown }
    return [
      name,
      {
        ...source,
        ...(url !== undefined && { url: whole(url) }),
        ...(tiles && { tiles: tiles.map(whole) }),
        ...(typeof data === 'string' && { data: whole(data) }),
      },
    ] as const
  })
  return {
    sources: Object.fromEntries(sources) as StyleSpecification['sources'],
    ...(style.glyphs && { glyphs: whole(style.glyphs) }),
    ...(typeof style.sprite === 'string' && { sprite: whole(style.sprite) }),
  }
}

export const usesPmtiles = ({ sources }: StyleSpecification): boolean => JSON.stringify(sources).includes('"pmtiles://')
