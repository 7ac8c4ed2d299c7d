import { NOTE_MAX } from '../../../shared/run/words.ts'
import { t } from '../texts.ts'

const QUANTITIES = [1, 2, 3, 4, 5] as const

type QuantityAndNoteProps = {
  readonly quantity: number
  readonly note: string
  readonly noteLabel: string
  readonly onQuantity: (quantity: number) => void
  readonly onNote: (note: string) => void
}

export function QuantityAndNote({ quantity, note, noteLabel, onQuantity, onNote }: QuantityAndNoteProps) {
  return (
    <>
      <fieldset class="choice">
        <legend>{t.ask.howMany}</legend>
        {QUANTITIES.map((each) => (
          <button key={each} type="button" aria-pressed={each === quantity} onClick={() => onQuantity(each)}>
            {each}
          </button>
        ))}
      </fieldset>
      <label>
        {noteLabel}
        <input
          type="text"
          value={note}
          maxLength={NOTE_MAX}
          placeholder={t.ask.notePlaceholder}
          onInput={(event) => onNote(event.currentTarget.value)}
        />
      </label>
    </>
  )
}
