/** What breaks through the dark of a pocket: what waits for somebody's eyes or answer. Calls for help first, then questions. */
import type { AlertRule } from '../../shared/run/alerts.ts'
import { isMetAsked } from '../../shared/run/claims.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import { wordKey } from '../../shared/run/words.ts'
import { myQuestion } from './alerts.ts'
import { unseenMessages } from './messages.ts'
import { type MyRequest, myAlarms } from './my-requests.ts'
import { me, nameOf } from './people.ts'
import { alarmsOf } from './queue.ts'
import type { RunView } from './run-view.ts'

/** `id`: the same as long as it is the same thing. */
export type BreaksThrough = { readonly id: string } & (
  | { readonly is: 'alarm'; readonly kind: RequestKind; readonly name: string }
  | ({ readonly is: 'my-alarm' } & Pick<MyRequest, 'kind' | 'status' | 'helper'>)
  | { readonly is: 'are-you-fine'; readonly rule: AlertRule }
  | { readonly is: 'met'; readonly name: string }
  | { readonly is: 'regroup'; readonly place: string }
  | { readonly is: 'message'; readonly text: string }
)

export function breaksThrough(view: RunView, nowMs: number): BreaksThrough[] {
  const question = myQuestion(view, nowMs)
  return [
    ...alarmsOf(view, nowMs).map(({ request, runner }) => {
      const { requestId: id, kind } = request
      return { id, is: 'alarm', kind, name: runner } as const
    }),
    ...myAlarms(view, nowMs).map(({ requestId: id, kind, status, helper }) => {
      return { id, is: 'my-alarm', kind, status, helper } as const
    }),
    ...(question ? [{ id: question.alertId, is: 'are-you-fine', rule: question.rule } as const] : []),
    ...metQuestions(view),
    ...regroupCalls(view),
    ...unseenMessages(view).map(({ messageId: id, text }) => ({ id, is: 'message', text }) as const),
  ]
}

const metQuestions = (view: RunView) =>
  [...view.run.requests.values()].flatMap((request) => {
    const { requestId: id, runnerId, cyclistId } = request
    if (runnerId !== view.myId || cyclistId === null || !isMetAsked(request)) return []
    return [{ id, is: 'met', name: nameOf(view, cyclistId) } as const]
  })

function regroupCalls(view: RunView) {
  const mine = me(view)
  return [...view.run.regroups.values()].flatMap(({ regroupId: id, groupId, calledById, isOver, answers }) => {
    const isMine = mine && (groupId === null || groupId === mine.groupId) && calledById !== mine.memberId
    if (!isMine || isOver || answers.some(({ memberId }) => memberId === mine.memberId)) return []
    return [{ id, is: 'regroup', place: view.words.get(wordKey.regroup(id))?.text ?? '' } as const]
  })
}
