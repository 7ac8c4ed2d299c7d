import { useState } from 'preact/hooks'
import { policyOf, type RequestKind, requestKindNames } from '../../../shared/run/requests.ts'
import { wordKey } from '../../../shared/run/words.ts'
import type { RequestId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { askedKinds } from '../../state/asked.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { QuantityAndNote } from '../parts/quantity-and-note.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { type Run, useRun } from '../run/running.ts'
import { piecesText, t } from '../texts.ts'
import { UsualFields } from './usual-form.tsx'

const first: readonly RequestKind[] = ['water', 'snack']
const others = requestKindNames.filter((kind) => policyOf(kind).tells !== 'alarm' && !first.includes(kind))

/** Three that a glove hits, one tap each; all else is folded. How many, and a note, count for the next tap alone. */
export function RequestTargets() {
  const run = useRun()
  const { view, mine, wish } = run
  const [quantity, setQuantity] = useState(1)
  const [note, setNote] = useState('')
  const [isChoosing, setChoosing] = useState(false)
  const asked = askedKinds(view)
  const usual = mine?.usual ?? null
  const whyNot = whyNotNow(run)

  const ask = (kind: RequestKind, pieces: number, text: string) => {
    void wish({
      type: 'raise-request',
      requestId: newId<RequestId>('req'),
      kind,
      quantity: Math.min(pieces, policyOf(kind).maxQuantity),
      note: text.trim() || null,
    })
    setQuantity(1)
    setNote('')
  }
  const usualNote = mine ? (view.words.get(wordKey.usualNote(mine.memberId))?.text ?? '') : ''
  const target = (kind: RequestKind) => (
    <button
      key={kind}
      type="button"
      class={`ask ${kind}`}
      disabled={whyNot !== null || asked.has(kind)}
      onClick={() => ask(kind, quantity, note)}
    >
      <KindIcon kind={kind} />
      <span>{policyOf(kind).isItem ? piecesText(kind, quantity) : t.kinds[kind]}</span>
      {asked.has(kind) && <small>{t.ask.asked}</small>}
    </button>
  )

  return (
    <section class="targets" aria-labelledby="ask">
      <h2 id="ask" class="unseen">
        {t.ask.heading}
      </h2>
      {whyNot && <p class="hint">{whyNot}</p>}
      <div class="main-targets">
        {first.map(target)}
        {usual ? (
          <button
            type="button"
            class="ask usual"
            disabled={whyNot !== null || asked.has(usual.kind)}
            onClick={() => ask(usual.kind, usual.quantity, usualNote)}
          >
            <KindIcon kind={usual.kind} />
            <span>
              {t.ask.usual}: {piecesText(usual.kind, usual.quantity)}
            </span>
            {asked.has(usual.kind) ? <small>{t.ask.asked}</small> : usualNote && <small>{usualNote}</small>}
          </button>
        ) : (
          <button type="button" class="ask usual unset" aria-haspopup="dialog" onClick={() => setChoosing(true)}>
            <span>{t.wish.chooseUsual}</span>
          </button>
        )}
      </div>
      <details class="card">
        <summary>{t.wish.other}</summary>
        <div class="grid">{others.map(target)}</div>
        <h3>{t.ask.more}</h3>
        <QuantityAndNote
          quantity={quantity}
          note={note}
          noteLabel={t.ask.note}
          onQuantity={setQuantity}
          onNote={setNote}
        />
      </details>
      {isChoosing && (
        <Sheet heading={t.usual.heading} onClose={() => setChoosing(false)}>
          <UsualFields onKept={() => setChoosing(false)} />
        </Sheet>
      )}
    </section>
  )
}

function whyNotNow({ view }: Run): string | null {
  // Offline the start of the run may not have come through yet: the wish waits, and the server decides.
  if (view.run.head.phase === 'planned' && view.link === 'online' && view.waitingCommands.length === 0)
    return t.ask.notLive
  return null
}
