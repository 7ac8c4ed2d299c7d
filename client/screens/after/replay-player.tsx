import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { routeLine } from '../../../shared/geo/route.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Replay } from '../../net/replay.ts'
import { membersOf, nameOf } from '../../state/people.ts'
import { extentOf, msOf, tickOf } from '../../state/replay-at.ts'
import { momentsIn, replayMoments } from '../../state/replay-moments.ts'
import { useRun } from '../run/running.ts'
import { clockText, t } from '../texts.ts'
import { playing } from './playing.ts'
import { MomentLines } from './replay-moment-lines.tsx'
import { ReplayPeople } from './replay-people.tsx'
import { ReplayPlan } from './replay-plan.tsx'
import { ReplaySlider } from './replay-slider.tsx'

const SPEEDS = [10, 30, 60, 120] as const
/** What happened stays in sight so long by the watch, and at least a minute of the run. */
const SHOWN_MS = 4 * SECOND_MS

/** The whole pack once more, with a slider of time. */
export function ReplayPlayer({ replay }: { readonly replay: Replay }) {
  const { view, route, mine } = useRun()
  const moments = useMemo(() => replayMoments(view).filter(({ atMs }) => atMs <= replay.nowMs), [view.run, replay])
  const momentTicks = useMemo(() => moments.map(({ atMs }) => tickOf(atMs, replay.fromMs)), [moments, replay])
  const extent = useMemo(() => extentOf(replay.tracks, momentTicks), [replay, momentTicks.at(-1)])
  const tick = useSignal(extent?.fromTick ?? 0)
  const isPlaying = useSignal(false)
  const speed = useSignal<(typeof SPEEDS)[number]>(60)
  const followed = useSignal<number | null>(null)
  const points = route.value?.points
  const line = useMemo(() => (points && points.length > 1 ? routeLine(points) : null), [points])
  const shown = useMemo(() => {
    const told = new Set(replay.tracks.map(({ memberNo }) => memberNo))
    return membersOf(view).filter(({ memberNo }) => told.has(memberNo))
  }, [replay, view.run.members])
  const player = useRef<ReturnType<typeof playing> | null>(null)
  useEffect(() => {
    if (!extent) return
    const opened = playing(tick, isPlaying, speed, extent.toTick)
    player.current = opened
    return opened.close
  }, [extent, tick, isPlaying, speed])
  if (!extent) return <p class="hint">{t.replay.nothing}</p>

  const nowMs = msOf(tick.value, replay.fromMs)
  const seek = (to: number) => {
    tick.value = Math.max(extent.fromTick, Math.min(extent.toTick, to))
  }
  const jump = (isForward: boolean) => {
    const times = momentTicks.filter((at) => at >= extent.fromTick && at <= extent.toTick)
    const to = isForward ? times.find((at) => at > tick.value + 1) : times.findLast((at) => at < tick.value - 1)
    if (to !== undefined) seek(to)
  }
  const shownMs = Math.max(MINUTE_MS, SHOWN_MS * speed.value)
  const fromMs = msOf(extent.fromTick, replay.fromMs)
  const { startedAtMs } = view.run.head
  const cameLate =
    mine !== undefined && startedAtMs !== null && fromMs > startedAtMs + 10 * MINUTE_MS && mine.role !== 'leader'
  return (
    <div class="replay">
      {cameLate && <p class="hint">{t.replay.fromHere(clockText(fromMs, fromMs))}</p>}
      <ReplayPlan replay={replay} tick={tick} moments={moments} line={line} followed={followed} />
      {moments.length > 0 && <MomentLines moments={momentsIn(moments, nowMs - shownMs, nowMs)} nowMs={nowMs} />}
      <ReplaySlider replay={replay} extent={extent} tick={tick} moments={moments} line={line} onSeek={seek} />
      <div class="replay-buttons">
        <button type="button" class="quiet" aria-label={t.replay.before} onClick={() => jump(false)}>
          ⏮&#xFE0E;
        </button>
        <button type="button" class="primary grow" onClick={() => player.current?.toggle(extent.fromTick)}>
          {isPlaying.value ? t.replay.pause : t.replay.play}
        </button>
        <button type="button" class="quiet" aria-label={t.replay.next} onClick={() => jump(true)}>
          ⏭&#xFE0E;
        </button>
      </div>
      <fieldset class="choice" aria-label={t.replay.speed}>
        {SPEEDS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={speed.value === each}
            onClick={() => {
              speed.value = each
            }}
          >
            {t.replay.times(each)}
          </button>
        ))}
      </fieldset>
      <label>
        {t.replay.follow}
        <select
          value={followed.value ?? ''}
          onChange={({ currentTarget }) => {
            followed.value = currentTarget.value === '' ? null : Number(currentTarget.value)
          }}
        >
          <option value="">{t.replay.nobody}</option>
          {shown.map(({ memberId, memberNo }) => (
            <option key={memberId} value={memberNo}>
              {nameOf(view, memberId)}
            </option>
          ))}
        </select>
      </label>
      <ReplayPeople replay={replay} tick={tick} isPlaying={isPlaying} line={line} />
      <p class="hint">{t.replay.hollow}</p>
    </div>
  )
}
