import type { Member } from '../../../shared/run/state.ts'
import { nameOf } from '../../state/people.ts'
import { unheardOf } from '../../state/to-look-after.ts'
import { isWaiting } from '../../state/waiting.ts'
import { Reach } from '../pack/reach.tsx'
import { EmergencyWords } from '../parts/emergency-words.tsx'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { clockText, joined, kmText, t } from '../texts.ts'

/** More are in the sentence and in the list. */
const SHOWN_MAX = 6

/** Who is out and of whom nobody knows: call them, or say that they are seen. */
export function UnheardCard() {
  const { view, nowMs } = useRun()
  const all = unheardOf(view, nowMs)
  if (all.length === 0) return null
  return (
    <section class="card to-look" aria-labelledby="unheard">
      <h2 id="unheard">{t.lookAfter.silent}</h2>
      <ul class="list">
        {all.slice(0, SHOWN_MAX).map((member) => (
          <Unheard key={member.memberId} member={member} />
        ))}
      </ul>
      {all.length > SHOWN_MAX && <p class="hint">{t.lookAfter.more(all.length - SHOWN_MAX)}</p>}
    </section>
  )
}

function Unheard({ member: { memberId, seen } }: { readonly member: Member }) {
  const run = useRun()
  const { view, nowMs, wish, phone } = run
  const name = nameOf(view, memberId)
  const { where, age } = placeWords(run, memberId, false)
  return (
    <li>
      <strong>{name}</strong>
      <p>
        <small>
          {joined(
            [
              where,
              age,
              seen && t.headCount.seenAt(clockText(seen.atMs, nowMs), seen.atM === null ? null : kmText(seen.atM)),
            ],
            ' · ',
          )}
        </small>
      </p>
      <div class="row">
        <Reach memberId={memberId} isMissingTold />
        {view.run.head.phase === 'live' && (
          <button
            type="button"
            aria-label={t.lookAfter.seenLabel(name)}
            disabled={isWaiting(view, 'see-members')}
            onClick={() =>
              void wish({ type: 'see-members', memberIds: [memberId], seenAtMs: Math.round(phone.nowMs()) })
            }
          >
            {t.lookAfter.seenHere}
          </button>
        )}
      </div>
      <EmergencyWords memberId={memberId} />
    </li>
  )
}
