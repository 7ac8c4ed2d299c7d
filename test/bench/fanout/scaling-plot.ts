/** A plot of lines with points, both axes in proportion and from nothing, so that what is linear looks straight. */
export type Series = { readonly name: string; readonly points: readonly { readonly x: number; readonly y: number }[] }

const [WIDTH, HEIGHT] = [640, 400]
const MARGIN = { left: 56, right: 16, top: 16, bottom: 44 }
const COLOURS = ['#0b6e99', '#c4501b', '#4b8b3b']
const TICKS = 5

/** An SVG document. */
export function scalingPlot(all: readonly Series[], titles: { readonly x: string; readonly y: string }): string {
  const points = all.flatMap((series) => series.points)
  const most = { x: roundUp(Math.max(...points.map(({ x }) => x))), y: roundUp(Math.max(...points.map(({ y }) => y))) }
  const [wide, high] = [WIDTH - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom]
  const atX = (x: number) => round(MARGIN.left + (x / most.x) * wide)
  const atY = (y: number) => round(MARGIN.top + high - (y / most.y) * high)
  const marks = Array.from({ length: TICKS + 1 }, (_, no) => no / TICKS)

  const grid = marks.flatMap((share) => [
    `<path d="M${atX(0)} ${atY(share * most.y)}H${atX(most.x)}" stroke="#ddd"/>`,
    text(atX(0) - 8, atY(share * most.y) + 4, round(share * most.y), 'end'),
    text(atX(share * most.x), atY(0) + 18, round(share * most.x), 'middle'),
  ])
  const lines = all.flatMap(({ name, points }, no) => {
    const colour = COLOURS[no % COLOURS.length]
    const dots = points.map(({ x, y }) => ({ x: atX(x), y: atY(y) }))
    return [
      `<polyline points="${dots.map(({ x, y }) => `${x},${y}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...dots.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`),
      `<circle cx="${MARGIN.left + 16}" cy="${MARGIN.top + 14 + 20 * no}" r="4" fill="${colour}"/>`,
      text(MARGIN.left + 28, MARGIN.top + 18 + 20 * no, name, 'start'),
    ]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<title>${titles.y} against ${titles.x}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${[...grid, ...lines].join('\n')}
${text(MARGIN.left + wide / 2, HEIGHT - 8, titles.x, 'middle')}
<text transform="translate(14 ${MARGIN.top + high / 2}) rotate(-90)" text-anchor="middle">${titles.y}</text>
</svg>
`
}

const round = (value: number): number => Math.round(10 * value) / 10

/** To 1, 2, 2.5 or 5 of some power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10)
}

const text = (x: number, y: number, content: string | number, anchor: 'start' | 'middle' | 'end'): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`
