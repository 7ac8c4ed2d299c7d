import { type AlertRule, alertRuleNames, isAlertOn } from '../../../shared/run/alerts.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

/** Which rules watch over this run: one tap each. */
export function AlertRules() {
  const { view, wish } = useRun()
  const { heat, alertsOff } = view.run.head
  const turned = (rule: AlertRule) =>
    alertsOff.includes(rule) ? alertsOff.filter((other) => other !== rule) : [...alertsOff, rule]
  return (
    <details class="card">
      <summary>{t.alerts.watch}</summary>
      <fieldset class="choice">
        <legend>{t.alerts.watchLong}</legend>
        {alertRuleNames.map((rule) => (
          <button
            key={rule}
            type="button"
            aria-pressed={isAlertOn(view.run.head, rule)}
            onClick={() => void wish({ type: 'set-conditions', heat, alertsOff: turned(rule) })}
          >
            {t.alerts.ruleNames[rule]}
          </button>
        ))}
      </fieldset>
    </details>
  )
}
