import { followHere } from '../navigate.ts'
import { t } from '../texts.ts'

/** A run's address without a seat tells nothing: who has the link to join comes in by that. */
export function UnknownRunPage() {
  return (
    <main class="page">
      <h1>Serik</h1>
      <p>{t.start.noSeat}</p>
      <a class="button" href="/" onClick={followHere}>
        {t.common.home}
      </a>
    </main>
  )
}
