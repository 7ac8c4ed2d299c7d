import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { MemberId } from '../../../shared/units.ts'
import { isCrowd } from '../../state/head-count.ts'
import { doubtReasons, packStrip, type PackStrip as Strip } from '../../state/pack-strip.ts'
import { type Blob, blobOf, blobsOf, packWindow, peopleOf, type Sheet } from '../../state/strip-sheet.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { PackApartList } from './pack-apart-list.tsx'
import { PackOrder } from './pack-order.tsx'
import { asidesText, blobText, doubtText, namesText, stripText } from './pack-words.ts'
import { StripDrawing } from './strip-drawing.tsx'

const MARGIN_PX = 26
/** A tap farther than that from every mark takes none. */
const REACH_PX = 44
/** More of one kind are told in one line. */
const DOUBTS_MAX = 2
const DOUBT_NAMES_MAX = 8

/** Everybody along the route on one line, and in words whoever is not on it. */
export function PackStrip() {
  const { view, nowMs, outlook } = useRun()
  if (!isCrowd(view) || view.run.head.phase !== 'live') return null
  const { pack } = outlook.value
  if (!view.run.head.route) return <PackApartList />
  const strip = packStrip(view, pack, nowMs)
  if (!pack || !strip || pack.order.length + pack.uncounted.length === 0) return null
  return (
    <section class="card pack pack-strip" aria-label={t.strip.heading}>
      <StripOf strip={strip} />
      <PackOrder pack={pack} />
    </section>
  )
}

function StripOf({ strip }: { readonly strip: Strip }) {
  const run = useRun()
  const [box, widthPx] = useWidth()
  const [isWhole, setWhole] = useState(false)
  const [chosenId, setChosen] = useState<MemberId | null>(null)
  const near = packWindow(strip)
  const isZoomable = near.fromM > 0 || near.toM < strip.lengthM
  const window = isWhole ? { fromM: 0, toM: strip.lengthM } : near
  const sheet: Sheet = { ...window, widthPx, marginPx: MARGIN_PX }
  const blobs = blobsOf(strip, sheet)
  const at = chosenId === null ? -1 : blobOf(blobs, chosenId)
  const choose = (index: number) => setChosen(blobs[index]?.groups[0]?.people[0]?.memberId ?? null)
  const asides = asidesText(strip)
  return (
    <>
      <div class="strip-box" ref={box}>
        <StripDrawing
          strip={strip}
          blobs={blobs}
          sheet={sheet}
          route={run.route.value}
          at={at}
          onTap={(xPx) => choose(nearest(blobs, xPx))}
        />
      </div>
      {blobs.length > 0 && (
        <div class="strip-steps">
          <button type="button" class="cross" aria-label={t.strip.back} onClick={() => choose(stepped(at, 1, blobs))}>
            ‹
          </button>
          <p class="grow" role="status">
            <Chosen blob={blobs[at]} />
          </p>
          <button type="button" class="cross" aria-label={t.strip.front} onClick={() => choose(stepped(at, -1, blobs))}>
            ›
          </button>
        </div>
      )}
      <div class="strip-notes">
        <p class="unseen">{stripText(strip)}</p>
        <Doubts doubts={strip.doubts} />
        <div class="row spread">
          <p class="hint grow">{asides && `${t.strip.notOn}: ${asides}.`}</p>
          {isZoomable && (
            <button type="button" class="strip-fit" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
              {t.where.wholeRoute}
            </button>
          )}
        </div>
      </div>
    </>
  )
}

/** Who is on the line with a place in doubt, by the reason. */
function Doubts({ doubts }: { readonly doubts: Strip['doubts'] }) {
  const run = useRun()
  return (
    <>
      {doubtReasons.map((because) => {
        const those = doubts.filter((doubt) => doubt.because === because)
        if (those.length > DOUBTS_MAX)
          return (
            <p key={because} class="hint">
              {t.strip.because[because]}: {namesText(run, those, DOUBT_NAMES_MAX)}
            </p>
          )
        return those.map((doubt) => (
          <p key={doubt.memberId} class="hint">
            {doubtText(run, doubt)}
          </p>
        ))
      })}
    </>
  )
}

/** Whose mark is chosen: read out when it is chosen, and not again each second. */
function Chosen({ blob }: { readonly blob: Blob | undefined }) {
  const run = useRun()
  if (!blob) return <span class="hint">{t.strip.tap}</span>
  return (
    <>
      <strong>{namesText(run, peopleOf(blob))}</strong>
      <br />
      <small aria-live="off">{blobText(blob)}</small>
    </>
  )
}

/** Marks stand from front to back. */
const stepped = (at: number, by: number, blobs: readonly Blob[]): number =>
  at < 0 ? (by > 0 ? 0 : blobs.length - 1) : Math.max(0, Math.min(blobs.length - 1, at + by))

function nearest(blobs: readonly Blob[], xPx: number): number {
  const away = ({ fromX, toX, radiusPx }: Blob) => Math.max(0, fromX - radiusPx - xPx, xPx - toX - radiusPx)
  let best = -1
  for (const [index, blob] of blobs.entries()) {
    const isNearer = best < 0 || away(blob) < away(blobs[best] as Blob)
    if (away(blob) <= REACH_PX && isNearer) best = index
  }
  return best
}

/** Of the element, as it is now. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [widthPx, setWidth] = useState(340)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setWidth(Math.max(200, element.clientWidth))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, widthPx] as const
}
