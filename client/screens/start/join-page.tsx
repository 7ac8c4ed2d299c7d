import { useEffect, useState } from 'preact/hooks'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { InviteShown } from '../../../shared/protocol/http.ts'
import { isRefusal, lookAtInvite } from '../../net/http-calls.ts'
import { InAppNotice } from '../install/in-app-notice.tsx'
import { keptSeats } from '../kept.ts'
import { followHere } from '../navigate.ts'
import { foresee } from '../run/role-screens.ts'
import { runPath } from '../run-address.ts'
import { clockText, refusalText, t } from '../texts.ts'
import { JoinForm } from './join-form.tsx'
import { PlainPage } from './plain-page.tsx'

/** `/j#INVITE`: looking changes nothing; only the button joins. */
export function JoinPage({ invite }: { readonly invite: string }) {
  const [shown, setShown] = useState<InviteShown | Refusal | null>(null)
  const [isAnother, setAnother] = useState(false)
  const mine = keptSeats().find(({ usedInvite }) => usedInvite === invite)

  const look = () => {
    setShown(null)
    void lookAtInvite(location.origin, invite).then(setShown)
  }
  useEffect(look, [invite])
  useEffect(() => {
    if (shown && !isRefusal(shown)) foresee(shown.role)
  }, [shown])

  if (mine && !isAnother)
    return (
      <PlainPage title={mine.title ?? t.common.untitled}>
        <p>{t.join.already(mine.name)}</p>
        <a class="button primary big" href={runPath(mine.key)} onClick={followHere}>
          {t.join.open}
        </a>
        <button type="button" class="quiet" onClick={() => setAnother(true)}>
          {t.join.another}
        </button>
      </PlainPage>
    )
  if (!shown)
    return (
      <PlainPage>
        <p role="status">{t.join.opening}</p>
      </PlainPage>
    )
  if (isRefusal(shown))
    return (
      <PlainPage>
        <p role="alert">{shown.code === 'retry-later' ? t.join.noAnswer : refusalText(shown)}</p>
        <button type="button" class="primary" onClick={look}>
          {t.join.again}
        </button>
        <a href="/" onClick={followHere}>
          {t.common.home}
        </a>
      </PlainPage>
    )
  const isLater = shown.plannedStartMs > Date.now()
  return (
    <PlainPage title={t.join.heading(shown.title ?? t.common.untitled)}>
      <p class="lead">
        {shown.role === 'guardian'
          ? t.join.asGuardian(shown.leaderName)
          : t.join.as(t.roles[shown.role], shown.leaderName)}
      </p>
      {isLater && <p>{t.join.when(clockText(shown.plannedStartMs, Date.now()))}</p>}
      <InAppNotice />
      <JoinForm key={String(isAnother)} invite={invite} shown={shown} isAnother={isAnother} />
    </PlainPage>
  )
}
