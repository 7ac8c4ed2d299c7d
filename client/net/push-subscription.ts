import type { PushSubscriptionGiven } from '../../shared/run/push.ts'

type Json = { readonly endpoint?: string | undefined; readonly keys?: Readonly<Record<string, string>> | undefined }

/** As the server wants it; `null` for one without keys. */
export function subscriptionGiven({ endpoint, keys }: Json): PushSubscriptionGiven | null {
  const { p256dh, auth } = keys ?? {}
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null
}
