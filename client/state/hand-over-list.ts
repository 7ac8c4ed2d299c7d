/** To whom a helper may hand something: those they look for, the nearest first. */
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { findPeople } from './find-people.ts'
import { membersOf, nameOf } from './people.ts'
import { type Nearness, nearnessOf } from './place-age.ts'
import type { RunView } from './run-view.ts'

export type HandOverChoice = { readonly member: Member; readonly name: string; readonly way: Nearness | null }

/** `find`: part of a name or the start number; empty for everybody. */
export function handOverList(view: RunView, find: string, nowMs: number): HandOverChoice[] {
  const runners = membersOf(view).filter(
    ({ memberId, role, status }) => memberId !== view.myId && takesPart(role) && status !== 'stopped',
  )
  return findPeople(view, runners, find)
    .map((member) => ({
      member,
      name: nameOf(view, member.memberId),
      way: nearnessOf(view, view.myId, member.memberId, nowMs),
    }))
    .sort((a, b) => (a.way?.distanceM ?? Number.MAX_VALUE) - (b.way?.distanceM ?? Number.MAX_VALUE))
}
