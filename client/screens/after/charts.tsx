import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { HeightPoint } from '../../../shared/geo/track/heights.ts'
import type { PacePoint } from '../../../shared/geo/track/splits.ts'
import { KM_M, SECOND_MS } from '../../../shared/units.ts'
import { kmText, stopwatchText, t } from '../texts.ts'
import { coloursOf, onTheme } from './colours.ts'
import { rateText, rateValue } from './rate.ts'

type ChartsProps = {
  readonly pace: readonly PacePoint[]
  readonly heights: readonly HeightPoint[] | null
  readonly rides: boolean
}

const HEIGHT_PX = 170
const LEAST = { paceS: 90, kmh: 5, heightM: 20 }
/** Slower is a walk: it would press all else together. */
const SLOWEST_MPS = 0.8

/** Pace and height over the distance. What is under the finger is told beneath, and the table of kilometres tells the same. */
export function Charts({ pace, heights, rides }: ChartsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [atM, setAtM] = useState<number | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element || pace.length < 2) return
    const open = () => draw(element, { pace, heights, rides }, setAtM)
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
  }, [pace, heights, rides])
  if (pace.length < 2) return null
  const here = atM === null ? null : nearest(pace, atM)
  const height = atM === null || !heights ? null : nearest(heights, atM)
  return (
    <figure class="after-charts" aria-label={t.after.charts}>
      <div ref={box} aria-hidden="true" />
      <figcaption class="hint">
        {here
          ? t.after.at(
              kmText(here.atM),
              rateText(here.speedMps, rides),
              height && t.after.m(Math.round(height.altitudeM)),
            )
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

type Chart = {
  readonly title: string
  readonly points: readonly { readonly atM: number; readonly value: number }[]
  readonly colour: string
  readonly isFilled: boolean
  /** A pace: less is better, and stands higher. */
  readonly isDown: boolean
  /** Smaller differences are not blown up to hills. */
  readonly leastRange: number
  readonly text: (value: number) => string
}

/** What is returned takes the charts away again. */
function draw(box: HTMLElement, { pace, heights, rides }: ChartsProps, tell: (atM: number | null) => void) {
  const colours = coloursOf(box, ['soft', 'line', 'runner', 'accent'])
  const charts: Chart[] = [
    {
      title: rides ? t.after.chartSpeed : t.after.chartPace,
      points: pace
        .filter(({ speedMps }) => speedMps >= SLOWEST_MPS)
        .map(({ atM, speedMps }) => ({ atM, value: rateValue(speedMps, rides) })),
      colour: colours.runner,
      isFilled: false,
      isDown: !rides,
      leastRange: rides ? LEAST.kmh : LEAST.paceS,
      text: (value) => (rides ? String(Math.round(value)) : stopwatchText(value * SECOND_MS)),
    },
    {
      title: t.after.chartHeight,
      points: (heights ?? []).map(({ atM, altitudeM }) => ({ atM, value: altitudeM })),
      colour: colours.accent,
      isFilled: true,
      isDown: false,
      leastRange: LEAST.heightM,
      text: (value) => String(Math.round(value)),
    },
  ]
  const plots = charts.filter(({ points }) => points.length > 1).map((chart) => plotOf(box, chart, colours, tell))
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

/** A finger on one chart moves the line on the other too. */
const sync = uPlot.sync('after')

function plotOf(
  box: HTMLElement,
  { title, points, colour, isFilled, isDown, leastRange, text }: Chart,
  { soft, line }: Readonly<Record<'soft' | 'line', string>>,
  tell: (atM: number | null) => void,
): uPlot {
  const heading = document.createElement('p')
  heading.className = 'after-chart-title'
  heading.textContent = title
  box.append(heading)
  const font = `12px ${getComputedStyle(box).fontFamily}`
  const axis = { stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } }
  const kmTexts = (kms: number[]) => kms.map((km) => t.formats.decimal(km, Number.isInteger(km) ? 0 : 1))
  const fill = isFilled && { fill: colour.replace('rgb(', 'rgba(').replace(')', ', 0.15)') }
  const plot = new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { sync: { key: sync.key }, drag: { x: false, y: false }, y: false },
      scales: {
        x: { time: false },
        y: { dir: isDown ? -1 : 1, range: (_, least, most) => rangeOf(leastRange, least, most) },
      },
      axes: [
        { ...axis, values: (_, kms) => kmTexts(kms) },
        { ...axis, size: 52, values: (_, values) => values.map(text) },
      ],
      series: [{}, { stroke: colour, width: 2, points: { show: false }, ...fill }],
      hooks: {
        setCursor: [({ cursor: { idx } }) => tell(idx == null ? null : (points[idx]?.atM ?? null))],
      },
    },
    [points.map(({ atM }) => atM / KM_M), points.map(({ value }) => value)],
    box,
  )
  followFinger(plot)
  sync.sub(plot)
  return plot
}

function rangeOf(leastRange: number, least: number, most: number): [number, number] {
  const [middle, half] = [(least + most) / 2, Math.max(leastRange, (most - least) * 1.1) / 2]
  return [middle - half, middle + half]
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
