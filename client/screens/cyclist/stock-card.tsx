import { useState } from 'preact/hooks'
import { cannotCome, type Helping, helperKinds, helperStates } from '../../../shared/run/helping.ts'
import { type Stock, type StockKind, stockKinds } from '../../../shared/run/stock.ts'
import type { MemberId } from '../../../shared/units.ts'
import { handOverList } from '../../state/hand-over-list.ts'
import { countOf, countsOf, emptyStock, isStockSending, myStock, namedPieces, stepped } from '../../state/stock.ts'
import { Choice } from '../parts/choice.tsx'
import { Field } from '../parts/field.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const SHOWN_MAX = 5

/** Whether I am available, in one tap; what I carry in one line, and the steppers behind it. */
export function StockCard() {
  const { view, mine, wish } = useRun()
  if (!mine || view.run.head.phase === 'ended') return null
  const { helping } = mine
  const setHelping = (more: Partial<Helping>) => void wish({ type: 'set-helping', ...helping, ...more })
  return (
    <>
      {helping.state !== 'available' && (
        <div class="card notice">
          <p>
            <strong>{t.stock.notOffered(t.stock.states[helping.state])}</strong>{' '}
            {cannotCome(helping.state) && t.stock.gaveBack}
          </p>
          <button type="button" class="primary" onClick={() => setHelping({ state: 'available' })}>
            {t.stock.available}
          </button>
        </div>
      )}
      <div class="states">
        <Choice
          legend={t.stock.state}
          all={helperStates}
          chosen={helping.state}
          text={(state) => t.stock.states[state]}
          onChoose={(state) => setHelping({ state })}
        />
      </div>
      <details class="card">
        <summary>
          <span>
            {t.stock.heading}: <small>{lineOf(myStock(view))}</small>
          </span>
        </summary>
        <Choice
          legend={t.stock.kind}
          all={helperKinds}
          chosen={helping.kind}
          text={(kind) => t.stock.kinds[kind]}
          onChoose={(kind) => setHelping({ kind })}
        />
        <StockForm />
      </details>
    </>
  )
}

function lineOf(stock: Stock | null): string {
  if (!stock) return t.stock.unknown
  const counts = countsOf(stock).map(({ kind, count }) => t.pieces(count, t.stockKinds[kind]))
  const empties = stock.emptiesCount > 0 ? [t.stock.emptiesCount(stock.emptiesCount)] : []
  return [counts.length > 0 ? counts.join(', ') : t.stock.nothing, ...empties].join(' · ')
}

/** Shows the stock as it goes down until a stepper is touched; from then on what is to be said. */
function StockForm() {
  const { view, mine, wish } = useRun()
  const [draft, setDraft] = useState<Stock | null>(null)
  const stock = draft ?? myStock(view) ?? emptyStock
  const step = (kind: StockKind, forId: MemberId | null, more: number) => setDraft(stepped(stock, kind, forId, more))

  const save = async (isRefill: boolean) => {
    const answer = await wish({ type: 'set-stock', stock, isRefill })
    if (!answer.ok) return
    setDraft(null)
    if (isRefill && mine?.helping.state === 'refilling')
      void wish({ type: 'set-helping', ...mine.helping, state: 'available' })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save(false)
      }}
    >
      <p class="hint">{t.stock.hint}</p>
      <ul class="list">
        {stockKinds.map((kind) => (
          <Stepper
            key={kind}
            what={t.stockKinds[kind]}
            count={countOf(stock, kind)}
            onStep={(more) => step(kind, null, more)}
          />
        ))}
        {namedPieces(view, stock).map(({ kind, forId, name, count }) => (
          <Stepper
            key={`${kind} ${forId}`}
            what={t.stock.named(name, t.stockKinds[kind])}
            count={count}
            onStep={(more) => step(kind, forId, more)}
          />
        ))}
        <Stepper
          what={t.stock.empties}
          count={stock.emptiesCount}
          onStep={(more) => setDraft({ ...stock, emptiesCount: Math.max(0, stock.emptiesCount + more) })}
        />
      </ul>
      <ForOnePerson onAdd={(kind, forId) => step(kind, forId, 1)} />
      <button type="submit" class="primary">
        {t.stock.save}
      </button>
      <button type="button" onClick={() => void save(true)}>
        {t.stock.refilled}
      </button>
      {isStockSending(view) && <p class="hint">{t.stock.sending}</p>}
    </form>
  )
}

type StepperProps = { readonly what: string; readonly count: number; readonly onStep: (more: number) => void }

/** A number can be typed too: a table holds two hundred. */
function Stepper({ what, count, onStep }: StepperProps) {
  const typed = (text: string) => {
    const wanted = Number(text)
    if (text !== '' && Number.isInteger(wanted)) onStep(wanted - count)
  }
  return (
    <li class="stepper">
      <span class="grow">{what}</span>
      <button
        type="button"
        class="cross"
        aria-label={t.stock.less(what)}
        disabled={count === 0}
        onClick={() => onStep(-1)}
      >
        −
      </button>
      <input
        class="short count"
        type="number"
        inputMode="numeric"
        min="0"
        max="500"
        aria-label={what}
        value={count}
        onInput={(event) => typed(event.currentTarget.value)}
      />
      <button type="button" class="cross" aria-label={t.stock.more(what)} onClick={() => onStep(1)}>
        +
      </button>
    </li>
  )
}

type ForOnePersonProps = { readonly onAdd: (kind: StockKind, forId: MemberId) => void }

/** "Aidar's bottle": a piece of what they usually take, else of water. */
function ForOnePerson({ onAdd }: ForOnePersonProps) {
  const { view, nowMs } = useRun()
  const [find, setFind] = useState('')
  const found = find === '' ? [] : handOverList(view, find, nowMs).slice(0, SHOWN_MAX)
  return (
    <div>
      <Field label={t.stock.nameOne} type="search" value={find} placeholder={t.handOver.find} onText={setFind} />
      <div class="row wrap">
        {found.map(({ member: { memberId, usual }, name }) => (
          <button
            key={memberId}
            type="button"
            onClick={() => {
              onAdd(usual?.kind ?? 'water', memberId)
              setFind('')
            }}
          >
            {t.stock.named(name, t.stockKinds[usual?.kind ?? 'water'])}
          </button>
        ))}
      </div>
    </div>
  )
}
