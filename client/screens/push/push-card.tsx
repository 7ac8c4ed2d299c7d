import { useState } from 'preact/hooks'
import type { Role } from '../../../shared/run/roles.ts'
import { InstallCard } from '../install/install-card.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { cannotRing, heardRing, letNotRing, letRing } from './pushing.ts'
import { TestRing, WhatToDo } from './test-ring.tsx'

type PushCardProps = {
  /** In full where it matters most, for cyclists before the start; until it is on and was heard. */
  readonly isFull?: boolean
}

/** PW11: can this phone ring when it is locked? Says so, and lets its owner hear. */
export function PushCard({ isFull = false }: PushCardProps) {
  const { kept, mine } = useRun()
  if (kept.isDemo || !mine) return null
  const isOn = mine.hasPush
  if (!isFull)
    return (
      <details class="card">
        <summary>{t.push.card.heading}</summary>
        <Inside isOn={isOn} role={mine.role} />
      </details>
    )
  if (isOn && heardRing.get() === 'yes') return null
  return (
    <section class="card" aria-labelledby="ring">
      <h2 id="ring">{t.push.card.heading}</h2>
      <Inside isOn={isOn} role={mine.role} />
    </section>
  )
}

const why = (role: Role): string =>
  role === 'cyclist' ? t.push.card.forHelpers : role === 'leader' ? t.push.card.forLeaders : t.push.card.forRunners

function Inside({ isOn, role }: { readonly isOn: boolean; readonly role: Role }) {
  const run = useRun()
  const running = { kept: run.kept, phone: run.phone, wish: run.wish }
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const obstacle = cannotRing()
  const turn = async (way: typeof letRing) => {
    setBusy(true)
    setFailed(false)
    const isDone = await way(running).catch(() => false)
    setBusy(false)
    setFailed(!isDone && cannotRing() === null)
  }
  if (obstacle)
    return (
      <>
        <p class="hint">{why(role)}</p>
        <p role="status">
          <strong>{t.push.card[obstacle]}</strong>
        </p>
        {obstacle === 'iosHome' && <InstallCard />}
      </>
    )
  return (
    <>
      <p class="hint">{why(role)}</p>
      {isOn ? (
        <>
          <p role="status">
            <strong>{t.push.card.on}</strong> {heardRing.get() === 'yes' ? t.push.card.good : t.push.card.notTried}
          </p>
          <TestRing />
          <button type="button" class="quiet" disabled={isBusy} onClick={() => void turn(letNotRing)}>
            {t.push.card.turnOff}
          </button>
        </>
      ) : (
        <button type="button" class="primary" disabled={isBusy} onClick={() => void turn(letRing)}>
          {t.push.card.turnOn}
        </button>
      )}
      {hasFailed && (
        <>
          <p class="trouble" role="alert">
            {t.push.card.failed}
          </p>
          <WhatToDo />
        </>
      )}
    </>
  )
}
