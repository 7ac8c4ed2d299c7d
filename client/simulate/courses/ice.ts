import { courseOf, smooth, stretched } from './course.ts'

const corners = [
  [51.07, 71.277],
  [51.0765, 71.281],
  [51.082, 71.292],
  [51.0835, 71.306],
  [51.0785, 71.319],
  [51.071, 71.323],
  [51.0625, 71.318],
  [51.0585, 71.305],
  [51.0605, 71.289],
] as const

export const ice = courseOf({
  name: 'ice',
  title: 'On the ice',
  about: 'Two loops of 10 km on a frozen lake, approximate and drawn by hand.',
  hasRoute: true,
  drawing: { kind: 'laps', line: stretched(smooth(corners, true), 10_000), laps: 2 },
  marks: [
    { name: 'Warm tent', share: 0 },
    { name: 'Tea, north shore', share: 0.33 },
    { name: 'Tea, south shore', share: 0.7 },
  ],
  typicalPaceMps: 2.5,
  runners: 300,
  cyclists: 6,
})
