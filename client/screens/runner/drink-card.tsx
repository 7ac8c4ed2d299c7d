import { useState } from 'preact/hooks'
import type { DrinkPlan } from '../../../shared/run/drink.ts'
import { GEL_G } from '../../../shared/supply/carry-list.ts'
import { type DrinkForm, drinkFormOf, isDueNow, type MyDrink, myDrink, planOf } from '../../state/drink.ts'
import { Choice } from '../parts/choice.tsx'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Field } from '../parts/field.tsx'
import { useRun } from '../run/running.ts'
import { clockText, kmText, t } from '../texts.ts'

const MINUTES = [10, 15, 20, 30, 45]
const KILOMETRES = [2, 3, 4, 5, 8]
const AMOUNTS_ML = [100, 150, 200, 300, 500]
/** Advised to most; more is for who has set it. */
const ADVISED_CARB_G = 60
const MINUTES_PER_H = 60

/** What was taken, in neutral words; the next drink by my own plan; and "I have drunk". */
export function DrinkCard() {
  const { view, nowMs, wish } = useRun()
  const [isOpen, setOpen] = useState(false)
  const drink = myDrink(view, nowMs)
  if (!drink) return null
  const { plan, takenLastHourMl, isSending } = drink
  const isLive = view.run.head.phase === 'live'
  const carbGPerH = plan?.carbGPerH ?? null
  const drinkMl = plan?.drinkMl ?? drinkFormOf(null).drinkMl
  const next = nextText(drink, nowMs)
  return (
    <section class={isLive && plan ? 'card' : 'card pack'} aria-label={t.drink.heading}>
      {isLive && plan && (
        <>
          <p>{takenLastHourMl > 0 ? t.drink.taken(takenLastHourMl) : t.drink.noneTaken}</p>
          {next && <p>{next}</p>}
          {carbGPerH !== null && <p>{t.drink.carbSet(carbGPerH, Math.round((GEL_G / carbGPerH) * MINUTES_PER_H))}</p>}
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'have-drunk', drinkMl })}>
            {t.drink.have(drinkMl)}
          </button>
        </>
      )}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.drink.heading}</summary>
        <PlanForm drink={drink} onKept={() => setOpen(false)} />
      </details>
    </section>
  )
}

function nextText({ due, alongM }: MyDrink, nowMs: number): string | null {
  if (!due) return null
  const { dueAtMs, dueAtM } = due
  if (isDueNow(due, alongM, nowMs)) return t.drink.nextNow
  return dueAtM === null ? t.drink.nextAt(clockText(dueAtMs ?? nowMs, nowMs)) : t.drink.nextKm(kmText(dueAtM))
}

function PlanForm({ drink, onKept }: { readonly drink: MyDrink; readonly onKept: () => void }) {
  const { view, mine, wish } = useRun()
  const [form, setForm] = useState<DrinkForm>(() => drinkFormOf(drink.plan))
  const { mayPlanCarb } = drink
  const plan = planOf(form, mayPlanCarb)
  const change = (more: Partial<DrinkForm>) => setForm({ ...form, ...more })
  const { heat } = view.run.head

  const keep = (kept: DrinkPlan | null) => {
    void wish({ type: 'set-drink-plan', plan: kept })
    onKept()
  }
  const save = (event: Event) => {
    event.preventDefault()
    if (plan) keep(plan)
  }
  return (
    <form onSubmit={save}>
      <p class="hint">{t.drink.counted}</p>
      {heat !== 'mild' && <p class="hint">{t.drink.heat(t.carry.heats[heat])}</p>}
      <Choice
        legend={t.drink.by}
        all={['time', 'distance'] as const}
        chosen={form.by}
        text={(by) => (by === 'time' ? t.drink.byTime : t.drink.byDistance)}
        onChoose={(by) => change({ by })}
      />
      {form.by === 'time' ? (
        <Choice
          legend={t.drink.every}
          all={MINUTES}
          chosen={form.everyMin}
          text={t.drink.minutes}
          onChoose={(everyMin) => change({ everyMin })}
        />
      ) : (
        <Choice
          legend={t.drink.every}
          all={KILOMETRES}
          chosen={form.everyKm}
          text={t.drink.km}
          onChoose={(everyKm) => change({ everyKm })}
        />
      )}
      <Choice
        legend={t.drink.howMuch}
        all={AMOUNTS_ML}
        chosen={form.drinkMl}
        text={t.drink.ml}
        onChoose={(drinkMl) => change({ drinkMl })}
      />
      {mayPlanCarb ? (
        <Field
          label={t.drink.carb}
          class="short"
          type="number"
          inputMode="numeric"
          min="10"
          max="120"
          value={form.carb}
          aria-invalid={plan === null}
          onText={(carb) => change({ carb })}
        >
          {plan === null && <small>{t.drink.carbWrong}</small>}
          {(plan?.carbGPerH ?? 0) > ADVISED_CARB_G && <small>{t.drink.carbMuch}</small>}
        </Field>
      ) : (
        <p class="hint">{t.drink.noCarb}</p>
      )}
      <button type="submit" class="primary">
        {t.drink.save}
      </button>
      {drink.plan && (
        <button type="button" onClick={() => keep(null)}>
          {t.drink.none}
        </button>
      )}
      {mine && !mine.isMinor && (
        <ConfirmButton
          label={t.drink.minor}
          question={t.drink.minorSure}
          onYes={() => void wish({ type: 'set-minor', memberId: mine.memberId, isMinor: true })}
        />
      )}
    </form>
  )
}
