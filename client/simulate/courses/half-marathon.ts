import { courseOf, smooth, stretched } from './course.ts'

const corners = [
  [51.1255, 71.44],
  [51.129, 71.424],
  [51.132, 71.4065],
  [51.1405, 71.398],
  [51.1495, 71.39],
  [51.158, 71.396],
  [51.1645, 71.409],
  [51.168, 71.424],
  [51.1665, 71.44],
  [51.158, 71.4475],
  [51.149, 71.4565],
  [51.141, 71.468],
  [51.1325, 71.479],
  [51.123, 71.4875],
  [51.1135, 71.479],
  [51.109, 71.464],
  [51.111, 71.447],
  [51.1165, 71.434],
  [51.1215, 71.432],
] as const

export const halfMarathon = courseOf({
  name: 'half-marathon',
  title: 'The half marathon',
  about: 'One loop of 21.0975 km through Astana over both banks, approximate and drawn by hand.',
  hasRoute: true,
  drawing: { kind: 'laps', line: stretched(smooth(corners, true), 21_097.5), laps: 1 },
  marks: [
    { name: 'Start and finish', share: 0 },
    { name: 'Water 1', share: 5 / 21.0975 },
    { name: 'Water 2', share: 10 / 21.0975 },
    { name: 'Water 3', share: 15 / 21.0975 },
    { name: 'Water 4', share: 18 / 21.0975 },
  ],
  typicalPaceMps: 2.9,
  runners: 6_000,
  cyclists: 200,
})
