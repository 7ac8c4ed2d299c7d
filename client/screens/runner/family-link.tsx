import { useState } from 'preact/hooks'
import { takesPart } from '../../../shared/run/roles.ts'
import type { InviteId } from '../../../shared/units.ts'
import { changeSeat, type KeptSeat, seatFor } from '../kept.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { familyInvite } from '../parts/family-invite.ts'
import { LinkToGive } from '../parts/link-to-give.tsx'
import { useRun } from '../run/running.ts'
import { inviteUrl } from '../run-address.ts'
import { t } from '../texts.ts'

/** A link by which those at home see this one dot. */
export function FamilyLink() {
  const { kept, view, mine, wish } = useRun()
  const [family, setFamily] = useState(() => seatFor(kept.key)?.family ?? null)
  if (!mine || !takesPart(mine.role) || view.run.head.phase === 'ended' || kept.isDemo) return null

  const keep = (link: KeptSeat['family']) => {
    changeSeat(kept.seat, { family: link ?? null })
    setFamily(link ?? null)
  }
  const make = async () => {
    const invite = familyInvite(mine.memberId, view.run.head.latestEndMs)
    const answer = await wish(invite)
    if (answer.ok && answer.invite) keep({ inviteId: invite.inviteId, invite: answer.invite })
  }
  const withdraw = async (inviteId: InviteId) => {
    const answer = await wish({ type: 'withdraw-invite', inviteId })
    if (answer.ok) keep(null)
  }
  return (
    <section aria-label={t.family.heading}>
      <h3>{t.family.heading}</h3>
      <p class="hint">{t.family.hint}</p>
      {family ? (
        <>
          <LinkToGive url={inviteUrl(family.invite)} label={t.family.label} />
          <ConfirmButton
            label={t.family.withdraw}
            question={t.family.withdrawSure}
            onYes={() => void withdraw(family.inviteId)}
          />
        </>
      ) : (
        <button type="button" onClick={() => void make()}>
          {t.family.make}
        </button>
      )}
    </section>
  )
}
