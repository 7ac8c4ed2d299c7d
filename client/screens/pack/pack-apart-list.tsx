import { packApart } from '../../state/pack-apart.ts'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { ageText, distanceText, t } from '../texts.ts'

const SHOWN_MAX = 60

/** On no route there is no front and no back: how far each is from one of them. */
export function PackApartList() {
  const { view, nowMs } = useRun()
  const { fromId, rows } = packApart(view, nowMs)
  if (rows.length === 0) return null
  return (
    <section class="card pack" aria-label={t.pack.heading}>
      <details>
        <summary>
          <span>
            {t.pack.heading}: <small>{fromText()}</small>
          </span>
        </summary>
        <ol class="list">
          {rows.slice(0, SHOWN_MAX).map(({ memberId, awayM, ageMs }) => (
            <li key={memberId} class="row spread">
              <span class="grow">{nameOf(view, memberId)}</span>
              <small>
                {awayM !== null ? distanceText(awayM) : ageMs === null ? t.where.never : t.pack.unheard(ageText(ageMs))}
              </small>
            </li>
          ))}
        </ol>
        {rows.length > SHOWN_MAX && <p class="hint">{t.where.more(rows.length - SHOWN_MAX)}</p>}
      </details>
    </section>
  )

  function fromText(): string {
    if (fromId === null) return t.strip.noRouteNobody
    return fromId === view.myId ? t.strip.noRouteYou : t.strip.noRoute(nameOf(view, fromId))
  }
}
