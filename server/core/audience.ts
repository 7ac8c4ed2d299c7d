/**
 * Who is sent which places. A frame is made once for an audience, not once for a phone: the whole run,
 * a group, all watchers, or one member who sees more or less than a group does.
 */
import { endsLater, isSharing } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import { isHelper } from '../../shared/run/roles.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { seesMember } from './visibility.ts'

/** `run`, `watcher`, `group:<id>`, `group:none` or `one:<memberId>`. */
export type Audience = string

/** VS15: the audience whose frames this seat gets. */
export function audienceOf(run: RunState, viewer: Member): Audience {
  if (viewer.role === 'guardian' || isTold(run, viewer)) return `one:${viewer.memberId}`
  if (viewer.groupId !== null) return `group:${viewer.groupId}`
  if (viewer.role === 'watcher') return 'watcher'
  return isHelper(viewer.role) || run.groups.size === 0 ? 'run' : 'group:none'
}

/** AL8: whose places the audience of this viewer holds: those the viewer folds, and who calls them for help. */
export function isSeenWithPlace(run: RunState, viewer: Member, member: Member): boolean {
  if (viewer.role === 'guardian') return member.memberId === viewer.wardId || leadsWard(run, viewer, member)
  return seesMember(viewer, member) || callsFor(run, viewer).includes(member.memberId)
}

/** VS21: for a child without a phone it is whoever leads them who shows where they are. */
function leadsWard(run: RunState, { wardId }: Member, member: Member): boolean {
  const ward = wardId === null ? undefined : run.members.get(wardId)
  if (!ward || member.role !== 'leader' || isSharing(ward) || ward.status === 'stopped') return false
  return member.groupId === null || member.groupId === ward.groupId
}

/** Somebody outside the viewer's sight called for help near them, or of a helper. */
const isTold = (run: RunState, viewer: Member): boolean =>
  callsFor(run, viewer).some((memberId) => {
    const caller = run.members.get(memberId)
    return caller !== undefined && !seesMember(viewer, caller)
  })

const callsFor = (run: RunState, viewer: Member): MemberId[] =>
  openCalls(run)
    .filter(({ toldIds }) => isHelper(viewer.role) || toldIds.includes(viewer.memberId))
    .map(({ runnerId }) => runnerId)

/** Asked for each seat and member at each tick, and new only when a request is: states are never changed in place. */
const callsOf = new WeakMap<RunState['requests'], readonly Request[]>()

function openCalls(run: RunState): readonly Request[] {
  const known = callsOf.get(run.requests)
  if (known) return known
  const calls = endsLater(run).filter(({ kind }) => isAlarm(kind))
  callsOf.set(run.requests, calls)
  return calls
}
