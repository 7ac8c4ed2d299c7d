import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { KM_M, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { isDueNow, myDrink } from '../../state/drink.ts'
import { myTimeMs } from '../../state/my-time.ts'
import {
  type FreeProgress,
  freeProgress,
  type Neighbour,
  newerOf,
  type OwnProgress,
  ownProgress,
} from '../../state/own-way.ts'
import { nameOf } from '../../state/people.ts'
import { changeSeat, seatFor } from '../kept.ts'
import { alongText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import {
  ageText,
  BESIDE_M,
  clockText,
  distanceText,
  gapText,
  inText,
  isBeside,
  joined,
  kmText,
  stopwatchText,
  t,
} from '../texts.ts'

const GOAL_MAX_KM = 500

/** What is read at arm's length: how far, how fast, who is next to me, and when I drink; without a route my goal. */
export function MyFigures() {
  const run = useRun()
  const { view, nowMs, outlook, way, kept } = run
  const goalM = seatFor(kept.key)?.goalM ?? null
  const along = ownProgress(view, outlook.value.pack, nowMs)
  const track = way.value
  const own = track && freeProgress(track, goalM, nowMs)
  const pace = newerOf(along, own)
  const free = along ? null : own
  const timeMs = myTimeMs(view, nowMs)
  const drink = nextDrink(run)
  if (!along && !free) return null

  return (
    <section class="figures-card" aria-label={t.progress.heading}>
      <dl class="figures">
        {along && <Figure label={t.figures.along}>{kmText(along.atM)}</Figure>}
        {own && pace === own && <Figure label={t.figures.distance}>{kmText(own.distanceM)}</Figure>}
        <Figure label={t.figures.pace}>{paceNow(pace)}</Figure>
        {timeMs !== null && <Figure label={t.figures.time}>{stopwatchText(timeMs)}</Figure>}
        {along?.ahead && <Figure label={t.figures.front}>{gapNow(along.ahead)}</Figure>}
        {along?.behind && <Figure label={t.figures.back}>{gapNow(along.behind)}</Figure>}
        {drink && <Figure label={t.figures.next}>{drink}</Figure>}
      </dl>
      {along && <AlongLines along={along} run={run} />}
      {free && <FreeLines free={free} goalM={goalM} nowMs={nowMs} />}
    </section>
  )
}

/** How far I mean to go, where no route says it. */
export function MyGoal() {
  const { view, kept } = useRun()
  const [goalM, setGoalM] = useState(() => seatFor(kept.key)?.goalM ?? null)
  if (view.run.head.route) return null
  const keepGoal = (typed: string) => {
    const km = Number(typed)
    const metres = km > 0 && km <= GOAL_MAX_KM ? Math.round(km * KM_M) : null
    setGoalM(metres)
    changeSeat(kept.seat, { goalM: metres })
  }
  return (
    <label class="row spread">
      <span class="grow">{t.progress.goal}</span>
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
  )
}

type FigureProps = { readonly label: string; readonly children: ComponentChildren }

function Figure({ label, children }: FigureProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Of a place that is not quite new no pace: how old it is stands below. */
function paceNow(progress: Pick<FreeProgress, 'ageMs' | 'paceMps'> | null): string {
  if (!progress || progress.ageMs >= MINUTE_MS) return '–'
  return progress.paceMps === null ? t.figures.still : stopwatchText((KM_M / progress.paceMps) * SECOND_MS)
}

/** As short as the others, so that the targets stay in sight: who is beside me stands below. */
const gapNow = ({ gap }: Neighbour): string => (isBeside(gap) ? `< ${distanceText(BESIDE_M)}` : distanceText(gap.gapM))

function nextDrink({ view, nowMs }: Run): string | null {
  const drink = view.run.head.phase === 'live' ? myDrink(view, nowMs) : null
  if (!drink?.due) return null
  const { dueAtMs, dueAtM } = drink.due
  if (isDueNow(drink.due, drink.alongM, nowMs)) return t.figures.now
  return dueAtM === null ? clockText(dueAtMs ?? nowMs, nowMs) : t.along.km(kmText(dueAtM))
}

/** What the figures cannot say: of how much, what is in doubt, who it is, and how old. */
function AlongLines({ along, run }: { readonly along: OwnProgress; readonly run: Run }) {
  const { view, nowMs } = run
  const { lengthM, ahead, behind, end, ageMs } = along
  const neighbours = joined(
    [ahead && neighbourText(run, ahead, t.progress.ahead), behind && neighbourText(run, behind, t.progress.behind)],
    ' · ',
  )
  return (
    <>
      <p class="way">{view.myId && alongText(run, view.myId, { lengthM })}</p>
      {(end || ageMs >= MINUTE_MS) && (
        <p class="hint">
          {joined(
            [ageMs >= MINUTE_MS && t.progress.old(ageText(ageMs)), end && t.progress.end(inText(end, nowMs))],
            ' · ',
          )}
        </p>
      )}
      {neighbours && <p class="hint">{neighbours}</p>}
    </>
  )
}

const neighbourText = ({ view }: Run, { memberId, gap }: Neighbour, text: (name: string, gap: string) => string) =>
  isBeside(gap) ? t.progress.beside(nameOf(view, memberId)) : text(nameOf(view, memberId), gapText(gap))

type FreeProps = { readonly free: FreeProgress; readonly goalM: number | null; readonly nowMs: number }

function FreeLines({ free, goalM, nowMs }: FreeProps) {
  const { goal, ageMs } = free
  return (
    <>
      {ageMs >= MINUTE_MS && <p class="hint">{t.progress.old(ageText(ageMs))}</p>}
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
