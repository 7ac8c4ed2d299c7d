import { useState } from 'preact/hooks'
import type { Role } from '../../../shared/run/roles.ts'
import { isRefusal, startDemo } from '../../net/http-calls.ts'
import { keepSeat } from '../kept.ts'
import { navigate } from '../navigate.ts'
import { keyOfSeat, runPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'

export function DemoButton() {
  const [isStarting, setStarting] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  const start = async () => {
    setStarting(true)
    const answer = await startDemo(location.origin)
    setStarting(false)
    if (isRefusal(answer)) return setTrouble(refusalText(answer))
    const key = keyOfSeat(answer.leaderSeat)
    const keep = (seat: string, role: Role) =>
      keepSeat({
        key,
        seat,
        role,
        title: t.demo.heading,
        name: null,
        keptAtMs: Date.now(),
        invites: {},
        usedInvite: null,
        locates: false,
        isDemo: true,
      })
    keep(answer.cyclistSeat, 'cyclist')
    keep(answer.runnerSeat, 'runner')
    keep(answer.leaderSeat, 'leader')
    navigate(runPath(key))
  }

  return (
    <section class="card">
      <p>{t.start.demoHint}</p>
      {trouble && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="button" disabled={isStarting} onClick={start}>
        {isStarting ? t.start.demoStarting : t.start.demo}
      </button>
    </section>
  )
}
