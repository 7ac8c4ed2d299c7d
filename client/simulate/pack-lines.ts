/** A moment of the pack as lines for people. */
import type { Progress } from '../../shared/geo/progress/progress.ts'
import type { Doubt, Gap, PackMember } from '../../shared/pack/pack.ts'
import { KM_M, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { PackMoment } from './pack-replay.ts'

/** Two fixes have not come that should have. */
const GUESSED_AFTER_MS = 15 * SECOND_MS

/** The sentence of the moment, then a line each for the order, for those whose place is doubtful, and for who falls behind. */
export function packLines({ atMs, pack, clusters, stragglers, elsewhere }: PackMoment): string[] {
  const all = [
    ...pack.order.map(({ member }) => member.memberId),
    ...pack.doubtful.map(({ member }) => member.memberId),
  ]
  const nameWidth = Math.max(0, ...all.map(({ length }) => length))
  const sizes = clusters.map(({ length }) => length).join(' + ')
  const apart = pack.spread && pack.order.length > 1 ? `, ${gapText(pack.spread)} apart` : ''
  const doubtfulCount = pack.doubtful.length + elsewhere.length
  const doubtful = doubtfulCount > 0 ? `${sizes ? ', ' : ''}${doubtfulCount} in doubt` : ''
  return [
    `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}  ${sizes}${apart}${doubtful}`,
    ...pack.order.map(({ member, toAhead }, index) =>
      `${String(index + 1).padStart(4)}  ${placeText(member)}  ${gapColumns(toAhead)}  ${motionText(member.progress)}`.trimEnd(),
    ),
    ...pack.doubtful.map(({ member, doubt }) => `   ?  ${placeText(member)}  ${doubtText(member, doubt)}`),
    ...elsewhere.map((memberId) => `   ?  ${memberId}, not on the route yet`),
    ...stragglers.map(({ memberId, behind, growthMs }) => {
      const more = growthMs === null ? '' : `, ${minutesText(growthMs)} more than 5 min ago`
      return `      ${memberId} falls behind: ${gapText(behind)} behind the pack${more}`
    }),
  ]

  function placeText({ memberId, progress }: PackMember): string {
    return `${memberId.padEnd(nameWidth)}  ${kmText(progress.atM).padStart(10)}`
  }
}

const DOUBTS: Readonly<Record<Doubt, string>> = { 'off-route': 'off route', silent: 'silent', unsure: 'unsure' }

function doubtText({ progress }: PackMember, doubt: Doubt): string {
  const { rival, atMs, takenAtMs } = progress
  const age = doubt === 'silent' ? ` for ${minutesText(atMs - takenAtMs)}` : ''
  return `${DOUBTS[doubt]}${age}${rival ? `, or at ${kmText(rival.atM)}?` : ''}`
}

function motionText({ speedMps, isStopped, isWrongWay, rival, atMs, takenAtMs }: Progress): string {
  const paceMs = (KM_M / Math.abs(speedMps)) * SECOND_MS
  const isStill = isStopped || paceMs > 60 * MINUTE_MS
  const ageMs = atMs - takenAtMs
  const guessed = ageMs > GUESSED_AFTER_MS ? `guessed, no fix for ${minutesText(ageMs)}` : ''
  const marks = [guessed, isWrongWay ? 'wrong way' : '', rival ? `or at ${kmText(rival.atM)}?` : '']
  return [isStill ? 'stands' : `${minutesText(paceMs)}/km`, ...marks.filter((mark) => mark !== '')].join(', ')
}

function gapColumns(gap: Gap | null): string {
  const [metres, time] = gap ? [`+${Math.round(gap.gapM)} m`, `+${timeText(gap)}`] : ['', '']
  return `${metres.padStart(8)}  ${time.padStart(8)}`
}

const gapText = (gap: Gap): string => `${Math.round(gap.gapM)} m / ${timeText(gap)}`
/** With `~` where it is computed by pace. */
const timeText = ({ gapMs, isByPace }: Gap): string =>
  gapMs === null ? '?' : `${isByPace ? '~' : ''}${minutesText(gapMs)}`
const kmText = (metres: number): string => `${(metres / KM_M).toFixed(3)} km`

/** `m:ss`, from an hour on `h:mm:ss`. */
function minutesText(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / SECOND_MS)
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, String(seconds % 60).padStart(2, '0')]
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`
}
