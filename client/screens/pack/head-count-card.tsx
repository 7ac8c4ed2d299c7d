import { useState } from 'preact/hooks'
import type { Guests } from '../../../shared/run/state.ts'
import { wordKey } from '../../../shared/run/words.ts'
import { findPeople } from '../../state/find-people.ts'
import { groupsICount, headCount, isCrowd, mayICount, type Roster, rosterOf } from '../../state/head-count.ts'
import { me, nameOf } from '../../state/people.ts'
import { isWaiting } from '../../state/waiting.ts'
import { useRun } from '../run/running.ts'
import { clockText, joined, t } from '../texts.ts'
import { FindField } from '../where/find-field.tsx'

/** More are not drawn each second: a group's own list is shorter. */
const SHOWN_MAX = 120
/** Of fewer a name is found by eye. */
const FINDS_FROM = 24

/** "Seen here": by name, by number, or all of a group in one tap. For leaders, cyclists and whoever leads a group or runs last. */
export function HeadCountCard() {
  const { view, nowMs, wish } = useRun()
  const mine = me(view)
  if (!mine || !isCrowd(view) || !mayICount(view)) return null
  const { sinceMs, heard, seen, unseen, guestsSeen, guestsUnseen } = headCount(view, nowMs)
  const isLeader = mine.role === 'leader'
  // Whoever only runs with a group is not told who else was seen.
  const isTold = mine.role !== 'runner'
  const isLive = view.run.head.phase === 'live'
  const seenCount = seen.length + guestsSeen
  const unseenCount = unseen.length + guestsUnseen
  return (
    <details class="card">
      <summary>
        <span>
          {t.headCount.heading}{' '}
          {isTold && isLive && (
            <small>
              {sinceMs === null ? t.headCount.lately : t.headCount.since(clockText(sinceMs, nowMs))}:{' '}
              {joined([
                t.headCount.heard(heard.length),
                seenCount > 0 && t.headCount.seen(seenCount),
                unseenCount > 0 && t.headCount.unseen(unseenCount),
              ])}
            </small>
          )}
        </span>
      </summary>
      <div class="row wrap">
        {isLeader && (
          <button
            type="button"
            disabled={isWaiting(view, 'begin-head-count')}
            onClick={() => void wish({ type: 'begin-head-count' })}
          >
            {sinceMs === null ? t.headCount.begin : t.headCount.beginAgain}
          </button>
        )}
        <AllOfGroups />
      </div>
      <NumberField />
      {isTold && <GuestsSeen />}
      <Ticks roster={rosterOf(view, nowMs)} isTold={isTold} />
    </details>
  )
}

function AllOfGroups() {
  const { view, phone, wish, notice } = useRun()
  const groups = groupsICount(view)
  const all = async (groupId: (typeof groups)[number]['groupId']) => {
    const answer = await wish({ type: 'see-group', groupId, seenAtMs: Math.round(phone.nowMs()) })
    if (answer.ok) notice.value = t.headCount.counted
  }
  return (
    <>
      {groups.map(({ groupId }) => (
        <button key={groupId} type="button" onClick={() => void all(groupId)}>
          {groups.length === 1
            ? t.headCount.allMine
            : t.headCount.allOf(view.words.get(wordKey.group(groupId))?.text ?? '')}
        </button>
      ))}
    </>
  )
}

/** At a point where people with numbers come by. */
function NumberField() {
  const { phone, wish, notice } = useRun()
  const [typed, setTyped] = useState('')
  const see = async (event: Event) => {
    event.preventDefault()
    const startNumber = typed.trim()
    if (startNumber === '') return
    setTyped('')
    const answer = await wish({ type: 'see-number', startNumber, seenAtMs: Math.round(phone.nowMs()) })
    if (answer.ok) notice.value = `${startNumber}: ${t.headCount.counted}`
    else setTyped(startNumber)
  }
  return (
    <form class="row end typed-line" onSubmit={see}>
      <label class="grow">
        {t.headCount.number}
        <input
          type="text"
          inputMode="numeric"
          maxLength={12}
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{t.headCount.numberSeen}</button>
    </form>
  )
}

function GuestsSeen() {
  const { view, phone, wish } = useRun()
  const out = [...view.run.guests.values()].filter(({ count, accountedCount }) => count > accountedCount)
  const nameOfGuests = ({ guestsId, startNumber, count }: Guests) =>
    view.words.get(wordKey.guests(guestsId))?.text ??
    (startNumber ? t.lead.guestNumber(startNumber) : t.lead.guestHeads(count))
  return (
    <div class="row wrap">
      {out.map((guests) => {
        const { guestsId, count, accountedCount } = guests
        const left = count - accountedCount
        return (
          <button
            key={guestsId}
            type="button"
            onClick={() =>
              void wish({ type: 'see-guests', guestsId, count: left, seenAtMs: Math.round(phone.nowMs()) })
            }
          >
            {t.headCount.guests(nameOfGuests(guests), left)}
          </button>
        )
      })}
    </div>
  )
}

function Ticks({ roster: { ticks, tickedCount }, isTold }: { readonly roster: Roster; readonly isTold: boolean }) {
  const { view, phone, wish } = useRun()
  const [text, setText] = useState('')
  if (ticks.length === 0) return null
  const found = new Set(
    findPeople(
      view,
      ticks.map(({ member }) => member),
      text,
    ),
  )
  const shown = ticks.filter(({ member }) => found.has(member)).slice(0, SHOWN_MAX)
  return (
    <>
      <p class="hint">
        {isTold && `${t.headCount.roster(tickedCount, ticks.length)}. `}
        {t.headCount.rosterHint}
      </p>
      {ticks.length >= FINDS_FROM && <FindField text={text} onText={setText} />}
      <div class="ticks">
        {shown.map(({ member: { memberId, seen }, isTicked, isOnItsWay }) => (
          <button
            key={memberId}
            type="button"
            aria-pressed={isTicked}
            disabled={isOnItsWay}
            onClick={() =>
              void wish({ type: 'see-members', memberIds: [memberId], seenAtMs: Math.round(phone.nowMs()) })
            }
          >
            <span>{t.headCount.times(nameOf(view, memberId), seen?.count ?? 0)}</span>
          </button>
        ))}
      </div>
    </>
  )
}
