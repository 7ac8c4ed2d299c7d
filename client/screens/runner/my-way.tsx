import { useState } from 'preact/hooks'
import { KM_M, MINUTE_MS } from '../../../shared/units.ts'
import { type FreeProgress, freeProgress, type Neighbour, type OwnProgress, ownProgress } from '../../state/own-way.ts'
import { nameOf } from '../../state/people.ts'
import { changeSeat, seatFor } from '../kept.ts'
import { alongText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, gapText, inText, isBeside, joined, kmText, paceText, t } from '../texts.ts'

const GOAL_MAX_KM = 500

/** Where I am along the route, my pace and my neighbours; without a route how far I have come, and my goal. */
export function MyWay() {
  const run = useRun()
  const { view, nowMs, outlook, way, kept } = run
  const [goalM, setGoalM] = useState(() => seatFor(kept.key)?.goalM ?? null)
  const along = ownProgress(view, outlook.value.pack, nowMs)
  const free = along || !way.value ? null : freeProgress(way.value, goalM, nowMs)
  if (!along && !free) return null

  const keepGoal = (typed: string) => {
    const km = Number(typed)
    const metres = km > 0 && km <= GOAL_MAX_KM ? Math.round(km * KM_M) : null
    setGoalM(metres)
    changeSeat(kept.seat, { goalM: metres })
  }
  return (
    <section class="card my-way" aria-label={t.progress.heading}>
      {along && <Along along={along} run={run} />}
      {free && <Free free={free} goalM={goalM} nowMs={nowMs} />}
      {free && (
        <label class="row spread">
          <small class="grow">{t.progress.goal}</small>
          <input
            class="short"
            type="number"
            inputMode="decimal"
            min="0"
            max={GOAL_MAX_KM}
            step="any"
            value={goalM === null ? '' : goalM / KM_M}
            onChange={(event) => keepGoal(event.currentTarget.value)}
          />
        </label>
      )}
    </section>
  )
}

function Along({ along, run }: { readonly along: OwnProgress; readonly run: Run }) {
  const { view, nowMs } = run
  const { lengthM, ahead, behind, end } = along
  const neighbours = joined(
    [ahead && neighbourText(run, ahead, t.progress.ahead), behind && neighbourText(run, behind, t.progress.behind)],
    ' · ',
  )
  return (
    <>
      <p class="way">{view.myId && alongText(run, view.myId, { lengthM })}</p>
      <p>{joined([paceNow(along), end && t.progress.end(inText(end, nowMs))], ' · ')}</p>
      {neighbours && <p class="hint">{neighbours}</p>}
    </>
  )
}

const neighbourText = ({ view }: Run, { memberId, gap }: Neighbour, text: (name: string, gap: string) => string) =>
  isBeside(gap) ? t.progress.beside(nameOf(view, memberId)) : text(nameOf(view, memberId), gapText(gap))

type FreeProps = { readonly free: FreeProgress; readonly goalM: number | null; readonly nowMs: number }

function Free({ free, goalM, nowMs }: FreeProps) {
  const { distanceM, goal } = free
  return (
    <>
      <p class="way">
        {t.progress.soFar(t.distance.km(kmText(distanceM)))} · {paceNow(free)}
      </p>
      {goal && goalM !== null && (
        <p>
          {goal.remainingM === 0
            ? t.progress.reached(t.distance.km(kmText(goalM)))
            : t.progress.toGo(t.distance.km(kmText(goal.remainingM)), goal.arrival && inText(goal.arrival, nowMs))}
        </p>
      )}
    </>
  )
}

/** Of a place that is not quite new its age, and no pace. */
function paceNow({ ageMs, paceMps }: Pick<FreeProgress, 'ageMs' | 'paceMps'>): string {
  if (ageMs >= MINUTE_MS) return t.progress.old(ageText(ageMs))
  return paceMps === null ? t.progress.standing : paceText(paceMps)
}
