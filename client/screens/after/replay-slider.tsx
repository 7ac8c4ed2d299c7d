import type { Signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { RouteLine } from '../../../shared/geo/route.ts'
import { TICK_MS } from '../../../shared/replay/thinned.ts'
import { isHelper } from '../../../shared/run/roles.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Replay } from '../../net/replay.ts'
import { membersOf } from '../../state/people.ts'
import { type Extent, msOf, tickOf } from '../../state/replay-at.ts'
import { alongAtTimes, spreadOf } from '../../state/replay-course.ts'
import type { ReplayMoment } from '../../state/replay-moments.ts'
import { useRun } from '../run/running.ts'
import { clockText, distanceText, t } from '../texts.ts'

type ReplaySliderProps = {
  readonly replay: Replay
  readonly extent: Extent
  readonly tick: Signal<number>
  readonly moments: readonly ReplayMoment[]
  readonly line: RouteLine | null
  readonly onSeek: (tick: number) => void
}

const ARROW_TICKS = (10 * SECOND_MS) / TICK_MS
const PAGE_TICKS = (5 * MINUTE_MS) / TICK_MS
const [WIDTH, HEIGHT] = [1_000, 40]
/** Of thousands the curve would take a phone a second, and say little. */
const SPREAD_OF_MAX = 200
const SPREAD_STEPS = 120

/** The time of the run: what happened stands on it, and behind it how long the pack was. */
export function ReplaySlider({ replay, extent, tick, moments, line, onSeek }: ReplaySliderProps) {
  const { fromTick, toTick } = extent
  const spread = useSpread(replay, extent, line)
  const nowMs = msOf(tick.value, replay.fromMs)
  const clock = clockText(nowMs, nowMs)
  const spreadNowM = spread?.[Math.round(shareOf(tick.value, extent) * (SPREAD_STEPS - 1))] ?? Number.NaN
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: tick.value - ARROW_TICKS,
    ArrowDown: tick.value - ARROW_TICKS,
    ArrowRight: tick.value + ARROW_TICKS,
    ArrowUp: tick.value + ARROW_TICKS,
    PageDown: tick.value - PAGE_TICKS,
    PageUp: tick.value + PAGE_TICKS,
    Home: fromTick,
    End: toTick,
  }
  return (
    <div class="replay-time">
      <p class="row spread">
        <strong class="replay-clock">{clock}</strong>
        {!Number.isNaN(spreadNowM) && <small>{t.replay.spread(distanceText(spreadNowM))}</small>}
      </p>
      <div class="replay-track">
        <Marks replay={replay} extent={extent} moments={moments} spread={spread} />
        <input
          type="range"
          min={fromTick}
          max={toTick}
          step={SECOND_MS / TICK_MS}
          value={tick.value}
          aria-label={t.replay.slider}
          aria-valuetext={clock}
          onInput={({ currentTarget }) => onSeek(Number(currentTarget.value))}
          onKeyDown={(event) => {
            const to = keys[event.key]
            if (to === undefined) return
            event.preventDefault()
            onSeek(to)
          }}
        />
      </div>
    </div>
  )
}

const shareOf = (tick: number, { fromTick, toTick }: Extent): number => (tick - fromTick) / (toTick - fromTick)

type MarksProps = Pick<ReplaySliderProps, 'replay' | 'extent' | 'moments'> & { readonly spread: Float32Array | null }

/** What stays as it is while time goes by, drawn once: a long run has hundreds of marks. */
function Marks({ replay, extent, moments, spread }: MarksProps) {
  const { members } = useRun().view.run
  return useMemo(
    () => (
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {spread && <path class="spread" d={curveOf(spread)} />}
        {moments.map((moment) => {
          const x = shareOf(tickOf(moment.atMs, replay.fromMs), extent) * WIDTH
          const isIn = x >= 0 && x <= WIDTH && members.has(moment.memberId)
          return (
            isIn && (
              <line
                key={moment.id}
                class={moment.is === 'asked' && moment.isAlarm ? 'alarmed' : moment.is}
                x1={x}
                x2={x}
                y1={moment.is === 'asked' ? 0 : 10}
                y2={moment.is === 'asked' ? 10 : 18}
              />
            )
          )
        })}
      </svg>
    ),
    [replay, extent, moments, spread, members],
  )
}

/** Reckoned after the first picture, which does not wait for it. */
function useSpread(replay: Replay, { fromTick, toTick }: Extent, line: RouteLine | null): Float32Array | null {
  const { view } = useRun()
  const [spread, setSpread] = useState<Float32Array | null>(null)
  useEffect(() => {
    const afoot = new Set(
      membersOf(view).flatMap(({ role, memberNo }) => (isHelper(role) && role !== 'leader' ? [] : [memberNo])),
    )
    const tracks = replay.tracks.filter(({ memberNo }) => afoot.has(memberNo))
    if (tracks.length < 2 || tracks.length > SPREAD_OF_MAX) return setSpread(null)
    const everyTicks = (toTick - fromTick) / (SPREAD_STEPS - 1)
    const alongs: Float32Array[] = []
    let timer: ReturnType<typeof setTimeout>
    const some = () => {
      const untilMs = performance.now() + 8
      while (alongs.length < tracks.length && performance.now() < untilMs) {
        const track = tracks[alongs.length]
        if (track) alongs.push(alongAtTimes(track, line, fromTick, everyTicks, SPREAD_STEPS))
      }
      if (alongs.length === tracks.length) setSpread(spreadOf(alongs))
      else timer = setTimeout(some)
    }
    timer = setTimeout(some)
    return () => clearTimeout(timer)
  }, [replay, line, fromTick, toTick])
  return spread
}

function curveOf(spread: Float32Array): string {
  const mostM = Math.max(100, ...[...spread].filter((metres) => !Number.isNaN(metres)))
  let isDrawing = false
  let path = ''
  for (const [index, metres] of spread.entries()) {
    if (Number.isNaN(metres)) {
      isDrawing = false
      continue
    }
    const x = (index / (spread.length - 1)) * WIDTH
    path += `${isDrawing ? 'L' : 'M'}${x.toFixed(0)} ${(HEIGHT - (metres / mostM) * (HEIGHT - 20)).toFixed(1)}`
    isDrawing = true
  }
  return path
}
