import type { Signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { RouteLine } from '../../../shared/geo/route.ts'
import type { Replay } from '../../net/replay.ts'
import { membersOf, nameOf } from '../../state/people.ts'
import { drawnM, placeAt } from '../../state/replay-at.ts'
import { courseAtM } from '../../state/replay-course.ts'
import { useRun } from '../run/running.ts'
import { joined, kmText, t } from '../texts.ts'

type ReplayPeopleProps = {
  readonly replay: Replay
  readonly tick: Signal<number>
  readonly isPlaying: Signal<boolean>
  readonly line: RouteLine | null
}

const SHOWN_MAX = 200

/** The same as the plan in words; while it plays a list that changes all the time could not be read. */
export function ReplayPeople({ replay, tick, isPlaying, line }: ReplayPeopleProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.replay.where}</summary>
      {isOpen && !isPlaying.value && <List replay={replay} tick={tick.value} line={line} />}
    </details>
  )
}

function List({ replay, tick, line }: { replay: Replay; tick: number; line: RouteLine | null }) {
  const { view } = useRun()
  const tracks = new Map(replay.tracks.map((track) => [track.memberNo, track]))
  const rows = membersOf(view).flatMap(({ memberId, memberNo }) => {
    const track = tracks.get(memberNo)
    if (!track) return []
    const place = placeAt(track, tick)
    const goneM = drawnM(track, tick)
    const alongM = place && (line ? courseAtM(line, place, goneM) : goneM)
    return [{ memberId, name: nameOf(view, memberId), is: place?.is ?? ('unknown' as const), alongM: alongM ?? null }]
  })
  return (
    <ul class="list">
      {rows
        .sort((a, b) => (b.alongM ?? -1) - (a.alongM ?? -1))
        .slice(0, SHOWN_MAX)
        .map(({ memberId, name, is, alongM }) => (
          <li key={memberId}>
            <strong>{name}</strong>{' '}
            <small>{joined([alongM !== null && t.along.about(kmText(alongM)), t.replay[is]], ' · ')}</small>
          </li>
        ))}
    </ul>
  )
}
