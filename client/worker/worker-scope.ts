/** What a service worker has around it, as far as ours uses it: the compiler knows pages, and not both at once. */
import type { PushNote } from '../../shared/run/push.ts'

type Lasting = { waitUntil(work: Promise<unknown>): void }
export type FetchHappens = Lasting & {
  readonly request: Request
  respondWith(answer: Promise<Response> | Response): void
}
export type PushHappens = Lasting & { readonly data: { text(): string } | null }
export type NotificationHappens = Lasting & { readonly notification: Notification }
export type MessageHappens = Lasting & { readonly data: unknown }
export type SubscriptionChanges = Lasting & {
  readonly oldSubscription: PushSubscription | null
  readonly newSubscription?: PushSubscription | null
}

export type PageOfOurs = {
  readonly id: string
  readonly url: string
  readonly visibilityState: DocumentVisibilityState
  focus(): Promise<PageOfOurs>
  postMessage(message: unknown, ports?: readonly MessagePort[]): void
}

type Happens = {
  install: Lasting
  activate: Lasting
  fetch: FetchHappens
  push: PushHappens
  notificationclick: NotificationHappens
  pushsubscriptionchange: SubscriptionChanges
  message: MessageHappens
}

export type WorkerScope = {
  readonly registration: ServiceWorkerRegistration
  readonly location: Location
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly PageOfOurs[]>
    claim(): Promise<void>
    openWindow(url: string): Promise<PageOfOurs | null>
  }
  skipWaiting(): Promise<void>
  addEventListener<Type extends keyof Happens>(type: Type, hear: (event: Happens[Type]) => void): void
}

export const pagesOf = ({ clients }: WorkerScope): Promise<readonly PageOfOurs[]> =>
  clients.matchAll({ type: 'window', includeUncontrolled: true })

export type Asked = { readonly type: 'rung' | 'where'; readonly path: string; readonly note?: PushNote }

/** A page knows better than the browser where it is: `url` stays what it was opened with. */
const ANSWERS_WITHIN_MS = 400

/** Whether the page is at this path, and takes what is said as its own. */
export function says(page: PageOfOurs, message: Asked): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true)
    setTimeout(() => resolve(false), ANSWERS_WITHIN_MS)
    page.postMessage(message, [port2])
  })
}
