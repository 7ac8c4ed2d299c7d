import { followClub, isRefusal, organise } from '../../net/http-calls.ts'
import { keptSeats } from '../kept.ts'
import { type KeptClub, keepClub, organisedClubs, organiserNow, renewalOf } from './kept-clubs.ts'

const RUNS_MAX = 20

/** CB5: puts what this phone planned for its clubs under their links once more; a name or a renewed link that the house has lost comes back too. */
export async function giveClubsBack(): Promise<void> {
  for (const club of organisedClubs()) {
    const organiser = club.organiser as string
    const invites = keptSeats()
      .filter((seat) => organiserNow(seat.club) === organiser)
      .flatMap((seat) => seat.invites.runner ?? [])
      .slice(0, RUNS_MAX)
    const answer = await organise(location.origin, { organiser, name: null, invites })
    if (isRefusal(answer)) continue
    keepClub({ link: newestLink(club, answer.link), organiser, name: answer.name })
    if (answer.name === null && club.name !== null)
      await organise(location.origin, { organiser, name: club.name, invites: [] })
    // Whoever shows the house a newer link than it knows tells it that there was one.
    if (renewalOf(answer.link) < renewalOf(club.link)) await followClub(location.origin, club.link)
  }
}

/** Another organiser may have renewed it, and the house may have lost that. */
export const newestLink = (club: KeptClub, told: string): string =>
  renewalOf(told) < renewalOf(club.link) ? club.link : told
