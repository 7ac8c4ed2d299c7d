/** The clubs this browser knows: organised here, or followed once. */
import { remembered } from '../kept.ts'

export type KeptClub = {
  /** Opens the next run. */
  readonly link: string
  /** Puts runs under the link; `null` for who only follows it. */
  readonly organiser: string | null
  readonly name: string | null
}

const CLUBS_MAX = 12
const stored = remembered('serik.clubs')

/** The last used first. */
export function keptClubs(): readonly KeptClub[] {
  try {
    const kept: unknown = JSON.parse(stored.get() || '[]')
    return Array.isArray(kept) ? kept : []
  } catch {
    return [] // not ours, or cut off
  }
}

export const organisedClubs = (): readonly KeptClub[] => keptClubs().filter(({ organiser }) => organiser !== null)

/** Keeps it, or what is known of it now; whoever organises it goes on doing so. */
export function keepClub(club: KeptClub): void {
  const before = keptClubs().find(isSame(club.link))
  const kept = {
    link: club.link,
    organiser: club.organiser ?? before?.organiser ?? null,
    name: club.name ?? before?.name ?? null,
  }
  stored.set(JSON.stringify([kept, ...othersThan(club.link)].slice(0, CLUBS_MAX)))
}

export const forgetClub = (link: string): void => stored.set(JSON.stringify(othersThan(link)))

/** A token names its club in its second part; its link and its organiser's secret may have been renewed since. */
export const clubIdOf = (token: string): string => token.split('.')[1] ?? ''
export const isOrganiser = (token: string): boolean => token.startsWith('o.')

/** How often it had been renewed: between the club and the seal, and not at all in the first one. */
export const renewalOf = (token: string): number => Number(token.split('.').slice(2, -1)[0] ?? 0)

/** What organises now the club that was organised by this secret, on this phone. */
export const organiserNow = (secret: string | null | undefined): string | null =>
  secret ? (organisedClubs().find(isSame(secret))?.organiser ?? null) : null

const isSame =
  (token: string) =>
  ({ link }: KeptClub): boolean =>
    clubIdOf(link) === clubIdOf(token)
const othersThan = (token: string) => keptClubs().filter((club) => !isSame(token)(club))
