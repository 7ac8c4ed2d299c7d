import { useRef, useState } from 'preact/hooks'
import { t } from '../texts.ts'

const HOLD_MS = 1_000

type HoldButtonProps = { readonly label: string; readonly onHeld: () => void }

/** Sends only when held, so that rain and pockets do not. Without a pointer (keyboard, screen reader) it asks once more. */
export function HoldButton({ label, onHeld }: HoldButtonProps) {
  const [isHolding, setHolding] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const press = (event: PointerEvent) => {
    if (!(event.currentTarget instanceof HTMLElement) || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setHolding(true)
    timer.current = setTimeout(() => {
      setHolding(false)
      onHeld()
    }, HOLD_MS)
  }
  const letGo = () => {
    clearTimeout(timer.current)
    setHolding(false)
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
    <button
      type="button"
      class={isHolding ? 'hold holding' : 'hold'}
      style={{ '--hold': `${HOLD_MS}ms` }}
      onPointerDown={press}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => event.detail === 0 && setAsking(true)}
    >
      <strong>{label}</strong>
      <small>{t.help.hold}</small>
    </button>
  )
}
