import { useMemo, useState } from 'preact/hooks'
import { KM_M } from '../../../shared/units.ts'
import { serviceLog, serviceOf } from '../../state/after-log.ts'
import { alertCounts, type Ending, type PersonAfter, peopleAfter, ticksOf } from '../../state/after-run.ts'
import { titleOf } from '../../state/people.ts'
import { drawnM } from '../../state/replay-at.ts'
import { rollOf } from '../../state/roll.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, clockText, dateText, joined, t } from '../texts.ts'
import { type ReplayHere, useReplay } from './replay-source.ts'
import { serviceTexts } from './service-texts.ts'

const SHOWN_MAX = 300
const FETCHED_FOR_MAX = 300

/** For whoever leads: what became of everybody, and what was done for them. */
export function WholeRun() {
  const run = useRun()
  const [isCopied, setCopied] = useState(false)
  const people = peopleAfter(run.view, run.nowMs)
  const here = useReplay(run.view.run.members.size <= FETCHED_FOR_MAX)
  const wayM = useMemo(() => waysOf(here), [here])
  const sentences = sentencesOf(run, people)
  const rows = people.filter(({ ending }) => ending !== 'did-not-start')
  const text = () =>
    [headingOf(run), ...sentences, '', ...rows.map((person) => joined([person.name, ...detailsOf(person, wayM)]))].join(
      '\n',
    )
  const copy = async () => {
    await navigator.clipboard?.writeText(text()).then(
      () => setCopied(true),
      () => setCopied(false), // no permission: the page can still be printed
    )
  }
  return (
    <section class="card after-run" aria-labelledby="after-run">
      <h2 id="after-run">{t.after.run}</h2>
      <p class="print-only">{headingOf(run)}</p>
      <ul class="after-sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <details>
        <summary>
          {t.after.everybody} ({people.length})
        </summary>
        <ul class="list">
          {[...people]
            .sort(missingFirst)
            .slice(0, SHOWN_MAX)
            .map((person) => (
              <li key={person.member.memberId} class={person.ending === 'missing' ? 'look-at' : undefined}>
                <strong>{person.name}</strong> <small>{joined(detailsOf(person, wayM), ' · ')}</small>
              </li>
            ))}
        </ul>
      </details>
      <div class="row no-print">
        <button type="button" onClick={() => void copy()}>
          {t.after.copy}
        </button>
        <button type="button" onClick={() => print()}>
          {t.after.print}
        </button>
      </div>
      <p class="hint" role="status">
        {isCopied && t.after.copied}
      </p>
    </section>
  )
}

const missingFirst = (a: PersonAfter, b: PersonAfter): number =>
  Number(b.ending === 'missing') - Number(a.ending === 'missing')

function headingOf({ view, nowMs }: Run): string {
  const { startedAtMs, plannedStartMs, endedAtMs } = view.run.head
  const fromMs = startedAtMs ?? plannedStartMs
  const clock = (atMs: number) => clockText(atMs, atMs)
  return joined([titleOf(view) ?? t.common.untitled, dateText(fromMs), `${clock(fromMs)}–${clock(endedAtMs ?? nowMs)}`])
}

function waysOf(here: ReplayHere): (memberNo: number) => number | null {
  if (here.is !== 'here') return () => null
  const metres = new Map(here.replay.tracks.map((track) => [track.memberNo, drawnM(track)]))
  return (memberNo) => metres.get(memberNo) ?? null
}

function detailsOf({ member, ending, tookMs }: PersonAfter, wayM: (memberNo: number) => number | null): string[] {
  const metres = wayM(member.memberNo)
  return [
    t.roles[member.role],
    t.after.endings[ending],
    ...(tookMs === null ? [] : [ageText(tookMs)]),
    ...(metres === null ? [] : [t.after.about(t.distance.km(t.formats.decimal(metres / KM_M, 1)))]),
  ]
}

const told: readonly Ending[] = ['finished', 'going-home', 'got-a-lift', 'out', 'missing']

function sentencesOf({ view, nowMs }: Run, people: readonly PersonAfter[]): string[] {
  const count = (ending: Ending) => people.filter((person) => person.ending === ending).length
  const roll = rollOf(view, nowMs)
  const guests = roll.guestsIn + roll.guestsOut
  const ticks = ticksOf(view)
  const sinceMs = view.run.head.headCountSinceMs
  const alerts = alertCounts(view)
  return [
    joined([
      t.after.came(people.length - count('did-not-start')),
      ...told.map((ending) => count(ending) > 0 && `${t.after.endings[ending]}: ${count(ending)}`),
    ]),
    ...(guests > 0 ? [t.after.guestsCame(guests, roll.guestsOut)] : []),
    ...(ticks.times > 0
      ? [t.after.headCounts(ticks.people, ticks.times, sinceMs === null ? null : clockText(sinceMs, sinceMs))]
      : []),
    joined(serviceTexts(serviceOf(serviceLog(view, 'everybody'))), ' · '),
    alerts.length === 0
      ? t.after.noAlerts
      : joined(
          alerts.map(({ rule, count, fineCount }) => t.after.alerts(t.alerts.ruleNames[rule], count, fineCount)),
          '; ',
        ),
  ]
}
