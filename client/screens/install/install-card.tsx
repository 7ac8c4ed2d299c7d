import { useState } from 'preact/hooks'
import { DAY_MS } from '../../../shared/units.ts'
import { remembered } from '../kept.ts'
import { t } from '../texts.ts'
import { askToInstall, installWay } from './install-offer.ts'

/** Whoever said "not now" is left alone for so long. */
const PUT_OFF_MS = 30 * DAY_MS
const installPutOff = remembered('serik.install')

/** PW12: a way to the home screen where there is one, until it was taken or put off. */
export function InstallCard() {
  const [isPutOff, setPutOff] = useState(() => Date.now() - Number(installPutOff.get() || 0) < PUT_OFF_MS)
  const way = installWay()
  if (!way || isPutOff) return null
  const putOff = () => {
    installPutOff.set(String(Date.now()))
    setPutOff(true)
  }
  return (
    <section class="card" aria-labelledby="install">
      <h2 id="install">{t.install.heading}</h2>
      <p class="hint">{way === 'ios' ? t.install.ios : t.install.why}</p>
      <div class="row">
        {way === 'button' && (
          <button type="button" onClick={() => void askToInstall()}>
            {t.install.add}
          </button>
        )}
        <button type="button" class="quiet" onClick={putOff}>
          {t.install.later}
        </button>
      </div>
    </section>
  )
}
