import { useState } from 'preact/hooks'
import { endsLater, missingGuestCount, missingMembers } from '../../../shared/run/questions.ts'
import { nameOf } from '../../state/people.ts'
import { useFocusWhereAsked } from '../parts/focus-where-asked.ts'
import { useRun } from '../run/running.ts'
import { clockText, refusalText, t } from '../texts.ts'
import { Extend } from './extend.tsx'

/** When it is to end, longer, and the end: refused as long as somebody is out, unless a leader insists. */
export function EndSection() {
  const { view, nowMs, phone, notice } = useRun()
  const [isInsisting, setInsisting] = useState(false)
  const asked = useFocusWhereAsked<HTMLDivElement>(isInsisting)
  const { phase, expectedEndMs } = view.run.head
  if (phase !== 'live' && phase !== 'planned') return null

  const end = async (despiteMissing: boolean) => {
    const answer = await phone.send({ type: 'end-run', despiteMissing })
    if (answer.ok) return
    if (answer.code === 'someone-is-missing') setInsisting(true)
    else notice.value = refusalText(answer)
  }
  return (
    <section class="card" aria-labelledby="end">
      <h2 id="end">{t.lead.end}</h2>
      <p>{t.lead.endsAt(clockText(expectedEndMs, nowMs))}</p>
      <Extend />
      {isInsisting ? (
        <div class="card notice" role="alert" ref={asked} tabIndex={-1}>
          <h3>{t.lead.stillOpen}</h3>
          <StillOpen />
          <div class="row">
            <button type="button" class="danger" onClick={() => void end(true)}>
              {t.lead.endAnyway}
            </button>
            <button type="button" onClick={() => setInsisting(false)}>
              {t.lead.goOn}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" class="danger" ref={asked} onClick={() => void end(false)}>
          {t.lead.endRun}
        </button>
      )}
      <p class="hint">{t.lead.endSure}</p>
    </section>
  )
}

/** Who and what stands in the way of the end. */
export function StillOpen() {
  const { view } = useRun()
  const names = missingMembers(view.run)
    .filter(({ memberId }) => memberId !== view.myId)
    .map(({ memberId }) => nameOf(view, memberId))
  const guests = missingGuestCount(view.run)
  const out = [...names, ...(guests > 0 ? [t.lead.guestHeads(guests)] : [])]
  const open = endsLater(view.run).length
  return (
    <p>
      {out.length > 0 ? t.lead.stillOut(out) : t.lead.allIn}
      {open > 0 && ` ${t.lead.openRequests(open)}`}
    </p>
  )
}
