import { courseOf, smooth, stretched } from './course.ts'

const corners = [
  [51.1545, 71.4205],
  [51.153, 71.4335],
  [51.148, 71.444],
  [51.1425, 71.452],
  [51.136, 71.4585],
  [51.1285, 71.464],
  [51.122, 71.4715],
  [51.118, 71.482],
] as const

export const dawn = courseOf({
  name: 'dawn',
  title: 'The embankment at dawn',
  about: 'One embankment, 6 km out and 6 km back, approximate and drawn by hand.',
  hasRoute: true,
  drawing: { kind: 'out-and-back', line: stretched(smooth(corners), 6_000) },
  marks: [
    { name: 'Steps', share: 0 },
    { name: 'Footbridge', share: 0.45 },
    { name: 'Turn-round', share: 1 },
  ],
  typicalPaceMps: 2.8,
  runners: 1,
  cyclists: 1,
})
