import { useEffect, useRef } from 'preact/hooks'
import { distanceM } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import type { RouteLine } from '../../../shared/geo/route.ts'
import { nameOf } from '../../state/people.ts'
import type { PlacedMember } from '../../state/plan-dots.ts'
import { tappedPlace } from '../../state/plan-place.ts'
import { useBack } from '../navigate.ts'
import { nearText } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, atText, distanceText, joined, kmText, t } from '../texts.ts'

const SHOWN_MAX = 6

type PlaceCardProps = {
  readonly place: Place
  readonly reachM: number
  readonly marks: readonly PlacedMember[]
  readonly line: RouteLine | null
  readonly onClose: () => void
}

/** A place that was tapped: where it is, who is there, who comes by, and when. */
export function PlaceCard({ place, reachM, marks, line, onClose }: PlaceCardProps) {
  const { view, nowMs, outlook, route } = useRun()
  const card = useRef<HTMLElement>(null)
  useBack(onClose)
  useEffect(() => {
    card.current?.focus({ preventScroll: true })
    // Its first lines are enough: the sheet must not run away from under the finger.
    card.current?.querySelector('h2')?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const said = tappedPlace({ view, outlook: outlook.value, route: route.value, line, nowMs }, place, reachM)
  const { passesM, besideM, near, comers, isByCourse } = said
  const where = joined(
    [
      passesM.length > 0 && t.where.pointKm(passesM.map(kmText)),
      besideM !== null && t.map.besideRoute(distanceText(besideM)),
      near && nearText(route.value?.namedPoints ?? [], place),
    ],
    ' · ',
  )
  const here = marks.filter((mark) => distanceM(mark.place, place) <= reachM)
  return (
    <section class="card place" aria-label={t.map.place} tabIndex={-1} ref={card}>
      <div class="row">
        <h2 class="grow">{where || t.map.place}</h2>
        <button type="button" class="close" aria-label={t.map.close} onClick={onClose}>
          ✕
        </button>
      </div>
      {here.slice(0, SHOWN_MAX).map((mark) => (
        <p key={mark.memberId} class={mark.isStale ? 'stale' : undefined}>
          {aboutMark(nameOf(view, mark.memberId), mark)}
        </p>
      ))}
      {view.run.head.phase === 'live' && (
        <>
          <ul class="plain comers">
            {comers.slice(0, SHOWN_MAX).map(({ memberId, passM, at }) => {
              const name = nameOf(view, memberId)
              if (!at)
                return here.some((mark) => mark.memberId === memberId) ? null : (
                  <li key={memberId}>{t.map.here(name)}</li>
                )
              const time = atText(at, nowMs)
              const isOneOf = passM !== null && passesM.length > 1
              return (
                <li key={memberId}>
                  {isOneOf ? t.map.comesAt(name, kmText(passM), time) : t.where.nextBy(name, time)}
                </li>
              )
            })}
          </ul>
          {comers.length === 0 && <p class="hint">{t.map.nobody}</p>}
          {comers.length > SHOWN_MAX && <p class="hint">{t.where.more(comers.length - SHOWN_MAX)}</p>}
          {comers.length > 0 && isByCourse && <p class="hint">{t.map.byCourse}</p>}
        </>
      )}
    </section>
  )
}

function aboutMark(name: string, { role, ageMs, how, isDoubtful, ringM }: PlacedMember): string {
  const age = ageText(ageMs)
  return joined([
    name,
    t.roles[role].toLowerCase(),
    how === 'reckoned' ? t.map.reckoned(age) : t.age.ago(age),
    isDoubtful && t.map.perhaps,
    ringM !== null && t.map.rough(distanceText(ringM)),
  ])
}
