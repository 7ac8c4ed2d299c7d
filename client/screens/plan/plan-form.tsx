import { useEffect, useRef, useState } from 'preact/hooks'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, planRun } from '../../net/http-calls.ts'
import { fieldOfRefusal, type PlanDraft, planFrom } from '../../state/plan-draft.ts'
import { clubRefusalText } from '../club/club-refusal.ts'
import { organisedClubs } from '../club/kept-clubs.ts'
import { keepSeat, myName, myPhone } from '../kept.ts'
import { navigate } from '../navigate.ts'
import { Field } from '../parts/field.tsx'
import { SelectOne } from '../parts/select-one.tsx'
import { runPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'
import { GroupsPart } from './groups-part.tsx'
import { changeDraft, keptDraft, renewKey } from './kept-draft.ts'
import { isAt, problemText, type Told, TroubleAt } from './part.tsx'
import { PrivacyPart } from './privacy-part.tsx'
import { RoutePart } from './route-part.tsx'
import { WaterPart } from './water-part.tsx'
import { WhenPart } from './when-part.tsx'

const TITLE_MAX = 80

type PlanFormProps = {
  readonly draft: PlanDraft
  readonly createKey: string
  readonly mostDays: number
}

/** What a run begins with; only the name is needed. */
export function PlanForm({ draft, createKey, mostDays }: PlanFormProps) {
  const [told, setTold] = useState<Told | null>(null)
  const [route, setRoute] = useState<SharedRoute | null>(null)
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const clubs = organisedClubs()

  // Whoever is told that a field is wrong stands in it.
  useEffect(() => {
    if (told?.field) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [told])

  const change = (more: Partial<PlanDraft>) => {
    const [changed] = Object.keys(more)
    if (told?.field?.split('.')[0] === changed) setTold(null)
    changeDraft(more)
  }
  const save = async (event: Event) => {
    event.preventDefault()
    const found = planFrom(draft, Date.now(), mostDays)
    if ('field' in found) return setTold({ field: found.field, text: problemText(found.problem) })
    setTold(null)
    setSending(true)
    myName.set(found.plan.leaderName)
    myPhone.set(found.plan.leaderPhone ?? '')
    const answer = await planRun(location.origin, { createKey, ...found.plan })
    setSending(false)
    if (isRefusal(answer)) {
      if (answer.code !== 'retry-later' && answer.code !== 'too-many') renewKey()
      return setTold(toldOf(answer))
    }
    const { watcher, ...others } = answer.invites
    keepSeat({
      key: answer.runId,
      seat: answer.seat,
      title: found.plan.title,
      name: found.plan.leaderName,
      role: 'leader',
      keptAtMs: Date.now(),
      invites: draft.hasWatcherLink ? answer.invites : others,
      usedInvite: null,
      locates: false,
      isDemo: false,
      club: draft.club,
    })
    navigate(runPath(answer.runId))
    keptDraft.value = null
  }

  const part = { draft, change, told }
  return (
    <form class="planning" ref={form} onSubmit={save} noValidate>
      <section class="card">
        <Field
          label={t.start.title}
          value={draft.title}
          maxLength={TITLE_MAX}
          placeholder={t.common.untitled}
          aria-invalid={isAt(told, 'title')}
          onText={(title) => change({ title })}
        >
          <TroubleAt told={told} field="title" />
        </Field>
        <Field
          label={t.start.name}
          name="name"
          autocomplete="name"
          value={draft.name}
          maxLength={NAME_MAX}
          aria-invalid={isAt(told, 'name')}
          onText={(name) => change({ name })}
        >
          <TroubleAt told={told} field="name" />
        </Field>
        <Field
          label={t.start.phone}
          type="tel"
          autocomplete="tel"
          value={draft.phone}
          aria-invalid={isAt(told, 'phone')}
          onText={(phone) => change({ phone })}
        >
          <small>{t.start.phoneHint}</small>
          <TroubleAt told={told} field="phone" />
        </Field>
      </section>
      <WhenPart {...part} />
      <RoutePart {...part} route={route} onRead={setRoute} onTold={setTold} />
      <GroupsPart {...part} />
      <WaterPart {...part} routeM={route?.lengthM ?? null} />
      <PrivacyPart {...part} mostDays={mostDays} />
      {clubs.length > 0 && (
        <section class="card">
          <SelectOne
            label={t.planning.club}
            none={t.planning.noClub}
            all={clubs.map(({ organiser, name }) => [organiser ?? '', name ?? t.club.unnamed])}
            chosen={draft.club}
            onChoose={(club) => change({ club })}
          />
          <TroubleAt told={told} field="club" />
        </section>
      )}
      {told && (
        <p class={told.field ? 'unseen' : 'trouble'} role="alert">
          {told.text}
        </p>
      )}
      <button type="submit" class="primary big" disabled={isSending}>
        {isSending ? t.common.sending : t.start.plan}
      </button>
    </form>
  )
}

function toldOf(refusal: Refusal): Told {
  const field = fieldOfRefusal(refusal)
  if (field === 'route') return { field, text: t.planning.wrongFile }
  if (field === 'again') return { field, text: t.planning.earlierGone }
  if (field === 'club')
    return { field, text: refusal.code === 'malformed' ? t.club.full : clubRefusalText(refusal, t.club.othersOver) }
  return { field, text: refusalText(refusal) }
}
