/** Whether this phone can ring while nobody looks at it, and what makes it ring for a seat. */
import type { PushKey } from '../../../shared/protocol/http.ts'
import { isRefusal, pushKey } from '../../net/http-calls.ts'
import { subscriptionGiven } from '../../net/push-subscription.ts'
import { forgetNotedSeat, notedSeat, noteSeat } from '../../net/worker-notes.ts'
import { inApp } from '../install/in-app-notice.tsx'
import { isInstalled, isIos } from '../install/install-offer.ts'
import { remembered } from '../kept.ts'
import type { Running } from '../run/running.ts'

/** Somebody who let their phone ring once need not say so every Sunday. */
const wantsRing = remembered('serik.rings')
/** Its owner has heard it. */
export const heardRing = remembered('serik.rings.heard')

export type CannotRing = 'noHttps' | 'inApp' | 'iosHome' | 'unable' | 'denied'

/** PW11: what stands in the way; `null` when nothing does. */
export function cannotRing(): CannotRing | null {
  if (!window.isSecureContext) return 'noHttps'
  const isAble = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!isAble && inApp()) return 'inApp'
  if (!isAble && isIos() && !isInstalled()) return 'iosHome'
  if (!isAble) return 'unable'
  return Notification.permission === 'denied' ? 'denied' : null
}

type Rings = Pick<Running, 'kept' | 'phone' | 'wish'>

/** Asks whoever holds the phone, and then tells the server. `false`: not this time. */
export async function letRing(run: Rings): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  wantsRing.set('yes')
  const key = await pushKey(location.origin, run.kept.seat)
  return !isRefusal(key) && subscribe(run, key)
}

export async function letNotRing({ phone, wish }: Rings): Promise<boolean> {
  wantsRing.set('')
  const { myId } = phone.view()
  if (myId) await forgetNotedSeat(myId).catch(() => undefined)
  return (await wish({ type: 'set-push', subscription: null })).ok
}

/** PW7: once a visit, for a new run, a server that has lost it, and a browser that has moved. */
export async function keepRinging(run: Rings): Promise<void> {
  if (wantsRing.get() !== 'yes' || cannotRing() !== null || Notification.permission !== 'granted') return
  const key = await pushKey(location.origin, run.kept.seat)
  if (isRefusal(key)) return
  const registration = await navigator.serviceWorker.ready
  const there = await registration.pushManager.getSubscription()
  const { myId } = run.phone.view()
  const told = myId ? await notedSeat(myId).catch(() => undefined) : undefined
  if (key.isHeld && there && isOf(there, key) && told?.endpoint === there.endpoint) return
  await subscribe(run, key)
}

async function subscribe({ kept, phone, wish }: Rings, key: PushKey): Promise<boolean> {
  const registration = await navigator.serviceWorker.ready
  const before = await registration.pushManager.getSubscription()
  // Made for a server that had another secret: it would be refused.
  if (before && !isOf(before, key)) await before.unsubscribe()
  const now = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key.publicKey),
  })
  const subscription = subscriptionGiven(now.toJSON())
  const { myId } = phone.view()
  if (!subscription || !myId) return false
  const { seat, key: address } = kept
  await noteSeat({ memberId: myId, seat, key: address, endpoint: subscription.endpoint })
  return (await wish({ type: 'set-push', subscription })).ok
}

function isOf({ options }: PushSubscription, { publicKey }: PushKey): boolean {
  const held = options.applicationServerKey
  return held !== null && textOf(new Uint8Array(held)) === publicKey
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

const textOf = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
