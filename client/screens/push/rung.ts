/** What the worker tells an open page instead of ringing. */
import { signal } from '@preact/signals'
import type { PushNote } from '../../../shared/run/push.ts'

/** The newest one. */
export const rung = signal<PushNote | null>(null)

export function hearWorker(): void {
  navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent) => {
    const isHere = data?.path === location.pathname
    if (data?.type === 'rung' && isHere) rung.value = data.note as PushNote
    ports[0]?.postMessage(isHere)
  })
  // Notifications say what was: whoever looks at the run now sees what is.
  const lookedAt = () => {
    if (document.visibilityState === 'visible') void clearNotifications(location.pathname)
  }
  document.addEventListener('visibilitychange', lookedAt)
  lookedAt()
}

export async function clearNotifications(path: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  for (const notification of (await registration?.getNotifications()) ?? [])
    if (notification.data?.path === path) notification.close()
}
