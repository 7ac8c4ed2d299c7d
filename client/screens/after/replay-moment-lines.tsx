import { nameOf } from '../../state/people.ts'
import type { ReplayMoment } from '../../state/replay-moments.ts'
import type { RunView } from '../../state/run-view.ts'
import { useRun } from '../run/running.ts'
import { clockText, piecesText, t } from '../texts.ts'

const SHOWN_MAX = 3

/** What happens just then, the newest last; always as high as three lines, so that nothing jumps. */
export function MomentLines({ moments, nowMs }: { readonly moments: readonly ReplayMoment[]; readonly nowMs: number }) {
  const { view } = useRun()
  return (
    <ul class="plain replay-moments">
      {moments.slice(-SHOWN_MAX).map((moment) => (
        <li key={moment.id} class={moment.is === 'asked' && moment.isAlarm ? 'alarmed' : moment.is}>
          <small>{clockText(moment.atMs, nowMs)}</small> {momentText(view, moment)}
        </li>
      ))}
    </ul>
  )
}

export function momentText(view: RunView, moment: ReplayMoment): string {
  const name = nameOf(view, moment.memberId)
  switch (moment.is) {
    case 'asked':
      return t.replay.asked(name, piecesText(moment.kind, moment.quantity))
    case 'given': {
      const what = piecesText(moment.kind, moment.quantity)
      return moment.helperId
        ? t.replay.given(nameOf(view, moment.helperId), name, what)
        : `${t.after.gotAlone(name)}: ${what}`
    }
    case 'stopped':
      return t.replay.stopped(name, t.after.endings[moment.reason])
  }
}
