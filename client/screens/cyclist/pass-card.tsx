import { onePass } from '../../state/one-pass.ts'
import { useRun } from '../run/running.ts'
import { distanceText, joined, kmText, t } from '../texts.ts'

const KMH_PER_MPS = 3.6

/** Several in one ride: who, in which order, what is left then. One tap claims those that are only proposed. */
export function PassCard() {
  const { view, outlook, route, wish } = useRun()
  const pass = onePass(view, outlook.value, route.value?.namedPoints ?? [])
  if (!pass) return null
  const { stops, rideM, rideMps, bottlesLeft, refill } = pass
  // Who asked for two things is met once.
  const visits = stops.filter(({ runnerId }, i) => runnerId !== stops[i - 1]?.runnerId)
  const openIds = stops.flatMap(({ requestId, isProposed }) => (isProposed && requestId ? [requestId] : []))
  const sentence = [
    t.pass.runners(new Set(stops.map(({ name }) => name)).size, distanceText(rideM)),
    t.pass.rideAt(Math.round(rideMps * KMH_PER_MPS)),
    t.pass.order(visits.map(({ name, atM }) => (atM === null ? name : `${name} (${t.along.km(kmText(atM))})`))),
    bottlesLeft !== null && (bottlesLeft < 0 ? t.pass.bottlesMissing(-bottlesLeft) : t.pass.bottlesLeft(bottlesLeft)),
    refill && t.pass.refill(refill.name, kmText(refill.atM)),
  ]
  return (
    <section class="card" aria-labelledby="pass">
      <h2 id="pass">{t.pass.heading}</h2>
      <p>{joined(sentence)}.</p>
      {openIds.length > 0 && (
        <button
          type="button"
          class="primary"
          onClick={() => {
            for (const requestId of openIds) void wish({ type: 'claim-request', requestId })
          }}
        >
          {t.pass.takeAll}
        </button>
      )}
    </section>
  )
}
