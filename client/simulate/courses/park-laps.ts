import { courseOf, smooth, stretched } from './course.ts'

const corners = [
  [51.1548, 71.4165],
  [51.1557, 71.4128],
  [51.1571, 71.411],
  [51.1585, 71.413],
  [51.1581, 71.4162],
  [51.159, 71.4185],
  [51.1575, 71.4208],
  [51.1558, 71.4195],
] as const

export const parkLaps = courseOf({
  name: 'park-laps',
  title: 'Children in the park',
  about: 'Four laps of 1.5 km in a park, start and finish at one gate, approximate and drawn by hand.',
  hasRoute: true,
  drawing: { kind: 'laps', line: stretched(smooth(corners, true), 1_500), laps: 4 },
  marks: [
    { name: 'Gate', share: 0 },
    { name: 'Playground', share: 0.35 },
    { name: 'Pond', share: 0.7 },
  ],
  typicalPaceMps: 2.2,
  runners: 24,
  cyclists: 1,
})
