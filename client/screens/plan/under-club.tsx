import { useState } from 'preact/hooks'
import { isRefusal, organise } from '../../net/http-calls.ts'
import { clubRefusalText } from '../club/club-refusal.ts'
import { type KeptClub, organisedClubs, organiserNow } from '../club/kept-clubs.ts'
import { changeSeat, seatFor } from '../kept.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

/** Puts the run under the link of a club that this phone organises, as long as it has the runners' invite to put there. */
export function UnderClub() {
  const { kept, notice } = useRun()
  const [under, setUnder] = useState(() => organiserNow(seatFor(kept.key)?.club))
  const clubs = organisedClubs()
  const invite = seatFor(kept.key)?.invites.runner
  const club = clubs.find(({ organiser }) => organiser === under)
  if (club) return <p>{t.club.attached(club.name ?? t.club.unnamed)}</p>
  if (!invite) return null

  const put = async ({ organiser }: KeptClub) => {
    const answer = await organise(location.origin, { organiser: organiser ?? '', name: null, invites: [invite] })
    if (isRefusal(answer)) {
      notice.value = answer.code === 'malformed' ? t.club.full : clubRefusalText(answer, t.club.othersOver)
      return
    }
    changeSeat(kept.seat, { club: organiser })
    setUnder(organiser)
  }
  return (
    <>
      {clubs.map((each) => (
        <button key={each.link} type="button" onClick={() => void put(each)}>
          {t.club.attach(each.name ?? t.club.unnamed)}
        </button>
      ))}
    </>
  )
}
