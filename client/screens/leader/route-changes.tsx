import { useState } from 'preact/hooks'
import { isClosed, LAPS_MAX } from '../../../shared/geo/laps.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import type { ChangeRoute, SharedRoute } from '../../../shared/protocol/http.ts'
import { type CommandId, KM_M, type RouteId } from '../../../shared/units.ts'
import { changeRoute, isRefusal } from '../../net/http-calls.ts'
import { newId } from '../../net/new-id.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Field } from '../parts/field.tsx'
import { useRun } from '../run/running.ts'
import { refusalText, t } from '../texts.ts'

/** The other way round, shorter, or another number of laps: for everybody, at once. */
export function RouteChanges({ routeId, route }: { readonly routeId: RouteId; readonly route: SharedRoute }) {
  const { kept, notice } = useRun()
  const [km, setKm] = useState('')
  const [laps, setLaps] = useState('')
  const atM = Number(km) * KM_M
  const count = Number(laps)
  const mayHaveLaps = route.laps !== undefined || isClosed(routeLine(route.points))

  const make = async (change: ChangeRoute['change']) => {
    const commandId = newId<CommandId>('cmd')
    const answer = await changeRoute(location.origin, kept.seat, { commandId, routeId, change })
    notice.value = isRefusal(answer) ? refusalText(answer) : t.lead.routeTaken
    if (isRefusal(answer)) return
    setKm('')
    setLaps('')
  }
  return (
    <>
      <ConfirmButton label={t.lead.reverse} question={t.lead.changeSure} onYes={() => void make({ kind: 'reverse' })} />
      <div class="row">
        <Field
          label={t.lead.shortenAt}
          type="number"
          min="0.1"
          step="0.1"
          max={(route.lengthM / KM_M).toFixed(1)}
          value={km}
          onText={setKm}
        />
        {atM > 0 && (
          <>
            <ConfirmButton
              label={t.lead.turnThere}
              question={t.lead.changeSure}
              onYes={() => void make({ kind: 'turn-round', atM })}
            />
            <ConfirmButton
              label={t.lead.endThere}
              question={t.lead.changeSure}
              onYes={() => void make({ kind: 'end', atM })}
            />
          </>
        )}
      </div>
      {mayHaveLaps && (
        <div class="row end">
          <Field
            label={t.lead.laps}
            type="number"
            min="1"
            max={LAPS_MAX}
            placeholder={String(route.laps?.count ?? 1)}
            value={laps}
            onText={setLaps}
          />
          {count > 0 && (
            <ConfirmButton
              label={t.lead.setLaps(count)}
              question={t.lead.changeSure}
              onYes={() => void make({ kind: 'laps', laps: count })}
            />
          )}
        </div>
      )}
    </>
  )
}
