import { SECOND_MS } from '../../../shared/units.ts'
import { myQuestion } from '../../state/alerts.ts'
import { HoldButton } from '../parts/hold-button.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { useHelpCalls } from './help-calls.ts'

/** Something looks wrong with whoever holds this phone: they are asked before anybody is told. */
export function AreYouFine({ onHelp }: { readonly onHelp: () => void }) {
  const { view, nowMs, wish } = useRun()
  const { raise } = useHelpCalls()
  const question = myQuestion(view, nowMs)
  if (!question) return null
  const { alertId, rule, leftMs } = question
  const answer = (answer: 'fine' | 'need-help') => void wish({ type: 'answer-alert', alertId, answer })
  const needHelp = () => {
    raise('help')
    answer('need-help')
    onHelp()
  }
  return (
    <section class="card notice" role="alert">
      <h2>{t.areYouFine.heading}</h2>
      <p>{t.areYouFine.questions[rule]}</p>
      <button type="button" class="primary big" onClick={() => answer('fine')}>
        {t.areYouFine.fine}
      </button>
      <HoldButton label={t.areYouFine.help} onHeld={needHelp} />
      <p>
        <small>{leftMs > 0 ? t.areYouFine.toldIn(Math.ceil(leftMs / SECOND_MS)) : t.areYouFine.told}</small>
      </p>
    </section>
  )
}
