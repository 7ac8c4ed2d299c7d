import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { HeightPoint } from '../../../shared/geo/track/heights.ts'
import type { PacePoint } from '../../../shared/geo/track/splits.ts'
import { KM_M } from '../../../shared/units.ts'
import { kmText, paceText, stopwatchText, t } from '../texts.ts'
import { coloursOf, onTheme } from './colours.ts'

type ChartsProps = { readonly pace: readonly PacePoint[]; readonly heights: readonly HeightPoint[] | null }

const HEIGHT_PX = 170
/** Smaller differences are not blown up to hills. */
const LEAST_PACE_S = 90
const LEAST_HEIGHT_M = 20
/** Slower is a walk: it would press all else together. */
const SLOWEST_MPS = 0.8

/** Pace and height over the distance. What is under the finger is told beneath, and the table of kilometres tells the same. */
export function Charts({ pace, heights }: ChartsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [atM, setAtM] = useState<number | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element || pace.length < 2) return
    const open = () => draw(element, pace, heights, setAtM)
    let close = open()
    const again = () => {
      close()
      close = open()
    }
    const stop = onTheme(again)
    return () => {
      stop()
      close()
    }
  }, [pace, heights])
  if (pace.length < 2) return null
  const here = atM === null ? null : nearest(pace, atM)
  const height = atM === null || !heights ? null : nearest(heights, atM)
  return (
    <figure class="after-charts" aria-label={t.after.charts}>
      <div ref={box} aria-hidden="true" />
      <figcaption class="hint">
        {here
          ? t.after.at(kmText(here.atM), paceText(here.speedMps), height && t.after.m(Math.round(height.altitudeM)))
          : t.after.chartHint}
      </figcaption>
    </figure>
  )
}

function nearest<P extends { readonly atM: number }>(points: readonly P[], atM: number): P | null {
  let best: P | null = null
  for (const point of points) if (!best || Math.abs(point.atM - atM) < Math.abs(best.atM - atM)) best = point
  return best
}

function atLeast(range: number, least: number, most: number): [number, number] {
  const [middle, half] = [(least + most) / 2, Math.max(range, (most - least) * 1.1) / 2]
  return [middle - half, middle + half]
}

/** What is returned takes the charts away again. */
function draw(
  box: HTMLElement,
  pace: readonly PacePoint[],
  heights: ChartsProps['heights'],
  tell: (atM: number | null) => void,
) {
  const style = getComputedStyle(box)
  const colours = coloursOf(box, ['soft', 'line', 'runner', 'accent'])
  const font = `12px ${style.fontFamily}`
  const sync = uPlot.sync('after')
  const axis = { stroke: colours.soft, font, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } }
  const plots: uPlot[] = []

  const add = (title: string, xs: number[], ys: number[], line: string, isPace: boolean) => {
    const heading = document.createElement('p')
    heading.className = 'after-chart-title'
    heading.textContent = title
    box.append(heading)
    const plot = new uPlot(
      {
        width: box.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { sync: { key: sync.key }, drag: { x: false, y: false }, y: false },
        scales: {
          x: { time: false },
          y: {
            dir: isPace ? -1 : 1,
            range: (_, least, most) => atLeast(isPace ? LEAST_PACE_S : LEAST_HEIGHT_M, least, most),
          },
        },
        axes: [
          { ...axis, values: (_, km) => km.map((value) => t.formats.decimal(value, Number.isInteger(value) ? 0 : 1)) },
          {
            ...axis,
            size: 52,
            values: (_, ys) => ys.map((y) => (isPace ? stopwatchText(y * 1_000) : String(Math.round(y)))),
          },
        ],
        series: [
          {},
          {
            stroke: line,
            width: 2,
            points: { show: false },
            ...(!isPace && { fill: line.replace('rgb(', 'rgba(').replace(')', ', 0.15)') }),
          },
        ],
        hooks: {
          setCursor: [
            (shown) => {
              const at = shown.cursor.idx
              tell(at == null ? null : (xs[at] ?? 0) * KM_M)
            },
          ],
        },
      },
      [xs, ys],
      box,
    )
    followFinger(plot)
    sync.sub(plot)
    plots.push(plot)
  }

  const moving = pace.filter(({ speedMps }) => speedMps >= SLOWEST_MPS)
  add(
    t.after.chartPace,
    moving.map(({ atM }) => atM / KM_M),
    moving.map(({ speedMps }) => KM_M / speedMps),
    colours.runner,
    true,
  )
  if (heights && heights.length > 1)
    add(
      t.after.chartHeight,
      heights.map(({ atM }) => atM / KM_M),
      heights.map(({ altitudeM }) => altitudeM),
      colours.accent,
      false,
    )

  const observer = new ResizeObserver(() => {
    for (const plot of plots)
      if (plot.width !== box.clientWidth) plot.setSize({ width: box.clientWidth, height: HEIGHT_PX })
  })
  observer.observe(box)
  return () => {
    observer.disconnect()
    for (const plot of plots) {
      sync.unsub(plot)
      plot.destroy()
    }
    box.replaceChildren()
  }
}

/** uPlot listens to a mouse: a finger moves the same line, and the page still scrolls up and down. */
function followFinger(plot: uPlot): void {
  const { over } = plot
  over.style.touchAction = 'pan-y'
  const move = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') return
    const box = over.getBoundingClientRect()
    plot.setCursor({ left: event.clientX - box.left, top: event.clientY - box.top })
  }
  over.addEventListener('pointerdown', move)
  over.addEventListener('pointermove', move)
}
