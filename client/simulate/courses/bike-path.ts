import { courseOf, smooth, stretched } from './course.ts'

const corners = [
  [51.13, 71.406],
  [51.1205, 71.416],
  [51.105, 71.411],
  [51.089, 71.418],
  [51.072, 71.429],
  [51.056, 71.442],
  [51.04, 71.45],
  [51.023, 71.456],
  [51.005, 71.462],
  [50.987, 71.459],
  [50.969, 71.45],
  [50.951, 71.444],
  [50.933, 71.438],
  [50.918, 71.43],
] as const

export const bikePath = courseOf({
  name: 'bike-path',
  title: 'Fifty kilometres of bike path',
  about: 'Out of Astana southwards for 25 km and back the same way, approximate and drawn by hand.',
  hasRoute: true,
  drawing: { kind: 'out-and-back', line: stretched(smooth(corners), 25_000) },
  marks: [
    { name: 'Start and finish', share: 0 },
    { name: 'Underpass', share: 0.12 },
    { name: 'Petrol station', share: 0.32 },
    { name: 'Rest place with benches', share: 0.52 },
    { name: 'Bus stop', share: 0.76 },
    { name: 'Turn-round', share: 1 },
  ],
  typicalPaceMps: 2.9,
  runners: 25,
  cyclists: 4,
})
