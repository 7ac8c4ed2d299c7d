import { nextBy } from '../../state/pack-view.ts'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { atText, kmText, t } from '../texts.ts'

const SHOWN_MAX = 5

/** The places of the route that have a name: a tap on one tells who comes by next. */
export function NamedPoints() {
  const { view, nowMs, route, outlook } = useRun()
  const { pack } = outlook.value
  const points = (route.value?.namedPoints ?? []).flatMap(({ name, atM = [] }) =>
    atM.length > 0 ? [{ name, atM }] : [],
  )
  if (!pack || view.run.head.phase !== 'live' || points.length === 0) return null
  return (
    <>
      <h2>{t.where.points}</h2>
      <ul class="list points">
        {points.map(({ name, atM }) => {
          const coming = nextBy(pack, atM)
          return (
            <li key={`${name} ${atM[0]}`}>
              <details>
                <summary>
                  <span>
                    {name} <small>{t.where.pointKm(atM.map(kmText))}</small>
                  </span>
                </summary>
                {coming.length === 0 && <p class="hint">{t.where.nobodyComes}</p>}
                <ul class="plain">
                  {coming.slice(0, SHOWN_MAX).map(({ memberId, eta }) => (
                    <li key={memberId}>{t.where.nextBy(nameOf(view, memberId), atText(eta, nowMs))}</li>
                  ))}
                </ul>
                {coming.length > SHOWN_MAX && <p class="hint">{t.where.more(coming.length - SHOWN_MAX)}</p>}
              </details>
            </li>
          )
        })}
      </ul>
    </>
  )
}
