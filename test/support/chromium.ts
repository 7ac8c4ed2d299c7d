/** Debian's Chromium without a screen: a shell that only draws pages, or the whole browser, slower by half. */
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]
/** The same engine, which draws neither maps nor notifications. */
const SHELL = { executablePath: '/usr/bin/chromium-headless-shell', flags: ['--disable-gpu'] }
const WHOLE = {
  executablePath: '/usr/bin/chromium',
  flags: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
}

const launch = ({ executablePath, flags }: typeof SHELL, more: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...FLAGS, ...flags, ...more] })

/** Pages as a phone draws them, with storage and service workers. */
export const launchShell = (...more: readonly string[]): Promise<Browser> => launch(SHELL, more)

/** For push and notifications, and for what is measured. */
export const launchChromium = (...more: readonly string[]): Promise<Browser> => launch(WHOLE, more)

/** A map is drawn by software here. The page around it is not to wait in the same line, which Debian has set so for real graphics. */
export const launchForMaps = (...more: readonly string[]): Promise<Browser> =>
  launchChromium('--disable-gpu-rasterization', ...more)
