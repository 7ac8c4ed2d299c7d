import type { CommandId } from '../../shared/units.ts'
import { putPush } from '../net/http-calls.ts'
import { newId } from '../net/new-id.ts'
import { subscriptionGiven } from '../net/push-subscription.ts'
import { notedSeats, noteSeat } from '../net/worker-notes.ts'
import type { SubscriptionChanges, WorkerScope } from './worker-scope.ts'

/** PW7: the browser has moved to another address, and no page may be open for days. */
export async function givenAnew({ registration, location }: WorkerScope, change: SubscriptionChanges): Promise<void> {
  const options = change.oldSubscription?.options
  const now =
    change.newSubscription ??
    (await registration.pushManager.getSubscription()) ??
    (options?.applicationServerKey
      ? await registration.pushManager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: options.applicationServerKey,
        })
      : null)
  const subscription = now && subscriptionGiven(now.toJSON())
  for (const note of await notedSeats()) {
    const answer = await putPush(location.origin, note.seat, newId<CommandId>('cmd'), subscription)
    if (answer.ok) await noteSeat({ ...note, endpoint: subscription?.endpoint ?? '' })
  }
}
