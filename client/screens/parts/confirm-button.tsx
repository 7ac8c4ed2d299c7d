import { useState } from 'preact/hooks'
import { t } from '../texts.ts'
import { useFocusWhereAsked } from './focus-where-asked.ts'

type ConfirmButtonProps = {
  readonly label: string
  readonly question: string
  readonly onYes: () => void
  /** Beside what it takes away: until it asks it is only a cross. */
  readonly isCross?: boolean
}

/** For what cannot be taken back: the question stands where the button was. */
export function ConfirmButton({ label, question, onYes, isCross = false }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false)
  const asked = useFocusWhereAsked<HTMLFieldSetElement>(isAsking)
  if (!isAsking)
    return (
      <button
        type="button"
        ref={asked}
        class={isCross ? 'quiet cross' : undefined}
        aria-label={isCross ? label : undefined}
        onClick={() => setAsking(true)}
      >
        {isCross ? '×' : label}
      </button>
    )
  return (
    <fieldset class="confirm" ref={asked} tabIndex={-1}>
      <legend>{question}</legend>
      <button
        type="button"
        class="danger"
        onClick={() => {
          setAsking(false)
          onYes()
        }}
      >
        {label}
      </button>
      <button type="button" onClick={() => setAsking(false)}>
        {t.common.no}
      </button>
    </fieldset>
  )
}
