import type { HelpOutcome } from '../../state/help-outcome.ts'
import type { MyRequest } from '../../state/my-requests.ts'
import { useRun } from '../run/running.ts'
import { distanceText, t } from '../texts.ts'

type HelpStateProps = { readonly alarm: MyRequest; readonly outcome: HelpOutcome }

/** SENT or NOT SENT, in the largest letters there are. */
export function HelpState({ alarm, outcome }: HelpStateProps) {
  const { wish } = useRun()
  const { requestId, kind, status, helper, helperDistanceM, isCancelWaiting } = alarm
  const distance = helperDistanceM === null ? null : distanceText(helperDistanceM)
  const cancel = (
    <>
      <button type="button" disabled={isCancelWaiting} onClick={() => void wish({ type: 'cancel-request', requestId })}>
        {isCancelWaiting ? t.life.cancelling : t.help.cancel}
      </button>
      <p class="hint">{t.help.cancelHint}</p>
    </>
  )
  if (status === 'needs-check')
    return (
      <div class="card outcome check">
        <p>
          <strong>{t.help.needsCheck}</strong>
        </p>
        {helper && <p>{t.help.hasIt(helper, distance)}</p>}
      </div>
    )
  if (outcome.is === 'sent')
    return (
      <div class="card outcome sent">
        <strong>
          {t.kinds[kind]}: {t.help.sent}
        </strong>
        <p>{helper ? t.help.hasIt(helper, distance) : t.help.sentLong}</p>
        {cancel}
      </div>
    )
  if (outcome.is === 'sending')
    return (
      <div class="card outcome">
        <strong>
          {t.kinds[kind]}: {t.help.sending}
        </strong>
      </div>
    )
  return (
    <div class="card outcome not-sent">
      <strong>{t.help.notSent}</strong>
      <p>
        {t.kinds[kind]}: {outcome.is === 'refused' ? t.help.refused(t.refusals[outcome.code]) : t.help.notSentLong}
      </p>
      {cancel}
    </div>
  )
}
