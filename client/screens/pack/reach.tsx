import type { MemberId } from '../../../shared/units.ts'
import { nameOf, phoneOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

type ReachProps = {
  readonly memberId: MemberId
  /** Whether it is said that they have given no number. */
  readonly isMissingTold?: boolean
}

/** Their number as two buttons, call and text, as far as this seat is told it. */
export function Reach({ memberId, isMissingTold = false }: ReachProps) {
  const { view } = useRun()
  const phone = phoneOf(view, memberId)
  const name = nameOf(view, memberId)
  if (memberId === view.myId) return null
  if (!phone) return isMissingTold ? <span class="hint">{t.lookAfter.noPhone}</span> : null
  const number = phone.replace(/[^+\d]/g, '')
  return (
    <>
      <a class="button" href={`tel:${number}`} aria-label={t.queue.call(name)}>
        <PhoneIcon />
        {t.lookAfter.call}
      </a>
      <a class="button" href={`sms:${number}`} aria-label={t.lookAfter.textLabel(name)}>
        {t.lookAfter.text}
      </a>
    </>
  )
}

const PhoneIcon = () => (
  <svg class="small-icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6 3h4l2 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 2v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z" />
  </svg>
)
