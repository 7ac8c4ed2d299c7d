import { useEffect, useState } from 'preact/hooks'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { ClubNext } from '../../../shared/protocol/http-plan.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { followClub, isRefusal } from '../../net/http-calls.ts'
import { navigate } from '../navigate.ts'
import { invitePath } from '../run-address.ts'
import { t } from '../texts.ts'
import { clubRefusalText } from './club-refusal.ts'
import { keepClub } from './kept-clubs.ts'

/** Goes on to join the next run; where none is planned yet, it looks again by itself while somebody looks at it. */
export function FollowClub({ link }: { readonly link: string }) {
  const [found, setFound] = useState<ClubNext | Refusal | null>(null)

  const look = async () => {
    const answer = await followClub(location.origin, link)
    if (!isRefusal(answer)) keepClub({ link, organiser: null, name: answer.name })
    if (!isRefusal(answer) && answer.next) navigate(invitePath(answer.next.invite), 'replace')
    else setFound(answer)
  }
  useEffect(() => {
    const lookIfSeen = () => {
      if (document.visibilityState === 'visible') void look()
    }
    lookIfSeen()
    const timer = setInterval(lookIfSeen, MINUTE_MS)
    document.addEventListener('visibilitychange', lookIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookIfSeen)
    }
  }, [link])

  if (!found) return <p role="status">{t.club.opening}</p>
  if (isRefusal(found))
    return (
      <>
        <h1>{t.club.mine}</h1>
        <p role="alert">{refusedText(found)}</p>
        <button type="button" class="primary" onClick={() => void look()}>
          {t.join.again}
        </button>
      </>
    )
  return (
    <>
      <h1>{found.name ?? t.club.unnamed}</h1>
      <p class="lead" role="status">
        {t.club.none}
      </p>
      <p class="hint">{t.club.noneHint}</p>
      <button type="button" class="primary big" onClick={() => void look()}>
        {t.club.lookAgain}
      </button>
    </>
  )
}

function refusedText(refusal: Refusal): string {
  return refusal.code === 'retry-later' ? t.join.noAnswer : clubRefusalText(refusal, t.club.over)
}
