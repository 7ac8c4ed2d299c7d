import type { PackView } from '../../state/pack-view.ts'
import { nameOf } from '../../state/people.ts'
import { alongText } from '../parts/place-text.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, gapText, t } from '../texts.ts'

/** The pack in one sentence, who falls behind, and folded away everybody in order. */
export function PackCard() {
  const run = useRun()
  const { view, outlook } = run
  const { pack } = outlook.value
  if (!pack || pack.order.length + pack.uncounted.length === 0) return null
  const { order, stragglers, uncounted } = pack
  return (
    <section class="card" aria-labelledby="pack">
      <h2 id="pack">{t.pack.heading}</h2>
      <p>{sentence(run, pack)}</p>
      {stragglers.length > 0 && (
        <ul class="list">
          {stragglers.map(({ memberId, behind }) => (
            <li key={memberId}>
              <strong>{nameOf(view, memberId)}</strong> {t.pack.fallsBehind(gapText(behind))}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t.pack.order}</summary>
        <ol class="list">
          {order.map(({ member: { memberId }, toAhead }) => (
            <li key={memberId} class="row spread">
              <span class="grow">
                {nameOf(view, memberId)} <small>{alongText(run, memberId)}</small>
              </span>
              {toAhead && <small>{t.pack.behind(gapText(toAhead))}</small>}
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
    </section>
  )
}

/** "6 + 11 + 3, 1.2 km, 6:40 from first to last, last: Aidar, 2 not counted." */
function sentence({ view }: Run, { order, clusters, spread, uncounted }: PackView): string {
  const last = order.at(-1)
  const parts = [
    last ? t.pack.sizes(clusters.map(({ length }) => length)) : t.pack.unknown,
    spread && order.length > 1 && t.pack.spread(gapText(spread)),
    last && t.pack.last(nameOf(view, last.member.memberId)),
    uncounted.length > 0 && t.pack.notCounted(uncounted.length),
  ]
  return `${parts.filter((part) => typeof part === 'string').join(', ')}.`
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
