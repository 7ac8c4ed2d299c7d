import { takesPart } from '../../../shared/run/roles.ts'
import { myAlarms } from '../../state/my-requests.ts'
import { leadersWithPhone } from '../../state/people.ts'
import { HoldButton } from '../parts/hold-button.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { useHelpCalls } from './help-calls.ts'
import { HelpState } from './help-state.tsx'
import { SmsLinks } from './sms-links.tsx'
import { WhereIAm } from './where-i-am.tsx'

const kinds = ['help', 'first-aid'] as const

/** The number to call comes first, for it works without any server; then what tells the run, and the place to tell. */
export function HelpScreen() {
  const { view, nowMs, mine, kept } = useRun()
  const { raise, outcomeOf, refused } = useHelpCalls()
  const alarms = myAlarms(view, nowMs)
  const leaders = leadersWithPhone(view)
  const calls = alarms.filter(({ status, isCancelWaiting }) => status !== 'needs-check' && !isCancelWaiting)
  const mayAsk = !mine || takesPart(mine.role)
  return (
    <section class="help" aria-labelledby="help">
      <h2 id="help" class="unseen">
        {t.help.heading}
      </h2>
      <div aria-live="assertive">
        {alarms.map((alarm) => (
          <HelpState key={alarm.requestId} alarm={alarm} outcome={outcomeOf(alarm)} />
        ))}
        {refused && alarms.length === 0 && (
          <div class="card outcome not-sent">
            <strong>{t.help.notSent}</strong>
            <p>{t.help.refused(t.refusals[refused])}</p>
          </div>
        )}
      </div>
      <a class="button call" {...(!kept.isDemo && { href: 'tel:112' })}>
        {t.help.call}
      </a>
      {mayAsk && (
        <div class="holds">
          {kinds
            // AL4: one that was taken back stands in the way of no new one.
            .filter((kind) => !calls.some((alarm) => alarm.kind === kind))
            .map((kind) => (
              <HoldButton key={kind} label={t.kinds[kind]} onHeld={() => raise(kind)} />
            ))}
          <p class="hint">{t.help.tellsWhom}</p>
        </div>
      )}
      <WhereIAm />
      {leaders.map(({ name, phone }) => (
        <a key={phone} class="button call-leader" href={`tel:${phone}`}>
          {t.help.callLeader(name, phone)}
        </a>
      ))}
      {leaders.length === 0 && mine?.role !== 'leader' && <p class="hint">{t.help.noLeaderPhone}</p>}
      <SmsLinks leaders={leaders} />
    </section>
  )
}
