import { takesPart } from '../../../shared/run/roles.ts'
import type { Member } from '../../../shared/run/state.ts'
import { initialsOf, nameOf } from '../../state/people.ts'
import { ageMs, isStale, nearnessOf } from '../../state/place-age.ts'
import { alongText } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, clockText, joined, kmText, t, wayText } from '../texts.ts'
import { WantsLine } from './wants-line.tsx'

/** Name, role, how they stand, and how old their place is. */
export function PersonRow({ member }: { readonly member: Member }) {
  const run = useRun()
  const { view, nowMs } = run
  const { memberId, role, status, startNumber } = member
  const name = nameOf(view, memberId)
  const place = view.places.get(memberId)
  const way = nearnessOf(view, view.myId, memberId, nowMs)
  const along = status === 'stopped' ? null : alongText(run, memberId)
  const isOld = !place || isStale(place, nowMs)
  return (
    <span class="person">
      <span class={`initials ${role} ${isOld ? 'stale' : ''}`} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span class="grow">
        <strong>{name}</strong>
        {startNumber && <small> #{startNumber}</small>}
        {memberId === view.myId && <small> ({t.common.you})</small>}
        <br />
        <small>
          {joined([t.roles[role], takesPart(role) && statusText(member)])}
          {way && ` · ${wayText(way)}`}
          {along && ` · ${along}`}
          {isOld && status !== 'stopped' && seenText(member, nowMs)}
        </small>
        <WantsLine member={member} />
      </span>
      <span class={isOld ? 'age stale' : 'age'}>
        {status === 'stopped' || !takesPart(role) ? '' : place ? ageText(ageMs(place, nowMs)) : t.where.never}
      </span>
    </span>
  )
}

/** Whose place is not known may have been seen by somebody. */
function seenText({ seen }: Member, nowMs: number): string {
  if (!seen) return ''
  return ` · ${t.headCount.seenAt(clockText(seen.atMs, nowMs), seen.atM === null ? null : kmText(seen.atM))}`
}

function statusText({ status, pauseReason, stopReason }: Member): string {
  if (status === 'paused' && pauseReason) return `${t.statuses.paused} (${t.pauses[pauseReason].toLowerCase()})`
  if (status === 'stopped' && stopReason) return t.stops[stopReason].toLowerCase()
  return t.statuses[status]
}
