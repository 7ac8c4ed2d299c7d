import { ageMs } from '../../state/place-age.ts'
import type { SeenPlace } from '../../state/run-view.ts'
import { coordinates, nearText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'

/** What to tell a rescuer: coordinates, and the nearest place that has a name. */
export function WhereIAm() {
  const run = useRun()
  const here = myPlace(run)
  if (!here) return <p class="card">{t.help.noPlace}</p>
  const point = nearText(run.route.value?.namedPoints ?? [], here)
  return (
    <div class="card here">
      <small>{t.help.here}</small>
      <p class="coordinates">{coordinates(here)}</p>
      <p>
        {here.accuracyM !== null && `${t.help.accuracy(Math.round(here.accuracyM))} · `}
        {t.age.ago(ageText(ageMs(here, run.nowMs)))}
      </p>
      {point && (
        <p>
          <strong>{point}</strong>
        </p>
      )}
    </div>
  )
}

/** This phone's own fix is newer than what the server tells of it. */
export function myPlace({ locating, view }: Run): SeenPlace | null {
  const state = locating.value
  const fix = state.is === 'found' ? state.fix : state.is === 'trouble' ? state.last : null
  if (!fix) return (view.myId && view.places.get(view.myId)) || null
  const { latitudeDeg, longitudeDeg, takenAtMs, accuracyM = null } = fix
  return { latitudeDeg, longitudeDeg, takenAtMs, accuracyM, speedMps: null, headingDeg: null, progress: null }
}
