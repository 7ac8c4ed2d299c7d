import { useEffect, useState } from 'preact/hooks'
import { forgetSeat, type KeptSeat, keptSeats } from '../kept.ts'
import { followHere } from '../navigate.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { planAgainPath, runPath } from '../run-address.ts'
import { clockText, joined, t } from '../texts.ts'
import { whenLoaded } from '../when-loaded.ts'

const SHOWN_MAX = 5
const forgetting = () => whenLoaded(() => import('../../net/forget-seat.ts'))

export function MyRuns() {
  const [seats, setSeats] = useState(() => onePerRun(keptSeats()))
  useEffect(() => {
    if (seats.length > 0) void forgetting().then((it) => it.forgetWhatIsOver(keptSeats().map(({ seat }) => seat)))
  }, [])
  if (seats.length === 0) return null
  const forget = (key: string) => {
    for (const { key: each, seat } of keptSeats())
      if (each === key) {
        forgetSeat(seat)
        void forgetting().then((it) => it.forgetHere(location.origin, seat))
      }
    setSeats(onePerRun(keptSeats()))
  }
  return (
    <section>
      <h2>{t.start.mine}</h2>
      <ul class="list">
        {seats.slice(0, SHOWN_MAX).map((kept) => (
          <li key={kept.key}>
            <div class="row spread">
              <a class="grow" href={runPath(kept.key)} onClick={followHere}>
                <strong>{(kept.isDemo ? t.demo.heading : kept.title) ?? t.common.untitled}</strong>
                <small class="block">
                  {joined([!kept.isDemo && t.roles[kept.role], clockText(kept.keptAtMs, Date.now())], ' · ')}
                </small>
              </a>
              <ConfirmButton
                isCross
                label={t.start.forget}
                question={t.start.forgetSure}
                onYes={() => forget(kept.key)}
              />
            </div>
            {kept.role === 'leader' && !kept.isDemo && (
              <a class="again" href={planAgainPath(kept.key)} onClick={followHere}>
                {t.again.nextWeek}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const onePerRun = (seats: readonly KeptSeat[]): KeptSeat[] =>
  [...new Map(seats.toReversed().map((kept) => [kept.key, kept])).values()].reverse()
