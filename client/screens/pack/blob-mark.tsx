import type { StripPerson } from '../../state/pack-strip.ts'
import { type Blob, peopleOf } from '../../state/strip-sheet.ts'
import { distanceText, gapText, isBeside } from '../texts.ts'
import { blobText } from './pack-words.ts'

/** Text of a gap takes about so much; where there is less room, the distance alone, or nothing. */
const GAP_PX = { full: 92, short: 50 }

type BlobMarkProps = {
  readonly blob: Blob
  readonly inFront: Blob | undefined
  readonly isChosen: boolean
  readonly y: number
  readonly gapY: number
  readonly lineY: number
  readonly name: (people: readonly StripPerson[]) => string
}

/** A group: as long as it is, with its count; who waits, who falls behind and what is old can be told without colours. */
export function BlobMark({ blob, inFront, isChosen, y, gapY, lineY, name }: BlobMarkProps) {
  const { fromX, toX, radiusPx: r } = blob
  const people = peopleOf(blob)
  const middleX = (fromX + toX) / 2
  const waits = people.some((person) => person.waits === 'open')
    ? 'open'
    : people.some((person) => person.waits === 'claimed') && 'claimed'
  const isOld = people.every(({ isStale }) => isStale)
  const fallsBehind = people.some((person) => person.fallsBehind)
  const marks = ['strip-group', isOld && 'old', fallsBehind && 'behind', isChosen && 'chosen']
  return (
    <g class={marks.filter(Boolean).join(' ')}>
      <title>
        {blobText(blob)}: {name(people)}
      </title>
      {inFront && <GapText inFront={inFront} blob={blob} y={gapY} />}
      <path class="strip-foot" d={`M${fromX} ${lineY - 4} L${middleX} ${y + r - 2} L${toX} ${lineY - 4}`} />
      {isChosen && (
        <rect
          class="strip-ring"
          x={fromX - r - 4}
          y={y - r - 4}
          width={toX - fromX + 2 * r + 8}
          height={2 * r + 8}
          rx={r + 4}
        />
      )}
      <rect class="strip-body" x={fromX - r} y={y - r} width={toX - fromX + 2 * r} height={2 * r} rx={r} />
      {fallsBehind && <path class="strip-tail" d={`M${fromX - r - 9} ${y} l8 -7 v14 z`} />}
      <text x={middleX} y={y}>
        {people.length}
      </text>
      {waits && (
        <path
          class={`strip-waits ${waits}`}
          transform={`translate(${toX + r * 0.75} ${y - r * 0.8})`}
          d="M0 -8 C4 -3 6 -1 6 3 a6 6 0 0 1 -12 0 C-6 -1 -4 -3 0 -8z"
        />
      )}
    </g>
  )
}

function GapText({ inFront, blob, y }: { readonly inFront: Blob; readonly blob: Blob; readonly y: number }) {
  const toAhead = blob.groups[0]?.toAhead
  const roomPx = inFront.fromX - blob.toX
  if (!toAhead || isBeside(toAhead) || roomPx < GAP_PX.short) return null
  return (
    <text class="strip-gap" x={(inFront.fromX + blob.toX) / 2} y={y}>
      {roomPx >= GAP_PX.full ? gapText(toAhead) : distanceText(toAhead.gapM)}
    </text>
  )
}
