import { useRef, useState } from 'preact/hooks'
import { t } from '../texts.ts'

/** Of the track: a touch must begin left of the first and end right of the second. */
const FROM = 0.25
const TO = 0.85
const ALL = 100
const STEP = 25

/**
 * A drop of rain is in one place and a thigh presses everywhere: neither goes from one end to the other. A keyboard or a
 * screen reader moves the slider below it by steps.
 */
export function SlideToOpen({ onOpen }: { readonly onOpen: () => void }) {
  const [at, setAt] = useState(0)
  const track = useRef<HTMLDivElement>(null)
  const pointer = useRef<number | null>(null)

  const shareOf = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    return box ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) : 0
  }
  const down = (event: PointerEvent) => {
    if (pointer.current !== null || shareOf(event) > FROM) return
    pointer.current = event.pointerId
    track.current?.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId === pointer.current) setAt(ALL * shareOf(event))
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current) return
    const isOpen = shareOf(event) >= TO
    cancel()
    if (isOpen) onOpen()
  }
  const cancel = () => {
    pointer.current = null
    setAt(0)
  }
  const step = (value: number) => {
    setAt(value)
    if (value >= ALL) onOpen()
  }
  return (
    <div
      ref={track}
      class="slide"
      style={{ '--at': at / ALL }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
    >
      <input
        type="range"
        min={0}
        max={ALL}
        step={STEP}
        value={at}
        aria-label={t.pocket.slide}
        onInput={(event) => step(Number(event.currentTarget.value))}
      />
      <span class="slide-thumb" aria-hidden="true">
        »
      </span>
      <span class="slide-words" aria-hidden="true">
        {t.pocket.slide}
      </span>
    </div>
  )
}
