import { effect, type Signal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { RouteLine } from '../../../shared/geo/route.ts'
import type { Replay } from '../../net/replay.ts'
import { initialsOf, membersOf, nameOf, shortNameOf } from '../../state/people.ts'
import { cameraOn } from '../../state/plan-camera.ts'
import { cornersOf, msOf } from '../../state/replay-at.ts'
import { type ReplayMoment, waitingAt } from '../../state/replay-moments.ts'
import { useRun } from '../run/running.ts'
import { clockText, t } from '../texts.ts'
import { onTheme } from './colours.ts'
import { type Drawn, drawGround, drawPeople, type Painted } from './replay-drawing.ts'
import { useSize } from './sheet-size.ts'

type ReplayPlanProps = {
  readonly replay: Replay
  readonly tick: Signal<number>
  readonly moments: readonly ReplayMoment[]
  readonly line: RouteLine | null
  /** A member's number. */
  readonly followed: Signal<number | null>
}

const MARGIN_PX = 24
const SHARPEST = 2
const RESTS_MS = 300

/** Everybody at a moment. Drawn apart from the page: sixty times a second, or for thousands, elements are too many. */
export function ReplayPlan({ replay, tick, moments, line, followed }: ReplayPlanProps) {
  const { view, route } = useRun()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const label = useRef<HTMLParagraphElement>(null)
  const size = useSize(box)
  const people = useMemo(() => drawnPeople(), [replay, view.run.members, view.words])
  const camera = useMemo(
    () => cameraOn([...(line?.points ?? []), ...cornersOf(replay.tracks)], { ...size, marginPx: MARGIN_PX }),
    [replay, line, size.widthPx, size.heightPx],
  )

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || !camera) return
    const scale = Math.min(SHARPEST, devicePixelRatio || 1)
    element.width = Math.round(size.widthPx * scale)
    element.height = Math.round(size.heightPx * scale)
    let ground = drawGround({ camera, size, scale, line, named: route.value?.namedPoints ?? [] }, element)
    const draw = (at: number, follows: number | null): Painted => {
      const waiting = waitingAt(moments, msOf(at, replay.fromMs))
      return drawPeople(context, { ground, people, tick: at, waiting, followed: follows })
    }
    let told = 0
    const stop = effect(() => {
      const at = tick.value
      const { known, guessed } = draw(at, followed.value)
      const say = () => {
        const nowMs = msOf(at, replay.fromMs)
        if (label.current) label.current.textContent = t.replay.plan(clockText(nowMs, nowMs), known, guessed)
      }
      clearTimeout(told)
      // A picture has a name from the first; after it a reader is told when it rests, not sixty times a second.
      if (label.current?.textContent) told = window.setTimeout(say, RESTS_MS)
      else say()
    })
    const again = () => {
      ground = drawGround({ camera, size, scale, line, named: route.value?.namedPoints ?? [] }, element)
      draw(tick.peek(), followed.peek())
    }
    const stopTheme = onTheme(again)
    return () => {
      stop()
      clearTimeout(told)
      stopTheme()
    }
  }, [camera, size.widthPx, size.heightPx, people, moments, line, route.value, replay, tick, followed])

  return (
    <div class="plan replay-plan" ref={box}>
      <canvas ref={canvas} role="img" aria-labelledby="replay-now" />
      <p class="unseen" id="replay-now" role="status" ref={label} />
    </div>
  )

  function drawnPeople(): Drawn[] {
    const members = new Map(membersOf(view).map((member) => [member.memberNo, member]))
    return replay.tracks.flatMap((track) => {
      const member = members.get(track.memberNo)
      if (!member) return []
      const { memberId, memberNo, role } = member
      const name = nameOf(view, memberId)
      const isMe = memberId === view.myId
      return [{ track, memberId, memberNo, role, initials: initialsOf(name), name: shortNameOf(name), isMe }]
    })
  }
}
