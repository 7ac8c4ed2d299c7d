/** Who is who in a run, by words a screen can show. */
import type { Role } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import type { RunView } from './run-view.ts'

export const me = (view: RunView): Member | undefined => (view.myId ? view.run.members.get(view.myId) : undefined)

export const titleOf = (view: RunView): string | null => view.words.get(wordKey.title)?.text ?? null

export const phoneOf = (view: RunView, memberId: MemberId): string | null =>
  view.words.get(wordKey.phone(memberId))?.text ?? null

/** The name somebody gave; without one (erased, or not told to this seat) the start number, or a mark that is no name. */
export function nameOf(view: RunView, memberId: MemberId): string {
  const name = view.words.get(wordKey.name(memberId))?.text
  if (name) return name
  const member = view.run.members.get(memberId)
  return `#${member?.startNumber ?? member?.memberNo ?? '?'}`
}

/** Beside a dot there is room for one word of a name. */
const SHORT_LETTERS = 12

export function shortNameOf(name: string): string {
  const letters = [...(name.split(/\s+/u).find(Boolean) ?? name)]
  return letters.length > SHORT_LETTERS ? `${letters.slice(0, SHORT_LETTERS - 1).join('')}…` : letters.join('')
}

/** At most two letters that stand for a name on a dot. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.-]+/u).filter(Boolean)
  const [first = '?', ...others] = words
  if (first.startsWith('#')) return first.slice(1, 3)
  const last = others.at(-1)
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}

const inOrder = new WeakMap<RunView['run']['members'], readonly Member[]>()

/** All who are not removed, by number. Asked many times a second, of thousands: sorted once until somebody changes. */
export function membersOf({ run: { members } }: RunView): readonly Member[] {
  const known = inOrder.get(members)
  if (known) return known
  const sorted = [...members.values()].filter(({ status }) => status !== 'removed')
  sorted.sort((a, b) => a.memberNo - b.memberNo)
  inOrder.set(members, sorted)
  return sorted
}

export const leadersWithPhone = (view: RunView): { readonly name: string; readonly phone: string }[] =>
  membersOf(view).flatMap(({ memberId, role }) => {
    const phone = role === 'leader' && memberId !== view.myId ? phoneOf(view, memberId) : null
    return phone ? [{ name: nameOf(view, memberId), phone }] : []
  })

/** The roles one may invite to by a link that anybody can hand on. */
export const sharedRoles = ['runner', 'cyclist', 'watcher', 'leader'] as const satisfies readonly Role[]
export type SharedRole = (typeof sharedRoles)[number]
