import { useState } from 'preact/hooks'
import { t } from '../texts.ts'
import { useFocusWhereAsked } from './focus-where-asked.ts'

type ConfirmButtonProps = {
  readonly label: string
  readonly question: string
  readonly onYes: () => void
}

/** For what cannot be taken back: the question stands where the button was. */
export function ConfirmButton({ label, question, onYes }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false)
  const asked = useFocusWhereAsked<HTMLFieldSetElement>(isAsking)
  if (!isAsking)
    return (
      <button type="button" ref={asked} onClick={() => setAsking(true)}>
        {label}
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
