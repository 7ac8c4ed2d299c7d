import { useState } from 'preact/hooks'
import { type ItemKind, itemKindNames } from '../../../shared/run/requests.ts'
import { wordKey } from '../../../shared/run/words.ts'
import { Choice } from '../parts/choice.tsx'
import { KindIcon } from '../parts/kind-icon.tsx'
import { QuantityAndNote } from '../parts/quantity-and-note.tsx'
import { useRun } from '../run/running.ts'
import { piecesText, t } from '../texts.ts'

/** Hours in, "my usual" is answered sooner than "what do you want?". */
export function UsualForm() {
  const { mine } = useRun()
  const usual = mine?.usual
  return (
    <details class="card">
      <summary>
        {t.usual.heading}
        {usual && `: ${piecesText(usual.kind, usual.quantity)}`}
      </summary>
      <UsualFields />
    </details>
  )
}

export function UsualFields({ onKept }: { readonly onKept?: () => void }) {
  const { view, mine, wish, notice } = useRun()
  const usual = mine?.usual
  const [kind, setKind] = useState<ItemKind>(usual?.kind ?? 'water')
  const [quantity, setQuantity] = useState(usual?.quantity ?? 1)
  const [note, setNote] = useState(() => (mine ? (view.words.get(wordKey.usualNote(mine.memberId))?.text ?? '') : ''))

  const save = async (event: Event) => {
    event.preventDefault()
    onKept?.()
    const answer = await wish({ type: 'set-usual', kind, quantity, note: note.trim() || null })
    if (answer.ok) notice.value = t.usual.saved
  }
  return (
    <form onSubmit={save}>
      <p class="hint">{t.usual.hint}</p>
      <Choice
        legend={t.usual.what}
        all={itemKindNames}
        chosen={kind}
        text={(each) => (
          <>
            <KindIcon kind={each} /> {t.kinds[each]}
          </>
        )}
        onChoose={setKind}
      />
      <QuantityAndNote
        quantity={quantity}
        note={note}
        noteLabel={t.usual.note}
        onQuantity={setQuantity}
        onNote={setNote}
      />
      <button type="submit" class="primary">
        {t.usual.save}
      </button>
    </form>
  )
}
