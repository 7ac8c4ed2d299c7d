import { useEffect } from 'preact/hooks'
import { keepSeat, keptSeats } from '../kept.ts'
import { navigate } from '../navigate.ts'
import { keyOfSeat, runPath } from '../run-address.ts'
import { t } from '../texts.ts'

/** `/s#SEAT`: a leader moved a member to this phone. */
export function SeatPage({ seat }: { readonly seat: string }) {
  useEffect(() => {
    const known = keptSeats().find((kept) => kept.seat === seat)
    const key = known?.key ?? keyOfSeat(seat)
    keepSeat(
      known ?? {
        key,
        seat,
        title: null,
        name: null,
        role: 'runner',
        keptAtMs: Date.now(),
        invites: {},
        usedInvite: null,
        locates: false,
        isDemo: false,
      },
    )
    navigate(runPath(key), 'replace')
  }, [seat])
  return (
    <main class="page">
      <p role="status">{t.common.loading}</p>
    </main>
  )
}
