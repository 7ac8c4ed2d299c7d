import { isRefusal, organise } from '../../net/http-calls.ts'
import { keptSeats } from '../kept.ts'
import { keepClub, organisedClubs } from './kept-clubs.ts'

const RUNS_MAX = 20

/** CB5: puts what this phone planned for its clubs under their links once more; a name that the house has lost comes back too. */
export async function giveClubsBack(): Promise<void> {
  for (const club of organisedClubs()) {
    const organiser = club.organiser as string
    const invites = keptSeats()
      .filter((seat) => seat.club === organiser)
      .flatMap((seat) => seat.invites.runner ?? [])
      .slice(0, RUNS_MAX)
    const answer = await organise(location.origin, { organiser, name: null, invites })
    if (isRefusal(answer)) continue
    if (answer.name !== null) keepClub({ ...club, name: answer.name })
    else if (club.name !== null) await organise(location.origin, { organiser, name: club.name, invites: [] })
  }
}
