import { useState } from 'preact/hooks'
import type { InviteId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { inviteIdOf, openLink } from '../../state/open-links.ts'
import { type SharedRole, sharedRoles } from '../../state/people.ts'
import { changeSeat, seatFor } from '../kept.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { LinkToGive } from '../parts/link-to-give.tsx'
import { useRun } from '../run/running.ts'
import { inviteUrl, isReachedByOthers } from '../run-address.ts'
import { t } from '../texts.ts'

const USES_MAX = 1_000

/** One link and code a role. The phone that planned the run has them; another leader's makes new ones. In wrong hands one is replaced. */
export function Invites({ isOpen }: { readonly isOpen: boolean }) {
  const { kept, view, wish } = useRun()
  const [role, setRole] = useState<SharedRole>('runner')
  const [invites, setInvites] = useState(() => seatFor(kept.key)?.invites ?? kept.invites)
  const secret = openLink(view.run, invites[role])

  const make = async () => {
    const answer = await wish({
      type: 'issue-invite',
      inviteId: newId<InviteId>('inv'),
      role,
      groupId: null,
      wardId: null,
      maxUses: USES_MAX,
      expiresAtMs: view.run.head.latestEndMs,
    })
    if (!answer.ok || !answer.invite) return
    const all = { ...invites, [role]: answer.invite }
    changeSeat(kept.seat, { invites: all })
    setInvites(all)
    // The club's standing link is to lead to the new one.
    if (role === 'runner') void import('../club/give-back.ts').then(({ giveClubsBack }) => giveClubsBack())
  }
  const replace = async (before: string) => {
    const answer = await wish({ type: 'withdraw-invite', inviteId: inviteIdOf(before) })
    if (answer.ok) await make()
  }
  return (
    <details class="card" open={isOpen}>
      <summary>{t.lead.invite}</summary>
      <p class="hint">{t.lead.inviteHint}</p>
      {!isReachedByOthers() && <p class="trouble">{t.lead.localhost}</p>}
      <fieldset class="choice" aria-label={t.lead.invite}>
        {sharedRoles.map((each) => (
          <button key={each} type="button" aria-pressed={each === role} onClick={() => setRole(each)}>
            {t.roles[each]}
          </button>
        ))}
      </fieldset>
      {secret ? (
        <>
          <LinkToGive url={inviteUrl(secret)} label={`${t.lead.invite}: ${t.roles[role]}`} />
          <ConfirmButton
            key={secret}
            label={t.lead.replaceLink}
            question={t.lead.replaceSure(t.roles[role])}
            onYes={() => void replace(secret)}
          />
        </>
      ) : (
        <button type="button" onClick={make}>
          {t.lead.makeLink}
        </button>
      )}
    </details>
  )
}
