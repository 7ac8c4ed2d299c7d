import { followHere } from '../navigate.ts'
import { t } from '../texts.ts'
import { PlainPage } from './plain-page.tsx'

/** A run's address without a seat tells nothing: who has the link to join comes in by that. */
export function UnknownRunPage() {
  return (
    <PlainPage>
      <p>{t.start.noSeat}</p>
      <a class="button" href="/" onClick={followHere}>
        {t.common.home}
      </a>
    </PlainPage>
  )
}
