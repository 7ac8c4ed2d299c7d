import { type Guarded, guardedBy } from '../../state/guarded.ts'
import { initialsOf, nameOf, phoneOf } from '../../state/people.ts'
import { Reach } from '../pack/reach.tsx'
import { KindIcon } from '../parts/kind-icon.tsx'
import { alongText, coordinates, nearText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, clockText, joined, piecesText, t } from '../texts.ts'
import { Ground } from '../where/ground.tsx'

/** One child, as honestly as it is known: where, how long ago, what they ask for, and whom to call. */
export function GuardScreen() {
  const run = useRun()
  const { view, nowMs, mine } = run
  if (!mine) return <p role="status">{t.common.loading}</p>
  const guarded = guardedBy(view, nowMs)
  if (!guarded) return <p class="empty">{t.guard.gone}</p>
  const name = nameOf(view, guarded.ward.memberId)
  return (
    <div class="guard">
      <section class="guard-who" aria-labelledby="guarded">
        <div class="row">
          <span class={`initials ${guarded.isOld || !guarded.place ? 'stale' : guarded.ward.role}`} aria-hidden="true">
            {initialsOf(name)}
          </span>
          <h2 id="guarded" class="grow">
            {name} <small>{standingText(guarded)}</small>
          </h2>
        </div>
        <Age guarded={guarded} run={run} />
      </section>
      {guarded.ward.status !== 'stopped' && (
        <section class="guard-ground" aria-label={t.where.heading}>
          <Ground />
        </section>
      )}
      <section class="card" aria-labelledby="wants">
        <h2 id="wants">{t.guard.wants}</h2>
        {guarded.wants.length === 0 && <p>{t.guard.nothing}</p>}
        {guarded.wants.map(({ request: { requestId, kind, quantity, raisedAtMs, endedAtMs }, holder }) => (
          <div key={requestId} class="row">
            <KindIcon kind={kind} />
            <p class="grow">
              {endedAtMs !== null
                ? t.where.got(piecesText(kind, quantity), holder)
                : holder
                  ? t.where.brings(piecesText(kind, quantity), holder)
                  : t.where.wants(piecesText(kind, quantity), ageText(Math.max(0, nowMs - raisedAtMs)))}
            </p>
          </div>
        ))}
      </section>
      <Leaders ids={guarded.leaderIds} />
    </div>
  )
}

function Leaders({ ids }: { readonly ids: Guarded['leaderIds'] }) {
  const { view } = useRun()
  if (ids.length === 0) return null
  return (
    <section class="card" aria-labelledby="leaders">
      <h2 id="leaders">{t.guard.leaders}</h2>
      {ids.map((memberId) => (
        <div key={memberId}>
          <p>
            <strong>{nameOf(view, memberId)}</strong>
            {!phoneOf(view, memberId) && <small> · {t.guard.noLeaderPhone}</small>}
          </p>
          <div class="row">
            <Reach memberId={memberId} />
          </div>
        </div>
      ))}
    </section>
  )
}

/** The age stands larger than all else: an old place must not look like a new one. */
function Age({ guarded, run }: { readonly guarded: Guarded; readonly run: Run }) {
  const { view, nowMs, route } = run
  const { ward, place, placeOfId, ageMs, isOld } = guarded
  const seen = ward.seen && ward.status !== 'stopped' && t.guard.seen(clockText(ward.seen.atMs, nowMs))
  if (ward.status === 'stopped') return null
  if (!place || ageMs === null || !placeOfId)
    return (
      <>
        <p class="guard-age old">{t.guard.noPlace}</p>
        {seen && <p>{seen}</p>}
      </>
    )
  const near = nearText(route.value?.namedPoints ?? [], place)
  return (
    <>
      {placeOfId !== ward.memberId && <p>{t.guard.byLeader(nameOf(view, placeOfId))}</p>}
      <p class={isOld ? 'guard-age old' : 'guard-age'}>{t.guard.last(ageText(ageMs))}</p>
      <p>{joined([alongText(run, placeOfId), near ?? coordinates(place)], ' · ')}</p>
      {isOld && <p class="trouble">{t.guard.old}</p>}
      {seen && <p>{seen}</p>}
    </>
  )
}

function standingText({ ward: { status, stopReason, pauseReason } }: Guarded): string {
  if (status === 'stopped' && stopReason) return t.stops[stopReason].toLowerCase()
  if (status === 'paused' && pauseReason) return `${t.statuses.paused} (${t.pauses[pauseReason].toLowerCase()})`
  return t.statuses[status]
}
