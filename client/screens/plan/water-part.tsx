import { heats } from '../../../shared/run/drink.ts'
import { CARRIES_BOTTLES } from '../../../shared/supply/carry-list.ts'
import { draftCarry } from '../../state/plan-draft.ts'
import { Choice } from '../parts/choice.tsx'
import { Field } from '../parts/field.tsx'
import { t } from '../texts.ts'
import { Folded, isAt, type PartProps, TroubleAt } from './part.tsx'

type WaterPartProps = PartProps & {
  /** `null`: without a route. */
  readonly routeM: number | null
}

export function WaterPart({ draft, change, told, routeM }: WaterPartProps) {
  const carry = draftCarry(draft, routeM)
  return (
    <Folded heading={t.planning.water} fields={['heat', 'runners', 'helpers']} told={told}>
      <Choice
        legend={t.carry.heat}
        all={heats}
        chosen={draft.heat}
        text={(heat) => t.carry.heats[heat]}
        onChoose={(heat) => change({ heat })}
      />
      <Field
        label={t.planning.runners}
        type="number"
        min="1"
        value={draft.runners}
        onText={(runners) => change({ runners })}
      />
      {carry && (
        <p>
          {t.planning.carry}: <strong>{t.carry.needs(carry.bottles, carry.gels, carry.saltTablets)}</strong>.{' '}
          {t.planning.bikes(Math.ceil(carry.bottles / CARRIES_BOTTLES.bike))}
        </p>
      )}
      <Field
        label={t.planning.helpers}
        type="number"
        min="0"
        value={draft.helpers}
        aria-invalid={isAt(told, 'helpers')}
        onText={(helpers) => change({ helpers })}
      >
        <TroubleAt told={told} field="helpers" />
      </Field>
      <small>{t.planning.drinkHint}</small>
    </Folded>
  )
}
