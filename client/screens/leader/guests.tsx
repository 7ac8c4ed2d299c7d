import { useState } from 'preact/hooks'
import type { Guests as GuestsState } from '../../../shared/run/state.ts'
import { wordKey } from '../../../shared/run/words.ts'
import type { GuestsId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { guestEntry } from '../../state/guest-entry.ts'
import { useRun } from '../run/running.ts'
import { joined, t } from '../texts.ts'

/** People without a phone or app: counted in at the start, ticked off at the end. */
export function Guests() {
  const { view, wish } = useRun()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const isOver = view.run.head.phase === 'ended'
  const guests = [...view.run.guests.values()].sort((a, b) => a.atMs - b.atMs)
  if (isOver && guests.length === 0) return null

  const add = (event: Event) => {
    event.preventDefault()
    const entry = guestEntry(typed)
    setWrong(entry === null)
    if (!entry) return
    setTyped('')
    void wish({ type: 'count-guests', guestsId: newId<GuestsId>('gst'), ...entry })
  }
  return (
    <section class="card" aria-labelledby="guests">
      <h2 id="guests">{t.lead.guests}</h2>
      {guests.length > 0 && (
        <ul class="list">
          {guests.map((each) => (
            <GuestRow key={each.guestsId} guests={each} />
          ))}
        </ul>
      )}
      {!isOver && (
        <form class="row end typed-line" onSubmit={add}>
          <label class="grow">
            {t.lead.guestEntry}
            <input
              type="text"
              value={typed}
              autocomplete="off"
              aria-invalid={isWrong}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <button type="submit">{t.lead.guestAdd}</button>
        </form>
      )}
      {isWrong && (
        <p class="trouble" role="alert">
          {t.lead.guestWrong}
        </p>
      )}
    </section>
  )
}

function GuestRow({ guests }: { readonly guests: GuestsState }) {
  const { view, wish } = useRun()
  const { guestsId, count, accountedCount, startNumber } = guests
  const left = count - accountedCount
  const name = view.words.get(wordKey.guests(guestsId))?.text
  const tick = (heads: number) => void wish({ type: 'account-guests', guestsId, count: heads })
  return (
    <li class="row guest">
      <span>
        <strong>{name ?? (startNumber ? t.lead.guestNumber(startNumber) : t.lead.guestHeads(count))}</strong>{' '}
        <small>{joined([name && count > 1 && t.lead.guestHeads(count), t.lead.guestLeft(left, count)])}</small>
      </span>
      {left > 0 && (
        <button type="button" onClick={() => tick(1)}>
          {count === 1 ? t.lead.guestIn : t.lead.guestOneIn}
        </button>
      )}
      {left > 1 && (
        <button type="button" onClick={() => tick(left)}>
          {t.lead.guestAllIn}
        </button>
      )}
    </li>
  )
}
