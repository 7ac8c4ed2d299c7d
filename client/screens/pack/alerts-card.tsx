import { useState } from 'preact/hooks'
import type { AlertId, MemberId } from '../../../shared/units.ts'
import { alertsOf, helpersFor, type ShownAlert } from '../../state/alerts.ts'
import { nameOf } from '../../state/people.ts'
import { EmergencyWords } from '../parts/emergency-words.tsx'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, distanceText, joined, t } from '../texts.ts'
import { Reach } from './reach.tsx'

const SHOWN_AT_ONCE = 5

/** What somebody should look after, the gravest first; the rest is folded away. */
export function AlertsCard() {
  const { view, nowMs } = useRun()
  const all = alertsOf(view, nowMs)
  if (all.length === 0) return null
  const rest = all.slice(SHOWN_AT_ONCE)
  return (
    <section class="card" aria-labelledby="alerts">
      <h2 id="alerts">{t.alerts.heading}</h2>
      <AlertList alerts={all.slice(0, SHOWN_AT_ONCE)} />
      {rest.length > 0 && (
        <details>
          <summary>{t.alerts.more(rest.length)}</summary>
          <AlertList alerts={rest} />
        </details>
      )}
    </section>
  )
}

const AlertList = ({ alerts }: { readonly alerts: readonly ShownAlert[] }) => (
  <ul class="list">
    {alerts.map((shown) => (
      <AlertRow key={shown.alert.alertId} shown={shown} />
    ))}
  </ul>
)

function AlertRow({ shown }: { readonly shown: ShownAlert }) {
  const run = useRun()
  const { mine, wish } = run
  const { alert, name, forMs, owner, isMine, canTake, isSending, sentTo } = shown
  const { alertId, rule, memberId, value, answer } = alert
  const isLeader = mine?.role === 'leader'
  const place = memberId && placeWords(run, memberId, false)
  const facts = [
    t.alerts.forSince(ageText(forMs)),
    place?.where,
    place?.age,
    isMine ? t.alerts.yours : owner && t.alerts.owned(owner),
    sentTo.length > 0 && t.alerts.sentTo(sentTo.join(', ')),
  ]
  return (
    <li class={shown.isAudible ? 'alarm' : undefined}>
      <strong>{t.alerts.sentences[rule](name ?? '', value)}</strong>
      {answer === 'need-help' && <strong> {t.alerts.needsHelp}</strong>}
      <p>
        <small>{joined(facts, ' · ')}</small>
      </p>
      {memberId && (shown.isAudible || answer === 'need-help') && <EmergencyWords memberId={memberId} />}
      <div class="row">
        {memberId && <Reach memberId={memberId} isMissingTold={isLeader} />}
        {canTake && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'own-alert', alertId })}>
            {t.alerts.own}
          </button>
        )}
        {(isLeader || isMine) && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'clear-alert', alertId })}>
            {t.alerts.seenTo}
          </button>
        )}
        {isLeader && <SendTo shown={shown} alertId={alertId} />}
      </div>
    </li>
  )
}

function SendTo({ shown, alertId }: { readonly shown: ShownAlert; readonly alertId: AlertId }) {
  const { view, nowMs, wish } = useRun()
  const [isOpen, setOpen] = useState(false)
  const helpers = helpersFor(view, shown.alert, nowMs)
  if (helpers.length === 0) return null
  if (!isOpen)
    return (
      <button type="button" disabled={shown.isSending} onClick={() => setOpen(true)}>
        {t.alerts.send}
      </button>
    )
  const send = (toId: MemberId) => {
    setOpen(false)
    void wish({ type: 'send-alert', alertId, toId })
  }
  return (
    <fieldset class="choice">
      <legend>{t.alerts.send}</legend>
      {helpers.map(({ memberId, distanceM }) => (
        <button key={memberId} type="button" onClick={() => send(memberId)}>
          {joined([nameOf(view, memberId), distanceM !== null && distanceText(distanceM)])}
        </button>
      ))}
      <button type="button" onClick={() => setOpen(false)}>
        {t.common.no}
      </button>
    </fieldset>
  )
}
