import { useMemo } from 'preact/hooks'
import { heightsOf } from '../../../shared/geo/track/heights.ts'
import type { OwnTrack } from '../../../shared/geo/track/own-track.ts'
import { paceCurve, splitsOf } from '../../../shared/geo/track/splits.ts'
import { takenMl } from '../../../shared/supply/drink-due.ts'
import { KM_M, SECOND_MS } from '../../../shared/units.ts'
import { isServed, serviceLog } from '../../state/after-log.ts'
import { lazily } from '../lazily.tsx'
import { useRun } from '../run/running.ts'
import { stopwatchText, t } from '../texts.ts'
import { useOwnTrack } from './own-track-here.ts'
import { PacePlan } from './pace-plan.tsx'
import { rateText } from './rate.ts'
import { SplitTable } from './split-table.tsx'

const Charts = lazily(async () => (await import('./charts.tsx')).Charts)

/** How far, how fast, how high: of whoever has a track in this run. */
export function OwnSummary() {
  const { view } = useRun()
  const own = useOwnTrack()
  const isOver = view.run.head.phase === 'ended'
  return (
    <section class="card after-own" aria-labelledby="after-own">
      <h2 id="after-own">{isOver ? t.after.mine : t.after.soFar}</h2>
      {own.is === 'reading' && <p role="status">{t.after.reading}</p>}
      {own.is === 'none' && <p class="hint">{t.after.noTrack}</p>}
      {own.is === 'here' && own.isOnlyKept && <p class="hint">{t.after.fromPhone}</p>}
      {own.is === 'here' && <Measured track={own.track} />}
    </section>
  )
}

function Measured({ track }: { readonly track: OwnTrack }) {
  const { mine } = useRun()
  const rides = mine?.role === 'cyclist' && mine.helping.kind !== 'table'
  const { heights, pace, splits } = useMemo(
    () => ({ heights: heightsOf(track), pace: paceCurve(track), splits: splitsOf(track) }),
    [track],
  )
  return (
    <>
      <Figures track={track} gainM={heights?.gainM ?? null} rides={rides} />
      <PacePlan track={track} pace={pace} rides={rides} />
      <Charts pace={pace} heights={heights?.curve ?? null} rides={rides} />
      <SplitTable splits={splits} heights={heights?.curve ?? null} rides={rides} />
    </>
  )
}

type FiguresProps = { readonly track: OwnTrack; readonly gainM: number | null; readonly rides: boolean }

function Figures({ track, gainM, rides }: FiguresProps) {
  const { view, mine } = useRun()
  const { figures } = t.after
  const speedMps = track.movingMs > 0 ? (track.distanceM / track.movingMs) * SECOND_MS : 0
  const drunkMl = mine ? takenMl(view.run, mine, 0) : 0
  const handed = serviceLog(view, 'mine').filter((entry) => isServed(entry) && entry.helperId === view.myId).length
  const km = t.distance.km(t.formats.decimal(track.distanceM / KM_M, 2))
  return (
    <dl class="after-figures">
      <Figure name={rides ? figures.ridden : figures.distance} value={km} />
      <Figure name={figures.moving} value={stopwatchText(track.movingMs)} />
      <Figure name={rides ? figures.speed : figures.pace} value={speedMps > 0 ? rateText(speedMps, rides) : '–'} />
      <Figure name={figures.whole} value={stopwatchText(track.wholeMs)} />
      <Figure
        name={figures.ascent}
        value={gainM === null ? t.after.noHeights : t.after.about(t.after.m(Math.round(gainM)))}
        isSmall={gainM === null}
      />
      {drunkMl > 0 && <Figure name={figures.drinks} value={t.after.ml(drunkMl)} />}
      {handed > 0 && <Figure name={figures.given} value={t.after.given(handed)} />}
    </dl>
  )
}

type FigureProps = { readonly name: string; readonly value: string; readonly isSmall?: boolean }

const Figure = ({ name, value, isSmall = false }: FigureProps) => (
  <div>
    <dt>{name}</dt>
    <dd class={isSmall ? 'small' : undefined}>{value}</dd>
  </div>
)
