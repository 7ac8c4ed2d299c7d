import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClubShown, RenewClub } from '../../../shared/protocol/http-plan.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, organise, renewClub } from '../../net/http-calls.ts'
import { newSecretKey } from '../../net/new-id.ts'
import { navigate } from '../navigate.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Field } from '../parts/field.tsx'
import { LinkToGive, QrCode } from '../parts/link-to-give.tsx'
import { beginDraft, newDraft } from '../plan/kept-draft.ts'
import { clubUrl, isReachedByOthers, planPath } from '../run-address.ts'
import { clockText, t } from '../texts.ts'
import { clubRefusalText } from './club-refusal.ts'
import { giveClubsBack, newestLink } from './give-back.ts'
import { forgetClub, type KeptClub, keepClub } from './kept-clubs.ts'

/** A club as who organises it sees it: the link to print, the runs it leads to, and who else may organise. */
export function ClubHome({ club: opened }: { readonly club: KeptClub }) {
  const [club, setClub] = useState(opened)
  const { name } = club
  const organiser = club.organiser ?? ''
  const [runs, setRuns] = useState<ClubShown['runs'] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const url = clubUrl(club.link)
  // The same keys until an answer came: what is asked again after a lost answer is the same renewal.
  const renewKeys = useRef({ link: newSecretKey(), organiser: newSecretKey() })

  const keep = (now: KeptClub) => {
    keepClub(now)
    setClub(now)
  }
  const ask = async (newName: string | null) => {
    const answer = await organise(location.origin, { organiser, name: newName, invites: [] })
    if (isRefusal(answer)) return setTrouble(clubRefusalText(answer, t.club.othersOver))
    setTrouble(null)
    setRuns(answer.runs)
    keep({ link: newestLink(club, answer.link), organiser, name: answer.name ?? name })
  }
  const renew = async (which: RenewClub['which']) => {
    const answer = await renewClub(location.origin, { organiser, which, renewKey: renewKeys.current[which] })
    if (isRefusal(answer)) return setTrouble(clubRefusalText(answer, t.club.othersOver))
    setTrouble(null)
    renewKeys.current[which] = newSecretKey()
    keep({ link: newestLink(club, answer.link), organiser: answer.organiser, name })
  }
  useEffect(() => {
    void giveClubsBack().then(() => ask(null))
  }, [])

  const plan = () => {
    beginDraft(null, { ...newDraft(), club: organiser })
    navigate(planPath)
  }
  const forget = () => {
    forgetClub(club.link)
    navigate('/')
  }
  return (
    <>
      <section class="poster">
        <h1>{name ?? t.club.unnamed}</h1>
        <p class="poster-scan">{t.club.scan}</p>
        <QrCode text={url} label={t.club.link} />
        <p class="poster-how">{t.club.how}</p>
        <p class="poster-url">{url}</p>
      </section>
      {!isReachedByOthers() && <p class="trouble unprinted">{t.lead.localhost}</p>}
      {trouble && (
        <p class="trouble unprinted" role="alert">
          {trouble}
        </p>
      )}
      <section class="card unprinted">
        <p>{t.club.linkHint}</p>
        <LinkToGive url={url} label={t.club.link} hasCode={false} />
        <button type="button" onClick={() => print()}>
          {t.club.print}
        </button>
        <ConfirmButton label={t.club.renew} question={t.club.renewSure} onYes={() => void renew('link')} />
      </section>
      <section class="card unprinted" aria-labelledby="club-coming">
        <h2 id="club-coming">{t.club.coming}</h2>
        {runs?.length === 0 && <p>{t.club.noRuns}</p>}
        <ul class="list">
          {runs?.map(({ title, plannedStartMs, isLive }) => (
            <li key={`${plannedStartMs} ${title}`}>
              <strong>{title ?? t.common.untitled}</strong>
              <small class="block">{isLive ? t.club.live : clockText(plannedStartMs, Date.now())}</small>
            </li>
          ))}
        </ul>
        <button type="button" class="primary" onClick={plan}>
          {t.club.plan}
        </button>
      </section>
      <details class="card unprinted">
        <summary>{t.club.others}</summary>
        <p>{t.club.othersHint}</p>
        <LinkToGive url={clubUrl(organiser)} label={t.club.othersLink} />
        <ConfirmButton label={t.club.renew} question={t.club.othersSure} onYes={() => void renew('organiser')} />
      </details>
      <Rename name={name ?? ''} onName={(newName) => void ask(newName)} />
      <div class="unprinted">
        <ConfirmButton label={t.club.forget} question={t.club.forgetSure} onYes={forget} />
      </div>
    </>
  )
}

function Rename({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }) {
  const [typed, setTyped] = useState(name)
  const rename = (event: Event) => {
    event.preventDefault()
    if (typed.trim() !== '') onName(typed.trim())
  }
  return (
    <details class="card unprinted">
      <summary>{t.club.rename}</summary>
      <form onSubmit={rename}>
        <Field label={t.club.name} value={typed} maxLength={NAME_MAX} onText={setTyped} />
        <button type="submit">{t.planning.save}</button>
      </form>
    </details>
  )
}
