import { useEffect } from 'preact/hooks'
import { clubIdOf, keptClubs, organisedClubs } from '../club/kept-clubs.ts'
import { followHere } from '../navigate.ts'
import { clubPath, clubsPath } from '../run-address.ts'
import { t } from '../texts.ts'

/** The clubs whose next run this phone opens, and those it organises. */
export function MyClubs() {
  const clubs = keptClubs()
  useEffect(() => {
    if (organisedClubs().length > 0) void import('../club/give-back.ts').then(({ giveClubsBack }) => giveClubsBack())
  }, [])
  return (
    <section>
      <h2 class={clubs.length === 0 ? 'unseen' : undefined}>{t.club.mine}</h2>
      {clubs.length > 0 && (
        <ul class="list">
          {clubs.map(({ link, organiser, name }) => (
            <li key={link}>
              <a href={organiser ? clubPath(clubIdOf(link)) : `${clubsPath}#${link}`} onClick={followHere}>
                <strong>{organiser ? (name ?? t.club.unnamed) : t.club.next(name ?? t.club.unnamed)}</strong>
              </a>
            </li>
          ))}
        </ul>
      )}
      <a class="standing" href={clubsPath} onClick={followHere}>
        {t.club.make}
      </a>
    </section>
  )
}
