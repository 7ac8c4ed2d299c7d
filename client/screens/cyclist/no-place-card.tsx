import { noPlaceOf } from '../../state/no-place.ts'
import { useRun } from '../run/running.ts'
import { LocatingTrouble, SharingCard } from '../runner/sharing-card.tsx'
import { clockText, t } from '../texts.ts'

/** MA18: why the map cannot turn my way, what to do about it, and what there will be then. */
export function NoPlaceCard() {
  const { view, nowMs, kept, locating } = useRun()
  const why = noPlaceOf(view, nowMs)
  // This phone knows its own place before the server tells it.
  if (!why || kept.isDemo || locating.value.is === 'found') return null
  if (why.is === 'not-shared') return <SharingCard />
  return (
    <section class="card notice" aria-label={t.job.noPlaceLabel}>
      <p>
        <strong>{why.is === 'old' ? t.apps.silentSince(clockText(why.takenAtMs, nowMs)) : t.job.noPlace}</strong>
      </p>
      <LocatingTrouble />
      <p class="hint">{t.job.withPlace}</p>
    </section>
  )
}
