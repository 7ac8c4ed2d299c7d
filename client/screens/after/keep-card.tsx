import { useState } from 'preact/hooks'
import { DAY_MS } from '../../../shared/units.ts'
import { forgottenAtMs } from '../../state/after-run.ts'
import { useRun } from '../run/running.ts'
import { dateText, t } from '../texts.ts'
import { saveFile } from './save-file.ts'

/** What one may keep of the run, and when the rest is deleted. */
export function KeepCard() {
  const { view, kept, mine } = useRun()
  const [hasFailed, setFailed] = useState(false)
  const goneAtMs = forgottenAtMs(view)
  const hasTrack = (mine?.windows.length ?? 0) > 0
  const keep = async (query: string) => {
    const answer = await fetch(`/api/track.gpx${query}`, { headers: { authorization: `Bearer ${kept.seat}` } }).catch(
      () => null,
    )
    setFailed(!answer?.ok)
    if (answer?.ok) saveFile('serik-run.gpx', await answer.blob())
  }
  return (
    <section class="card after-keep" aria-labelledby="after-keep">
      <h2 id="after-keep">{t.after.keep}</h2>
      <p>
        {goneAtMs === null
          ? t.after.deletedAfter(Math.round(view.run.head.retentionMs / DAY_MS))
          : t.after.deletedAt(dateText(goneAtMs))}
      </p>
      {hasTrack && mine && (
        <button type="button" class="primary" onClick={() => void keep(`?member=${mine.memberId}`)}>
          {t.after.keepTrack}
        </button>
      )}
      {mine?.role === 'leader' && (
        <button type="button" onClick={() => void keep('')}>
          {t.after.keepAll}
        </button>
      )}
      {hasFailed && (
        <p class="trouble" role="alert">
          {t.after.keepFailed}
        </p>
      )}
    </section>
  )
}
