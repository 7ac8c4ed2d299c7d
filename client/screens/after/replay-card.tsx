import { useState } from 'preact/hooks'
import { lazily } from '../lazily.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { fetchHere, useReplay } from './replay-source.ts'

const ReplayPlayer = lazily(async () => (await import('./replay-player.tsx')).ReplayPlayer)

/** Nothing plays by itself, and nothing is fetched before it is wanted. */
export function ReplayCard() {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const here = useReplay(isOpen)
  return (
    <section class="card after-replay" aria-labelledby="after-replay">
      <h2 id="after-replay">{t.replay.heading}</h2>
      {!isOpen && (
        <button type="button" class="primary" onClick={() => setOpen(true)}>
          {t.replay.open}
        </button>
      )}
      {isOpen && (here.is === 'fetching' || here.is === 'not-asked') && <p role="status">{t.replay.loading}</p>}
      {isOpen && here.is === 'failed' && (
        <div class="row" role="alert">
          <p class="grow">{t.replay.failed}</p>
          <button type="button" onClick={() => void fetchHere(run)}>
            {t.replay.again}
          </button>
        </div>
      )}
      {isOpen && here.is === 'here' && <ReplayPlayer replay={here.replay} />}
    </section>
  )
}
