import { unreachable } from '../unreachable.ts'
import type { Alert } from './alerts.ts'
import type { RunEvent } from './events.ts'

type Begun = Extract<RunEvent, { type: 'alert-asked' | 'alert-raised' }>
/** Events in the life of one alert. */
export type AlertEvent = Exclude<Extract<RunEvent, { type: `alert-${string}` }>, Begun>

/** Asked first, raised then: what was known of it stays. */
export function alertFrom({ type, ...begun }: Begun, before: Alert | undefined, atMs: number): Alert {
  const status = type === 'alert-asked' ? 'asked' : 'raised'
  if (before) return { ...before, ...begun, status, statusAtMs: atMs }
  return { ...begun, status, statusAtMs: atMs, answer: null, ownerId: null, sentToIds: [], over: null }
}

export function alertAfter(alert: Alert, event: AlertEvent, atMs: number): Alert {
  switch (event.type) {
    case 'alert-answered':
      return { ...alert, answer: event.answer }
    case 'alert-owned':
      return { ...alert, status: 'owned', statusAtMs: atMs, ownerId: event.ownerId }
    case 'alert-sent':
      return { ...alert, sentToIds: [...alert.sentToIds.filter((id) => id !== event.toId), event.toId] }
    case 'alert-cleared':
      return { ...alert, status: 'cleared', statusAtMs: atMs, over: event.over }
    default:
      return unreachable(event)
  }
}
