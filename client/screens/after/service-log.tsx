import { useMemo, useState } from 'preact/hooks'
import { isHelper } from '../../../shared/run/roles.ts'
import { logCsv } from '../../state/after-csv.ts'
import { isServed, type LogEntry, serviceLog, serviceOf, type Whose } from '../../state/after-log.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { useRun } from '../run/running.ts'
import { ageText, clockText, joined, kmText, piecesText, t } from '../texts.ts'
import { useReplay, whereAlong } from './replay-source.ts'
import { saveFile } from './save-file.ts'
import { serviceTexts } from './service-texts.ts'

const SHOWN_MAX = 200
/** The ways of more people are fetched only when they are asked for. */
const FETCHED_FOR_MAX = 300

/** Who brought what to whom, when, where, and how long they had waited. */
export function ServiceLog() {
  const run = useRun()
  const { view, mine } = run
  const sees = mine !== undefined && isHelper(mine.role)
  const [whose, setWhose] = useState<Whose>(mine?.role === 'leader' || mine?.role === 'guardian' ? 'everybody' : 'mine')
  const [isOpen, setOpen] = useState(false)
  const log = useMemo(() => serviceLog(view, whose), [view.run, view.words, view.myId, whose])
  const here = useReplay(log.length > 0 && view.run.members.size <= FETCHED_FOR_MAX)
  const alongM = useMemo(() => {
    const along = whereAlong(here, run)
    return ({ runnerId, atMs }: LogEntry) => along(runnerId, atMs)
  }, [here, view.run.members, run.route.value])
  return (
    <section class="card after-log" aria-labelledby="after-log">
      <h2 id="after-log">{t.after.log}</h2>
      {sees && (
        <fieldset class="choice" aria-label={t.after.logWhose}>
          {(['mine', 'everybody'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={whose === each} onClick={() => setWhose(each)}>
              {each === 'mine' ? t.after.logMine : t.after.logAll}
            </button>
          ))}
        </fieldset>
      )}
      {log.length === 0 ? (
        <p class="hint">{t.after.logEmpty}</p>
      ) : (
        <>
          <p>{joined(serviceTexts(serviceOf(log)), ' · ')}</p>
          <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary>
              {t.after.log} ({log.length})
            </summary>
            {isOpen && <Entries log={log} alongM={alongM} />}
          </details>
        </>
      )}
      {mine?.role === 'leader' && log.length > 0 && (
        <button
          type="button"
          onClick={() => saveFile('serik-log.csv', new Blob(['\ufeff', logCsv(log, alongM)], { type: 'text/csv' }))}
        >
          {t.after.logCsv}
        </button>
      )}
    </section>
  )
}

type EntriesProps = { readonly log: readonly LogEntry[]; readonly alongM: (entry: LogEntry) => number | null }

/** Where each was is looked up once, and not each second. */
function Entries({ log, alongM }: EntriesProps) {
  const entries = useMemo(() => log.slice(-SHOWN_MAX).map((entry) => ({ entry, alongM: alongM(entry) })), [log, alongM])
  return (
    <ul class="list">
      {entries.map((each) => (
        <Entry key={each.entry.id} {...each} />
      ))}
    </ul>
  )
}

function Entry({ entry, alongM }: { readonly entry: LogEntry; readonly alongM: number | null }) {
  const { atMs, kind, quantity, runner, helper, waitMs, outcome } = entry
  return (
    <li class="after-entry">
      <KindIcon kind={kind} />
      <div class="grow">
        <strong>{piecesText(kind, quantity)}</strong>{' '}
        <span>
          {helper
            ? t.after.brought(helper, runner)
            : isServed(entry)
              ? t.after.gotAlone(runner)
              : t.after.noHelper(runner)}
        </span>
        <small class="block">
          {joined(
            [
              clockText(atMs, atMs),
              alongM !== null && t.along.about(kmText(alongM)),
              waitMs === null ? isServed(entry) && t.after.unasked : t.after.waited(ageText(waitMs)),
              outcome !== 'given' && t.after.outcomes[outcome],
            ],
            ' · ',
          )}
        </small>
      </div>
    </li>
  )
}
