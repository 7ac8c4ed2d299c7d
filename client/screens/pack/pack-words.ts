/** The pack in words: for the line above the list, for whoever reads no drawing, and for a mark on the strip. */
import type { PackStrip, StripDoubt, StripPerson } from '../../state/pack-strip.ts'
import type { PackView } from '../../state/pack-view.ts'
import { nameOf } from '../../state/people.ts'
import { type Blob, peopleOf } from '../../state/strip-sheet.ts'
import { alongText } from '../parts/place-text.ts'
import type { Run } from '../run/running.ts'
import { ageText, gapText, joined, kmText, t } from '../texts.ts'

const ONE_BY_ONE_FROM = 3
/** More names nobody reads at a glance. */
const NAMES_MAX = 24

/** From front to back "6 + 11 + 3"; of a field that is strung out "2 + 9 one by one + 3". */
export function sizesText(sizes: readonly number[]): string {
  const parts: string[] = []
  let alone = 0
  const tellAlone = () => {
    if (alone >= ONE_BY_ONE_FROM) parts.push(t.pack.oneByOne(alone))
    else parts.push(...Array.from({ length: alone }, () => '1'))
    alone = 0
  }
  for (const size of sizes) {
    if (size === 1) {
      alone++
      continue
    }
    tellAlone()
    parts.push(String(size))
  }
  tellAlone()
  return parts.join(' + ')
}

/** The strip in one sentence. */
export function stripText({ groups, doubts }: PackStrip): string {
  const [front, back] = [groups[0]?.people[0], groups.at(-1)?.people.at(-1)]
  const doubtful = doubts.length > 0 && `${t.strip.doubts(doubts.length)}.`
  if (!front || !back) return joined([t.strip.nobody, doubtful], ' ')
  const sizes = sizesText(groups.map(({ people }) => people.length))
  return joined([t.strip.sizes(sizes, kmText(front.atM), kmText(back.atM)), doubtful], ' ')
}

export const asidesText = ({ asides }: PackStrip): string =>
  joined(asides.map(({ is, count }) => t.strip.asides[is](count)))

/** "km 11.9–12.1", or one kilometre when that is all. */
export function kmRangeText(fromM: number, toM: number): string {
  const [from, to] = [kmText(fromM), kmText(toM)]
  return from === to ? t.strip.at(from) : t.strip.between(from, to)
}

/** What is to be known of a mark, but for the names. */
export function blobText(blob: Blob): string {
  const people = peopleOf(blob)
  const toAhead = blob.groups[0]?.toAhead
  const count = (is: (person: StripPerson) => boolean) => people.filter(is).length
  const [old, waiting, behind] = [
    count(({ isStale }) => isStale),
    count(({ waits }) => waits !== null),
    count(({ fallsBehind }) => fallsBehind),
  ]
  return joined([
    blob.groups.length > 1 ? sizesText(blob.groups.map((group) => group.people.length)) : t.strip.people(people.length),
    kmRangeText(people.at(-1)?.atM ?? 0, people[0]?.atM ?? 0),
    toAhead && t.strip.behind(gapText(toAhead)),
    behind > 0 && t.strip.fallsBehind(behind),
    waiting > 0 && t.strip.waits(waiting),
    old > 0 && t.strip.old(old),
  ])
}

export function namesText(
  { view }: Run,
  people: readonly { readonly memberId: StripPerson['memberId'] }[],
  most = NAMES_MAX,
): string {
  const names = people.slice(0, most).map(({ memberId }) => nameOf(view, memberId))
  return people.length > most ? `${names.join(', ')} ${t.strip.more(people.length - most)}` : names.join(', ')
}

/** "Bolat: not heard, 3 min, km 12.4". */
export function doubtText(run: Run, { memberId, because, ageMs }: StripDoubt): string {
  const what = because === 'silent' ? `${t.strip.because[because]} ${ageText(ageMs)}` : t.strip.because[because]
  return `${nameOf(run.view, memberId)}: ${joined([what, alongText(run, memberId, { isDoubtTold: false })])}`
}

export function whyNotText(run: Run, { memberId, because, ageMs }: PackView['uncounted'][number]): string {
  switch (because) {
    case 'off-route':
      return t.pack.offRoute
    case 'silent':
      return ageMs === null ? t.where.never : t.pack.unheard(ageText(ageMs))
    case 'unsure':
      return alongText(run, memberId) ?? t.pack.unsure
    case 'not-on-route':
      return t.pack.notOnRoute
    case 'arrived':
      return t.pack.arrived
  }
}
