import { useState } from 'preact/hooks'
import { stopReasons, takesPart } from '../../../shared/run/roles.ts'
import type { Member } from '../../../shared/run/state.ts'
import { nameOf } from '../../state/people.ts'
import { Reach } from '../pack/reach.tsx'
import { Choice } from '../parts/choice.tsx'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { EmergencyWords } from '../parts/emergency-words.tsx'
import { familyInvite } from '../parts/family-invite.ts'
import { LinkToGive } from '../parts/link-to-give.tsx'
import { useRun } from '../run/running.ts'
import { inviteUrl, seatUrl } from '../run-address.ts'
import { t } from '../texts.ts'

export function MemberActions({ member }: { readonly member: Member }) {
  const { view, wish, phone } = useRun()
  const [newSeat, setNewSeat] = useState<string | null>(null)
  const [family, setFamily] = useState<string | null>(null)
  const { memberId, role, status } = member
  const name = nameOf(view, memberId)
  const isMe = memberId === view.myId
  const isOver = view.run.head.phase === 'ended'

  const reseat = async () => {
    const answer = await wish({ type: 'reseat-member', memberId })
    if (answer.ok && answer.seat) setNewSeat(answer.seat)
  }
  const makeFamilyLink = async () => {
    const answer = await wish(familyInvite(memberId, view.run.head.latestEndMs))
    if (answer.ok && answer.invite) setFamily(answer.invite)
  }
  return (
    <div class="actions">
      <div class="row">
        <Reach memberId={memberId} isMissingTold />
      </div>
      <EmergencyWords memberId={memberId} />
      {takesPart(role) && status !== 'stopped' && (
        <Choice
          legend={t.lead.account}
          all={stopReasons}
          text={(reason) => t.stops[reason]}
          onChoose={(reason) => void wish({ type: 'stop', memberId, reason, untilMs: Math.round(phone.nowMs()) })}
        />
      )}
      {(status === 'stopped' || status === 'paused') && !isOver && (
        <button type="button" onClick={() => void wish({ type: 'return', memberId })}>
          {t.lead.comeBack}
        </button>
      )}
      {takesPart(role) && !isOver && (
        <button
          type="button"
          aria-pressed={member.isMinor}
          onClick={() => void wish({ type: 'set-minor', memberId, isMinor: !member.isMinor })}
        >
          {t.drink.underAge}
        </button>
      )}
      {takesPart(role) && member.isMinor && !isOver && !family && (
        <button type="button" onClick={() => void makeFamilyLink()}>
          {t.family.makeTheirs}
        </button>
      )}
      {family && <LinkToGive url={inviteUrl(family)} label={t.family.theirs(name)} />}
      {!isMe && !isOver && (
        <div class="row wrap">
          <ConfirmButton label={t.lead.reseat} question={t.lead.reseatSure(name)} onYes={() => void reseat()} />
          {takesPart(role) && role !== 'leader' && (
            <ConfirmButton
              label={t.lead.pass}
              question={t.lead.passSure(name)}
              onYes={() => void wish({ type: 'pass-leadership', toMemberId: memberId })}
            />
          )}
          <ConfirmButton
            label={t.lead.remove}
            question={t.lead.removeSure(name)}
            onYes={() => void wish({ type: 'remove-member', memberId })}
          />
        </div>
      )}
      {newSeat && (
        <div>
          <p>{t.lead.reseated(name)}</p>
          <LinkToGive url={seatUrl(newSeat)} label={t.lead.reseated(name)} />
        </div>
      )}
    </div>
  )
}
