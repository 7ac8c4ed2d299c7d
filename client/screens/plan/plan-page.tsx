import { useEffect, useState } from 'preact/hooks'
import { about, isRefusal, planOf } from '../../net/http-calls.ts'
import { draftAgain } from '../../state/plan-draft.ts'
import { organiserNow } from '../club/kept-clubs.ts'
import { seatFor } from '../kept.ts'
import { followHere } from '../navigate.ts'
import { PageTop } from '../start/page-top.tsx'
import { refusalText, t } from '../texts.ts'
import { beginDraft, keptDraft, newDraft } from './kept-draft.ts'
import { PlanForm } from './plan-form.tsx'

/** Until the house has said for how long it keeps a run it is left to the house. */
const ANY_DAYS = 3_650

/** `/plan`, or `/plan/KEY`: another run like the one whose seat is kept here under the key. */
export function PlanPage({ runKey }: { readonly runKey: string | null }) {
  const [mostDays, setMostDays] = useState(ANY_DAYS)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isNoAnswer, setNoAnswer] = useState(false)
  const kept = keptDraft.value?.of === runKey ? keptDraft.value : null

  const begin = async () => {
    setNoAnswer(false)
    const house = await about(location.origin)
    const days = isRefusal(house) ? ANY_DAYS : house.retentionDays
    setMostDays(days)
    if (keptDraft.peek()?.of === runKey) return
    const seat = runKey === null ? undefined : seatFor(runKey)
    if (!seat) return beginDraft(runKey, newDraft())
    const earlier = await planOf(location.origin, seat.seat)
    if (!isRefusal(earlier)) {
      const club = organiserNow(seat.club)
      const of = { seat: seat.seat, club, nowMs: Date.now(), mostDays: days }
      return beginDraft(runKey, draftAgain(newDraft(), earlier, of))
    }
    if (earlier.code === 'retry-later' || earlier.code === 'too-many') {
      setTrouble(refusalText(earlier))
      return setNoAnswer(true)
    }
    setTrouble(t.planning.earlierGone)
    beginDraft(runKey, { ...newDraft(), title: seat.title ?? '' })
  }
  useEffect(() => void begin(), [runKey])
  useEffect(() => {
    document.title = `${t.planning.heading} · Serik`
    return () => {
      document.title = 'Serik'
    }
  }, [])

  return (
    <>
      <PageTop />
      <main class="page">
        <h1>{runKey === null ? t.planning.heading : t.planning.headingAgain}</h1>
        {trouble && (
          <p class="card notice" role="alert">
            {trouble}
          </p>
        )}
        {kept && <PlanForm draft={kept.draft} createKey={kept.createKey} mostDays={mostDays} />}
        {!kept && !isNoAnswer && <p role="status">{runKey === null ? t.common.loading : t.planning.earlierLoading}</p>}
        {isNoAnswer && (
          <button type="button" class="primary" onClick={() => void begin()}>
            {t.join.again}
          </button>
        )}
        <a href="/" onClick={followHere}>
          {t.common.home}
        </a>
      </main>
    </>
  )
}
