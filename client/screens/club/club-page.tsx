import { useEffect, useState } from 'preact/hooks'
import { isRefusal, organise } from '../../net/http-calls.ts'
import { followHere, navigate } from '../navigate.ts'
import { clubPath } from '../run-address.ts'
import { PageTop } from '../start/page-top.tsx'
import { t } from '../texts.ts'
import { ClubHome } from './club-home.tsx'
import { clubRefusalText } from './club-refusal.ts'
import { FollowClub } from './follow-club.tsx'
import { clubIdOf, isOrganiser, keepClub, organisedClubs } from './kept-clubs.ts'
import { MakeClub } from './make-club.tsx'

type ClubPageProps = {
  readonly clubId: string | null
  /** Of the address: a club's link, or an organiser's. */
  readonly secret: string
}

/** `/c#LINK` opens the next run, `/c#ORGANISER` makes this phone an organiser's, `/c/ID` is a club's own page, `/c` makes one. */
export function ClubPage({ clubId, secret }: ClubPageProps) {
  const organised = organisedClubs().find(({ link }) => clubIdOf(link) === clubId)
  return (
    <>
      <PageTop />
      <main class="page club">
        {secret && isOrganiser(secret) ? (
          <TakeClub organiser={secret} />
        ) : secret ? (
          <FollowClub link={secret} />
        ) : organised ? (
          <ClubHome club={organised} />
        ) : (
          <MakeClub />
        )}
        <a class="unprinted" href="/" onClick={followHere}>
          {t.common.home}
        </a>
      </main>
    </>
  )
}

/** The secret leaves the address, and the history with it. */
function TakeClub({ organiser }: { readonly organiser: string }) {
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    void organise(location.origin, { organiser, name: null, invites: [] }).then((answer) => {
      if (isRefusal(answer)) return setTrouble(clubRefusalText(answer, t.club.othersOver))
      keepClub({ link: answer.link, organiser, name: answer.name })
      navigate(clubPath(clubIdOf(answer.link)), 'replace')
    })
  }, [organiser])
  return (
    <>
      <h1>{t.club.others}</h1>
      {trouble ? <p role="alert">{trouble}</p> : <p role="status">{t.common.loading}</p>}
    </>
  )
}
