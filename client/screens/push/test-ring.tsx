import { useEffect, useState } from 'preact/hooks'
import { SECOND_MS } from '../../../shared/units.ts'
import { isRefusal, ringForTest } from '../../net/http-calls.ts'
import { isIos } from '../install/install-offer.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { heardRing } from './pushing.ts'
import { rung } from './rung.ts'

const RINGS_AFTER_MS = 10 * SECOND_MS
/** A push service takes a moment. */
const HEARD_BY_MS = 4 * SECOND_MS

type Trying =
  | { readonly is: 'no' | 'asking' | 'failed' | 'heard' | 'unheard' }
  | { readonly is: 'waiting'; readonly sinceMs: number }

/** Ten seconds to lock the phone and put it away. */
export function TestRing() {
  const { kept, nowMs, phone } = useRun()
  const [trying, setTrying] = useState<Trying>({ is: 'no' })
  const hasCome = trying.is === 'waiting' && rung.value?.what === 'test' && rung.value.atMs >= trying.sinceMs
  useEffect(() => {
    if (hasCome) navigator.vibrate?.([250, 120, 250])
  }, [hasCome])

  const ring = async () => {
    setTrying({ is: 'asking' })
    const answer = await ringForTest(location.origin, kept.seat, RINGS_AFTER_MS)
    setTrying(isRefusal(answer) ? { is: 'failed' } : { is: 'waiting', sinceMs: phone.nowMs() })
  }
  const said = (isHeard: boolean) => {
    heardRing.set(isHeard ? 'yes' : '')
    setTrying({ is: isHeard ? 'heard' : 'unheard' })
  }

  if (trying.is === 'waiting') {
    const leftMs = trying.sinceMs + RINGS_AFTER_MS - nowMs
    if (leftMs > 0 && !hasCome) return <p class="lead">{t.push.card.lockNow(Math.ceil(leftMs / SECOND_MS))}</p>
    return (
      <div>
        {hasCome && <p role="status">{t.push.card.came}</p>}
        {!hasCome && leftMs > -HEARD_BY_MS ? (
          <p role="status">{t.common.sending}</p>
        ) : (
          <>
            <p>
              <strong>{t.push.card.didIt}</strong>
            </p>
            <div class="row">
              <button type="button" class="primary grow" onClick={() => said(true)}>
                {t.push.card.yes}
              </button>
              <button type="button" class="grow" onClick={() => said(false)}>
                {t.push.card.no}
              </button>
            </div>
          </>
        )}
      </div>
    )
  }
  return (
    <>
      {trying.is === 'heard' && <p role="status">{t.push.card.good}</p>}
      {trying.is === 'unheard' && <WhatToDo />}
      {trying.is === 'failed' && (
        <p class="trouble" role="alert">
          {t.push.card.failed}
        </p>
      )}
      <button type="button" disabled={trying.is === 'asking'} onClick={ring}>
        {t.push.card.test}
      </button>
    </>
  )
}

export function WhatToDo() {
  const advice = isIos() ? t.push.card.ios : t.push.card.android
  return (
    <div role="status">
      <strong>{t.push.card.whatToDo}</strong>
      <ul class="plain-list">
        {advice.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
