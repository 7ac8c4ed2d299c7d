import { type MemberId, MINUTE_MS } from '../../../shared/units.ts'
import { alertsOf } from '../../state/alerts.ts'
import type { PackView } from '../../state/pack-view.ts'
import { nameOf } from '../../state/people.ts'
import { alongText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, gapText, isBeside, t } from '../texts.ts'
import { sizesText, whyNotText } from './pack-words.ts'

/** Of those who fall behind the last are named: in a slow group all do. */
const NAMED_MAX = 3
/** More are not drawn each second; the strip counts them all. */
const SHOWN_MAX = 150

/** The pack in one line, who falls behind, and folded away everybody in order. */
export function PackOrder({ pack }: { readonly pack: PackView }) {
  const run = useRun()
  const { view, nowMs } = run
  const { order, clusters, uncounted } = pack
  // Whom an alert is about stands above.
  const looked = new Set(alertsOf(view, nowMs).map(({ alert }) => alert.memberId))
  const stragglers = pack.stragglers.filter(({ memberId }) => !looked.has(memberId))
  const more = stragglers.length - NAMED_MAX
  const left = order.length + uncounted.length - SHOWN_MAX
  return (
    <>
      <details>
        <summary>
          <span>
            {order.length > 0 && `${sizesText(clusters.map(({ length }) => length))} `}
            <small>{rangeText(run, pack)}</small>
          </span>
        </summary>
        <ol class="list">
          {order.slice(0, SHOWN_MAX).map(({ member: { memberId, progress }, toAhead }) => (
            <li key={memberId} class="row spread">
              <span class="grow">
                {nameOf(view, memberId)} <small>{placeText(run, memberId, progress.takenAtMs)}</small>
              </span>
              {toAhead && <small>{isBeside(toAhead) ? t.pack.beside : t.pack.behind(gapText(toAhead))}</small>}
            </li>
          ))}
          {uncounted.slice(0, Math.max(0, SHOWN_MAX - order.length)).map((one) => (
            <li key={one.memberId} class="row spread">
              <span class="grow">{nameOf(view, one.memberId)}</span>
              <small>{whyNotText(run, one)}</small>
            </li>
          ))}
        </ol>
        {left > 0 && <p class="hint">{t.where.more(left)}</p>}
      </details>
      {more > 0 && <p>{t.pack.moreFallBehind(more)}</p>}
      {stragglers.slice(-NAMED_MAX).map(({ memberId, behind }) => (
        <p key={memberId}>
          <strong>{nameOf(view, memberId)}</strong> {t.pack.fallsBehind(gapText(behind))}
        </p>
      ))}
    </>
  )
}

/** Of a place that is not quite new, its age too. */
function placeText(run: Run, memberId: MemberId, takenAtMs: number): string {
  const along = alongText(run, memberId) ?? ''
  const ageMs = run.nowMs - takenAtMs
  return ageMs < MINUTE_MS ? along : `${along}, ${t.queue.placeAge(ageText(ageMs))}`
}

/** "from Timur to Bolat 440 m, 2:14, 2 not counted". */
function rangeText({ view }: Run, { order, spread, uncounted }: PackView): string {
  const [first, last] = [order[0], order.at(-1)].map((placing) => placing && nameOf(view, placing.member.memberId))
  const parts = [
    first && last && spread
      ? order.length === 1
        ? t.pack.only(first)
        : t.pack.from(first, last, gapText(spread))
      : t.pack.unknown,
    uncounted.length > 0 && t.pack.notCounted(uncounted.length),
  ]
  return parts.filter((part) => typeof part === 'string').join(', ')
}
