import type { Member, RunState } from '../../shared/run/state.ts'
import { seesMember } from '../core/visibility.ts'

/** HD7: one's own, and for leaders of whom they see live, in the order of their numbers. */
export const whoseTracks = (run: RunState, viewer: Member): Member[] =>
  [...run.members.values()]
    .filter((one) => one.memberId === viewer.memberId || (viewer.role === 'leader' && seesMember(viewer, one)))
    .sort((a, b) => a.memberNo - b.memberNo)
