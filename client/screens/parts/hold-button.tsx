import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../texts.ts'

const HOLD_MS = 1_000
/** A thumb in a glove is some 100 px wide: what closes round it is seen on every side. */
const RING_PX = 184
/** A finger rolls a little while it presses. */
const SLACK_PX = 16
const HELD_SHAKE_MS = 200

type HoldButtonProps = { readonly label: string; readonly onHeld: () => void }
type Spot = { readonly x: number; readonly y: number }

/**
 * Sends only when held, so that rain and pockets do not; a finger that leaves the button has thought better of it. Without a
 * pointer (keyboard, screen reader) it asks once more.
 */
export function HoldButton({ label, onHeld }: HoldButtonProps) {
  const [heldAt, setHeldAt] = useState<Spot | null>(null)
  const [isAsking, setAsking] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const press = (event: PointerEvent) => {
    if (!(event.currentTarget instanceof HTMLElement) || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setHeldAt({ x: onScreen(event.clientX, innerWidth), y: onScreen(event.clientY, innerHeight) })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setHeldAt(null)
      navigator.vibrate?.(HELD_SHAKE_MS)
      onHeld()
    }, HOLD_MS)
  }
  const letGo = () => {
    clearTimeout(timer.current)
    setHeldAt(null)
  }
  const move = (event: PointerEvent) => {
    if (heldAt && event.currentTarget instanceof HTMLElement && !isOver(event.currentTarget, event)) letGo()
  }

  if (isAsking)
    return (
      <div class="card alarm">
        <p>{t.help.confirm(label)}</p>
        <div class="row">
          <button
            type="button"
            class="danger"
            onClick={() => {
              setAsking(false)
              onHeld()
            }}
          >
            {t.help.send}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            {t.common.no}
          </button>
        </div>
      </div>
    )
  return (
    <>
      <button
        type="button"
        class={heldAt ? 'hold holding' : 'hold'}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onClick={(event) => event.detail === 0 && setAsking(true)}
      >
        <strong>{label}</strong>
        <small>{t.help.hold}</small>
      </button>
      {heldAt && <Ring {...heldAt} />}
    </>
  )
}

/** How far the hold has come, round the finger. */
const Ring = ({ x, y }: Spot) => (
  <svg
    class="hold-ring"
    viewBox="0 0 92 92"
    aria-hidden="true"
    style={{ '--hold': `${HOLD_MS}ms`, left: `${x}px`, top: `${y}px` }}
  >
    <circle cx="46" cy="46" r="40" />
    <circle class="hold-turn" cx="46" cy="46" r="40" pathLength="1" />
  </svg>
)

/** Whole also beside the edge of the screen. */
const onScreen = (at: number, size: number): number => Math.max(RING_PX / 2, Math.min(size - RING_PX / 2, at))

function isOver(button: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, top, right, bottom } = button.getBoundingClientRect()
  const isWithin = (at: number, from: number, to: number) => at >= from - SLACK_PX && at <= to + SLACK_PX
  return isWithin(clientX, left, right) && isWithin(clientY, top, bottom)
}
