/** What a phone would show of a history: the whole run, seen by somebody, with places and wishes on their way. */
import type { RunView, SeenPlace } from '../../client/state/run-view.ts'
import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Command } from '../../shared/run/commands.ts'
import { type Word, wordKey } from '../../shared/run/words.ts'
import type { CommandId, MemberId } from '../../shared/units.ts'
import { type Past, runOf } from './given-run.ts'
import { aidar, dana, lena, madina, mum, START_MS, timur } from './people.ts'

const names: readonly (readonly [MemberId, string])[] = [
  [lena, 'Lena'],
  [aidar, 'Aidar'],
  [madina, 'Madina'],
  [dana, 'Dana'],
  [timur, 'Timur'],
  [mum, 'Mum'],
]

type Seen = {
  readonly by?: MemberId
  readonly places?: readonly (readonly [MemberId, SeenPlace])[]
  readonly waiting?: readonly Command[]
  readonly words?: readonly Word[]
  readonly link?: RunView['link']
}

/** One degree of latitude is some 111 km: 0.001 is a city block. */
export const placed = (northDeg: number, eastDeg: number, takenAtMs = START_MS): SeenPlace => ({
  latitudeDeg: 51.1 + northDeg,
  longitudeDeg: 71.4 + eastDeg,
  takenAtMs,
  accuracyM: 5,
  speedMps: null,
  headingDeg: null,
  progress: null,
})

export function viewOf(
  history: readonly Past[],
  { by = lena, places = [], waiting = [], words = [], link = 'online' }: Seen = {},
): RunView {
  const known = [...names.map(([id, text]) => ({ key: wordKey.name(id), ownerId: id, text })), ...words]
  return {
    link,
    goneReason: null,
    isCaughtUp: true,
    myId: by,
    run: runOf(...history),
    words: PersistentMap.from(known.map((word) => [word.key, word])),
    places: new Map(places),
    counts: null,
    rhythm: null,
    waitingCommands: waiting.map((command, i) => ({ commandId: `cmd_${i}00000000000` as CommandId, command })),
    waitingFixCount: 0,
    receiptAtMs: null,
  }
}
