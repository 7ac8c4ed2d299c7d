/**
 * How the pages look on this phone: theme and text size, as attributes of the root that styles/ground.css reads.
 * Without a choice here the phone's own wishes count.
 */
import { signal } from '@preact/signals'
import { chosenTextSize, chosenTheme } from '../kept.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export const textSizes = ['normal', 'large', 'huge'] as const
export type TextSize = (typeof textSizes)[number]

const oneOf = <Value extends string>(all: readonly Value[], kept: string, otherwise: Value): Value =>
  all.find((value) => value === kept) ?? otherwise

export const theme = signal<Theme>('system')
export const textSize = signal<TextSize>('normal')

const root = document.documentElement
const wantsContrast = window.matchMedia('(prefers-contrast: more)')

function show(): void {
  root.dataset.theme = theme.value
  root.dataset.text = textSize.value
  root.dataset.contrast = theme.value === 'contrast' || wantsContrast.matches ? 'more' : 'normal'
  colourFrame()
}

/** The phone's own bars around the page take the colour of its ground. */
function colourFrame(): void {
  const ground = getComputedStyle(root).getPropertyValue('background-color')
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = ground
}

/** Before anything is drawn. */
export function startLook(): void {
  theme.value = oneOf(themes, chosenTheme.get(), 'system')
  textSize.value = oneOf(textSizes, chosenTextSize.get(), 'normal')
  wantsContrast.addEventListener('change', show)
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colourFrame)
  show()
}

export function chooseTheme(wanted: Theme): void {
  chosenTheme.set(wanted)
  theme.value = wanted
  show()
}

export function chooseTextSize(wanted: TextSize): void {
  chosenTextSize.set(wanted)
  textSize.value = wanted
  show()
}
