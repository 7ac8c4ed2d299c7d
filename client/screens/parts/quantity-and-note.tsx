import { NOTE_MAX } from '../../../shared/run/words.ts'
import { t } from '../texts.ts'
import { Choice } from './choice.tsx'
import { Field } from './field.tsx'

const QUANTITIES = [1, 2, 3, 4, 5]

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
      <Choice legend={t.ask.howMany} all={QUANTITIES} chosen={quantity} text={String} onChoose={onQuantity} />
      <Field label={noteLabel} value={note} maxLength={NOTE_MAX} placeholder={t.ask.notePlaceholder} onText={onNote} />
    </>
  )
}
