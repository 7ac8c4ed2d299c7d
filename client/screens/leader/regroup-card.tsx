import { useState } from 'preact/hooks'
import { missingGuestCount } from '../../../shared/run/questions.ts'
import { NAME_MAX, wordKey } from '../../../shared/run/words.ts'
import { type GroupId, MINUTE_MS, type RegroupId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { isCrowd } from '../../state/head-count.ts'
import { nameOf } from '../../state/people.ts'
import { type Comer, openRegroups, type RegroupView, regroupView } from '../../state/regroup.ts'
import { nextPlace, type RegroupPlace, regroupPlaces } from '../../state/regroup-places.ts'
import { Field } from '../parts/field.tsx'
import { SelectOne } from '../parts/select-one.tsx'
import { type Run, useRun } from '../run/running.ts'
import { atText, clockText, joined, kmText, t } from '../texts.ts'

const USUAL_IN_MIN = 15
const IN_MAX_MIN = 600
/** More are not drawn each second. */
const SHOWN_MAX = 100

/** Calls all or a group to a place, and tells who is there, who comes when, and who is missing. */
export function RegroupCard() {
  const run = useRun()
  const { view, nowMs, outlook, mine } = run
  const [isOpen, setOpen] = useState(false)
  if (mine?.role !== 'leader' || view.run.head.phase === 'ended' || !isCrowd(view)) return null
  return (
    <section class="card pack" aria-label={t.regroup.heading}>
      {openRegroups(view).map((regroup) => (
        <Called key={regroup.regroupId} run={run} called={regroupView(view, regroup, outlook.value.pack, nowMs)} />
      ))}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.regroup.call}</summary>
        {isOpen && <CallForm onCalled={() => setOpen(false)} />}
      </details>
    </section>
  )
}

/** "the second bridge", and of which group when it is not for all. */
export function placeOfRegroup({ view, nowMs }: Run, { regroup, name }: RegroupView): string {
  const group = regroup.groupId && view.words.get(wordKey.group(regroup.groupId))?.text
  return joined([t.regroup.at(name, clockText(regroup.atMs, nowMs)), group && t.regroup.ofGroup(group)], ' ')
}

function Called({ run, called }: { readonly run: Run; readonly called: RegroupView }) {
  const { view, nowMs, wish } = run
  const { regroup, comers, hereCount, last, missingIds } = called
  const count = (what: Comer['is']) => comers.filter(({ is }) => is === what).length
  const isAllKnown = comers.every(({ is, eta }) => is === 'here' || is === 'not-coming' || eta !== null)
  const guests = regroup.groupId === null ? missingGuestCount(view.run) : 0
  const parts = [
    t.regroup.here(hereCount),
    count('coming') > 0 && t.regroup.coming(count('coming')),
    // Of some nobody knows when they come: then it is not the last one of all.
    last && t.regroup[isAllKnown ? 'last' : 'lastKnown'](nameOf(view, last.memberId), clockText(last.atMs, nowMs)),
    count('passed') > 0 && t.regroup.passed(count('passed')),
    count('unknown') > 0 && t.regroup.unknown(count('unknown')),
    count('not-coming') > 0 && t.regroup.notComing(count('not-coming')),
    guests > 0 && t.regroup.guests(guests),
  ]
  return (
    <details>
      <summary>
        <span>
          <strong>{placeOfRegroup(run, called)}</strong>
          <br />
          <small>{joined(parts)}</small>
          {missingIds.length > 0 && (
            <>
              <br />
              <strong>{t.regroup.missing(missingIds.map((id) => nameOf(view, id)))}</strong>
            </>
          )}
        </span>
      </summary>
      <ul class="list">
        {comers.slice(0, SHOWN_MAX).map((comer) => (
          <li key={comer.memberId} class="row spread">
            <span class="grow">{nameOf(view, comer.memberId)}</span>
            <small>{comerText(comer, nowMs)}</small>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => void wish({ type: 'end-regroup', regroupId: regroup.regroupId })}>
        {t.regroup.over}
      </button>
    </details>
  )
}

function comerText({ is, eta }: Comer, nowMs: number): string {
  if (is === 'here') return t.regroup.isHere
  if (is === 'not-coming') return t.regroup.isNotComing
  if (eta) return atText(eta, nowMs)
  if (is === 'passed') return t.regroup.isPassed
  return is === 'coming' ? t.regroup.isComing : t.regroup.isUnknown
}

function CallForm({ onCalled }: { readonly onCalled: () => void }) {
  const { view, nowMs, mine, route, outlook, phone, wish } = useRun()
  const [minutes, setMinutes] = useState(String(USUAL_IN_MIN))
  const [groupId, setGroupId] = useState<GroupId | null>(null)
  const places = regroupPlaces(view, route.value, nowMs)
  // It stays while they run on: nothing changes under the thumb.
  const [chosen, setChosen] = useState(() => nextPlace(places, outlook.value.pack?.order[0]?.member.progress.atM ?? 0))
  const place = places[Math.min(chosen, places.length - 1)]
  const inMin = Number(minutes)

  const call = async (event: Event) => {
    event.preventDefault()
    if (!place || !(inMin >= 0 && inMin <= IN_MAX_MIN)) return
    const { latestEndMs } = view.run.head
    const answer = await wish({
      type: 'call-regroup',
      regroupId: newId<RegroupId>('rgp'),
      groupId,
      name: toldName(place),
      place: { latitudeDeg: place.place.latitudeDeg, longitudeDeg: place.place.longitudeDeg },
      atM: place.atM,
      atMs: Math.round(Math.min(latestEndMs, phone.nowMs() + inMin * MINUTE_MS)),
    })
    if (answer.ok) onCalled()
  }
  const toldName = (each: RegroupPlace): string =>
    each.is !== 'here'
      ? nameOfPlace(each)
      : each.atM === null
        ? t.regroup.byLeader(mine ? nameOf(view, mine.memberId).slice(0, NAME_MAX / 2) : '')
        : t.along.km(kmText(each.atM))
  if (!place) return <p class="hint">{t.where.nobody}</p>
  return (
    <form onSubmit={call}>
      <SelectOne
        label={t.regroup.place}
        all={places.map((each, i) => [
          String(i),
          each.atM === null ? nameOfPlace(each) : t.regroup.passedAt(nameOfPlace(each), kmText(each.atM)),
        ])}
        chosen={String(chosen)}
        onChoose={(i) => setChosen(Number(i))}
      />
      <Field
        label={t.regroup.inMinutes}
        class="short"
        type="number"
        min="0"
        max={IN_MAX_MIN}
        value={minutes}
        onText={setMinutes}
      />
      {view.run.groups.size > 0 && (
        <SelectOne
          label={t.regroup.whom}
          none={t.regroup.everybody}
          all={[...view.run.groups.values()].map((each) => [
            each.groupId,
            view.words.get(wordKey.group(each.groupId))?.text,
          ])}
          chosen={groupId}
          onChoose={setGroupId}
        />
      )}
      <button type="submit">{groupId === null ? t.regroup.call : t.regroup.callGroup}</button>
    </form>
  )
}

const nameOfPlace = ({ is, name }: RegroupPlace): string =>
  (is === 'named' ? (name ?? '') : is === 'end' ? t.regroup.end : t.regroup.whereIAm).slice(0, NAME_MAX)
