import { type MemberId, MINUTE_MS } from '../../../shared/units.ts'
import { alertsOf } from '../../state/alerts.ts'
import { isCrowd } from '../../state/head-count.ts'
import type { PackView } from '../../state/pack-view.ts'
import { nameOf } from '../../state/people.ts'
import { alongText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, gapText, isBeside, t } from '../texts.ts'

const ONE_BY_ONE_FROM = 3
/** Of those who fall behind the last are named: in a slow group all do. */
const NAMED_MAX = 3

/** The pack in one sentence, who falls behind, and folded away everybody in order. */
export function PackCard() {
  const run = useRun()
  const { view, nowMs, outlook } = run
  const { pack } = outlook.value
  if (!pack || !isCrowd(view) || pack.order.length + pack.uncounted.length === 0) return null
  const { order, clusters, uncounted } = pack
  // Whom an alert is about stands above.
  const looked = new Set(alertsOf(view, nowMs).map(({ alert }) => alert.memberId))
  const stragglers = pack.stragglers.filter(({ memberId }) => !looked.has(memberId))
  const more = stragglers.length - NAMED_MAX
  return (
    <section class="card pack" aria-label={t.pack.heading}>
      <details>
        <summary>
          <span>
            {order.length > 0 && `${sizesText(clusters)} `}
            <small>{rangeText(run, pack)}</small>
          </span>
        </summary>
        <ol class="list">
          {order.map(({ member: { memberId, progress }, toAhead }) => (
            <li key={memberId} class="row spread">
              <span class="grow">
                {nameOf(view, memberId)} <small>{placeText(run, memberId, progress.takenAtMs)}</small>
              </span>
              {toAhead && <small>{isBeside(toAhead) ? t.pack.beside : t.pack.behind(gapText(toAhead))}</small>}
            </li>
          ))}
          {uncounted.map((one) => (
            <li key={one.memberId} class="row spread">
              <span class="grow">{nameOf(view, one.memberId)}</span>
              <small>{whyNot(run, one)}</small>
            </li>
          ))}
        </ol>
      </details>
      {more > 0 && <p>{t.pack.moreFallBehind(more)}</p>}
      {stragglers.slice(-NAMED_MAX).map(({ memberId, behind }) => (
        <p key={memberId}>
          <strong>{nameOf(view, memberId)}</strong> {t.pack.fallsBehind(gapText(behind))}
        </p>
      ))}
    </section>
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

/** From front to back "6 + 11 + 3"; of a field that is strung out "2 + 9 one by one + 3". */
function sizesText(clusters: PackView['clusters']): string {
  const parts: string[] = []
  let alone = 0
  const tellAlone = () => {
    if (alone >= ONE_BY_ONE_FROM) parts.push(t.pack.oneByOne(alone))
    else parts.push(...Array.from({ length: alone }, () => '1'))
    alone = 0
  }
  for (const { length } of clusters) {
    if (length === 1) {
      alone++
      continue
    }
    tellAlone()
    parts.push(String(length))
  }
  tellAlone()
  return parts.join(' + ')
}

function whyNot(run: Run, { memberId, because, ageMs }: PackView['uncounted'][number]): string {
  switch (because) {
    case 'off-route':
      return t.pack.offRoute
    case 'silent':
      return ageMs === null ? t.where.never : t.pack.unheard(ageText(ageMs))
    case 'unsure':
      return alongText(run, memberId) ?? t.pack.unsure
    case 'not-on-route':
      return t.pack.notOnRoute
    case 'arrived':
      return t.pack.arrived
  }
}
