import { phoneOf } from '../../state/people.ts'
import { mayHelp, type QueueEntry } from '../../state/queue.ts'
import { EmergencyWords } from '../parts/emergency-words.tsx'
import { coordinates, placeWords } from '../parts/place-text.ts'
import { ageText, joined, t } from '../texts.ts'
import { useRun } from './running.ts'

/** Somebody calls for help, or took it back and must be checked on. */
export function AlarmCard({ entry }: { readonly entry: QueueEntry }) {
  const run = useRun()
  const { view, wish } = run
  const { request, runner, waitMs, holder, isMine, isSending, note } = entry
  const { requestId, status, kind, runnerId } = request
  const isCheck = status === 'needs-check'
  const place = view.places.get(runnerId)
  const { aside, age } = placeWords(run, runnerId)
  const phone = phoneOf(view, runnerId)
  return (
    <div class={isCheck ? 'card alarm check' : 'card alarm'} role="alert">
      <h2>{isCheck ? t.alarm.check(runner) : t.alarm.title(t.kinds[kind], runner)}</h2>
      <p>{t.queue.waits(ageText(waitMs))}</p>
      <div>
        {place && <p class="coordinates">{coordinates(place)}</p>}
        <p>{joined([aside, age], ' · ')}</p>
      </div>
      {note && <p>“{note}”</p>}
      <EmergencyWords memberId={runnerId} />
      <p>
        <strong>{isMine ? t.alarm.youGo : holder ? t.alarm.owned(holder) : t.alarm.unowned}</strong>
      </p>
      <div class="row">
        {phone && (
          <a class="button" href={`tel:${phone}`}>
            {t.queue.call(runner)}
          </a>
        )}
        {mayHelp(view) && !isMine && holder === null && (
          <button
            type="button"
            class="primary"
            disabled={isSending}
            onClick={() => void wish({ type: 'claim-request', requestId })}
          >
            {t.queue.going}
          </button>
        )}
        {mayHelp(view) && (isMine || isCheck) && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'close-request', requestId })}>
            {t.queue.seen}
          </button>
        )}
        {isMine && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'release-request', requestId })}>
            {t.queue.release}
          </button>
        )}
      </div>
    </div>
  )
}
