/** Whether this browser can put the page on the home screen, and by whose hand. */
import { signal } from '@preact/signals'

type InstallEvent = Event & { prompt(): Promise<unknown>; readonly userChoice: Promise<{ readonly outcome: string }> }

const offered = signal<InstallEvent | null>(null)

export function hearInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault() // shown where it does not stand in the way
    offered.value = event as InstallEvent
  })
  window.addEventListener('appinstalled', () => {
    offered.value = null
  })
}

export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)

/** An iPad says that it is a Mac. */
export const isIos = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1)

export type InstallWay = 'button' | 'ios'

export function installWay(): InstallWay | null {
  if (isInstalled()) return null
  if (offered.value) return 'button'
  return isIos() ? 'ios' : null
}

export async function askToInstall(): Promise<void> {
  const event = offered.value
  if (!event) return
  await event.prompt()
  await event.userChoice
  offered.value = null // a browser offers once
}
