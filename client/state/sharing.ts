/** Whether my place is shared: what the run says, and what was tapped since and waits for the network. */
import { isSharing } from '../../shared/run/questions.ts'
import { me } from './people.ts'
import type { RunView } from './run-view.ts'

/** `starting`, `stopping`: tapped here, not yet answered. */
export type Sharing = 'off' | 'starting' | 'on' | 'stopping'

export function sharingOf(view: RunView): Sharing {
  const mine = me(view)
  const isOn = mine !== undefined && isSharing(mine)
  const last = view.waitingCommands.findLast(
    ({ command }) =>
      command.type === 'start-sharing' ||
      command.type === 'stop-sharing' ||
      command.type === 'erase-me' ||
      (command.type === 'stop' && command.memberId === view.myId),
  )
  if (!last) return isOn ? 'on' : 'off'
  if (last.command.type === 'start-sharing') return isOn ? 'on' : 'starting'
  return isOn ? 'stopping' : 'off'
}

/** Consent counts from the tap, and so does its end. */
export const mayLocate = (view: RunView): boolean => {
  const sharing = sharingOf(view)
  return sharing === 'on' || sharing === 'starting'
}
