import { Field } from '../parts/field.tsx'
import { t } from '../texts.ts'
import { Folded, isAt, type PartProps, TroubleAt } from './part.tsx'

type PrivacyPartProps = PartProps & {
  /** For how long the house keeps a run. */
  readonly mostDays: number
}

export function PrivacyPart({ draft, change, told, mostDays }: PrivacyPartProps) {
  return (
    <Folded heading={t.planning.privacy} fields={['hasWatcherLink', 'days']} told={told}>
      <p>{t.planning.privacyText}</p>
      <label class="row nowrap-row">
        <input
          type="checkbox"
          checked={draft.hasWatcherLink}
          onChange={(event) => change({ hasWatcherLink: event.currentTarget.checked })}
        />
        <span class="grow">{t.planning.watchers}</span>
      </label>
      <Field
        label={t.planning.days(mostDays)}
        type="number"
        min="1"
        max={mostDays}
        placeholder={String(mostDays)}
        value={draft.days}
        aria-invalid={isAt(told, 'days')}
        onText={(days) => change({ days })}
      >
        <TroubleAt told={told} field="days" />
      </Field>
    </Folded>
  )
}
